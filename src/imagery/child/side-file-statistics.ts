import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';
import { statisticsItems, statisticsOf, type StoredStatistics } from './stored-statistics.js';

const BAND_ELEMENT = /<PAMRasterBand band="(\d+)">([\s\S]*?)<\/PAMRasterBand>/g;
const METADATA_ITEM = /<MDI key="(STATISTICS_[A-Z_0-9]+)">([^<]*)<\/MDI>/g;
const STATISTICS = 'key="STATISTICS_';
/** In a file of several images PAM tells the others' bands here. */
const SUBDATASETS = '<Subdatasets>';

/** The statistics in an image's `.aux.xml` by band number, which the drivers of some formats do not read from there. */
export async function readSideFileStatistics(imagePath: string): Promise<Map<number, StoredStatistics>> {
  const found = new Map<number, StoredStatistics>();
  const path = imagePath + ARTIFACT_SUFFIXES.statisticsSidecar;
  if (!existsSync(path)) return found;
  const text = await readFile(path, 'utf8');
  if (text.includes(SUBDATASETS)) return found;
  for (const [, bandNumber = '', content = ''] of text.matchAll(BAND_ELEMENT)) {
    const statistics = statisticsOf(Object.fromEntries([...content.matchAll(METADATA_ITEM)].map(([, name = '', value = '']) => [name, value])));
    if (statistics !== null) found.set(Number(bandNumber), statistics);
  }
  return found;
}

/**
 * Adds to a PAM side file (`.aux.xml`), which is made if need be, what GDAL has not written there: default histograms, in
 * the form in which GDAL keeps them (`PamHistogramToXMLTree` in its source), which its binding has no call for; and the
 * statistics of formats whose drivers do not keep them. The dataset must be closed.
 * A band that has two elements, as in a file of several images, is left alone: which is whose shows nowhere.
 * @param measurements by band number.
 */
export async function addToSideFile(imagePath: string, measurements: ReadonlyMap<number, BandMeasurement>): Promise<void> {
  const path = imagePath + ARTIFACT_SUFFIXES.statisticsSidecar;
  const text = existsSync(path) ? await readFile(path, 'utf8') : '<PAMDataset>\n</PAMDataset>\n';
  const elements = new Map<number, number>();
  for (const [, bandNumber] of text.matchAll(BAND_ELEMENT)) elements.set(Number(bandNumber), (elements.get(Number(bandNumber)) ?? 0) + 1);
  const completed = text.replace(BAND_ELEMENT, (element: string, bandNumber: string, content: string) => {
    const measurement = measurements.get(Number(bandNumber));
    return measurement === undefined || elements.get(Number(bandNumber)) !== 1 ? element : bandElement(Number(bandNumber), content, measurement);
  });
  const missing = text.includes(SUBDATASETS) ? [] : [...measurements].filter(([bandNumber]) => !elements.has(bandNumber));
  const added = missing.map(([bandNumber, measurement]) => `  ${bandElement(bandNumber, '  ', measurement)}\n`).join('');
  await writeFile(`${path}.part`, completed.replace(/<\/PAMDataset>\s*$/, (end) => added + end));
  await rename(`${path}.part`, path);
}

function bandElement(bandNumber: number, content: string, measurement: BandMeasurement): string {
  const { histogram, isApproximate } = measurement;
  const others = histogram === null ? content : content.replace(/\s*<Histograms>[\s\S]*?<\/Histograms>/, '');
  const own = [...(histogram === null ? [] : histogramLines(histogram, isApproximate)), ...(content.includes(STATISTICS) ? [] : metadataLines(measurement))];
  return `<PAMRasterBand band="${bandNumber}">\n${own.map((line) => `    ${line}\n`).join('')}${others.replace(/^\n/, '')}</PAMRasterBand>`;
}

function metadataLines(measurement: BandMeasurement): string[] {
  const items = Object.entries(statisticsItems(measurement)).map(([name, value]) => `  <MDI key="${name}">${value}</MDI>`);
  return ['<Metadata>', ...items, '</Metadata>'];
}

function histogramLines({ minimum, maximum, counts }: NonNullable<BandMeasurement['histogram']>, isApproximate: boolean): string[] {
  return [
    '<Histograms>',
    '  <HistItem>',
    `    <HistMin>${minimum}</HistMin>`,
    `    <HistMax>${maximum}</HistMax>`,
    `    <BucketCount>${counts.length}</BucketCount>`,
    '    <IncludeOutOfRange>1</IncludeOutOfRange>',
    `    <Approximate>${isApproximate ? 1 : 0}</Approximate>`,
    `    <HistCounts>${counts.join('|')}</HistCounts>`,
    '  </HistItem>',
    '</Histograms>',
  ];
}
