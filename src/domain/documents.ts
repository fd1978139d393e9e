import type { GroundPoint } from './sensor-models/sensor-model.js';

/** The JSON documents that the tile server serves of a viewpoint, in the shapes that it fixes. */

const DEGREE_DECIMALS = 6;

/** `.metadata`: GDAL's default metadata domain of the dataset. */
export function metadataDocument(metadata: Record<string, string>): { metadata: Record<string, string> } {
  return { metadata };
}

/** `.bounds`: the image's extent in pixels. */
export function boundsDocument(width: number, height: number): { bounds: [number, number, number, number] } {
  return { bounds: [0, 0, width, height] };
}

/** `.stats`: what `gdalinfo -json -nomd` says of the image. */
export function statisticsDocument(info: object): { image_statistics: object } {
  return { image_statistics: info };
}

/**
 * `.geojson`: a FeatureCollection (RFC 7946) of one Feature whose polygon goes through the corners UL, LL, LR, UR
 * and back, in degrees; its geometry is null where the image cannot be placed (RFC 7946 section 3.2).
 */
export function footprintDocument(viewpointName: string, corners: readonly GroundPoint[] | null): object {
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', id: viewpointName, geometry: corners === null ? null : polygonOf(corners), properties: {} }],
  };
}

function polygonOf(corners: readonly GroundPoint[]): object {
  const ring = [...corners, ...corners.slice(0, 1)].map(({ longitude, latitude }) => [rounded(longitude), rounded(latitude)]);
  return { type: 'Polygon', coordinates: [ring] };
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DEGREE_DECIMALS));
}
