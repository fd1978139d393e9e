import { Type, type Static, type TSchema } from 'typebox';
import { messageOf } from '../errors.js';
import { conforms, firstFault } from '../schema-check.js';
import { ViewpointId } from '../viewpoint.js';
import { requestMembers } from '../viewpoint-request.js';
import { EventBridgeEvent, eventInEventBridgeEvent, S3EventBridgeEvent } from './eventbridge-event.js';
import type { ObjectEvent } from './object-event.js';
import { eventsInNotification, S3Notification, S3TestEvent } from './s3-notification.js';

/** A request to process a viewpoint: what `POST /viewpoints/{id}/process` takes, and the id that stands in its path. */
export const ViewpointRequest = Type.Object(
  {
    viewpoint_id: ViewpointId,
    ...requestMembers,
  },
  { additionalProperties: false, description: 'Request to process a viewpoint. Name, bucket and key go together and create it unless it exists.' },
);
export type ViewpointRequest = Static<typeof ViewpointRequest>;

/** The tile server's message; of its ten attributes only the id is needed, since the row is what counts. */
export const TileServerMessage = Type.Object(
  { viewpoint_id: ViewpointId, viewpoint_status: Type.String({ description: 'Not looked at: the row is what counts.' }) },
  { description: "The tile server's request: the ten attributes of a viewpoint, whose row exists." },
);

/** What a webhook or a message of the queue may carry. */
export type Payload =
  | { kind: 'tile server message'; viewpointId: string }
  | { kind: 'viewpoint request'; request: ViewpointRequest }
  | { kind: 'object events'; events: ObjectEvent[] }
  /** Understood, and nothing to do. */
  | { kind: 'notice'; what: string };

/** Reads a payload; of anything else, tells what is wrong. */
export function readPayload(text: string): Payload | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What the parser says quotes the body, which is for no log.
    return { fault: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null) return { fault: 'not a JSON object' };
  if ('Records' in value) return check(S3Notification, value, 'an S3 notification', objectEvents);
  if ('Event' in value) return check(S3TestEvent, value, 'an S3 test event', ({ Event }) => ({ kind: 'notice', what: Event }));
  if ('detail-type' in value) return check(EventBridgeEvent, value, 'an EventBridge event', (event) => eventBridge(event));
  if ('viewpoint_status' in value) return check(TileServerMessage, value, 'a viewpoint', ({ viewpoint_id }) => ({ kind: 'tile server message', viewpointId: viewpoint_id }));
  return check(ViewpointRequest, value, 'a request to process a viewpoint', (request) => ({ kind: 'viewpoint request', request }));
}

function objectEvents(notification: S3Notification): Payload | { fault: string } {
  try {
    return { kind: 'object events', events: eventsInNotification(notification) };
  } catch (error) {
    return { fault: `not an S3 notification: a key is not URL-encoded (${messageOf(error)})` };
  }
}

function eventBridge(event: Static<typeof EventBridgeEvent>): Payload | { fault: string } {
  if (event.source !== 'aws.s3') return { kind: 'notice', what: `EventBridge event "${event['detail-type']}" of ${event.source}` };
  return check(S3EventBridgeEvent, event, 'an EventBridge event of S3', (s3Event) => ({ kind: 'object events', events: [eventInEventBridgeEvent(s3Event)] }));
}

function check<Schema extends TSchema>(schema: Schema, value: unknown, what: string, read: (value: Static<Schema>) => Payload | { fault: string }): Payload | { fault: string } {
  if (conforms(schema, value)) return read(value);
  return { fault: `not ${what}: ${firstFault(schema, value)?.text ?? ''}` };
}
