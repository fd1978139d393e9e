import type gdal from 'gdal-async';
import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';

/** A band's statistics as GDAL keeps them in the band's metadata. */
export interface StoredStatistics {
  minimum: number;
  maximum: number;
  mean: number | null;
  standardDeviation: number | null;
  /** Null when others than this service made the statistics. */
  percentile2: number | null;
  percentile98: number | null;
  /** Of the pixels, 0 to 100. */
  validPercent: number | null;
  isApproximate: boolean;
}

/** GDAL's names; those of the percentiles are ours, with the prefix by which GDAL drops outdated statistics. */
const ITEMS = {
  minimum: 'STATISTICS_MINIMUM',
  maximum: 'STATISTICS_MAXIMUM',
  mean: 'STATISTICS_MEAN',
  standardDeviation: 'STATISTICS_STDDEV',
  percentile2: 'STATISTICS_PERCENTILE_2',
  percentile98: 'STATISTICS_PERCENTILE_98',
  validPercent: 'STATISTICS_VALID_PERCENT',
  isApproximate: 'STATISTICS_APPROXIMATE',
} as const;
const PREFIX = 'STATISTICS_';

/** The statistics that are stored with a band, in the image or in its `.aux.xml`; null when there are none. */
export function storedStatistics(band: gdal.RasterBand): StoredStatistics | null {
  const metadata = band.getMetadata() as Record<string, string>;
  const numberAt = (item: string): number | null => {
    const value = Number.parseFloat(metadata[item] ?? '');
    return Number.isFinite(value) ? value : null;
  };
  const [minimum, maximum] = [numberAt(ITEMS.minimum), numberAt(ITEMS.maximum)];
  if (minimum === null || maximum === null) return null;
  return {
    minimum,
    maximum,
    mean: numberAt(ITEMS.mean),
    standardDeviation: numberAt(ITEMS.standardDeviation),
    percentile2: numberAt(ITEMS.percentile2),
    percentile98: numberAt(ITEMS.percentile98),
    validPercent: numberAt(ITEMS.validPercent),
    isApproximate: metadata[ITEMS.isApproximate] === 'YES',
  };
}

/** Stores a measurement with the band; GDAL writes it to the `.aux.xml` when the dataset closes. */
export function storeStatistics(band: gdal.RasterBand, { statistics, validFraction, isApproximate }: BandMeasurement): void {
  const others = Object.entries(band.getMetadata() as Record<string, string>).filter(([name]) => !name.startsWith(PREFIX));
  const own: [string, string][] = [[ITEMS.validPercent, validPercent(validFraction)]];
  if (isApproximate) own.push([ITEMS.isApproximate, 'YES']);
  for (const [name, value] of Object.entries(statistics ?? {}) as [keyof typeof ITEMS, number][]) own.push([ITEMS[name], `${value}`]);
  band.setMetadata(Object.fromEntries([...others, ...own]));
}

/** Four digits, and 100 only when every pixel is valid, as GDAL has it. */
function validPercent(fraction: number): string {
  const rounded = Number((100 * fraction).toPrecision(4));
  return `${rounded === 100 && fraction < 1 ? 99.999 : rounded}`;
}
