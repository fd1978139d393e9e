import type { DeliveryPart } from './completion.js';
import type { JobReport } from './job.js';
import type { Viewpoint, ViewpointDefinition } from './viewpoint.js';

/** A whole row: the tile server's ten attributes, and this service's own, which the tile server ignores. */
export interface ViewpointRecord extends Viewpoint, DeliveryPart {
  /** Process that works on the viewpoint; null when none does. */
  lease_owner: string | null;
  /** When the lease ends unless it is renewed, in epoch milliseconds; 0 when nobody has promised to work on the viewpoint. */
  lease_expires_at: number;
  /** Leases taken so far; the number of the latest one is its fencing token. */
  attempt: number;
  /** Attempt that is asked to stop; 0 when none is. */
  cancel_requested: number;
  job: JobReport | null;
  /** When something is to be told to somebody, in epoch milliseconds; 0 when nothing is. */
  delivery_due_at: number;
  /** Counts the writes of `callback_urls` and `completions`; 0 before the first, and after the tile server has put the row. */
  delivery_version: number;
  /** Version of the object that the latest event told of, as `versionText` writes it; null when no event did. */
  object_version: string | null;
  /** Latest requests that carried an id of their own, as `withRequest` writes them. */
  requests: string | null;
}

/** Attributes that a row is given along with the write that acts on them. */
export type RowNotes = Partial<Record<'object_version' | 'requests', string>>;

/** The right to work on a viewpoint, valid while the row names the same owner and attempt. */
export interface Lease {
  viewpointId: string;
  owner: string;
  attempt: number;
}

const DEFINITION_ATTRIBUTES = ['viewpoint_name', 'bucket_name', 'object_key', 'tile_size', 'range_adjustment'] as const;

export function definitionOf(viewpoint: Viewpoint): ViewpointDefinition {
  const { viewpoint_name, bucket_name, object_key, tile_size, range_adjustment } = viewpoint;
  return { viewpoint_name, bucket_name, object_key, tile_size, range_adjustment };
}

/** Names of the attributes in which two definitions differ. */
export function definitionDifferences(left: ViewpointDefinition, right: ViewpointDefinition): string[] {
  return DEFINITION_ATTRIBUTES.filter((name) => left[name] !== right[name]);
}

/** The ten attributes alone, in the tile server's order. */
export function viewpointOf(record: Viewpoint): Viewpoint {
  const { viewpoint_id, viewpoint_status, local_object_path, error_message, expire_time } = record;
  return { viewpoint_id, ...definitionOf(record), viewpoint_status, local_object_path, error_message, expire_time };
}
