import type { ErrorCode } from '../../src/domain/errors.js';
import type { Definition } from '../support/tile-server.js';
import { BUCKET, type TestObject } from './objects.js';
import type { Random } from './random.js';

/** How a viewpoint reaches the service. */
export type Route = 'queue' | 'http' | 'both' | 'twice';

/** What the tile server, or a user, does to a viewpoint while it is processed. */
export type Interference = 'update' | 'put' | 'delete' | 'mark-deleted' | 'cancel';

export interface PlannedViewpoint {
  viewpointId: string;
  definition: Definition;
  route: Route;
  /** null: it is left alone. */
  interference: Interference | null;
  /** Time from the request to the interference, in milliseconds. */
  interferenceAfterMs: number;
  endsAs: TestObject['endsAs'];
}

const INTERFERENCES: Interference[] = ['update', 'update', 'put', 'delete', 'mark-deleted', 'cancel'];
const ROUTES: Route[] = ['queue', 'queue', 'queue', 'queue', 'http', 'http', 'both', 'twice'];
const INTERFERED = 0.12;
/** Images that end READY are what most of the work is. */
const GOOD = 0.8;

/** The viewpoints of a campaign, in the order in which they are requested. */
export function planViewpoints(count: number, objects: readonly TestObject[], random: Random): PlannedViewpoint[] {
  const good = objects.filter(({ endsAs }) => endsAs.status === 'READY');
  const bad = objects.filter(({ endsAs }) => endsAs.status === 'FAILED');
  return Array.from({ length: count }, (_, index) => {
    const object = random.pick(bad.length === 0 || random.chance(GOOD) ? good : bad);
    const viewpointId = `viewpoint-${String(index).padStart(4, '0')}`;
    return {
      viewpointId,
      definition: {
        viewpoint_name: `Name of ${viewpointId}`,
        bucket_name: BUCKET,
        object_key: object.key,
        tile_size: random.pick([256, 512, 1024]),
        range_adjustment: random.pick(['NONE', 'MINMAX', 'DRA']),
      },
      route: random.pick(ROUTES),
      interference: random.chance(INTERFERED) ? random.pick(INTERFERENCES) : null,
      interferenceAfterMs: random.integer(50, 2500),
      endsAs: object.endsAs,
    };
  });
}

/** What a viewpoint may end as, once everything that happened to it is known. */
export interface Expectation {
  readonly viewpointId: string;
  viewpointName: string;
  readonly objectKey: string;
  readonly endsAs: { status: 'READY' } | { status: 'FAILED'; code: ErrorCode };
  /** What was done to the row while it was REQUESTED. */
  fate: 'none' | 'gone' | 'deleted' | 'cancelled';
  /** Whether the whole row was put anew, which wipes lease and attempt off it. */
  isPut: boolean;
  /** Times that it was asked for again after it had failed for a passing reason. */
  askedAgain: number;
}
