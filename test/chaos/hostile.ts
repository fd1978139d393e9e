import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GetQueueUrlCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { request } from '../support/http.js';
import { startServer } from '../support/program.js';
import { countMessages, readDeadLetters } from './dead-letters.js';
import { hostileMessages, namesViewpoint } from './hostile-messages.js';
import { hostileRequests } from './hostile-requests.js';
import { finding, type Finding } from './invariants.js';
import { accountFor } from './message-accounts.js';
import { sendRaw, type RawAnswer } from './raw-http.js';
import { readRows, statusOf } from './rows.js';
import type { Trial } from './trial.js';
import { NAMES, startWorld, type World } from './world.js';

const CONNECTIONS = 8;
/** A message is received three times before it is a dead letter, so they take longer than requests. */
const SHARE_OF_MESSAGES = 0.25;
const BATCH = 10;
const LOOK_INTERVAL_MS = 200;
const LONGEST_STANDSTILL_MS = 60_000;
/** Where the hostile ids and keys point to. */
const ESCAPES = ['/chaos-escape', '/tmp/chaos-escape', '/etc/chaos-escape'];

/** Sends hostile requests and messages to one replica, and checks that it answers each properly and survives. */
export async function runHostile(trial: Trial): Promise<Finding[]> {
  const { random, tally, say } = trial;
  const count = trial.options.hostile;
  const folder = await mkdtemp(join(trial.folder, 'hostile-'));
  const world = await startWorld(folder, random.fork(), tally);
  // No time for tries: there is nothing under any of the keys.
  const replica = await startServer(world.variablesOf('hostile', { EXECUTOR_WAITING_ROOM: '10000', EXECUTOR_CONCURRENCY: '4', RECOVERY_INTERVAL_SECONDS: '60' }));
  const killReplica = () => replica.kill('SIGKILL');
  process.once('exit', killReplica);
  try {
    const messages = hostileMessages(Math.floor(count * SHARE_OF_MESSAGES), random.integer(1, 2 ** 31 - 1));
    const requests = hostileRequests(count - messages.length, random.integer(1, 2 ** 31 - 1));
    say(`sending ${requests.length} hostile requests and ${messages.length} hostile messages`);
    const [answers, sent] = await Promise.all([sendAll(Number(new URL(replica.url).port), requests), sendMessages(world, messages)]);
    for (const { status } of answers) tally.add('answers to hostile requests', String(status ?? 'none'));
    const left = await untilStandstill(() => openMessages(world));
    const letters = await readDeadLetters(world.sqs, NAMES.queueName);
    const isUp = (await request(`${replica.url}/ping`).catch(() => undefined))?.status === 200;
    const openRows = await untilRowsEnded(world);
    replica.kill('SIGTERM');
    const { code, stdout, stderr } = await replica.end;
    return [
      finding('every hostile request is answered with a problem document or rightly accepted', answers.length, answers.flatMap((answer, index) => improper(answer, requests[index]))),
      finding('every hostile message that is not ours is a dead letter, every other is deleted for a reason', sent.size, [
        ...accountFor(sent, letters, stdout, tally),
        ...[...sent].filter(([id, body]) => namesViewpoint(body) && letters.has(id)).map(([, body]) => `a dead letter although it names a viewpoint: ${body.slice(0, 200)}`),
        ...(left > 0 ? [`${left} messages are left in the queue`] : []),
      ]),
      finding('no hostile input ends or confuses the service', answers.length + messages.length, [
        ...(isUp && code === 0 ? [] : [`the service ended with code ${code ?? 'none'}: ${stderr.slice(-500)}`]),
        ...stdout.split('\n').filter((line) => /internal_error|"msg":"job broke"/.test(line)).map((line) => line.slice(0, 500)),
        ...openRows.map((viewpointId) => `${viewpointId} is still REQUESTED`),
      ]),
      finding('no hostile input leaves a file, in the volume or outside', answers.length + messages.length, [
        ...(await readdir(world.volume)).map((name) => `in the volume: ${name}`),
        ...(await readdir(world.volumeFolder)).filter((name) => name !== 'volume').map((name) => `beside the volume: ${name}`),
        ...[...ESCAPES, join(folder, 'chaos-escape')].filter((path) => existsSync(path)),
      ]),
    ];
  } finally {
    killReplica();
    process.off('exit', killReplica);
    await replica.end;
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function sendAll(port: number, requests: readonly Buffer[]): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = [];
  let next = 0;
  async function send(): Promise<void> {
    for (let index = next++; index < requests.length; index = next++) {
      const bytes = requests[index] ?? Buffer.alloc(0);
      answers[index] = await sendRaw(port, bytes).catch((error: unknown) => ({ status: null, contentType: String(error), body: '' }));
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  return answers;
}

function improper({ status, contentType, body }: RawAnswer, bytes: Buffer | undefined): string[] {
  const head = bytes?.toString('latin1') ?? '';
  const told = `${status ?? 'no answer'} ${contentType} ${body.slice(0, 120)} to ${JSON.stringify(head.slice(0, 160))}`;
  if (status === null) return [told];
  if (status < 400) return [];
  if (status >= 500) return [told];
  if (head.startsWith('HEAD ')) return [];
  try {
    const problem = JSON.parse(body) as Record<string, unknown>;
    const isProblem = contentType === 'application/problem+json' && problem['status'] === status && typeof problem['code'] === 'string' && typeof problem['detail'] === 'string';
    return isProblem ? [] : [told];
  } catch {
    return [told];
  }
}

/** Sends the messages; returns the body of each by its id. */
async function sendMessages({ sqs }: World, messages: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: NAMES.queueName }));
  const sent = new Map<string, string>();
  for (let start = 0; start < messages.length; start += BATCH) {
    const batch = messages.slice(start, start + BATCH);
    // Each message alone must fit, and so must a batch.
    const isLarge = batch.some((body) => body.length > 20_000);
    for (const part of isLarge ? batch.map((body) => [body]) : [batch]) {
      const entries = part.map((body, index) => ({ Id: String(index), MessageBody: body }));
      const { Successful = [], Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: entries }));
      if (Failed.length > 0) throw new Error(`the queue refuses ${Failed[0]?.Message ?? ''}`);
      for (const { Id, MessageId = '' } of Successful) sent.set(MessageId, part[Number(Id)] ?? '');
    }
  }
  return sent;
}

async function openMessages({ sqs }: World): Promise<number> {
  const { visible, inFlight, delayed } = await countMessages(sqs, NAMES.queueName);
  return visible + inFlight + delayed;
}

async function untilRowsEnded(world: World): Promise<string[]> {
  const open = async () => [...(await readRows(world.dynamodb, NAMES.tableName))].filter(([, row]) => statusOf(row) === 'REQUESTED').map(([viewpointId]) => viewpointId);
  await untilStandstill(async () => (await open()).length);
  return await open();
}

/** Resolves with the count when it is 0, or has not changed for long. */
async function untilStandstill(count: () => Promise<number>): Promise<number> {
  let last = -1;
  let movedAt = performance.now();
  for (;;) {
    const now = await count();
    if (now === 0 || performance.now() - movedAt > LONGEST_STANDSTILL_MS) return now;
    if (now !== last) movedAt = performance.now();
    last = now;
    await delay(LOOK_INTERVAL_MS);
  }
}
