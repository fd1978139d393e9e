import { writeFile } from 'node:fs/promises';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { boundsDocument, footprintDocument, metadataDocument, statisticsDocument } from '../../domain/documents.js';
import { cornerFootprint } from '../../domain/corner-footprint.js';
import { footprintFeature } from '../../domain/footprint/footprint-document.js';
import { footprintOf, type Footprint } from '../../domain/footprint/footprint.js';
import { maskRings } from '../../domain/footprint/mask-rings.js';
import { imageRing } from '../../domain/footprint/pixel-ring.js';
import type { MetadataReport, MetadataRequest } from '../protocol.js';
import { loadDatumEnsembles } from './datum-ensembles.js';
import { georeferenceOf, type Georeference } from './georeference.js';
import { datasetInfo, type DatasetInfo } from './info.js';
import { knownStatistics, type KnownStatistics } from './known-statistics.js';
import { readModelSources } from './models/sources.js';
import { openRaster } from './open-raster.js';
import { inThisThread } from './opener.js';
import { publishedName, publishNamesInSideFile } from './published-names.js';
import { stacDocument } from './stac.js';
import { validDataMask } from './valid-data.js';

/** Writes the JSON documents beside the image. */
export async function writeDocuments(request: MetadataRequest): Promise<MetadataReport> {
  loadDatumEnsembles();
  const dataset = await openRaster(request.imagePath, inThisThread);
  let report: MetadataReport;
  try {
    report = await describe(dataset, request);
  } finally {
    dataset.close();
  }
  await publishNamesInSideFile(request.imagePath, request.publishedPath);
  return report;
}

async function describe(dataset: gdal.Dataset, request: MetadataRequest): Promise<MetadataReport> {
  const { imagePath, publishedPath, viewpointName, viewpointId } = request;
  const info = withStatistics(datasetInfo(dataset, ['-nomd']), await knownStatistics(dataset, imagePath));
  const sources = await readModelSources(dataset, info, imagePath);
  const georeference = georeferenceOf(sources);
  const corners = cornerFootprint(georeference, imageRing(...info.size));
  const outline = await outlineOf(dataset, info, georeference);
  const documents: Record<string, unknown> = {
    [ARTIFACT_SUFFIXES.metadata]: metadataDocument(dataset.getMetadata() as Record<string, string>),
    [ARTIFACT_SUFFIXES.bounds]: boundsDocument(...info.size),
    [ARTIFACT_SUFFIXES.footprint]: footprintDocument(viewpointName, corners.corners),
    [ARTIFACT_SUFFIXES.statistics]: statisticsDocument(asPublished(info, imagePath, publishedPath)),
    [ARTIFACT_SUFFIXES.outline]: footprintFeature(viewpointId, outline, corners.reason),
    [ARTIFACT_SUFFIXES.stac]: await stacDocument(dataset, sources, outline, request),
  };
  for (const [suffix, document] of Object.entries(documents)) await writeFile(imagePath + suffix, JSON.stringify(document));
  return { sensorModel: corners.sensorModel ?? outline?.model.name ?? null, noFootprintReason: corners.reason };
}

async function outlineOf(dataset: gdal.Dataset, info: DatasetInfo, { models }: Georeference): Promise<Footprint | null> {
  if (models.length === 0) return null;
  const [width, height] = info.size;
  const mask = await validDataMask(dataset, info);
  return footprintOf(models, { width, height }, mask === null ? null : maskRings(mask, width, height));
}

/** Adds the statistics that the drivers of some formats do not tell, in the form in which gdalinfo writes them. */
function withStatistics(info: DatasetInfo, known: ReadonlyMap<number, KnownStatistics>): DatasetInfo {
  const bands = info.bands.map((band) => {
    const { minimum, maximum, mean, standardDeviation } = known.get(band.band) ?? {};
    if (band.minimum !== undefined || minimum === undefined || maximum === undefined || mean == null || standardDeviation == null) return band;
    return { ...band, minimum: toThousandths(minimum), maximum: toThousandths(maximum), mean: toThousandths(mean), stdDev: toThousandths(standardDeviation) };
  });
  return { ...info, bands };
}

function toThousandths(value: number): number {
  return Number(value.toFixed(3));
}

/** gdalinfo names the files that it read; the reader of the document finds them where they are published. */
function asPublished(info: DatasetInfo, imagePath: string, publishedPath: string): DatasetInfo {
  const moved = (name: string): string => publishedName(name, imagePath, publishedPath);
  return { ...info, description: moved(info.description), files: info.files.map(moved) };
}
