import { join } from 'node:path';
import { HUGE_IMAGE, IMAGES_FOLDER, LARGE_IMAGES, SMALL_IMAGE } from './bench-images.js';
import { makeGigabyte, measureCancels } from './cancels.js';
import { measureDownloads } from './downloads.js';
import { measureLargeImages, type LargeImage } from './large-images.js';
import { measureLatency } from './latency.js';
import { findPython, hasCommandLineGdal } from './references.js';
import type { Report } from './report.js';
import { startObjectServer, type Rig, type RunningService } from './rig.js';
import { measureJob, processByRest } from './service-job.js';
import { measureSmallImages } from './small-images.js';
import { spreadOf } from './spread.js';

export interface BenchOptions {
  readonly imageNames: readonly string[];
  readonly runs: number;
}

/** A part of the benchmark: the images that it needs, and what it adds to the report. */
export interface BenchPart {
  images(options: BenchOptions): { name: string; fileName: string }[];
  measure(rig: Rig, options: BenchOptions): Promise<Partial<Report>>;
}

const SMALL_IMAGE_COUNT = 500;
/** What a connection gives where the network is the limit and not the machine, in 10^6 bytes per second. */
const SLOW_CONNECTION = 10;

export const largeImagesPart: BenchPart = {
  images: chosenImages,
  measure: (rig, options) =>
    withService(rig, async (service) => {
      const { tileServer, s3Url, scratchFolder } = rig;
      const references = { python: await findPython(), hasCommandLineGdal: await hasCommandLineGdal() };
      const images = await measureLargeImages({ service, tileServer, imagesFolder: IMAGES_FOLDER, s3Url, scratchFolder, ...references, name: 'large' }, chosenImages(options), options.runs);
      return { images, together: await measureTogether(service, chosenImages(options).slice(0, 2), options.runs) };
    }),
};

export const slowNetworkPart: BenchPart = {
  images: chosenImages,
  measure: async (rig, options) => {
    const objects = await startObjectServer(IMAGES_FOLDER, SLOW_CONNECTION);
    try {
      const deps = { tileServer: rig.tileServer, imagesFolder: IMAGES_FOLDER, s3Url: objects.url, scratchFolder: rig.scratchFolder, python: await findPython(), hasCommandLineGdal: false, name: 'slow' };
      const measure = (service: RunningService) => measureLargeImages({ ...deps, service }, chosenImages(options), options.runs);
      return { slowNetwork: { connectionLimit: SLOW_CONNECTION, images: await withService(rig, measure, { AWS_ENDPOINT_URL_S3: objects.url }) } };
    } finally {
      await objects.stop();
    }
  },
};

export const downloadsPart: BenchPart = {
  images: () => [{ name: 'b', ...LARGE_IMAGES.b }],
  measure: async ({ scratchFolder }, { runs }) => ({ downloads: await measureDownloads(IMAGES_FOLDER, LARGE_IMAGES.b.fileName, scratchFolder, await findPython(), runs) }),
};

export const smallImagesPart: BenchPart = {
  images: () => [SMALL_IMAGE],
  measure: (rig) =>
    withService(rig, async (service) => {
      // One before, so that the first start of everything is not counted.
      await measureJob(service, rig.tileServer, SMALL_IMAGE.fileName, 'first', 'rest');
      return { small: await measureSmallImages(service, rig.tileServer, IMAGES_FOLDER, SMALL_IMAGE.fileName, SMALL_IMAGE_COUNT) };
    }),
};

export const hugePart: BenchPart = {
  images: () => [HUGE_IMAGE],
  measure: (rig) =>
    withService(rig, async (service) => {
      const { seconds, peakMegabytes } = await measureJob(service, rig.tileServer, HUGE_IMAGE.fileName, 'huge', 'rest');
      return { huge: { image: HUGE_IMAGE.fileName, seconds, peakMegabytes } };
    }),
};

export const cancelsPart: BenchPart = {
  images: () => [],
  measure: async (rig, { runs }) => {
    const folder = join(IMAGES_FOLDER, 'gigabyte');
    await makeGigabyte(folder);
    const objects = await startObjectServer(folder);
    try {
      const onIt = { AWS_ENDPOINT_URL_S3: objects.url };
      const deps = { volumeRoot: join(rig.scratchFolder, 'volume'), objectKey: 'cancel--big-a.tif' };
      return await withService(rig, (own) => withService(rig, async (other) => ({ cancels: await measureCancels({ ...deps, services: [own, other] }, runs) }), onIt), onIt);
    } finally {
      await objects.stop();
    }
  },
};

function chosenImages({ imageNames }: BenchOptions): LargeImage[] {
  return imageNames.map((name) => {
    const image = Object.entries(LARGE_IMAGES).find(([known]) => known === name)?.[1];
    if (image === undefined) throw new Error(`There is no image "${name}"; there are ${Object.keys(LARGE_IMAGES).join(', ')}.`);
    return { name, ...image };
  });
}

async function measureTogether(service: RunningService, images: readonly LargeImage[], runs: number): Promise<NonNullable<Report['together']>> {
  // Memory is not watched meanwhile: reading it stops the process for milliseconds.
  const ping = measureLatency(`${service.url}/ping`);
  const seconds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await Promise.all(images.map(({ fileName }) => processByRest(service.url, `together-${run}-${fileName.replaceAll('.', '-')}`, `together-${run}--${fileName}`)));
    seconds.push((performance.now() - began) / 1000);
  }
  return { seconds: spreadOf(seconds), ping: await ping.stop() };
}

async function withService<T>(rig: Rig, use: (service: RunningService) => Promise<T>, variables: Readonly<Record<string, string>> = {}): Promise<T> {
  const service = await rig.startService(variables);
  try {
    return await use(service);
  } finally {
    await service.stop();
  }
}
