import { ViewpointError } from './errors.js';
import type { ViewpointDefinition } from './viewpoint.js';

const DEFAULT_TILE_SIZE = 512;

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
