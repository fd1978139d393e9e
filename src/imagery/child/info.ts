import gdal from 'gdal-async';

/** One band as `gdalinfo -json` describes it. */
export interface BandInfo {
  band: number;
  type: string;
  colorInterpretation?: string;
  minimum?: number;
  maximum?: number;
  /** Null, or text, for one that is not finite. */
  noDataValue?: number | string | null;
  unit?: string;
  offset?: number;
  scale?: number;
  /** What masks the band, unless it is valid throughout or masked by its nodata value. */
  mask?: { flags?: string[] };
  histogram?: { count: number; min: number; max: number; buckets: number[] };
}

export interface CoordinateSystemInfo {
  wkt: string;
  /** For each axis of the data, the number (from 1) of the CRS's axis that it is. */
  dataAxisToSRSAxisMapping?: number[];
}

export interface ControlPointInfo {
  pixel: number;
  line: number;
  x: number;
  y: number;
  z?: number;
}

/** What `gdalinfo -json` says of a dataset, as far as this service reads it; all the rest is passed on as it is. */
export interface DatasetInfo {
  description: string;
  files: string[];
  size: [number, number];
  coordinateSystem?: CoordinateSystemInfo;
  geoTransform?: [number, number, number, number, number, number];
  gcps?: { coordinateSystem?: CoordinateSystemInfo; gcpList: ControlPointInfo[] };
  bands: BandInfo[];
  /** The dataset in the terms of STAC. */
  stac?: { 'proj:projjson'?: Record<string, unknown> };
  [member: string]: unknown;
}

/** The dataset described by GDAL's own gdalinfo, in this thread, whose descriptions do not vary (`loadDatumEnsembles`). */
export function datasetInfo(dataset: gdal.Dataset, options: readonly string[]): DatasetInfo {
  return parseGdalJson(gdal.info(dataset, ['-json', ...options])) as DatasetInfo;
}

/** GDAL writes bare `nan` and `inf` for such numbers, which JSON does not have: they become null. */
export function parseGdalJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|[-+]?\b(?:nan|inf(?:inity)?)\b/gi, (token) => (token.startsWith('"') ? token : 'null')));
  }
}
