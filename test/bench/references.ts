import { rm, symlink } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUCKET } from './rig.js';
import { runCommand, succeeds } from './run-command.js';

const SCRIPT = fileURLToPath(new URL('../../../test/bench/reference.py', import.meta.url));
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** What a reference took; steps and all in seconds, peak memory in 2^20 bytes. */
export interface ReferenceFigures {
  seconds: number;
  cpuSeconds: number;
  peakMegabytes: number;
  download?: number;
  statistics?: number;
  overviews?: number;
  tile?: number;
}

/** As a container without settings runs it, and with all threads and 2 GB of cache. */
export const PYTHON_SETTINGS = {
  deployed: {},
  best: { GDAL_NUM_THREADS: 'ALL_CPUS', GDAL_CACHEMAX: '2048' },
} as const;

/** A Python that has GDAL's and S3's packages, or null. */
export async function findPython(): Promise<string | null> {
  for (const python of PYTHONS) if (await succeeds(python, ['-c', 'import boto3; from osgeo import gdal'])) return python;
  return null;
}

export interface PythonRun {
  python: string;
  s3Url: string;
  fileName: string;
  scratchFolder: string;
}

/** The whole job in one Python process. */
export async function pythonJob({ python, s3Url, fileName, scratchFolder }: PythonRun, settings: keyof typeof PYTHON_SETTINGS): Promise<ReferenceFigures> {
  return runInScratch(scratchFolder, fileName, async (path) =>
    JSON.parse(await runCommand(python, [SCRIPT, 'job', path, s3Url, BUCKET, fileName], PYTHON_SETTINGS[settings])) as ReferenceFigures,
  );
}

/** The download alone, by boto3's `download_file`. */
export async function pythonDownload({ python, s3Url, fileName, scratchFolder }: PythonRun, threads: 'default' | 'one-thread'): Promise<ReferenceFigures> {
  return runInScratch(scratchFolder, fileName, async (path) => JSON.parse(await runCommand(python, [SCRIPT, 'download', path, s3Url, BUCKET, fileName, threads])) as ReferenceFigures);
}

/** Whether GDAL's command line is there. */
export function hasCommandLineGdal(): Promise<boolean> {
  return succeeds('gdaladdo', ['--version']);
}

/** What a careful user gets by hand: `gdalinfo` for the statistics and `gdaladdo` for the overviews, with all threads. */
export async function byHand(imagesFolder: string, fileName: string, edgePixels: number, scratchFolder: string): Promise<ReferenceFigures> {
  const levels = Array.from({ length: Math.max(0, Math.ceil(Math.log2(edgePixels / 1024))) }, (_, index) => String(2 ** (index + 1)));
  const settings = { GDAL_NUM_THREADS: 'ALL_CPUS', GDAL_CACHEMAX: '128', GDAL_OVR_CHUNK_MAX_SIZE: '2097152', GDAL_PAM_ENABLED: 'YES' };
  return runInScratch(scratchFolder, fileName, async (path) => {
    await symlink(join(imagesFolder, fileName), path);
    const statistics = await timed('gdalinfo', ['-json', '-nomd', '-stats', '-approx_stats', '-mm', '-hist', path], settings);
    const overviews = await timed('gdaladdo', ['-q', '-ro', '-r', 'cubic', path, ...levels], settings);
    return {
      statistics: statistics.seconds,
      overviews: overviews.seconds,
      seconds: statistics.seconds + overviews.seconds,
      cpuSeconds: statistics.cpuSeconds + overviews.cpuSeconds,
      peakMegabytes: Math.max(statistics.peakMegabytes, overviews.peakMegabytes),
    };
  });
}

/** Start of the process included. Python's `resource` knows what bash's `time` does not: the peak memory. */
async function timed(program: string, args: readonly string[], variables: Readonly<Record<string, string>>): Promise<ReferenceFigures> {
  const script =
    'import json,resource,subprocess,sys,time;b=time.perf_counter();subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);' +
    'e=time.perf_counter();u=resource.getrusage(resource.RUSAGE_CHILDREN);' +
    'print(json.dumps({"seconds":e-b,"cpuSeconds":u.ru_utime+u.ru_stime,"peakMegabytes":u.ru_maxrss/1024}))';
  return JSON.parse(await runCommand('python3', ['-c', script, program, ...args], variables)) as ReferenceFigures;
}

async function runInScratch<T>(scratchFolder: string, fileName: string, run: (path: string) => Promise<T>): Promise<T> {
  const path = join(scratchFolder, fileName);
  try {
    return await run(path);
  } finally {
    for (const suffix of ['', '.ovr', '.aux.xml']) await rm(path + suffix, { force: true });
  }
}

/** `2 cores, Node v20.1.0`. */
export function machineText(): string {
  return `${cpus().length} cores, Node ${process.version}`;
}
