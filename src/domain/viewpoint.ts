import { Type, type Static } from 'typebox';

/**
 * The viewpoint as the tile server keeps it: one row of the job table, and the
 * body of one queue message. The attribute names are the tile server's own.
 */

export const VIEWPOINT_STATUSES = ['NOT FOUND', 'REQUESTED', 'UPDATING', 'READY', 'DELETED', 'FAILED'] as const;
export type ViewpointStatus = (typeof VIEWPOINT_STATUSES)[number];

export const RANGE_ADJUSTMENTS = ['NONE', 'MINMAX', 'DRA'] as const;
export type RangeAdjustment = (typeof RANGE_ADJUSTMENTS)[number];

/** 1 to 255 URL-safe characters, and neither `.` nor `..`, since the id names a folder on the volume. */
export const VIEWPOINT_ID_PATTERN = '^(?!\\.{1,2}$)[A-Za-z0-9_.~-]{1,255}$';

export const ViewpointId = Type.String({
  pattern: VIEWPOINT_ID_PATTERN,
  description: 'Viewpoint id: 1 to 255 characters of A-Z a-z 0-9 _ . ~ - and neither "." nor "..".',
});

export const MAX_TILE_SIZE = 8192;
/** Edge of a tile where none is asked for, in pixels. */
export const DEFAULT_TILE_SIZE = 512;

/** What of a viewpoint its owner chooses: the image and how it is to be shown. */
export const ViewpointDefinition = Type.Object({
  viewpoint_name: Type.String({ minLength: 1, maxLength: 1024, description: 'Name for people; the id of the footprint Feature.' }),
  bucket_name: Type.String({ minLength: 3, maxLength: 255, description: 'S3 bucket that holds the image.' }),
  object_key: Type.String({ minLength: 1, maxLength: 1024, description: 'S3 object key of the image.' }),
  tile_size: Type.Integer({ minimum: 1, maximum: MAX_TILE_SIZE, default: DEFAULT_TILE_SIZE, description: 'Edge of a tile, in pixels.' }),
  range_adjustment: Type.Enum([...RANGE_ADJUSTMENTS], {
    default: 'NONE',
    description: 'How pixel values are mapped to 8 bits: NONE, MINMAX (first to last value seen) or DRA (2 % to 98 %, widened).',
  }),
});
export type ViewpointDefinition = Static<typeof ViewpointDefinition>;

/** The ten attributes that the tile server's model demands of every row. */
export const Viewpoint = Type.Object({
  viewpoint_id: ViewpointId,
  ...ViewpointDefinition.properties,
  viewpoint_status: Type.Enum([...VIEWPOINT_STATUSES], { description: 'State of the viewpoint.' }),
  local_object_path: Type.Union([Type.String(), Type.Null()], { description: 'Absolute path of the image on the shared volume.' }),
  error_message: Type.Union([Type.String(), Type.Null()], { description: 'Why the viewpoint is FAILED.' }),
  expire_time: Type.Union([Type.Number(), Type.Null()], { description: 'When the row expires, in epoch seconds.' }),
});
export type Viewpoint = Static<typeof Viewpoint>;

const DAY_SECONDS = 86_400;

/** When a row expires that never becomes READY, in epoch seconds. */
export function expireTimeAfter(nowMs: number, days: number): number {
  return Math.floor(nowMs / 1000) + days * DAY_SECONDS;
}

/** A viewpoint as the tile server first writes and sends it; it expires at the given epoch second unless it becomes READY. */
export function requestedViewpoint(viewpointId: string, definition: ViewpointDefinition, expireTime: number): Viewpoint {
  return {
    viewpoint_id: viewpointId,
    ...definition,
    viewpoint_status: 'REQUESTED',
    local_object_path: null,
    error_message: null,
    expire_time: expireTime,
  };
}
