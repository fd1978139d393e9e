import type gdalModule from 'gdal-async';
import type { ErrorCode } from '../../domain/errors.js';
import type { SampleDataType } from './pixel-scale.js';
import type { Corner } from './sample-pattern.js';

/** Recipes are handed GDAL by whoever makes them, so that reading the catalogue does not load the native library. */
export type Gdal = typeof gdalModule;

/** How to make one sample image, and what is true of it. */
export interface Recipe<Name extends string = string> {
  readonly name: Name;
  readonly fileName: string;
  readonly description: string;
  /** What a viewpoint of this image should end as. */
  readonly endsAs: { readonly status: 'READY' } | { readonly status: 'FAILED'; readonly code: ErrorCode };
  /**
   * How far a reader gets with the file itself: to its pixels, to its header
   * only, or to nothing, since no raster driver should take it.
   */
  readonly readable: 'pixels' | 'header' | 'nothing';
  /** Null when there is nothing to read. */
  readonly truth: RasterTruth | null;
  /** Names of the files made beside the image. */
  readonly sideFiles: readonly string[];
  /** GDAL driver without which the sample cannot be made. */
  readonly requiresDriver?: string;
  /** Writes the file and its side files; synchronous, since it changes GDAL's global options while it runs. */
  readonly write: (gdal: Gdal, path: string) => void;
}

/** What the file holds, known from how it was made and not from reading it. Arrays by band start with band 1. */
export interface RasterTruth {
  /** GDAL's short name of the format. */
  readonly driver: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly bandCount: number;
  readonly dataType: SampleDataType;
  /** Edge of the one-valued patch in each corner, in pixels. */
  readonly cornerPixels: number;
  /** Value of the patch, per band. */
  readonly cornerValues: Readonly<Record<Corner, readonly number[]>>;
  readonly noDataValue: number | null;
  /** Least and greatest valid pixel per band; null for a band without any. */
  readonly valueRanges: readonly (readonly [minimum: number, maximum: number] | null)[];
  /** Pixels per band that are neither nodata nor NaN. */
  readonly validPixelCounts: readonly number[];
  /** Levels that come with the image, largest first. */
  readonly overviews: { readonly where: 'internal' | 'external'; readonly levels: readonly OverviewTruth[] } | null;
  readonly georeference: GeoreferenceTruth | null;
}

export interface OverviewTruth {
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** The one value of the level away from the corners, which tells levels apart; null when it shows the image. */
  readonly bodyValue: number | null;
}

export type LonLat = readonly [longitude: number, latitude: number];

export interface GeoreferenceTruth {
  /** `record`: by records of the file that GDAL passes on as they are. */
  readonly kind: 'affine' | 'gcps' | 'rpc' | 'record';
  /**
   * Longitude and latitude in degrees on WGS 84 of the outer corners of the
   * corner pixels, at height `heightMetres`; longitudes continuous from the
   * upper-left corner. A corner that is nowhere on Earth is null.
   */
  readonly corners: Readonly<Record<Corner, LonLat | null>>;
  /** 0 unless the position depends on a height above the ellipsoid. */
  readonly heightMetres: number;
}
