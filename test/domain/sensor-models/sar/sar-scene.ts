import { ecefToGeodetic, ellipsoidUp, geodeticToEcef } from '../../../../src/domain/sensor-models/geodetic.js';
import type { EcefPoint } from '../../../../src/domain/sensor-models/geodetic.js';
import type { Polynomial, Polynomial2D, VectorPolynomial } from '../../../../src/domain/sensor-models/sar/polynomial.js';
import type { SicdGrid, SicdMetadata } from '../../../../src/domain/sensor-models/sicd-metadata.js';

/**
 * Imaging geometries that could be: a satellite on a circular orbit, 600 km up, that looks at a scene
 * centre from a given side, grazing angle and squint. All arithmetic is done here once more, in plain
 * sums over arrays, so that it shares nothing with the code under test but the conversion to and from
 * geodetic coordinates.
 */

export type Vector = readonly [number, number, number];

export const vectorOf = ({ x, y, z }: EcefPoint): Vector => [x, y, z];
export const pointOf = ([x, y, z]: Vector): EcefPoint => ({ x, y, z });
export const add = (a: Vector, b: Vector, factor = 1): Vector => [a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]];
export const subtract = (a: Vector, b: Vector): Vector => add(a, b, -1);
export const inner = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const outer = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const norm = (a: Vector): number => Math.sqrt(inner(a, a));
export const times = (a: Vector, factor: number): Vector => add([0, 0, 0], a, factor);
export const normalised = (a: Vector): Vector => times(a, 1 / norm(a));

export const value = (coefficients: Polynomial, v: number): number => coefficients.reduce((sum, c, n) => sum + c * v ** n, 0);
export const slope = (coefficients: Polynomial, v: number): number => coefficients.reduce((sum, c, n) => (n === 0 ? sum : sum + n * c * v ** (n - 1)), 0);
export const value2D = (rows: Polynomial2D, v1: number, v2: number): number => rows.reduce((sum, row, m) => sum + value(row, v2) * v1 ** m, 0);

export const positionAt = (orbit: VectorPolynomial, t: number): Vector => [value(orbit.x, t), value(orbit.y, t), value(orbit.z, t)];
export const velocityAt = (orbit: VectorPolynomial, t: number): Vector => [slope(orbit.x, t), slope(orbit.y, t), slope(orbit.z, t)];

/** Range and range rate by direct geometry, from where the sensor is at a time. */
export function observe(orbit: VectorPolynomial, time: number, point: Vector): { range: number; rate: number } {
  const sight = subtract(positionAt(orbit, time), point);
  return { range: norm(sight), rate: inner(velocityAt(orbit, time), sight) / norm(sight) };
}

export interface SceneOptions {
  latitude?: number;
  longitude?: number;
  heightMetres?: number;
  look: 'left' | 'right';
  /** How far the line of sight leans forward of broadside. */
  squintDegrees: number;
  grazeDegrees?: number;
  /** From the scene to the sensor, clockwise from north. */
  azimuthDegrees?: number;
}

export interface Scene {
  centre: Vector;
  up: Vector;
  look: 1 | -1;
  orbit: VectorPolynomial;
  /** When the sensor sees the scene as described. */
  time: number;
  /** Unit vectors of the slant plane: away from the sensor, and across. */
  slantRow: Vector;
  slantColumn: Vector;
}

const ORBIT_RADIUS_METRES = 6371e3 + 600e3;
const GRAVITATIONAL_PARAMETER = 3.986004418e14;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export function createScene(options: SceneOptions): Scene {
  const { latitude = 41.5, longitude = 2.1, heightMetres = 137.25, squintDegrees, grazeDegrees = 40, azimuthDegrees = 75 } = options;
  const look = options.look === 'left' ? 1 : -1;
  const centre = vectorOf(geodeticToEcef({ latitude, longitude, heightMetres }));
  const up = vectorOf(ellipsoidUp(longitude, latitude));
  const north = vectorOf(ellipsoidUp(longitude, latitude + 90));
  const east = outer(north, up);
  const horizontal = add(times(east, Math.sin(radians(azimuthDegrees))), north, Math.cos(radians(azimuthDegrees)));
  const towardsSensor = add(times(horizontal, Math.cos(radians(grazeDegrees))), up, Math.sin(radians(grazeDegrees)));

  // How far along the line of sight the orbit's sphere lies.
  const b = inner(centre, towardsSensor);
  const distance = -b + Math.sqrt(b * b - inner(centre, centre) + ORBIT_RADIUS_METRES ** 2);
  const sensor = add(centre, towardsSensor, distance);

  const zenith = normalised(sensor);
  const sight = times(towardsSensor, -1);
  const sightOnTrack = add(sight, zenith, -inner(sight, zenith));
  const forward = Math.sin(radians(squintDegrees)) / norm(sightOnTrack);
  const ahead = normalised(sightOnTrack);
  const heading = add(times(ahead, forward), outer(zenith, ahead), -look * Math.sqrt(1 - forward * forward));
  const velocity = times(heading, Math.sqrt(GRAVITATIONAL_PARAMETER / ORBIT_RADIUS_METRES));

  const time = 1.75;
  const slantRow = sight;
  const slantColumn = normalised(outer(times(outer(subtract(sensor, centre), velocity), look), slantRow));
  return { centre, up, look, orbit: circularOrbit(sensor, velocity, time), time, slantRow, slantColumn };
}

/** The circular orbit through a state, as polynomials of fifth order in time, like those of real products. */
function circularOrbit(position: Vector, velocity: Vector, time: number): VectorPolynomial {
  const rate = norm(velocity) / norm(position);
  // Taylor series around the time: r·cos(ωτ) + v·sin(ωτ)/ω.
  const component = (axis: 0 | 1 | 2): number[] => {
    const [r, v] = [position[axis], velocity[axis]];
    return shifted([r, v, (-r * rate ** 2) / 2, (-v * rate ** 2) / 6, (r * rate ** 4) / 24, (v * rate ** 4) / 120], -time);
  };
  return { x: component(0), y: component(1), z: component(2) };
}

/** The coefficients of p(t + offset). */
function shifted(coefficients: readonly number[], offset: number): number[] {
  return coefficients.map((_, n) => coefficients.reduce((sum, c, m) => (m < n ? sum : sum + c * binomial(m, n) * offset ** (m - n)), 0));
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n, k - 1) * (n - k + 1)) / k;
}

export type GridKind = 'PFA' | 'RGAZCOMP' | 'INCA' | 'XRGYCR' | 'XCTYAT' | 'PLANE';
export const GRID_KINDS: readonly GridKind[] = ['PFA', 'RGAZCOMP', 'INCA', 'XRGYCR', 'XCTYAT', 'PLANE'];

/** A SICD image of the scene, some 4 km × 3 km, on a grid of the given kind. */
export function createSicd(scene: Scene, kind: GridKind): SicdMetadata {
  const velocity = velocityAt(scene.orbit, scene.time);
  const alongTrack = normalised(velocity);
  let [row, column] = [scene.slantRow, scene.slantColumn];
  // Of a stripmap, the aperture moves along with the columns.
  let apertureTime: Polynomial2D = [[scene.time]];
  // Away from where the polar angle is zero.
  if (kind === 'PFA') apertureTime = [[scene.time + 0.6, 2e-5], [-3e-5]];
  if (kind === 'INCA') apertureTime = [[scene.time, 1e-4 * Math.sign(inner(column, velocity)), 1e-11], [2e-8, 1e-12]];
  if (kind === 'XCTYAT') {
    column = normalised(add(alongTrack, scene.slantRow, -inner(alongTrack, scene.slantRow)));
    apertureTime = [[scene.time, 1.3e-4], [1e-8]];
  }
  if (kind === 'PLANE') {
    // On the ground, and not quite at right angles, as the standard allows.
    row = normalised(add(scene.slantRow, scene.up, -inner(scene.slantRow, scene.up)));
    column = normalised(add(outer(scene.up, row), row, 0.05));
  }
  return {
    size: { row: 3000, column: 4500 },
    firstPixel: { row: 0, column: 0 },
    sceneCentrePixel: { row: 1490, column: 2260 },
    sceneCentre: pointOf(scene.centre),
    grid: createGrid(scene, kind, apertureTime),
    rowDirection: pointOf(row),
    columnDirection: pointOf(column),
    spacingMetres: { row: 0.93, column: 0.87 },
    apertureTime,
    sensorPosition: scene.orbit,
    look: scene.look,
  };
}

function createGrid(scene: Scene, kind: GridKind, apertureTime: Polynomial2D): SicdGrid {
  switch (kind) {
    case 'PFA':
      return polarFormatGrid(scene);
    case 'RGAZCOMP': {
      // A step across the line of sight, within the slant plane, turns the Doppler cone by this much.
      const velocity = velocityAt(scene.orbit, scene.time);
      const { range } = observe(scene.orbit, scene.time, scene.centre);
      return { type: 'RGAZIM', algorithm: 'RGAZCOMP', azimuthScalePerMetre: inner(normalised(velocity), scene.slantColumn) / range };
    }
    case 'INCA':
      return incaGrid(scene, apertureTime);
    case 'XRGYCR':
    case 'XCTYAT':
    case 'PLANE':
      return { type: kind };
  }
}

/**
 * The polar angle and scale of the line of sight, projected along the normal of the focus plane (here
 * the ellipsoid's) into the image plane, sampled over the aperture and fitted.
 */
function polarFormatGrid({ centre, up, orbit, time, slantRow, slantColumn }: Scene): SicdGrid {
  const planeNormal = outer(slantRow, slantColumn);
  const samples = Array.from({ length: 21 }, (_, index) => time + (index - 10) * 0.1).map((t) => {
    const sight = normalised(subtract(positionAt(orbit, t), centre));
    const projected = add(sight, up, -inner(sight, planeNormal) / inner(up, planeNormal));
    return { t, angle: Math.atan2(-inner(projected, slantColumn), -inner(projected, slantRow)), scale: norm(projected) };
  });
  return {
    type: 'RGAZIM',
    algorithm: 'PFA',
    polarAngle: fit(samples.map(({ t, angle }) => [t, angle])),
    spatialFrequencyScale: fit(samples.map(({ angle, scale }) => [angle, scale])),
  };
}

/** The least-squares polynomial of fourth order, by the normal equations in a centred and scaled variable. */
function fit(points: readonly (readonly [number, number])[]): number[] {
  const order = 4;
  const middle = points.reduce((sum, [v]) => sum + v, 0) / points.length;
  const span = Math.max(...points.map(([v]) => Math.abs(v - middle)));
  const matrix = Array.from({ length: order + 1 }, (_, m) => [
    ...Array.from({ length: order + 1 }, (_unused, n) => points.reduce((sum, [v]) => sum + ((v - middle) / span) ** (m + n), 0)),
    points.reduce((sum, [v, w]) => sum + w * ((v - middle) / span) ** m, 0),
  ]);
  for (let pivot = 0; pivot <= order; pivot++) {
    for (const [index, line] of matrix.entries()) {
      const pivotLine = matrix[pivot] ?? [];
      if (index === pivot) continue;
      const factor = (line[pivot] ?? NaN) / (pivotLine[pivot] ?? NaN);
      matrix[index] = line.map((entry, n) => entry - factor * (pivotLine[n] ?? NaN));
    }
  }
  const scaled = matrix.map((line, n) => (line[order + 1] ?? NaN) / (line[n] ?? NaN) / span ** n);
  return shifted(scaled, -middle);
}

/** Range and time of closest approach, and the bend of the hyperbola that makes the scene centre's range and rate exact at its centre of aperture. */
function incaGrid({ centre, orbit, time, slantColumn }: Scene, apertureTime: Polynomial2D): SicdGrid {
  let closest = time;
  for (let iteration = 0; iteration < 50; iteration++) {
    const { range, rate } = observe(orbit, closest, centre);
    closest -= (range * rate) / norm(velocityAt(orbit, closest)) ** 2;
  }
  const speed = norm(velocityAt(orbit, closest));
  const elapsed = value2D(apertureTime, 0, 0) - closest;
  const { range, rate } = observe(orbit, value2D(apertureTime, 0, 0), centre);
  const bend = Math.abs(elapsed) < 1e-6 ? 0.9 : (range * rate) / (speed ** 2 * elapsed);
  const timePerMetre = (1.1 * inner(slantColumn, velocityAt(orbit, closest))) / speed ** 2;
  return {
    type: 'RGZERO',
    algorithm: 'INCA',
    closestApproachTime: [closest, timePerMetre, 1e-12],
    closestApproachRangeMetres: Math.sqrt(range ** 2 - bend * (speed * elapsed) ** 2),
    dopplerRateScale: [[bend, 1e-8], [-2e-8]],
  };
}

/** Range and range rate that the standard gives a grid position, in metres from the scene centre, and the time they hold for. */
export function expectedContour(metadata: SicdMetadata, row: number, column: number): { time: number; range: number; rate: number } {
  const { grid, sensorPosition } = metadata;
  const centre = vectorOf(metadata.sceneCentre);
  const time = value2D(metadata.apertureTime, row, column);
  const toCentre = observe(sensorPosition, time, centre);
  if (grid.type === 'RGAZIM' && grid.algorithm === 'PFA') {
    const angleAt = (t: number): number => value(grid.polarAngle, t);
    const offsetAt = (t: number): number => value(grid.spatialFrequencyScale, angleAt(t)) * (row * Math.cos(angleAt(t)) + column * Math.sin(angleAt(t)));
    // The range rate is the range's change with the angle alone: a central difference in time.
    return { time, range: toCentre.range + offsetAt(time), rate: toCentre.rate + (offsetAt(time + 1e-3) - offsetAt(time - 1e-3)) / 2e-3 };
  }
  if (grid.type === 'RGAZIM') {
    const speed = norm(velocityAt(sensorPosition, time));
    return { time, range: toCentre.range + row, rate: toCentre.rate - speed * grid.azimuthScalePerMetre * column };
  }
  if (grid.type === 'RGZERO') {
    const closest = value(grid.closestApproachTime, column);
    const speed = norm(velocityAt(sensorPosition, closest));
    const squaredRange = (t: number): number => (grid.closestApproachRangeMetres + row) ** 2 + value2D(grid.dopplerRateScale, row, column) * speed ** 2 * (t - closest) ** 2;
    const range = Math.sqrt(squaredRange(time));
    // d(R²)/dt = 2·R·Ṙ, and R² is a parabola, of which a central difference is exact.
    return { time, range, rate: (squaredRange(time + 0.5) - squaredRange(time - 0.5)) / (2 * range) };
  }
  const planePoint = add(add(centre, vectorOf(metadata.rowDirection), row), vectorOf(metadata.columnDirection), column);
  return { time, ...observe(sensorPosition, time, planePoint) };
}

export function geodeticOf(point: Vector): { longitude: number; latitude: number; heightMetres: number } {
  return ecefToGeodetic(pointOf(point));
}
