import { Type } from 'typebox';
import { ViewpointError } from './errors.js';
import { DEFAULT_TILE_SIZE, ViewpointDefinition } from './viewpoint.js';

/** Members of a request to process a viewpoint, whichever way it comes. */
export const requestMembers = {
  ...Type.Partial(ViewpointDefinition).properties,
  callback_url: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 2048,
      description: 'URL that is told of the end of the job by a signed POST, tried for hours: https, and at a public address.',
      examples: ['https://receiver.example.com/viewpoints'],
    }),
  ),
  force: Type.Optional(Type.Boolean({ default: false, description: 'Process the image again although the viewpoint is READY.' })),
};

type Asked = { [Name in keyof ViewpointDefinition]?: ViewpointDefinition[Name] | undefined };

/**
 * The definition in a request to process a viewpoint, with defaults; undefined when the request has none.
 * @throws ViewpointError `invalid_request` when it has only part of one.
 */
export function definitionIn({ viewpoint_name, bucket_name, object_key, tile_size, range_adjustment }: Asked): ViewpointDefinition | undefined {
  if ([viewpoint_name, bucket_name, object_key, tile_size, range_adjustment].every((member) => member === undefined)) return undefined;
  if (viewpoint_name === undefined || bucket_name === undefined || object_key === undefined) {
    throw new ViewpointError('invalid_request', 'The request defines a viewpoint only in part: viewpoint_name, bucket_name and object_key go together.');
  }
  return {
    viewpoint_name,
    bucket_name,
    object_key,
    tile_size: tile_size ?? DEFAULT_TILE_SIZE,
    range_adjustment: range_adjustment ?? 'NONE',
  };
}
