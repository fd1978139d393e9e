import { execFile } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { startServer, variablesOnAws } from '../support/program.js';
import { measureLatency, type LatencySummary } from './latency.js';
import { watchMemory } from './memory.js';

/**
 * `npm run bench [-- --json] [--runs N] [IMAGE…]`: processes large images in the real service, which runs as a process
 * of its own against emulated AWS services in this one, and prints times, memory and the latency of /ping meanwhile.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false }, runs: { type: 'string', default: '3' } } });

const MAKER = fileURLToPath(new URL('../../src/imagery/samples/make-samples.js', import.meta.url));
const IMAGES_FOLDER = resolve('.viewpoints/bench-images');
const BUCKET = 'bench-images';
const REGION = 'us-west-2';
const BIG_FILE_NAMES = { a: 'big-a.tif', b: 'big-b.tif', c: 'big-c.ntf' };

interface JobResult {
  image: string;
  seconds: number;
  timingsMs: Record<string, number>;
}

interface Report {
  machine: string;
  images: { image: string; megabytes: number; medianSeconds: number; leastSeconds: number; mostSeconds: number; medianStepsMs: Record<string, number> }[];
  twoAtOnceSeconds: number;
  ping: LatencySummary;
  memory: { serviceMegabytes: number; togetherMegabytes: number };
}

async function main(): Promise<void> {
  const paths = positionals.length > 0 ? positionals.map((path) => resolve(path)) : await bigImages();
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-bench-'));
  const aws = await startEmbeddedAws({ stateFolder: join(folder, 'aws'), tableName: 'TSJobTable', queueName: 'TSJobQueue', bucketNames: [BUCKET], region: REGION });
  try {
    const s3 = new S3Client({ region: REGION, credentials: aws.credentials, endpoint: aws.endpoints.s3, forcePathStyle: true });
    for (const path of paths) {
      const { size } = await stat(path);
      await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: basename(path), Body: createReadStream(path), ContentLength: size }));
    }
    s3.destroy();
    const server = await startServer({ ...variablesOnAws(aws, folder), AWS_REGION: REGION });
    try {
      print(await measure(server, paths));
    } finally {
      server.kill('SIGTERM');
      await server.end;
    }
  } finally {
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function bigImages(): Promise<string[]> {
  const missing = Object.entries(BIG_FILE_NAMES).filter(([, file]) => !existsSync(join(IMAGES_FOLDER, file)));
  if (missing.length > 0) {
    console.error(`Making ${missing.map(([, file]) => file).join(', ')} in ${IMAGES_FOLDER} …`);
    await promisify(execFile)(process.execPath, [MAKER, IMAGES_FOLDER, ...missing.flatMap(([name]) => ['--big', name])]);
  }
  return Object.values(BIG_FILE_NAMES).map((file) => join(IMAGES_FOLDER, file));
}

async function measure({ pid, url }: { pid: number; url: string }, paths: readonly string[]): Promise<Report> {
  const memory = watchMemory(pid);
  const results: JobResult[] = [];
  // Rounds, so that a slow spell of the machine meets all images alike.
  for (let round = 0; round < Number(values.runs); round++) {
    for (const path of paths) results.push(await processImage(url, path, `run-${round}`));
  }
  const latency = measureLatency(`${url}/ping`);
  const began = performance.now();
  await Promise.all(paths.slice(0, 2).map((path) => processImage(url, path, 'together')));
  const twoAtOnceSeconds = (performance.now() - began) / 1000;
  const ping = await latency.stop();
  const images = await Promise.all(
    paths.map(async (path) => {
      const own = results.filter(({ image }) => image === path);
      const seconds = own.map((result) => result.seconds);
      return {
        image: basename(path),
        megabytes: Math.round((await stat(path)).size / 1e6),
        medianSeconds: median(seconds),
        leastSeconds: Math.min(...seconds),
        mostSeconds: Math.max(...seconds),
        medianStepsMs: Object.fromEntries(['download', 'pyramid', 'metadata', 'publish'].map((step) => [step, median(own.map((result) => result.timingsMs[step] ?? NaN))])),
      };
    }),
  );
  return { machine: `${cpus().length} cores, Node ${process.version}`, images, twoAtOnceSeconds, ping, memory: memory.stop() };
}

async function processImage(url: string, path: string, run: string): Promise<JobResult> {
  const id = `${basename(path).replaceAll('.', '-')}-${run}`;
  const began = performance.now();
  const response = await fetch(`${url}/viewpoints/${id}/process`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=300' },
    body: JSON.stringify({ viewpoint_name: id, bucket_name: BUCKET, object_key: basename(path) }),
  });
  const seconds = (performance.now() - began) / 1000;
  const status = (await response.json()) as { viewpoint_status?: string; timings_ms?: Record<string, number>; error?: unknown };
  if (status.viewpoint_status !== 'READY') throw new Error(`${path} did not become READY: ${JSON.stringify(status)}`);
  return { image: path, seconds, timingsMs: status.timings_ms ?? {} };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function print(report: Report): void {
  if (values.json) {
    console.log(JSON.stringify(report, null, 2));
    return;
  }
  console.log(`Machine: ${report.machine}`);
  for (const { image, megabytes, medianSeconds, leastSeconds, mostSeconds, medianStepsMs } of report.images) {
    const steps = Object.entries(medianStepsMs).map(([step, ms]) => `${step} ${(ms / 1000).toFixed(2)}`).join(', ');
    console.log(`${image} (${megabytes} MB): ${medianSeconds.toFixed(2)} s (${leastSeconds.toFixed(2)} to ${mostSeconds.toFixed(2)}; ${steps})`);
  }
  const { ping, memory } = report;
  console.log(`Two at once: ${report.twoAtOnceSeconds.toFixed(2)} s; /ping meanwhile: median ${ping.medianMs.toFixed(1)} ms, p99 ${ping.p99Ms.toFixed(1)} ms, longest ${ping.longestMs.toFixed(1)} ms of ${ping.requests} requests`);
  console.log(`Peak memory: service ${memory.serviceMegabytes} MB, with its GDAL processes ${memory.togetherMegabytes} MB (pages shared between processes count in each)`);
}

await main();
