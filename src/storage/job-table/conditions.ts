import type { Lease, RowNotes } from '../../domain/viewpoint-record.js';

/** Condition that the row is `REQUESTED` under the very lease of `leaseValues`. */
export const HOLDS_LEASE = 'viewpoint_status = :requested AND lease_owner = :owner AND attempt = :attempt';

/** Condition that nobody holds the row; takes `:nullType` and `:now` (epoch milliseconds). */
export const IS_FREE = "(attribute_not_exists(lease_owner) OR attribute_type(lease_owner, :nullType) OR lease_expires_at < :now)";

/** The values of `HOLDS_LEASE`. */
export function leaseValues(lease: Lease): Record<string, unknown> {
  return { ':requested': 'REQUESTED', ':owner': lease.owner, ':attempt': lease.attempt };
}

/** Condition that a note is what it was, under `:former_<name>`; a note is never cleared, only absent. */
export function isStill(name: keyof RowNotes, former: string | null): string {
  return former === null ? `attribute_not_exists(${name})` : `${name} = :former_${name}`;
}
