import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { areaGeometry } from '../../domain/footprint/footprint-document.js';
import type { Footprint } from '../../domain/footprint/footprint.js';
import { acquisitionTime } from '../../domain/stac/acquisition-time.js';
import type { BandFacts } from '../../domain/stac/bands.js';
import type { GridFacts } from '../../domain/stac/projection.js';
import { sarFacts } from '../../domain/stac/sar-facts.js';
import { stacItem } from '../../domain/stac/stac-item.js';
import { viewProperties } from '../../domain/stac/view.js';
import type { MetadataRequest } from '../protocol.js';
import { datasetInfo, type BandInfo, type DatasetInfo } from './info.js';
import type { ModelSources } from './models/sources.js';
import { knownStatistics, type KnownStatistics } from './known-statistics.js';

type Metadata = Readonly<Record<string, string>>;

/** The image as a STAC Item, of what it says of itself and what is known of it by now. */
export async function stacDocument(dataset: gdal.Dataset, sources: ModelSources, footprint: Footprint | null, request: MetadataRequest): Promise<object> {
  const { imagePath, publishedPath, viewpointId, viewpointName } = request;
  const { tres, sarDocuments, info } = sources;
  const facts = sarFacts(sarDocuments);
  const domain = (name?: string) => dataset.getMetadata(name) as Metadata;
  const overviewsPath = imagePath + ARTIFACT_SUFFIXES.overviews;
  return stacItem({
    viewpointId,
    viewpointName,
    now: new Date(),
    acquired: acquisitionTime({ metadata: domain(), imageryMetadata: domain('IMAGERY'), tres, sarCollectionStart: facts.collectionStart }),
    footprint: footprint === null ? null : { geometry: areaGeometry(footprint.polygons), boundingBox: footprint.boundingBox },
    grid: gridFacts(info),
    bands: await bandFacts(dataset, imagePath),
    view: viewProperties(tres, facts.incidenceDegrees),
    image: {
      path: publishedPath,
      sizeBytes: (await stat(imagePath)).size,
      driver: dataset.driver.description,
      isCloudOptimized: domain('IMAGE_STRUCTURE')['LAYOUT'] === 'COG',
    },
    overviews: existsSync(overviewsPath) ? { path: publishedPath + ARTIFACT_SUFFIXES.overviews, sizeBytes: (await stat(overviewsPath)).size, first: firstOverview(dataset) } : null,
  });
}

/** The largest, or the image itself where GDAL does not use those that are there. */
function firstOverview(dataset: gdal.Dataset): { width: number; height: number } {
  const { overviews, size } = dataset.bands.get(1);
  const { x, y } = overviews.count() === 0 ? size : overviews.get(0).size;
  return { width: x, height: y };
}

function gridFacts({ size: [width, height], geoTransform, coordinateSystem, stac }: DatasetInfo): GridFacts {
  const hasCrs = coordinateSystem !== undefined && coordinateSystem.wkt !== '';
  return { width, height, geotransform: geoTransform ?? null, projjson: hasCrs ? (stac?.['proj:projjson'] ?? null) : null };
}

async function bandFacts(dataset: gdal.Dataset, imagePath: string): Promise<BandFacts[]> {
  // Asked for histograms, gdalinfo would make those that are not stored, and read the whole image for them.
  const { bands } = datasetInfo(dataset, ['-nomd', ...((await hasStoredHistograms(imagePath)) ? ['-hist'] : [])]);
  const known = await knownStatistics(dataset, imagePath);
  const sampling = samplingOf(dataset);
  return bands.map((band) => ({
    number: band.band,
    dataType: band.type,
    colourInterpretation: band.colorInterpretation ?? null,
    noData: noDataOf(band),
    unit: band.unit ?? null,
    scale: band.scale ?? null,
    offset: band.offset ?? null,
    bitsPerSample: bitsPerSample(dataset.bands.get(band.band)),
    sampling,
    statistics: statisticsOf(known.get(band.band)),
    histogram: band.histogram === undefined ? null : { minimum: band.histogram.min, maximum: band.histogram.max, buckets: band.histogram.buckets },
  }));
}

/** Null for whole bytes, of which GDAL says nothing. */
function bitsPerSample(band: gdal.RasterBand): number | null {
  const { NBITS: bits } = band.getMetadata('IMAGE_STRUCTURE') as Metadata;
  return bits === undefined ? null : Number.parseInt(bits, 10);
}

function samplingOf(dataset: gdal.Dataset): BandFacts['sampling'] {
  const { AREA_OR_POINT: said } = dataset.getMetadata() as Metadata;
  return said === 'Area' ? 'area' : said === 'Point' ? 'point' : null;
}

async function hasStoredHistograms(imagePath: string): Promise<boolean> {
  const path = imagePath + ARTIFACT_SUFFIXES.statisticsSidecar;
  return existsSync(path) && (await readFile(path, 'utf8')).includes('<HistItem>');
}

/** JSON has no NaN, for which GDAL writes a bare or a quoted one. */
function noDataOf({ noDataValue }: BandInfo): BandFacts['noData'] {
  if (noDataValue === undefined) return null;
  if (typeof noDataValue === 'number') return noDataValue;
  if (noDataValue === null || /nan/i.test(noDataValue)) return 'nan';
  return noDataValue.startsWith('-') ? '-inf' : 'inf';
}

function statisticsOf(known: KnownStatistics | undefined): BandFacts['statistics'] {
  if (known?.mean == null || known.standardDeviation == null) return null;
  const { minimum, maximum, mean, standardDeviation, validPercent = null } = known;
  return { minimum, maximum, mean, standardDeviation, validPercent };
}
