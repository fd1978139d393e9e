import { Type } from 'typebox';
import { Check, Errors } from 'typebox/value';
import { ViewpointId } from '../domain/viewpoint.js';

/** Of the tile server's message only the id is needed, since the row is what counts. */
const ViewpointMessage = Type.Object({ viewpoint_id: ViewpointId });

export type ParsedMessage = { viewpointId: string } | { fault: string };

/** Reads the tile server's message, the ten attributes of a viewpoint as JSON; of anything else, tells what is wrong. */
export function parseViewpointMessage(body: string): ParsedMessage {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    // What the parser says quotes the body, which is for no log.
    return { fault: 'not JSON' };
  }
  if (Check(ViewpointMessage, value)) return { viewpointId: value.viewpoint_id };
  const [first] = Errors(ViewpointMessage, value);
  return { fault: `not a viewpoint: ${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim() };
}
