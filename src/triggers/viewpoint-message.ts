import { Type } from 'typebox';
import type { ObjectEvent } from '../domain/events/object-event.js';
import { readPayload } from '../domain/events/payload.js';
import { withoutSnsEnvelope } from '../domain/events/sns-envelope.js';
import { conforms } from '../domain/schema-check.js';
import { ViewpointId } from '../domain/viewpoint.js';

/** Of the tile server's message only the id is needed, since the row is what counts. */
const ViewpointMessage = Type.Object({ viewpoint_id: ViewpointId });

/** What a message is about, and the correlation id in the SNS notification that it is wrapped in, if it is. */
export type ParsedMessage = ({ viewpointId: string } | { events: ObjectEvent[] } | { notice: string } | { fault: string }) & { correlationId: string | null };

/**
 * Reads a message of the queue: the tile server's, which is the ten attributes of a viewpoint as JSON; an S3 notification;
 * or an EventBridge event; each also wrapped in an SNS notification. Of anything else, tells what is wrong.
 */
export function parseMessage(body: string): ParsedMessage {
  const { text, value, correlationId } = withoutSnsEnvelope(body);
  if (conforms(ViewpointMessage, value)) return { viewpointId: value.viewpoint_id, correlationId };
  const payload = readPayload(text);
  if ('fault' in payload) return { fault: payload.fault, correlationId };
  switch (payload.kind) {
    case 'object events':
      return { events: payload.events, correlationId };
    case 'notice':
      return { notice: payload.what, correlationId };
    case 'tile server message':
      return { viewpointId: payload.viewpointId, correlationId };
    case 'viewpoint request':
      return { viewpointId: payload.request.viewpoint_id, correlationId };
  }
}
