import { differences, readArtifacts } from './artifacts.js';
import { readDeadLetters } from './dead-letters.js';
import { finding, type Finding } from './invariants.js';
import { readLeftOvers } from './left-overs.js';
import type { Expectation } from './plan.js';
import { publishedFiles, type FileIdentity, type Publications } from './publications.js';
import type { Reference } from './reference.js';
import type { Fleet } from './replicas.js';
import { errorOf, readRows, statusOf } from './rows.js';
import type { RowVersion } from './wire.js';
import { NAMES, type World } from './world.js';

export interface CampaignResult {
  world: World;
  fleet: Fleet;
  reference: Reference;
  /** Bytes of the images by key. */
  images: ReadonlyMap<string, Buffer>;
  expectations: ReadonlyMap<string, Expectation>;
  /** Files of each viewpoint as they were when it was first seen READY. */
  readyFiles: ReadonlyMap<string, ReadonlyMap<string, FileIdentity>>;
  scratches: Publications;
  isEnded: boolean;
}

const MAX_RECEIVES = 3;

/** Holds what became of a campaign against what the service promises. */
export async function checkCampaign(result: CampaignResult): Promise<Finding[]> {
  const rows = await readRows(result.world.dynamodb, NAMES.tableName);
  const expectations = [...result.expectations.values()];
  const ready = expectations.filter(({ viewpointId }) => statusOf(rows.get(viewpointId)) === 'READY');
  return [
    finding('every viewpoint has one true end', expectations.length, expectations.flatMap((expectation) => untrueEnd(expectation, rows.get(expectation.viewpointId)))),
    finding('READY artifacts are those of an undisturbed run', ready.length, (await Promise.all(ready.map((expectation) => wrongArtifacts(result, expectation)))).flat()),
    finding('what is READY is published once: no file changes later', ready.length, (await Promise.all(ready.map(({ viewpointId }) => changedFiles(result, viewpointId)))).flat()),
    publishedByHolder(result, ready, rows),
    endedOnce(result, expectations),
    finding('nothing is left on the volume but READY viewpoints, and nothing beside it', expectations.length, await readLeftOvers(result.world)),
    await messagesAccountedFor(result),
    finding('no replica ends by itself', result.fleet.ends.length, result.fleet.ends.filter(({ isWanted }) => !isWanted).map(({ name, end }) => `${name}: ${end.signal ?? `code ${end.code ?? 'none'}`} ${end.stderr.slice(-500)}`)),
    saneLogs(result),
  ];
}

function untrueEnd({ viewpointId, endsAs, fate, objectKey }: Expectation, row: Parameters<typeof statusOf>[0]): string[] {
  const status = statusOf(row) ?? 'gone';
  const error = errorOf(row);
  const told = `${viewpointId} (${objectKey.slice(-40)}) is ${status} ${error?.code ?? ''}`;
  if (fate === 'gone') return status === 'gone' ? [] : [`${told} although its row was deleted`];
  if (fate === 'deleted') return status === 'DELETED' ? [] : [`${told} although it was marked DELETED`];
  if (fate === 'cancelled' && status === 'FAILED' && error?.code === 'cancelled') return [];
  if (endsAs.status === 'READY') return status === 'READY' ? [] : [`${told}, expected READY`];
  if (status === 'FAILED' && error?.code === endsAs.code) return (row?.['error_message']?.S ?? '') === '' ? [`${told} without a message`] : [];
  return [`${told}, expected FAILED ${endsAs.code}`];
}

async function wrongArtifacts({ world, reference }: CampaignResult, { viewpointId, viewpointName, objectKey }: Expectation): Promise<string[]> {
  const expected = reference.get(objectKey);
  const found = await readArtifacts(world.volume, viewpointId, viewpointName);
  if (expected === undefined || expected === null || found === null) return [`${viewpointId} has ${found === null ? 'no files' : 'files that nothing compares with'}`];
  const wrong = differences(expected, found);
  return wrong.length === 0 ? [] : [`${viewpointId} (${objectKey.slice(-40)}) differs in ${wrong.join(', ')}`];
}

async function changedFiles({ world, readyFiles }: CampaignResult, viewpointId: string): Promise<string[]> {
  const before = readyFiles.get(viewpointId);
  if (before === undefined) return [`${viewpointId} was never seen READY`];
  const after = await publishedFiles(world.volume, viewpointId);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name));
  return changed.length === 0 ? [] : [`${viewpointId}: ${changed.join(', ')} changed after it was READY`];
}

/** The image alone may come from a former attempt, whose download is taken over. */
function publishedByHolder({ readyFiles, scratches }: CampaignResult, ready: readonly Expectation[], rows: ReadonlyMap<string, Parameters<typeof statusOf>[0]>): Finding {
  let checked = 0;
  const broken = ready.flatMap(({ viewpointId, objectKey }) => {
    const attempt = Number(rows.get(viewpointId)?.['attempt']?.N ?? 0);
    const image = objectKey.slice(objectKey.lastIndexOf('/') + 1);
    return [...(readyFiles.get(viewpointId) ?? [])].flatMap(([name, file]) => {
      const maker = scratches.attemptOf(file);
      if (maker === undefined || name === image) return [];
      checked++;
      return maker === attempt ? [] : [`${viewpointId}: ${name} is of attempt ${maker}, READY of attempt ${attempt}`];
    });
  });
  return finding('every published file is of the attempt that holds the lease in the end', checked, broken);
}

/** From the row's history on the wire: each end is written once, by the holder of the latest lease. */
function endedOnce({ world }: CampaignResult, expectations: readonly Expectation[]): Finding {
  let checked = 0;
  const broken = expectations.flatMap((expectation) => {
    const versions = world.wire.rows.get(expectation.viewpointId) ?? [];
    const ends = versions.filter((version, index) => isEnd(version) && !isSameEnd(versions[index - 1], version));
    checked += ends.length;
    const most = 1 + expectation.askedAgain + (expectation.isPut ? 1 : 0);
    const readies = ends.filter(({ status }) => status === 'READY').length;
    return [
      ...(readies > 1 ? [`${expectation.viewpointId} became READY ${readies} times`] : []),
      ...(ends.length > most ? [`${expectation.viewpointId} ended ${ends.length} times: ${ends.map(({ status, attempt }) => `${status} by attempt ${attempt}`).join(', ')}`] : []),
      ...ends.filter((end) => !isByHolder(versions, end) && !(expectation.fate === 'cancelled' && isOfWaiting(versions, end))).map((end) => `${expectation.viewpointId}: ${end.status} by ${end.replica ?? 'nobody'}, who did not hold the lease`),
    ];
  });
  return finding('each end is written once, by the holder of the lease', checked, broken);
}

const isEnd = ({ status }: RowVersion) => status === 'READY' || status === 'FAILED';
const isSameEnd = (before: RowVersion | undefined, after: RowVersion) => before !== undefined && before.status === after.status && before.attempt === after.attempt;

function isByHolder(versions: readonly RowVersion[], end: RowVersion): boolean {
  const before = versions.slice(0, versions.indexOf(end));
  return before.findLast(({ owner }) => owner !== null)?.owner === end.replica;
}

/** A viewpoint that nobody holds is cancelled by whoever is asked to. */
function isOfWaiting(versions: readonly RowVersion[], end: RowVersion): boolean {
  const before = versions[versions.indexOf(end) - 1];
  return end.status === 'FAILED' && (before === undefined || (before.status === 'REQUESTED' && before.owner === null));
}

/** A message of a viewpoint may go to the dead-letter queue when three receives of it came to no end. */
async function messagesAccountedFor({ world, isEnded }: CampaignResult): Promise<Finding> {
  const letters = await readDeadLetters(world.sqs, NAMES.queueName);
  const early = [...letters.keys()].filter((id) => (world.wire.receives.get(id) ?? 0) < MAX_RECEIVES);
  const waiting = await world.tileServer.messageCount();
  return finding('no message is lost: the queue is empty, and only what was received three times is in the dead-letter queue', letters.size + waiting, [
    ...early.map((id) => `${id} is a dead letter after ${world.wire.receives.get(id) ?? 0} receives: ${letters.get(id)?.slice(0, 80) ?? ''}`),
    ...(waiting > 0 ? [`${waiting} messages are left in the queue`] : []),
    ...(isEnded ? [] : ['some viewpoints or messages never came to an end']),
  ]);
}

function saneLogs({ fleet }: CampaignResult): Finding {
  let lines = 0;
  const broken = fleet.ends.flatMap(({ name, end }) =>
    end.stdout.split('\n').flatMap((text) => {
      lines++;
      return /"code":"internal_error"|"msg":"job broke"|"msg":"stopping after a fatal error"/.test(text) ? [`${name}: ${text.slice(0, 600)}`] : [];
    }),
  );
  return finding('no replica meets an error that it does not know', lines, broken);
}
