import { between } from './footprint/outline.js';
import { longitudeNear } from './sensor-models/geodetic.js';
import type { GroundPoint, ImagePoint, SensorModel } from './sensor-models/sensor-model.js';

export interface CornerFootprint {
  /** Upper left, lower left, lower right, upper right; null when the image cannot be placed. */
  corners: GroundPoint[] | null;
  sensorModel: SensorModel['name'] | null;
  /** Why there are no corners; null when there are. */
  reason: string | null;
}

/** Places looked up along each edge to tell on which side of the Earth the next corner lies. */
const STEPS_PER_EDGE = 16;

/**
 * The places of an image's corners by the best model that can tell them all. Longitudes run on beyond ±180 where the
 * image's edge crosses the antimeridian, so that the polygon stays in one piece.
 */
export function cornerFootprint({ models, refusals }: { models: readonly SensorModel[]; refusals: readonly string[] }, corners: readonly ImagePoint[]): CornerFootprint {
  for (const model of models) {
    const places = walkCorners(model, corners);
    if (places !== null) return { corners: places, sensorModel: model.name, reason: null };
  }
  return { corners: null, sensorModel: null, reason: whyNone(models, refusals) };
}

/** The corners' places, each with the longitude that is reached by walking along the edges; null when one has no place. */
function walkCorners(model: SensorModel, corners: readonly ImagePoint[]): GroundPoint[] | null {
  const places: GroundPoint[] = [];
  let longitude: number | undefined;
  for (const [index, corner] of corners.entries()) {
    const previous = corners[index - 1] ?? corner;
    for (let step = 1; step <= STEPS_PER_EDGE; step++) {
      const place = model.imageToWorld(between(previous, corner, step / STEPS_PER_EDGE));
      if (place !== null) longitude = longitude === undefined ? place.longitude : longitudeNear(place.longitude, longitude);
      if (step < STEPS_PER_EDGE) continue;
      if (place === null || longitude === undefined) return null;
      places.push({ ...place, longitude });
    }
  }
  return places;
}

function whyNone(models: readonly SensorModel[], refusals: readonly string[]): string {
  if (models.length > 0) return 'Not every corner of the image lies on Earth.';
  if (refusals.length > 0) return refusals.join(' ');
  return 'The image has no georeference.';
}
