import { readFile, rename, writeFile } from 'node:fs/promises';
import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';

const BAND_ELEMENT = /<PAMRasterBand band="(\d+)">([\s\S]*?)<\/PAMRasterBand>/g;

/**
 * Adds default histograms to the bands that a PAM side file (`.aux.xml`) describes, in the form in which GDAL keeps
 * them (`PamHistogramToXMLTree` in its source), which its binding has no call for. The file must be written already.
 * A band that has two elements, as in a file of several images, is left alone: which is whose shows nowhere.
 * @param measurements by band number.
 */
export async function addHistograms(path: string, measurements: ReadonlyMap<number, BandMeasurement>): Promise<void> {
  const text = await readFile(path, 'utf8');
  const elements = new Map<string, number>();
  for (const [, bandNumber = ''] of text.matchAll(BAND_ELEMENT)) elements.set(bandNumber, (elements.get(bandNumber) ?? 0) + 1);
  const withHistograms = text.replace(BAND_ELEMENT, (element: string, bandNumber: string, content: string) => {
    const measurement = measurements.get(Number(bandNumber));
    if (measurement?.histogram === undefined || measurement.histogram === null || elements.get(bandNumber) !== 1) return element;
    const others = content.replace(/\s*<Histograms>[\s\S]*?<\/Histograms>/, '');
    return `<PAMRasterBand band="${bandNumber}">\n${histogramElement(measurement.histogram, measurement.isApproximate)}${others}</PAMRasterBand>`;
  });
  await writeFile(`${path}.part`, withHistograms);
  await rename(`${path}.part`, path);
}

function histogramElement({ minimum, maximum, counts }: NonNullable<BandMeasurement['histogram']>, isApproximate: boolean): string {
  const lines = [
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
  return lines.map((line) => `    ${line}`).join('\n');
}
