import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { boundsDocument, footprintDocument, metadataDocument, statisticsDocument } from '../../domain/documents.js';
import { cornerFootprint } from '../../domain/corner-footprint.js';
import type { MetadataReport, MetadataRequest } from '../protocol.js';
import { cornersOf, georeferenceOf } from './georeference.js';
import { datasetInfo, type DatasetInfo } from './info.js';
import { openRaster } from './open-raster.js';

/** Writes the four JSON documents beside the image. */
export async function writeDocuments({ imagePath, publishedPath, viewpointName }: MetadataRequest): Promise<MetadataReport> {
  const dataset = await openRaster(imagePath);
  try {
    const info = await datasetInfo(dataset, ['-nomd']);
    const footprint = cornerFootprint(georeferenceOf(info), cornersOf(info));
    const documents: Record<string, unknown> = {
      [ARTIFACT_SUFFIXES.metadata]: metadataDocument(dataset.getMetadata() as Record<string, string>),
      [ARTIFACT_SUFFIXES.bounds]: boundsDocument(...info.size),
      [ARTIFACT_SUFFIXES.footprint]: footprintDocument(viewpointName, footprint.corners),
      [ARTIFACT_SUFFIXES.statistics]: statisticsDocument(asPublished(info, imagePath, publishedPath)),
    };
    for (const [suffix, document] of Object.entries(documents)) await writeFile(imagePath + suffix, JSON.stringify(document));
    return { sensorModel: footprint.sensorModel, noFootprintReason: footprint.reason };
  } finally {
    dataset.close();
  }
}

/** gdalinfo names the files that it read; the reader of the document finds them where they are published. */
function asPublished(info: DatasetInfo, imagePath: string, publishedPath: string): DatasetInfo {
  const [madeIn, publishedIn] = [dirname(imagePath), dirname(publishedPath)];
  const moved = (path: string) => (path.startsWith(`${madeIn}/`) ? publishedIn + path.slice(madeIn.length) : path);
  return { ...info, description: moved(info.description), files: info.files.map(moved) };
}
