import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ARTIFACT_SUFFIXES, SCRATCH_PREFIX } from '../../src/domain/artifacts.js';
import { errorKind, type ErrorCode } from '../../src/domain/errors.js';
import { SAMPLE_RECIPES, type SampleName } from '../../src/imagery/samples/recipes.js';
import { request } from '../support/http.js';
import { startServer } from '../support/program.js';
import { listProcesses } from '../run/processes.js';
import { BLOCK_BOMB, ENDLESS_BOMB } from './bombs.js';
import { finding, type Finding } from './invariants.js';
import { mutantOf } from './mutants.js';
import { BUCKET } from './objects.js';
import { errorOf, readRows, statusOf } from './rows.js';
import type { Trial } from './trial.js';
import { NAMES, startWorld, type World } from './world.js';

const MUTANTS = 200;
const TIMEOUT_SECONDS = 6;
const SAMPLES: SampleName[] = ['cloud-optimized', 'utm-tiled', 'jpeg2000', 'plain-png', 'nitf-rgb', 'nitf-rpc', 'nitf-rsm', 'nitf-sicd', 'nitf-two-images', 'float32-gaps', 'colour-table', 'one-bit', 'complex', 'nine-gcps'];
const BOMBS: SampleName[] = ['pixel-bomb', 'band-bomb'];
/** Large enough for its decoder to be met at work. */
const VICTIM: SampleName = 'rgb-striped';
const MAKER = fileURLToPath(new URL('../../src/imagery/samples/make-samples.js', import.meta.url));
const BOMB_MAKER = fileURLToPath(new URL('./make-bombs.js', import.meta.url));
const LONGEST_STANDSTILL_MS = 60_000;
const LOOK_INTERVAL_MS = 300;
const REMAINING_SUFFIXES = Object.values(ARTIFACT_SUFFIXES).filter((suffix) => suffix !== ARTIFACT_SUFFIXES.overviews && suffix !== ARTIFACT_SUFFIXES.statisticsSidecar);

interface Case {
  viewpointId: string;
  key: string;
  /** null: any true end will do. */
  endsAs: 'READY' | ErrorCode | null;
  /** What is done to the decoder each time that it is met at work on the viewpoint. */
  blows?: readonly NodeJS.Signals[];
}

/** Signals that a crash in native code ends with, the kernel's when memory lacks, and a decoder that never answers. */
const BLOWS: { blows: NodeJS.Signals[]; endsAs: Case['endsAs'] }[] = [
  { blows: ['SIGSEGV'], endsAs: 'decoder_crashed' },
  { blows: ['SIGABRT'], endsAs: 'decoder_crashed' },
  { blows: ['SIGBUS'], endsAs: 'decoder_crashed' },
  { blows: ['SIGILL'], endsAs: 'decoder_crashed' },
  { blows: ['SIGKILL', 'SIGKILL'], endsAs: 'decoder_crashed' },
  { blows: ['SIGKILL'], endsAs: 'READY' },
  { blows: ['SIGSTOP'], endsAs: 'decoder_timeout' },
];

/** Images that crash, hang and blow up their decoder, damaged images of many kinds, and good ones beside them, in one replica. */
export async function runDecoderTrouble(trial: Trial): Promise<Finding[]> {
  const { tally, say } = trial;
  const folder = await mkdtemp(join(trial.folder, 'decoder-'));
  const world = await startWorld(folder, trial.random.fork(), tally);
  const replica = await startServer(world.variablesOf('decoder', { DECODER_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS), DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE: '0', DECODER_MEMORY_MEGABYTES: '512', LEASE_SECONDS: '60', LEASE_HEARTBEAT_SECONDS: '15' }));
  const killReplica = () => replica.kill('SIGKILL');
  process.once('exit', killReplica);
  try {
    const cases = await prepare(trial, world, join(folder, 'samples'));
    say(`processing ${cases.length} images: damaged, too large in some way, and good ones whose decoder is struck`);
    const striking = new AbortController();
    const struck = strikeDecoders(replica.pid, cases, striking.signal);
    for (const { viewpointId, key } of cases) {
      const definition = { viewpoint_name: viewpointId, bucket_name: BUCKET, object_key: key, tile_size: 256, range_adjustment: 'DRA' };
      await world.tileServer.putRow(viewpointId, definition);
      await world.tileServer.sendMessage(viewpointId, definition, null);
    }
    await untilEnded(world);
    striking.abort();
    for (const signal of await struck) tally.add('decoders struck by', signal);
    const ping = await request(`${replica.url}/ping`).then(({ status }) => status, () => 0);
    replica.kill('SIGTERM');
    const { code, stdout, stderr } = await replica.end;
    const rows = await readRows(world.dynamodb, NAMES.tableName);
    const volume = await readdir(world.volume, { recursive: true });
    for (const { viewpointId, endsAs } of cases) tally.add(endsAs === null ? 'damaged images' : 'other images', errorOf(rows.get(viewpointId))?.code ?? statusOf(rows.get(viewpointId)) ?? 'gone');
    return [
      finding('an image that crashes, hangs or blows up its decoder fails for that, and no other does', cases.length, cases.flatMap((each) => wrongEnd(each, rows.get(each.viewpointId)))),
      finding('what a damaged image leaves READY is whole', cases.length, cases.filter(({ viewpointId }) => statusOf(rows.get(viewpointId)) === 'READY').flatMap((each) => missingFiles(each, volume))),
      finding('no image ends or confuses the service, or leaves scratch', cases.length, [
        ...(ping === 200 && code === 0 ? [] : [`/ping ${ping}, ended with code ${code ?? 'none'}: ${stderr.slice(-500)}`]),
        ...stdout.split('\n').filter((line) => /internal_error|"msg":"job broke"/.test(line)).map((line) => line.slice(0, 700)),
        ...volume.filter((path) => path.includes(SCRATCH_PREFIX)).map((path) => `scratch: ${path}`),
      ]),
    ];
  } finally {
    killReplica();
    process.off('exit', killReplica);
    await replica.end;
    await world.close();
    if (!trial.options.keep) await rm(folder, { recursive: true, force: true });
  }
}

async function prepare({ random }: Trial, world: World, folder: string): Promise<Case[]> {
  await mkdir(folder, { recursive: true });
  await promisify(execFile)(process.execPath, [MAKER, folder, ...SAMPLES, ...BOMBS, VICTIM]);
  await promisify(execFile)(process.execPath, [BOMB_MAKER, folder]);
  const bytesOf = (fileName: string) => readFile(join(folder, fileName));
  const cases: Case[] = [];

  async function add(key: string, bytes: Buffer, viewpoint: Omit<Case, 'key'>): Promise<void> {
    await world.tileServer.putObject(BUCKET, key, bytes);
    cases.push({ key, ...viewpoint });
  }

  for (const sample of BOMBS) await add(SAMPLE_RECIPES[sample].fileName, await bytesOf(SAMPLE_RECIPES[sample].fileName), { viewpointId: sample, endsAs: 'image_too_large' });
  await add(BLOCK_BOMB.fileName, await bytesOf(BLOCK_BOMB.fileName), { viewpointId: 'block-bomb', endsAs: 'image_too_large' });
  await add(ENDLESS_BOMB.fileName, await bytesOf(ENDLESS_BOMB.fileName), { viewpointId: 'endless-bomb', endsAs: 'decoder_timeout' });
  const victim = await bytesOf(SAMPLE_RECIPES[VICTIM].fileName);
  for (const { blows, endsAs } of BLOWS) await add('victim.tif', victim, { viewpointId: `struck-by-${blows.join('-')}`, endsAs, blows });
  const samples = await Promise.all(SAMPLES.map((sample) => bytesOf(SAMPLE_RECIPES[sample].fileName)));
  for (let index = 0; index < MUTANTS; index++) {
    const which = random.integer(0, SAMPLES.length - 1);
    const { fileName } = SAMPLE_RECIPES[SAMPLES[which] ?? VICTIM];
    await add(`mutants/${index}/${fileName}`, mutantOf(samples[which] ?? victim, random), { viewpointId: `mutant-${index}-${fileName.replaceAll('.', '-')}`, endsAs: null });
    // Good images beside them, which nothing that the others do may touch.
    if (index % 10 === 0) await add(fileName, samples[which] ?? victim, { viewpointId: `good-${index}`, endsAs: SAMPLE_RECIPES[SAMPLES[which] ?? VICTIM].endsAs.status === 'READY' ? 'READY' : null });
  }
  return cases;
}

/** Strikes each decoder that has a file of one of the viewpoints open; resolves, when the signal aborts, with what it struck with. */
async function strikeDecoders(replicaPid: number, cases: readonly Case[], signal: AbortSignal): Promise<NodeJS.Signals[]> {
  const left = new Map<string, NodeJS.Signals[]>(cases.flatMap(({ viewpointId, blows }) => (blows === undefined ? [] : [[viewpointId, [...blows]]])));
  const struckPids = new Set<number>();
  const struck: NodeJS.Signals[] = [];
  while (!signal.aborted) {
    for (const { pid } of listProcesses().filter(({ pid, parent, isZombie }) => parent === replicaPid && !isZombie && !struckPids.has(pid))) {
      const open = openFiles(pid);
      const [viewpointId, blows] = [...left].find(([id]) => open.some((path) => path.includes(`/${id}/`))) ?? [];
      const blow = blows?.shift();
      if (blow === undefined || viewpointId === undefined) continue;
      if (blows?.length === 0) left.delete(viewpointId);
      process.kill(pid, blow);
      struckPids.add(pid);
      struck.push(blow);
    }
    await delay(2);
  }
  return struck;
}

function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return []; // closed meanwhile
      }
    });
  } catch {
    return []; // ended meanwhile
  }
}

async function untilEnded(world: World): Promise<void> {
  let last = -1;
  let movedAt = performance.now();
  for (;;) {
    const rows = await readRows(world.dynamodb, NAMES.tableName);
    const open = [...rows.values()].filter((row) => statusOf(row) === 'REQUESTED').length;
    if (open === 0 || performance.now() - movedAt > LONGEST_STANDSTILL_MS) return;
    if (open !== last) movedAt = performance.now();
    last = open;
    await delay(LOOK_INTERVAL_MS);
  }
}

function wrongEnd({ viewpointId, endsAs }: Case, row: Parameters<typeof statusOf>[0]): string[] {
  const status = statusOf(row) ?? 'gone';
  const code = errorOf(row)?.code;
  const told = `${viewpointId} ends ${status} ${code ?? ''}: ${row?.['error_message']?.S ?? ''}`;
  if (status === 'READY') return endsAs === null || endsAs === 'READY' ? [] : [`${told}, expected ${endsAs}`];
  if (status !== 'FAILED' || code === undefined) return [told];
  if (endsAs !== null) return code === endsAs ? [] : [`${told}, expected ${endsAs}`];
  // Whatever is wrong with a file, another try of the same would not end better.
  return errorKind(code as ErrorCode).retryable ? [told] : [];
}

function missingFiles({ viewpointId, key }: Case, volume: readonly string[]): string[] {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const missing = ['', ...REMAINING_SUFFIXES].map((suffix) => `${viewpointId}/${name}${suffix}`).filter((path) => !volume.includes(path));
  return missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`];
}
