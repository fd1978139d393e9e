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

/** The statistics that GDAL has of a band, from the image or from its `.aux.xml`; null when there are none. */
export function storedStatistics(band: gdal.RasterBand): StoredStatistics | null {
  return statisticsOf(band.getMetadata() as Record<string, string>);
}

/** False of a range alone, which some formats have in their header. */
export function isComplete(statistics: StoredStatistics | null): boolean {
  return statistics !== null && statistics.mean !== null && statistics.standardDeviation !== null;
}

/** The statistics among a band's metadata items; null when there are none. */
export function statisticsOf(metadata: Readonly<Record<string, string>>): StoredStatistics | null {
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

/** A measurement as the metadata items in which GDAL keeps it. */
export function statisticsItems({ statistics, validFraction, isApproximate }: BandMeasurement): Record<string, string> {
  const items: Record<string, string> = { [ITEMS.validPercent]: validPercent(validFraction) };
  if (isApproximate) items[ITEMS.isApproximate] = 'YES';
  for (const [name, value] of Object.entries(statistics ?? {}) as [keyof typeof ITEMS, number][]) items[ITEMS[name]] = `${value}`;
  return items;
}

/**
 * Stores a measurement with the band; GDAL writes it to the `.aux.xml` when the dataset closes. Some drivers refuse
 * (PCIDSK) or forget it (VICAR, SIGDEM): `addToSideFile` makes good for them.
 */
export function storeStatistics(band: gdal.RasterBand, measurement: BandMeasurement): void {
  const others = Object.entries(band.getMetadata() as Record<string, string>).filter(([name]) => !name.startsWith(PREFIX));
  try {
    band.setMetadata({ ...Object.fromEntries(others), ...statisticsItems(measurement) });
  } catch {
    // A format that keeps metadata in the image alone, which is open for reading only.
  }
}

/** Four digits, and 100 only when every pixel is valid, as GDAL has it. */
function validPercent(fraction: number): string {
  const rounded = Number((100 * fraction).toPrecision(4));
  return `${rounded === 100 && fraction < 1 ? 99.999 : rounded}`;
}
