import gdal from 'gdal-async';
import type { BandMeasurement } from '../../../domain/statistics/band-measurement.js';
import { measureCounts, type ValueCounts } from '../../../domain/statistics/value-counts.js';
import { overviewError } from '../overviews.js';
import { createCascade, emptyCounts, MOST_ROWS, type Cascade, type LevelRows, type Panel } from './cascade.js';
import { startKernel, type Kernel } from './kernel.js';
import { columnsHeld, planPyramid, type PyramidPlan, type StripLimits } from './plan.js';

export interface FastPyramidOptions {
  imagePath: string;
  /** Those of the plan unless given. */
  stripLimits?: StripLimits;
  /** Resolves when these rows can be read, of an image that is not there as a whole yet. */
  untilThere?: (rows: BandRows) => Promise<void>;
  onProgress: (fraction: number) => void;
}

/** Rows of some bands, by number; rows count from 0. */
export interface BandRows {
  bandNumbers: readonly number[];
  firstRow: number;
  rowCount: number;
}

const THREADS_OPTION = 'GDAL_NUM_THREADS';

/**
 * Builds the overviews of an image in the same pass over its pixels that measures its bands: strips are read, by datasets
 * of their own, while the strip before is halved, level upon level, in memory. The overviews have the very
 * pixels of GDAL's own by cubic convolution, and lie in an `.ovr` as those do.
 * @param dataset the image, open for reading; shows the overviews afterwards.
 * @returns the measurements, exact, by band number; null, and nothing done, for an image of another kind, and where the
 * processor or the memory that is allowed is not up to it.
 * @throws ViewpointError as `buildOverviews` does.
 */
export async function buildFastPyramid(dataset: gdal.Dataset, { imagePath, stripLimits, untilThere, onProgress }: FastPyramidOptions): Promise<Map<number, BandMeasurement> | null> {
  const plan = planPyramid(dataset, stripLimits);
  if (plan === null) return null;
  const kernel = startKernel(plan.memoryBytes);
  if (kernel === null) return null;
  const readers: gdal.Dataset[] = [];
  try {
    await openReaders(readers, dataset.driver, imagePath, plan);
    await dataset.buildOverviewsAsync('NONE', plan.factors);
    return await runPasses({ dataset, readers, plan, kernel, untilThere }, onProgress);
  } catch (error) {
    // Only a mistake of ours has these types, and no image is to blame for it.
    if (error instanceof RangeError || error instanceof TypeError) throw error;
    throw await overviewError(dataset, error);
  } finally {
    for (const reader of readers) reader.close();
  }
}

/** GDAL takes the number of its decoding threads from the configuration when it opens an image. */
async function openReaders(readers: gdal.Dataset[], driver: gdal.Driver, imagePath: string, plan: PyramidPlan): Promise<void> {
  const configured = gdal.config.get(THREADS_OPTION);
  gdal.config.set(THREADS_OPTION, plan.readerThreads);
  try {
    while (readers.length < plan.readers) readers.push(await driver.openAsync(imagePath, 'r'));
  } finally {
    gdal.config.set(THREADS_OPTION, configured);
  }
}

interface Work {
  dataset: gdal.Dataset;
  readers: readonly gdal.Dataset[];
  plan: PyramidPlan;
  kernel: Kernel;
  untilThere: FastPyramidOptions['untilThere'];
}

/** One pass for each panel of each group of bands. */
async function runPasses(work: Work, onProgress: (fraction: number) => void): Promise<Map<number, BandMeasurement>> {
  const { bandGroups, panels, width, height, bytesPerPixel } = work.plan;
  const measurements = new Map<number, BandMeasurement>();
  const passes = bandGroups.length * panels.length;
  let passesDone = 0;
  for (const bandNumbers of bandGroups) {
    const counts = bandNumbers.map((bandNumber) => ({ bandNumber, values: emptyCounts(bytesPerPixel) }));
    for (const panel of panels) {
      await runPass({ ...work, panel, bands: counts, onProgress: (fraction) => onProgress((passesDone + fraction) / passes) });
      passesDone++;
    }
    for (const { bandNumber, values } of counts) {
      measurements.set(bandNumber, { ...measureCounts(values, width * height, bytesPerPixel === 1), isApproximate: false });
    }
  }
  return measurements;
}

interface Pass extends Work {
  panel: Panel;
  /** Bands that are stored together; what is counted is added to their values. */
  bands: readonly { bandNumber: number; values: ValueCounts }[];
  onProgress: (fraction: number) => void;
}

/** From top to bottom of one panel. */
async function runPass({ dataset, readers, plan, kernel, untilThere, panel, bands, onProgress }: Pass): Promise<void> {
  const { width, height, bytesPerPixel, factors, stripRows } = plan;
  const columns = columnsHeld(panel);
  const rowBytes = columns * bytesPerPixel;
  kernel.release();
  const buffers = Array.from({ length: plan.strips }, () => kernel.allocate(rowBytes * stripRows * bands.length));
  const shape = { width, height, bytesPerPixel, levelCount: factors.length, panel };
  const cascades = bands.map(({ bandNumber, values }) => {
    const overviews = dataset.bands.get(bandNumber).overviews.map((overview) => overview);
    const write = (rows: LevelRows) => writeRows(overviews, rows, kernel, bytesPerPixel);
    return { values, cascade: createCascade({ kernel, shape, limit: greatestValue(overviews[0], bytesPerPixel), write }) };
  });
  const bandsOf = readers.map((reader) => bands.map(({ bandNumber }) => reader.bands.get(bandNumber)));

  const strips = Array.from({ length: Math.ceil(height / stripRows) }, (_, index) => ({ y: index * stripRows, rowCount: Math.min(stripRows, height - index * stripRows) }));
  const reading: Promise<void>[] = [];
  const startReading = (index: number): void => {
    const [strip, buffer, reader] = [strips[index], buffers[index % plan.strips], bandsOf[index % plan.readers]];
    if (strip === undefined || buffer === undefined || reader === undefined) return;
    const read = async (): Promise<void> => {
      await untilThere?.({ bandNumbers: bands.map(({ bandNumber }) => bandNumber), firstRow: strip.y, rowCount: strip.rowCount });
      for (const [position, band] of reader.entries()) {
        const pixels = pixelsAt(kernel, buffer + position * rowBytes * strip.rowCount, columns * strip.rowCount, bytesPerPixel);
        await band.pixels.readAsync(panel.held.from, strip.y, columns, strip.rowCount, pixels);
      }
    };
    const pending = read();
    // A failure shows when the strip's turn comes.
    pending.catch(() => undefined);
    reading[index] = pending;
  };

  try {
    for (let index = 0; index < plan.readers; index++) startReading(index);
    for (const [index, { y, rowCount }] of strips.entries()) {
      await reading[index];
      startReading(index + plan.readers);
      const buffer = buffers[index % plan.strips] ?? 0;
      for (const [position, { cascade, values }] of cascades.entries()) {
        await pushStrip(cascade, buffer + position * rowBytes * rowCount, rowBytes, rowCount);
        cascade.addCounts(values);
      }
      onProgress((y + rowCount) / height);
    }
    for (const { cascade } of cascades) await cascade.end();
  } finally {
    // What still runs works on the kernel's memory.
    await Promise.allSettled([...reading, ...cascades.map(({ cascade }) => cascade.end())]);
  }
}

async function pushStrip(cascade: Cascade, address: number, rowBytes: number, rowCount: number): Promise<void> {
  for (let row = 0; row < rowCount; row += MOST_ROWS) {
    const rows = Math.min(MOST_ROWS, rowCount - row);
    await cascade.room(rows);
    cascade.push(address + row * rowBytes, rows);
  }
}

async function writeRows(overviews: readonly gdal.RasterBand[], { level, x, y, width, height, address, rowBytes }: LevelRows, kernel: Kernel, bytesPerPixel: 1 | 2): Promise<void> {
  const overview = overviews[level];
  if (overview === undefined) throw new RangeError(`no overview ${level}`);
  const pixels = pixelsAt(kernel, address, ((height - 1) * rowBytes) / bytesPerPixel + width, bytesPerPixel);
  await overview.pixels.writeAsync(x, y, width, height, pixels, { line_space: rowBytes });
}

function pixelsAt(kernel: Kernel, address: number, count: number, bytesPerPixel: 1 | 2): Uint8Array | Uint16Array {
  return bytesPerPixel === 1 ? new Uint8Array(kernel.buffer, address, count) : new Uint16Array(kernel.buffer, address, count);
}

/** Fewer bits than the type has are a limit that GDAL keeps to. */
function greatestValue(overview: gdal.RasterBand | undefined, bytesPerPixel: 1 | 2): number {
  const { NBITS = `${8 * bytesPerPixel}` } = (overview?.getMetadata('IMAGE_STRUCTURE') ?? {}) as Record<string, string | undefined>;
  return 2 ** Number(NBITS) - 1;
}
