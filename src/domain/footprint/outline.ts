import { longitudeNear } from '../sensor-models/geodetic.js';
import type { GroundPoint, ImagePoint, SensorModel } from '../sensor-models/sensor-model.js';
import type { PixelRing } from './pixel-ring.js';
import { distanceToSegment } from './simplify.js';
import { unrolled, type OutlineSample, type UnrolledRing } from './unroll.js';

/** A ring of pixels on the ground. */
export interface Outline extends UnrolledRing {
  /** False when the ring leaves the Earth somewhere: what lies beyond is left out. */
  isComplete: boolean;
}

/** Straight lines between the positions stay so close to the ring, in pixels. */
const TOLERANCE_PIXELS = 0.1;
/** The ring is looked up at so many places at least, lest a bend be overlooked or the way around the Earth be mistaken. */
const FEWEST_SAMPLES = 64;
/** Each pass halves the segments that are not straight enough. */
const MOST_PASSES = 9;
const SHORTEST_SEGMENT_PIXELS = 1;

interface Sample extends OutlineSample {
  /** True when the straight line to the next sample is known to be close enough. */
  isSettled: boolean;
}

/**
 * The ring's outline on the ground at the model's reference height, with more positions where it is curved in longitude and
 * latitude: each straight line's middle lies within 0.1 pixel of the ring, by the model's own ground-to-image, unless that
 * takes more than `mostPositions`. Null when fewer than three of the places looked up lie on Earth.
 */
export function traceOutline(model: SensorModel, ring: PixelRing, mostPositions: number): Outline | null {
  const sampled = sampleRing(model, ring);
  let { isComplete } = sampled;
  let samples = sampled.samples;
  for (let pass = 0; pass < MOST_PASSES && samples.length < mostPositions; pass++) {
    const refined: Sample[] = [];
    let room = mostPositions - samples.length;
    for (const [index, sample] of samples.entries()) {
      refined.push(sample);
      const next = samples[(index + 1) % samples.length];
      if (sample.isSettled || next === undefined || room === 0) continue;
      sample.isSettled = isStraight(model, sample, next);
      if (sample.isSettled) continue;
      const pixel = between(sample.pixel, next.pixel, 0.5);
      const place = placeOf(model, pixel);
      if (place === null) {
        isComplete = false;
        sample.isSettled = true;
        continue;
      }
      refined.push({ pixel, place, isVertex: false, isSettled: false });
      room--;
    }
    if (refined.length === samples.length) break;
    samples = refined;
  }
  return samples.length < 3 ? null : { ...unrolled(samples), isComplete };
}

/** The place that a pixel shows; null when that is not on Earth. */
export function placeOf(model: SensorModel, pixel: ImagePoint): GroundPoint | null {
  const place = model.imageToWorld(pixel);
  return place !== null && Math.abs(place.latitude) <= 90 && Number.isFinite(place.longitude) ? place : null;
}

export function between(from: ImagePoint, to: ImagePoint, fraction: number): ImagePoint {
  return { x: from.x + (to.x - from.x) * fraction, y: from.y + (to.y - from.y) * fraction };
}

function sampleRing(model: SensorModel, ring: PixelRing): { samples: Sample[]; isComplete: boolean } {
  const edges = ring.map((from, index) => ({ from, to: ring[(index + 1) % ring.length] ?? from }));
  const lengthOf = ({ from, to }: { from: ImagePoint; to: ImagePoint }) => Math.hypot(to.x - from.x, to.y - from.y);
  const perimeter = edges.reduce((sum, edge) => sum + lengthOf(edge), 0);
  const samples: Sample[] = [];
  let isComplete = true;
  for (const edge of edges) {
    const steps = Math.max(1, Math.ceil((FEWEST_SAMPLES * lengthOf(edge)) / perimeter));
    for (let step = 0; step < steps; step++) {
      const pixel = between(edge.from, edge.to, step / steps);
      const place = placeOf(model, pixel);
      if (place === null) isComplete = false;
      else samples.push({ pixel, place, isVertex: step === 0, isSettled: false });
    }
  }
  return { samples, isComplete };
}

/** Whether the middle of the straight line between the places of two samples shows up between their pixels. */
function isStraight(model: SensorModel, a: Sample, b: Sample): boolean {
  if (Math.hypot(b.pixel.x - a.pixel.x, b.pixel.y - a.pixel.y) < SHORTEST_SEGMENT_PIXELS) return true;
  const middle = {
    longitude: (a.place.longitude + longitudeNear(b.place.longitude, a.place.longitude)) / 2,
    latitude: (a.place.latitude + b.place.latitude) / 2,
    heightMetres: (a.place.heightMetres + b.place.heightMetres) / 2,
  };
  const seen = model.worldToImage(middle);
  return seen !== null && distanceToSegment(seen, a.pixel, b.pixel) <= TOLERANCE_PIXELS;
}
