import type { ImagePoint, SensorModel } from '../sensor-models/sensor-model.js';
import { boundingBox, type BoundingBox } from './bounding-box.js';
import { placeOf, traceOutline } from './outline.js';
import { imageRing, pointInside, type PixelRing } from './pixel-ring.js';
import { visibleRings } from './visible-rings.js';
import { mergedPolygons, worldPolygons, type LonLatPolygon } from './world-polygons.js';

/** The area on Earth that an image shows. */
export interface Footprint {
  polygons: LonLatPolygon[];
  boundingBox: BoundingBox;
  model: SensorModel;
  /** Whether it is that of the whole image, as far as it shows the Earth, or of its valid pixels alone. */
  kind: 'image' | 'valid_data';
}

/**
 * The footprint by the first of the models that can place the image, or else as much of it as shows the Earth. `validRings`
 * are the boundaries of valid pixels, null where all are valid and empty where none is, which then does not count.
 * Null when no model places any of it.
 */
export function footprintOf(models: readonly SensorModel[], size: { width: number; height: number }, validRings: readonly PixelRing[] | null): Footprint | null {
  const hasGaps = validRings !== null && validRings.length > 0;
  for (const model of models) {
    const whole = polygonsOf(model, [imageRing(size.width, size.height)], 'complete');
    if (whole !== null) {
      const valid = hasGaps ? polygonsOf(model, validRings, 'complete') : null;
      return describe(model, valid ?? whole, valid === null ? 'image' : 'valid_data');
    }
  }
  for (const model of models) {
    const visible = polygonsOf(model, visibleRings(model, size.width, size.height), 'partial');
    if (visible !== null) return describe(model, visible, 'image');
  }
  return null;
}

function describe(model: SensorModel, polygons: LonLatPolygon[], kind: Footprint['kind']): Footprint {
  return { polygons, boundingBox: boundingBox(polygons), model, kind };
}

/** Of all rings together; cutting them at the antimeridian and closing them over poles adds some. */
const MOST_POSITIONS = 1950;

/** Null when a ring gives no area, or leaves the Earth though it should not. */
function polygonsOf(model: SensorModel, rings: readonly PixelRing[], extent: 'complete' | 'partial'): LonLatPolygon[] | null {
  const parts: LonLatPolygon[][] = [];
  for (const ring of rings) {
    const outline = traceOutline(model, ring, Math.floor(MOST_POSITIONS / rings.length));
    if (outline === null || (extent === 'complete' && !outline.isComplete)) return null;
    const middle: ImagePoint | null = pointInside(ring);
    const polygons = worldPolygons(outline, middle === null ? null : placeOf(model, middle));
    if (polygons === null) return null;
    parts.push(polygons);
  }
  const merged = mergedPolygons(parts);
  return merged.length === 0 ? null : merged;
}
