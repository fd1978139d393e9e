/** One band as far as STAC describes it; null where not known. */
export interface BandFacts {
  number: number;
  /** GDAL's name of the data type. */
  dataType: string;
  colourInterpretation: string | null;
  noData: number | 'nan' | 'inf' | '-inf' | null;
  unit: string | null;
  scale: number | null;
  offset: number | null;
  /** Bits of a sample, where they are fewer than its data type has. */
  bitsPerSample: number | null;
  /** What a sample stands for: its pixel's area or a point. */
  sampling: 'area' | 'point' | null;
  statistics: { minimum: number; maximum: number; mean: number; standardDeviation: number; validPercent: number | null } | null;
  histogram: { minimum: number; maximum: number; buckets: readonly number[] } | null;
}

/** STAC's names of data types (STAC 1.1 common metadata, "Data Types"). */
const DATA_TYPES: Readonly<Record<string, string>> = {
  Byte: 'uint8', Int8: 'int8', UInt16: 'uint16', Int16: 'int16', UInt32: 'uint32', Int32: 'int32', UInt64: 'uint64', Int64: 'int64',
  Float16: 'float16', Float32: 'float32', Float64: 'float64', CInt16: 'cint16', CInt32: 'cint32', CFloat32: 'cfloat32', CFloat64: 'cfloat64',
};
/** The raster extension's schema wants so many. */
const FEWEST_BUCKETS = 3;

/** A band as a STAC Band object (STAC 1.1 common metadata, "Bands", and raster extension 2.0); what is not known is left out. */
export function stacBand({ number, dataType, colourInterpretation, noData, unit, scale, offset, bitsPerSample, sampling, statistics, histogram }: BandFacts): object {
  return {
    name: `band-${number}`,
    ...(colourInterpretation !== null && { description: colourInterpretation }),
    data_type: DATA_TYPES[dataType] ?? 'other',
    ...(noData !== null && { nodata: noData }),
    ...(unit !== null && { unit }),
    ...(scale !== null && { 'raster:scale': scale }),
    ...(offset !== null && { 'raster:offset': offset }),
    ...(bitsPerSample !== null && { 'raster:bits_per_sample': bitsPerSample }),
    ...(sampling !== null && { 'raster:sampling': sampling }),
    ...(statistics !== null && {
      statistics: {
        minimum: statistics.minimum,
        maximum: statistics.maximum,
        mean: statistics.mean,
        stddev: statistics.standardDeviation,
        ...(statistics.validPercent !== null && { valid_percent: statistics.validPercent }),
      },
    }),
    ...(histogram !== null &&
      histogram.buckets.length >= FEWEST_BUCKETS && {
        'raster:histogram': { count: histogram.buckets.length, min: histogram.minimum, max: histogram.maximum, buckets: histogram.buckets },
      }),
  };
}
