import type { Call } from './fault-proxy.js';

/** A row as a write left it, told by DynamoDB's own answer to that write. */
export interface RowVersion {
  viewpointId: string;
  /** Replica that wrote it. */
  replica: string | null;
  status: string;
  owner: string | null;
  attempt: number;
  step: string | null;
  atMs: number;
}

/** What a replica does on the wire, at the moments that matter. */
export type WireEvent =
  | { kind: 'called'; call: Call }
  | { kind: 'answered'; call: Call; row: RowVersion | null; messageIds: string[] }
  | { kind: 'download'; replica: string };

type Watcher = (event: WireEvent) => 'drop' | 'pass';

/** Listens to the traffic between replicas and services, and keeps what tells whether the promises are kept. */
export interface Wire {
  /** Tells of an event; `drop` when the call must get no further, since its caller is dead. */
  tell(event: WireEvent): 'drop' | 'pass';
  /** Acts at the next such event, before anybody learns of it; false when none comes in time. */
  at(isMoment: (event: WireEvent) => boolean, limitMs: number, act: (event: WireEvent) => 'drop' | 'pass'): Promise<boolean>;
  /** Every write of a row, in the order in which DynamoDB answered. */
  readonly rows: ReadonlyMap<string, readonly RowVersion[]>;
  /** Receives of each message. */
  readonly receives: ReadonlyMap<string, number>;
}

export function createWire(): Wire {
  const rows = new Map<string, RowVersion[]>();
  const receives = new Map<string, number>();
  const watchers = new Set<Watcher>();

  function keep(event: WireEvent): void {
    if (event.kind !== 'answered') return;
    for (const id of event.messageIds) receives.set(id, (receives.get(id) ?? 0) + 1);
    if (event.row === null) return;
    const versions = rows.get(event.row.viewpointId);
    if (versions === undefined) rows.set(event.row.viewpointId, [event.row]);
    else versions.push(event.row);
  }

  return {
    rows,
    receives,

    tell(event) {
      keep(event);
      let verdict: 'drop' | 'pass' = 'pass';
      for (const watch of [...watchers]) if (watch(event) === 'drop') verdict = 'drop';
      return verdict;
    },

    at(isMoment, limitMs, act) {
      return new Promise((resolve) => {
        const end = (came: boolean) => {
          clearTimeout(limit);
          watchers.delete(watch);
          resolve(came);
        };
        const watch: Watcher = (event) => {
          if (!isMoment(event)) return 'pass';
          end(true);
          return act(event);
        };
        const limit = setTimeout(() => end(false), limitMs);
        watchers.add(watch);
      });
    },
  };
}

type Attribute = { S?: string; N?: string; M?: Record<string, Attribute>; NULL?: boolean } | undefined;

/** The row in DynamoDB's answer to an update that asked for the new values; null in any other answer. */
export function rowIn(call: Call, output: Readonly<Record<string, unknown>>): RowVersion | null {
  const item = output['Attributes'] as Record<string, Attribute> | undefined;
  const viewpointId = item?.['viewpoint_id']?.S;
  if (call.operation !== 'UpdateItem' || item === undefined || viewpointId === undefined) return null;
  return {
    viewpointId,
    replica: call.replica,
    status: item['viewpoint_status']?.S ?? '',
    owner: item['lease_owner']?.S ?? null,
    attempt: Number(item['attempt']?.N ?? 0),
    step: item['job']?.M?.['step']?.S ?? null,
    atMs: Date.now(),
  };
}

export function messageIdsIn(call: Call, output: Readonly<Record<string, unknown>>): string[] {
  if (call.operation !== 'ReceiveMessage') return [];
  const messages = (output['Messages'] ?? []) as { MessageId?: string }[];
  return messages.flatMap(({ MessageId }) => (MessageId === undefined ? [] : [MessageId]));
}
