import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from './random.js';
import type { Replica } from './replicas.js';
import type { Wire, WireEvent } from './wire.js';

/** A moment in the life of a job at which its process can be struck: an event on the wire, or a step that its status tells of. */
interface Moment {
  name: string;
  isEvent?: (event: WireEvent) => boolean;
  step?: string;
  /** The blow falls at most so long after it, at once when 0. */
  afterMs: number;
}

/** Strikes the process; returns whether the call during which that happens gets no further. */
export type Blow = () => 'drop' | 'pass';

const LONGEST_WAIT_MS = 2000;
const LONGEST_STRIKE_WAIT_MS = 30_000;
const LOOK_INTERVAL_MS = 4;

const rowWritten = (is: (row: { status: string; step: string | null; owner: string | null }) => boolean) => (event: WireEvent) => event.kind === 'answered' && event.row !== null && is(event.row);
const called = (operation: string, isInput: (input: string) => boolean = () => true) => (event: WireEvent) =>
  event.kind === 'called' && event.call.operation === operation && isInput(JSON.stringify(event.call.input));

const MOMENTS: Moment[] = [
  { name: 'any time', afterMs: 600 },
  { name: 'message received', isEvent: (event) => event.kind === 'answered' && event.messageIds.length > 0, afterMs: 0 },
  { name: 'lease taken', isEvent: rowWritten(({ status, owner }) => status === 'REQUESTED' && owner !== null), afterMs: 0 },
  { name: 'step download', isEvent: (event) => event.kind === 'download', afterMs: 60 },
  { name: 'step pyramid', step: 'pyramid', afterMs: 250 },
  { name: 'step metadata', step: 'metadata', afterMs: 0 },
  { name: 'step publish', isEvent: rowWritten(({ step, status }) => step === 'publish' && status === 'REQUESTED'), afterMs: 12 },
  { name: 'before READY is written', isEvent: called('UpdateItem', (input) => input.includes('{"S":"READY"}')), afterMs: 0 },
  { name: 'after READY is written', isEvent: rowWritten(({ status }) => status === 'READY'), afterMs: 0 },
  { name: 'before the message is deleted', isEvent: called('DeleteMessageBatch'), afterMs: 0 },
];

/** Strikes the replica at a moment of chance, at any time when that does not come; returns the moment's name. */
export async function strike(replica: Replica, wire: Wire, random: Random, blow: Blow): Promise<string> {
  const moment = random.pick(MOMENTS);
  const waitMs = random.fraction() * moment.afterMs;
  if (await comes(moment, replica, wire, () => (moment.afterMs === 0 ? blow() : 'pass'))) {
    if (moment.afterMs === 0) return moment.name;
    await delay(waitMs);
    blow();
    return moment.name;
  }
  blow();
  return 'any time';
}

async function comes({ isEvent, step }: Moment, replica: Replica, wire: Wire, blow: Blow): Promise<boolean> {
  if (isEvent !== undefined) {
    return await wire.at((event) => (event.kind === 'download' ? event.replica : event.call.replica) === replica.name() && isEvent(event), LONGEST_WAIT_MS, blow);
  }
  if (step === undefined) return true;
  if (!(await untilStep(replica, step))) return false;
  blow();
  return true;
}

/** Whether a job of the replica comes to be in the step, as its own status tells. */
export async function untilStep(replica: Replica, step: string): Promise<boolean> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (performance.now() < deadline && replica.isUp()) {
    if ((await replica.running()).some((job) => job.step === step)) return true;
    await delay(LOOK_INTERVAL_MS);
  }
  return false;
}

/** Moments at which a process holds a viewpoint that somebody has to take over. */
export const TAKEOVER_MOMENTS: readonly string[] = ['lease taken', 'step download', 'step publish', 'before READY is written'];

/** Strikes whichever replica comes to the moment with that viewpoint; resolves with the name of the process, null when none does. */
export async function strikeAt(momentName: string, replicaOf: (name: string) => Replica | undefined, viewpointId: string, wire: Wire, blow: (replica: Replica) => void): Promise<string | null> {
  const moment = MOMENTS.find(({ name }) => name === momentName);
  let struck: string | null = null;
  await wire.at(
    (event) => moment?.isEvent?.(event) === true && (event.kind === 'download' || viewpointOf(event) === viewpointId),
    LONGEST_STRIKE_WAIT_MS,
    function strikeNow(event) {
      const name = event.kind === 'download' ? event.replica : event.call.replica;
      const replica = replicaOf(name ?? '');
      if (replica === undefined) return 'pass';
      struck = name;
      blow(replica);
      return 'drop';
    },
  );
  return struck;
}

function viewpointOf(event: WireEvent): string | undefined {
  if (event.kind === 'download') return undefined;
  const key = event.call.input['Key'] as { viewpoint_id?: { S?: string } } | undefined;
  return key?.viewpoint_id?.S;
}
