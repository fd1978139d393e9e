import { ecefToGeodetic, ellipsoidUp, geodeticToEcef, longitudeNear } from './geodetic.js';
import type { EcefPoint } from './geodetic.js';
import { solveNewton } from './newton.js';
import { createChipMapping } from './sar/chip.js';
import type { RowColumn } from './sar/common-metadata.js';
import { cross, dot, minus } from './sar/ecef-vector.js';
import { evaluate2D, evaluateVector, vectorDerivative } from './sar/polynomial.js';
import type { Polynomial2D, VectorPolynomial } from './sar/polynomial.js';
import { projectToHeight, rangeAndRate, sceneToGrid, slantPlaneNormal } from './sar/range-doppler.js';
import type { RangeDopplerGrid } from './sar/range-doppler.js';
import { createCylinder, createGeographicSurface, createPlane } from './sar/surface.js';
import type { SarSurface } from './sar/surface.js';
import type { GroundPoint, SensorModel } from './sensor-model.js';
import type { SiddMetadata, SiddProjection } from './sidd-metadata.js';

/** Between positions of the full image, counted in pixels, and the Earth. */
interface Exploitation {
  toGround(pixel: RowColumn, heightMetres: number): GroundPoint | null;
  toPixel(point: GroundPoint): RowColumn | null;
}

type MeasurableProjection = Exclude<SiddProjection, { type: 'PolynomialProjection' }>;
type PolynomialProjection = Extract<SiddProjection, { type: 'PolynomialProjection' }>;

/**
 * The sensor model of a SIDD product (NGA.STND.0025-1).
 *
 * The reference height is that of the product's reference point, and longitudes lie within half a turn
 * of it. SIDD counts pixel centres with whole numbers. A product that says that it is a chip is mapped
 * to its full image first: pass `chip: null` where that is done already.
 * Throws a SensorModelError when the product plane is degenerate.
 */
export function createSiddModel(metadata: SiddMetadata): SensorModel {
  const reference = ecefToGeodetic(metadata.referencePoint);
  const exploitation = createExploitation(metadata);
  const chip = metadata.chip === null ? null : createChipMapping(metadata.chip);
  return {
    name: 'sidd',
    precision: 'precise',
    referenceHeightMetres: reference.heightMetres,
    imageToWorld({ x, y }, heightMetres = reference.heightMetres) {
      const pixel = { row: y - 0.5, column: x - 0.5 };
      const ground = exploitation.toGround(chip?.toFullImage(pixel) ?? pixel, heightMetres);
      return ground === null ? null : { ...ground, longitude: longitudeNear(ground.longitude, reference.longitude) };
    },
    worldToImage(point) {
      const full = exploitation.toPixel({ ...point, longitude: longitudeNear(point.longitude, reference.longitude) });
      const pixel = full === null || chip === null ? full : chip.toChip(full);
      return pixel === null ? null : { x: pixel.column + 0.5, y: pixel.row + 0.5 };
    },
  };
}

function createExploitation(metadata: SiddMetadata): Exploitation {
  const { projection, sensorPosition } = metadata;
  if (projection.type === 'PolynomialProjection') return polynomialExploitation(projection, metadata.size);
  const surface = createSurface(metadata.referencePoint, projection);
  const { apertureTime } = projection;
  return onSurface(
    metadata,
    projection.spacing,
    sensorPosition === null || apertureTime === null
      ? verticalExploitation(surface)
      : rangeDopplerExploitation(surface, metadata.referencePoint, apertureTime, sensorPosition),
  );
}

function createSurface(reference: EcefPoint, projection: MeasurableProjection): SarSurface {
  switch (projection.type) {
    case 'PlaneProjection':
      return createPlane(reference, projection.rowDirection, projection.columnDirection);
    case 'GeographicProjection':
      return createGeographicSurface(reference);
    case 'CylindricalProjection':
      return createCylinder(reference, projection.stripDirection, projection.curvatureRadiusMetres);
  }
}

/** Counts in pixels of the full image what counts from the reference point in units of the sample spacing. */
function onSurface({ referencePixel }: SiddMetadata, spacing: RowColumn, exploitation: Exploitation): Exploitation {
  return {
    toGround({ row, column }, heightMetres) {
      const position = { row: (row - referencePixel.row) * spacing.row, column: (column - referencePixel.column) * spacing.column };
      return exploitation.toGround(position, heightMetres);
    },
    toPixel(point) {
      const position = exploitation.toPixel(point);
      if (position === null) return null;
      return { row: referencePixel.row + position.row / spacing.row, column: referencePixel.column + position.column / spacing.column };
    },
  };
}

/**
 * Exploitation by the radar's geometry: the range and range rate of a pixel are those of its point on
 * the product's surface, and what it shows at another height lies on the same contour (NGA.STND.0024-3,
 * sections 5, 6 and 9, as for a SICD image plane, which NGA.STND.0025-1 refers to).
 *
 * SIDD does not say where TimeCOAPoly counts from. As in SICD, its variables are taken to be the offsets
 * from the reference point in units of the sample spacing, which on a geographic surface are arcseconds.
 * Nor does it record the side of the track: that follows from where the reference point lies.
 */
function rangeDopplerExploitation(surface: SarSurface, reference: EcefPoint, apertureTime: Polynomial2D, sensorPosition: VectorPolynomial): Exploitation {
  const velocity = vectorDerivative(sensorPosition);
  const sensorAt = (time: number) => ({ sensorPosition: evaluateVector(sensorPosition, time), sensorVelocity: evaluateVector(velocity, time) });
  const centre = sensorAt(evaluate2D(apertureTime, 0, 0));
  const left = cross(centre.sensorPosition, centre.sensorVelocity);
  const look = dot(left, minus(reference, centre.sensorPosition)) > 0 ? 1 : -1;
  const slantNormal = slantPlaneNormal(look, centre.sensorPosition, centre.sensorVelocity, reference);
  const grid: RangeDopplerGrid = {
    look,
    projectionSet(position) {
      const sensor = sensorAt(evaluate2D(apertureTime, position.row, position.column));
      return { ...sensor, ...rangeAndRate(sensor.sensorPosition, sensor.sensorVelocity, surface.toEcef(position)) };
    },
    positionOf: (point) => surface.positionOf(point, slantNormal),
  };
  return {
    toGround(position, heightMetres) {
      const point = projectToHeight(grid.projectionSet(position), look, reference, heightMetres);
      return point === null ? null : { ...ecefToGeodetic(point), heightMetres };
    },
    toPixel: (point) => sceneToGrid(grid, geodeticToEcef(point)),
  };
}

/** Without the radar's geometry, a point is where it is seen from straight above (NGA.STND.0025-1, sections 3.2 to 3.9, alone). */
function verticalExploitation(surface: SarSurface): Exploitation {
  return {
    toGround(position, heightMetres) {
      const { longitude, latitude } = ecefToGeodetic(surface.toEcef(position));
      return Number.isFinite(longitude) && Number.isFinite(latitude) ? { longitude, latitude, heightMetres } : null;
    },
    toPixel(point) {
      const position = surface.positionOf(geodeticToEcef(point), ellipsoidUp(point.longitude, point.latitude));
      return Number.isFinite(position.row) && Number.isFinite(position.column) ? position : null;
    },
  };
}

/**
 * Polynomials for products whose radar geometry is not recorded (NGA.STND.0025-1, sections 3.10 and
 * 3.11), in degrees and pixels of the full image. They know one surface only: heights are passed through.
 *
 * The polynomials of the two directions are separate fits. To make the directions agree, those to the
 * ground are inverted, and those to the image give the first guess and the measure of the error.
 */
function polynomialExploitation({ latitude, longitude, row, column }: PolynomialProjection, size: RowColumn): Exploitation {
  const toGround = (pixel: RowColumn, heightMetres: number): GroundPoint | null => {
    const ground = { longitude: evaluate2D(longitude, pixel.row, pixel.column), latitude: evaluate2D(latitude, pixel.row, pixel.column), heightMetres };
    return Number.isFinite(ground.longitude) && Math.abs(ground.latitude) <= 90 ? ground : null;
  };
  const fittedPixel = (ground: GroundPoint): RowColumn => ({
    row: evaluate2D(row, ground.latitude, ground.longitude),
    column: evaluate2D(column, ground.latitude, ground.longitude),
  });
  return {
    toGround,
    toPixel(point) {
      const guess = fittedPixel(point);
      const pixelAt = (u: number, v: number): RowColumn => ({ row: guess.row + u * size.row, column: guess.column + v * size.column });
      const solution = solveNewton({
        residual: (u, v) => {
          const ground = toGround(pixelAt(u, v), 0);
          if (ground === null) return null;
          const fitted = fittedPixel(ground);
          return [fitted.row - guess.row, fitted.column - guess.column];
        },
        start: [0, 0],
        tolerancePixels: 1e-4,
      });
      return solution === null ? null : pixelAt(...solution);
    },
  };
}
