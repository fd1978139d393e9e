import type { Arrived } from '../domain/arrived.js';
import type { ErrorCode } from '../domain/errors.js';
import type { RangeAdjustment } from '../domain/viewpoint.js';

/** What the service asks of its GDAL child process, one operation at a time, and what it answers. */
export interface Operations {
  /** Loads GDAL and opens nothing: shows that a child can start. */
  probe: { request: Record<string, never>; reply: DecoderVersion };
  /** Statistics, overviews and verification tile of the image, written beside it. */
  pyramid: { request: PyramidRequest; reply: PyramidReport };
  /** The JSON documents, written beside the image. */
  metadata: { request: MetadataRequest; reply: MetadataReport };
  /** The whole image as a small PNG; writes nothing. */
  preview: { request: PreviewRequest; reply: PreviewReply };
}

export type OperationName = keyof Operations;

export interface DecoderVersion {
  gdalVersion: string;
  drivers: string[];
}

export interface PyramidRequest {
  /** Absolute path of the image; side files lie beside it. */
  imagePath: string;
  /** Absolute path of the image while it is being downloaded; how far it is, and when it has its own path, is told by `arrived`. */
  arrivingPath?: string;
  tileSize: number;
  rangeAdjustment: RangeAdjustment;
  /** Larger images (columns × rows × bands) are refused. */
  maximumSamples: number;
  /** Measures every pixel of large images too, where an overview would do. */
  exactStatistics: boolean;
  /** Measures the image and makes the tile, but builds no overviews; false when left out. */
  withoutOverviews?: boolean;
}

export interface PyramidReport {
  driver: string;
  width: number;
  height: number;
  bandCount: number;
  dataType: string;
  statistics: 'computed' | 'delivered';
  /** Where the overviews lie: in the image, in an `.ovr` that came with it, in one built now, or nowhere since none are needed. */
  overviews: 'internal' | 'delivered' | 'built' | 'none';
  overviewCount: number;
  /** Side files that came with the image but could not be trusted, and why; they were replaced. */
  rejectedSideFiles: string[];
  /** What else the file holds, one description each: further image segments of a NITF, datasets of a container. */
  otherImages: string[];
}

export interface MetadataRequest {
  imagePath: string;
  /** Where the image will lie once published: the documents name this path. */
  publishedPath: string;
  /** Feature id of the corners. */
  viewpointName: string;
  /** Id of the outline's Feature and of the STAC Item. */
  viewpointId: string;
}

export interface MetadataReport {
  /** Name of the sensor model that placed the corners; null without georeference. */
  sensorModel: string | null;
  /** Why there are no corners; null when there are. */
  noFootprintReason: string | null;
}

export interface PreviewRequest {
  imagePath: string;
  /** Longest edge of the picture, in pixels. */
  maximumEdgePixels: number;
  rangeAdjustment: RangeAdjustment;
}

export interface PreviewReply {
  png: Uint8Array;
  width: number;
  height: number;
}

/** What an image will cost, known once it is open. */
export interface ImageSize {
  /** Columns × rows × bands. */
  samples: number;
  /** Most that the files beside the image can take, in bytes. */
  sideFileBytes: number;
}

export interface ChildRequest {
  operation: OperationName;
  request: Operations[OperationName]['request'];
}

/** What the parent sends: a request, leave to go on after `sized`, or what there is of an arriving image, null for all of it. */
export type ParentMessage = ChildRequest | { proceed: true } | { arrived: Arrived | null };

export type ChildMessage =
  /** GDAL is loaded; comes first, once. */
  | { kind: 'ready' }
  /** The image is open and small enough; the child waits for leave to go on. */
  | { kind: 'sized'; size: ImageSize }
  | { kind: 'progress'; fraction: number }
  | { kind: 'done'; reply: Operations[OperationName]['reply'] }
  | { kind: 'failed'; code: ErrorCode; message: string };
