import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TileServer } from '../support/tile-server.js';
import { byHand, pythonJob, type PythonRun, type ReferenceFigures } from './references.js';
import type { RunningService } from './rig.js';
import { measureJob, type JobFigures } from './service-job.js';
import { spreadOf, type Spread } from './spread.js';

export interface LargeImage {
  readonly name: string;
  readonly fileName: string;
  /** The shorter one. */
  readonly edgePixels: number;
}

/** Of one way of doing the work of one image. */
export interface WayReport {
  way: string;
  seconds: Spread;
  /** Medians, in seconds. */
  steps: Record<string, number>;
  cpuSeconds: number;
  /** Most of all runs, in 2^20 bytes; of the service with its GDAL processes. */
  peakMegabytes: number;
}

export interface ImageReport {
  image: string;
  megabytes: number;
  ways: WayReport[];
  /** Service by REST against each other way: median seconds by median seconds. */
  ratios: Record<string, number>;
}

export interface LargeImagesDeps {
  service: RunningService;
  tileServer: TileServer;
  imagesFolder: string;
  s3Url: string;
  scratchFolder: string;
  /** null: no Python with GDAL and boto3. */
  python: string | null;
  hasCommandLineGdal: boolean;
  /** Viewpoints are called after it. */
  name: string;
}

/** Every image by every way in turn, round after round, so that a slow spell of the machine meets all alike. */
export async function measureLargeImages(deps: LargeImagesDeps, images: readonly LargeImage[], runs: number): Promise<ImageReport[]> {
  const figures = new Map(images.map((image) => [image, new Map<string, (JobFigures | ReferenceFigures)[]>()]));
  for (let round = 0; round < runs; round++) {
    for (const [image, own] of figures) {
      for (const [way, run] of Object.entries(waysOf(deps, image, round))) own.set(way, [...(own.get(way) ?? []), await run()]);
    }
  }
  return Promise.all(
    [...figures].map(async ([image, own]) => {
      const ways = [...own].map(([way, runsOfWay]) => wayReport(way, runsOfWay));
      const { size } = await stat(join(deps.imagesFolder, image.fileName));
      const [first, ...others] = ways;
      const ratios = Object.fromEntries(others.map(({ way, seconds }) => [way, (first?.seconds.median ?? NaN) / seconds.median]));
      return { image: image.name, megabytes: size / 1e6, ways, ratios };
    }),
  );
}

function waysOf(deps: LargeImagesDeps, { fileName, edgePixels }: LargeImage, round: number): Record<string, () => Promise<JobFigures | ReferenceFigures>> {
  const { service, tileServer, python, scratchFolder } = deps;
  const run = `${deps.name}-${round}`;
  const pythonRun: PythonRun = { python: python ?? '', s3Url: deps.s3Url, fileName, scratchFolder };
  return {
    'service, REST': () => measureJob(service, tileServer, fileName, run, 'rest'),
    'service, SQS': () => measureJob(service, tileServer, fileName, run, 'sqs'),
    ...(python === null
      ? {}
      : {
          'Python as deployed': () => pythonJob(pythonRun, 'deployed'),
          'Python, best settings': () => pythonJob(pythonRun, 'best'),
        }),
    ...(deps.hasCommandLineGdal ? { 'gdalinfo + gdaladdo': () => byHand(deps.imagesFolder, fileName, edgePixels, scratchFolder) } : {}),
  };
}

function wayReport(way: string, figures: readonly (JobFigures | ReferenceFigures)[]): WayReport {
  const steps = figures.map(stepsOf);
  const names = Object.keys(steps[0] ?? {});
  return {
    way,
    seconds: spreadOf(figures.map(({ seconds }) => seconds)),
    steps: Object.fromEntries(names.map((name) => [name, spreadOf(steps.map((each) => each[name] ?? NaN)).median])),
    cpuSeconds: spreadOf(figures.map(({ cpuSeconds }) => cpuSeconds)).median,
    peakMegabytes: Math.max(...figures.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

function stepsOf(figures: JobFigures | ReferenceFigures): Record<string, number> {
  if ('steps' in figures) return figures.steps;
  const { download, statistics, overviews, tile } = figures;
  return Object.fromEntries(Object.entries({ download, statistics, overviews, tile }).filter((entry): entry is [string, number] => entry[1] !== undefined));
}
