import type { BoundingBox } from './bounding-box.js';
import type { Footprint } from './footprint.js';
import type { LonLatPolygon } from './world-polygons.js';

export type AreaGeometry = { type: 'Polygon'; coordinates: LonLatPolygon } | { type: 'MultiPolygon'; coordinates: LonLatPolygon[] };

/** A GeoJSON Feature of an image's footprint. */
export interface FootprintDocument {
  type: 'Feature';
  id: string;
  bbox?: BoundingBox;
  geometry: AreaGeometry | null;
  properties: {
    sensor_model: string | null;
    precision: 'approximate' | 'precise' | null;
    /** Height above the ellipsoid at which the outline is drawn. */
    reference_height_metres: number | null;
    kind: 'image' | 'valid_data' | null;
    /** Why the geometry is null; null when it is not. */
    reason: string | null;
  };
}

/** The footprint as a GeoJSON Feature (RFC 7946): its geometry is null, with the reason, where the image cannot be placed. */
export function footprintFeature(id: string, footprint: Footprint | null, whyNone: string | null): FootprintDocument {
  if (footprint === null) {
    const properties = { sensor_model: null, precision: null, reference_height_metres: null, kind: null, reason: whyNone ?? 'The image shows no part of the Earth.' };
    return { type: 'Feature', id, geometry: null, properties };
  }
  const { polygons, boundingBox, model, kind } = footprint;
  return {
    type: 'Feature',
    id,
    bbox: boundingBox,
    geometry: areaGeometry(polygons),
    properties: { sensor_model: model.name, precision: model.precision, reference_height_metres: model.referenceHeightMetres, kind, reason: null },
  };
}

export function areaGeometry(polygons: readonly LonLatPolygon[]): AreaGeometry {
  const [only, second] = polygons;
  return only !== undefined && second === undefined ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: [...polygons] };
}
