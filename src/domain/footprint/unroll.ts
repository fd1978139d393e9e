import { longitudeNear } from '../sensor-models/geodetic.js';
import type { GroundPoint, ImagePoint } from '../sensor-models/sensor-model.js';
import { simplifyLine } from './simplify.js';

export interface Position {
  longitude: number;
  latitude: number;
}

/** A place on the way around a ring of pixels. */
export interface OutlineSample {
  pixel: ImagePoint;
  place: GroundPoint;
  /** True for a corner of the ring, which stays. */
  isVertex: boolean;
}

/** A ring on the globe, cut open at its first position. */
export interface UnrolledRing {
  /** Longitudes run on from one position to the next, beyond ±180 where need be; the first position is not repeated. */
  positions: Position[];
  /** Turns about the Earth's axis on the way round: 0, or 1 or -1 when a pole lies within. */
  turns: number;
}

/** Part of an outline's tolerance of 0.1 pixel, spent on leaving out positions that lie on a straight line. */
const PRUNING_TOLERANCE_PIXELS = 0.02;
/** Beyond it, a place is at a pole: a hundredth of a millimetre from it. */
const POLE_LATITUDE = 90 - 1e-10;
/** Degrees of longitude that are half a turn, but for what lies within a pixel beside the pole. */
const HALF_TURN = 179;

interface Place extends Position {
  pixel: ImagePoint;
  isVertex: boolean;
}

/** The samples' places with longitudes that run on, without those that lie on a straight line between others. */
export function unrolled(samples: readonly OutlineSample[]): UnrolledRing {
  const { places, last } = continuous(samples);
  const [first] = places;
  if (first === undefined || last === undefined) return { positions: [], turns: 0 };
  const turns = Math.round((last.longitude - first.longitude) / 360);

  const tolerance = PRUNING_TOLERANCE_PIXELS * degreesPerPixel([...places, last]);
  const positions: Position[] = [];
  let edge = [first];
  for (const place of [...places.slice(1), last]) {
    edge.push(place);
    if (!place.isVertex) continue;
    const kept = simplifyLine(edge, tolerance, (point) => ({ x: point.longitude, y: point.latitude }));
    positions.push(...kept.slice(0, -1).map(({ longitude, latitude }) => ({ longitude, latitude })));
    edge = [place];
  }
  return { positions, turns };
}

/**
 * The samples' places with longitudes that run on, and the first one again at the end. The ring may run through a pole
 * itself, which has no longitude: it is passed along its parallel, on the ring's own side where that can be told.
 */
function continuous(samples: readonly OutlineSample[]): { places: Place[]; last: Place | undefined } {
  const isPole = (index: number): boolean => Math.abs(samples.at(index % samples.length)?.place.latitude ?? 0) > POLE_LATITUDE;
  const isAtPoleAlone = (index: number): boolean => isPole(index) && !isPole(index - 1) && !isPole(index + 1);
  const start = samples.findIndex((_sample, index) => !isAtPoleAlone(index));
  const places: Place[] = [];
  let longitude = samples[start]?.place.longitude ?? NaN;
  const passed: { from: number; change: number }[] = [];
  for (let step = 0; step <= samples.length; step++) {
    const index = (start + step) % samples.length;
    const sample = samples[index];
    if (sample === undefined) break;
    const { pixel, place, isVertex } = sample;
    const { latitude } = place;
    if (isAtPoleAlone(index)) {
      places.push({ longitude, latitude, pixel, isVertex: true });
      const next = samples[(index + 1) % samples.length];
      const beyond = longitudeNear(next?.place.longitude ?? NaN, longitude);
      passed.push({ from: places.length, change: beyond - longitude });
      longitude = beyond;
      places.push({ longitude, latitude, pixel, isVertex: true });
    } else {
      const change = longitudeNear(place.longitude, longitude) - longitude;
      passed.push({ from: places.length, change });
      longitude += change;
      places.push({ longitude, latitude, pixel, isVertex: isVertex || step === samples.length });
    }
  }
  // Half a turn at once is as good the other way round, which may spare a turn about the axis.
  const turns = Math.round((longitude - (places[0]?.longitude ?? NaN)) / 360);
  const half = passed.find(({ change }) => Math.abs(change) > HALF_TURN && Math.sign(change) === Math.sign(turns));
  const unwound = half === undefined ? places : places.map((place, index) => (index < half.from ? place : { ...place, longitude: place.longitude - 360 * turns }));
  return { places: unwound.slice(0, -1), last: unwound.at(-1) };
}

/** On the side of caution: the least that a pixel's step along the ring amounts to. */
function degreesPerPixel(places: readonly Place[]): number {
  let least = Infinity;
  for (const [index, from] of places.entries()) {
    const to = places[index + 1];
    if (to === undefined) break;
    const pixels = Math.hypot(to.pixel.x - from.pixel.x, to.pixel.y - from.pixel.y);
    const degrees = Math.hypot(to.longitude - from.longitude, to.latitude - from.latitude);
    if (pixels > 0 && degrees > 0) least = Math.min(least, degrees / pixels);
  }
  return Number.isFinite(least) ? least : 0;
}
