import { copyFile, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalImage } from '../composition/local-image.js';
import { ARTIFACT_SUFFIXES, imageFileName } from '../domain/artifacts.js';
import type { FootprintDocument } from '../domain/footprint/footprint-document.js';
import { DEFAULT_TILE_SIZE } from '../domain/viewpoint.js';
import { volumeError } from '../domain/volume-error.js';
import type { PyramidReport } from '../imagery/protocol.js';
import { withDecoder } from './decoding.js';
import { viewpointIdOf } from './image-id.js';
import type { ProgressBar } from './progress-bar.js';

/** One band as the STAC Item has it, with its statistics and histogram where they are known. */
export interface InspectedBand {
  name: string;
  description?: string;
  data_type: string;
  statistics?: { minimum: number; maximum: number; mean: number; stddev: number; valid_percent?: number };
}

export interface InspectResult {
  image: { driver: string; width: number; height: number; bands: number; data_type: string; overviews: string; other_images: string[]; rejected_side_files: string[] };
  /** Upper left, lower left, lower right and upper right as [longitude, latitude] in degrees; null without a georeference. */
  corners: [number, number][] | null;
  footprint: FootprintDocument;
  bands: InspectedBand[];
}

/** Shares of the two operations in the progress, in percent. */
const MEASURED_PERCENT = 90;

/**
 * Measures an image and finds its place on Earth, in a folder of its own that goes afterwards: the image and what
 * lies beside it stay as they are.
 * @throws ViewpointError; the signal's reason after an abort.
 */
export async function inspectImage(source: LocalImage, progress: ProgressBar, signal: AbortSignal): Promise<InspectResult> {
  const fileName = imageFileName(source.path);
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-inspect-')).catch((error: unknown) => {
    throw volumeError(`No folder can be made in ${tmpdir()}`, error);
  });
  try {
    const imagePath = join(folder, fileName);
    await symlink(source.path, imagePath);
    for (const { suffix, path } of source.sideFiles) {
      // GDAL adds to statistics where it finds them.
      await (suffix === ARTIFACT_SUFFIXES.statisticsSidecar ? copyFile(path, imagePath + suffix) : symlink(path, imagePath + suffix));
    }
    const report = await measure(imagePath, source.path, progress, signal);
    return await resultOf(report, imagePath);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function measure(imagePath: string, publishedPath: string, progress: ProgressBar, signal: AbortSignal): Promise<PyramidReport> {
  return withDecoder(async ({ decoder, timeoutMs, timeoutMsPerGigasample, maximumSamples, exactStatistics }) => {
    const onProgress = (fraction: number) => progress.show({ step: 'pyramid', percent: Math.floor(MEASURED_PERCENT * fraction) });
    let limitMs = timeoutMs;
    const onSized = ({ samples }: { samples: number }) => Promise.resolve((limitMs = timeoutMs + (samples / 1e9) * timeoutMsPerGigasample));
    onProgress(0);
    const request = { imagePath, tileSize: DEFAULT_TILE_SIZE, rangeAdjustment: 'NONE', maximumSamples, exactStatistics, withoutOverviews: true } as const;
    const report = await decoder.run('pyramid', request, { signal, timeoutMs, onProgress, onSized });
    progress.show({ step: 'metadata', percent: MEASURED_PERCENT });
    const name = imageFileName(imagePath);
    await decoder.run('metadata', { imagePath, publishedPath, viewpointName: name, viewpointId: viewpointIdOf(name) }, { signal, timeoutMs: limitMs });
    return report;
  });
}

async function resultOf(report: PyramidReport, imagePath: string): Promise<InspectResult> {
  const read = async (suffix: string): Promise<unknown> => JSON.parse(await readFile(imagePath + suffix, 'utf8'));
  const corners = (await read(ARTIFACT_SUFFIXES.footprint)) as { features: { geometry: { coordinates: [number, number][][] } | null }[] };
  const stac = (await read(ARTIFACT_SUFFIXES.stac)) as { assets: { image: { bands?: InspectedBand[] } } };
  return {
    image: {
      driver: report.driver,
      width: report.width,
      height: report.height,
      bands: report.bandCount,
      data_type: report.dataType,
      overviews: report.overviews,
      other_images: report.otherImages,
      rejected_side_files: report.rejectedSideFiles,
    },
    corners: corners.features[0]?.geometry?.coordinates[0]?.slice(0, -1) ?? null,
    footprint: (await read(ARTIFACT_SUFFIXES.outline)) as FootprintDocument,
    bands: stac.assets.image.bands ?? [],
  };
}
