import { ecefToGeodetic, geodeticToEcef, longitudeNear } from './geodetic.js';
import { length } from './sar/ecef-vector.js';
import type { RowColumn } from './sar/common-metadata.js';
import { derivative, evaluate, evaluate2D, evaluateVector, vectorDerivative } from './sar/polynomial.js';
import { projectToHeight, rangeAndRate, sceneToGrid, slantPlaneNormal } from './sar/range-doppler.js';
import type { ProjectionSet, RangeDopplerGrid } from './sar/range-doppler.js';
import { createPlane } from './sar/surface.js';
import type { SarSurface } from './sar/surface.js';
import type { SensorModel } from './sensor-model.js';
import type { SicdMetadata } from './sicd-metadata.js';

/**
 * The sensor model of a monostatic SICD image (NGA.STND.0024-3): exact range and Doppler geometry at
 * the centre of aperture of every pixel. The adjustable parameters of the standard are zero.
 *
 * The reference height is that of the scene centre point, computed from its Earth-fixed position;
 * longitudes lie within half a turn of it. SICD counts pixel centres with whole numbers, in the full
 * image, so that the centre of this image's first pixel has the row FirstRow and the column FirstCol.
 * Throws a SensorModelError when the image plane is degenerate.
 */
export function createSicdModel(metadata: SicdMetadata): SensorModel {
  const { sceneCentre, sceneCentrePixel, firstPixel, spacingMetres } = metadata;
  const centre = ecefToGeodetic(sceneCentre);
  const grid = createImageGrid(metadata);
  return {
    name: 'sicd',
    precision: 'precise',
    referenceHeightMetres: centre.heightMetres,
    imageToWorld({ x, y }, heightMetres = centre.heightMetres) {
      const position = {
        row: (y - 0.5 + firstPixel.row - sceneCentrePixel.row) * spacingMetres.row,
        column: (x - 0.5 + firstPixel.column - sceneCentrePixel.column) * spacingMetres.column,
      };
      const point = projectToHeight(grid.projectionSet(position), grid.look, sceneCentre, heightMetres);
      if (point === null) return null;
      const { longitude, latitude } = ecefToGeodetic(point);
      return { longitude: longitudeNear(longitude, centre.longitude), latitude, heightMetres };
    },
    worldToImage(point) {
      const position = sceneToGrid(grid, geodeticToEcef(point));
      if (position === null) return null;
      return {
        x: position.column / spacingMetres.column + sceneCentrePixel.column - firstPixel.column + 0.5,
        y: position.row / spacingMetres.row + sceneCentrePixel.row - firstPixel.row + 0.5,
      };
    },
  };
}

/** The image grid in metres from the scene centre point (NGA.STND.0024-3, sections 2 to 4). */
function createImageGrid(metadata: SicdMetadata): RangeDopplerGrid {
  const { sceneCentre, rowDirection, columnDirection, apertureTime, sensorPosition, look } = metadata;
  const plane = createPlane(sceneCentre, rowDirection, columnDirection);
  const sensorVelocity = vectorDerivative(sensorPosition);
  const centreTime = evaluate2D(apertureTime, 0, 0);
  const slantNormal = slantPlaneNormal(look, evaluateVector(sensorPosition, centreTime), evaluateVector(sensorVelocity, centreTime), sceneCentre);
  const contour = createContour(metadata, plane);
  return {
    look,
    projectionSet(position) {
      const time = evaluate2D(apertureTime, position.row, position.column);
      const sensor = { sensorPosition: evaluateVector(sensorPosition, time), sensorVelocity: evaluateVector(sensorVelocity, time) };
      return { ...sensor, ...contour(position, time, sensor) };
    },
    positionOf: (point) => plane.positionOf(point, slantNormal),
  };
}

type Sensor = Pick<ProjectionSet, 'sensorPosition' | 'sensorVelocity'>;
type Contour = Pick<ProjectionSet, 'rangeMetres' | 'rangeRateMetresPerSecond'>;

/** Range and range rate of a grid position (NGA.STND.0024-3, section 4), by the kind of its grid. */
function createContour(metadata: SicdMetadata, plane: SarSurface): (position: RowColumn, time: number, sensor: Sensor) => Contour {
  const { grid, sceneCentre } = metadata;
  const ofCentre = ({ sensorPosition, sensorVelocity }: Sensor): Contour => rangeAndRate(sensorPosition, sensorVelocity, sceneCentre);
  switch (grid.type) {
    case 'RGAZIM':
      return grid.algorithm === 'PFA' ? polarFormatContour(grid, ofCentre) : azimuthCompressionContour(grid, ofCentre);
    case 'RGZERO':
      return zeroDopplerContour(grid, metadata);
    case 'XRGYCR':
    case 'XCTYAT':
    case 'PLANE':
      // The pixels sample a plane: the contour is that of the plane's point.
      return (position, _time, { sensorPosition, sensorVelocity }) => rangeAndRate(sensorPosition, sensorVelocity, plane.toEcef(position));
  }
}

type GridOf<Algorithm extends string> = Extract<SicdMetadata['grid'], { algorithm: Algorithm }>;

/** Polar format algorithm: the offset from the scene centre's range is read off the polar angle of the aperture (NGA.STND.0024-3, section 4.1). */
function polarFormatContour({ polarAngle, spatialFrequencyScale }: GridOf<'PFA'>, ofCentre: (sensor: Sensor) => Contour) {
  const polarAngleRate = derivative(polarAngle);
  const spatialFrequencyScaleSlope = derivative(spatialFrequencyScale);
  return ({ row, column }: RowColumn, time: number, sensor: Sensor): Contour => {
    const angle = evaluate(polarAngle, time);
    const scale = evaluate(spatialFrequencyScale, angle);
    const towardsAperture = row * Math.cos(angle) + column * Math.sin(angle);
    const acrossAperture = column * Math.cos(angle) - row * Math.sin(angle);
    const rangeSlope = evaluate(spatialFrequencyScaleSlope, angle) * towardsAperture + scale * acrossAperture;
    const centre = ofCentre(sensor);
    return {
      rangeMetres: centre.rangeMetres + scale * towardsAperture,
      rangeRateMetresPerSecond: centre.rangeRateMetresPerSecond + rangeSlope * evaluate(polarAngleRate, time),
    };
  };
}

/** Range and azimuth compression: rows are range, columns the cosine of the Doppler cone angle (NGA.STND.0024-3, section 4.2). */
function azimuthCompressionContour({ azimuthScalePerMetre }: GridOf<'RGAZCOMP'>, ofCentre: (sensor: Sensor) => Contour) {
  return ({ row, column }: RowColumn, _time: number, sensor: Sensor): Contour => {
    const centre = ofCentre(sensor);
    return {
      rangeMetres: centre.rangeMetres + row,
      rangeRateMetresPerSecond: centre.rangeRateMetresPerSecond - length(sensor.sensorVelocity) * azimuthScalePerMetre * column,
    };
  };
}

/** Imaging near closest approach: rows are the range, columns the time of closest approach, and a hyperbola leads from there to the centre of aperture (NGA.STND.0024-3, section 4.3). */
function zeroDopplerContour({ closestApproachTime, closestApproachRangeMetres, dopplerRateScale }: GridOf<'INCA'>, metadata: SicdMetadata) {
  const sensorVelocity = vectorDerivative(metadata.sensorPosition);
  return ({ row, column }: RowColumn, time: number): Contour => {
    const closestTime = evaluate(closestApproachTime, column);
    const closestRange = closestApproachRangeMetres + row;
    const speed = length(evaluateVector(sensorVelocity, closestTime));
    const elapsed = time - closestTime;
    const bend = evaluate2D(dopplerRateScale, row, column) * speed * speed * elapsed;
    // A range below zero has no meaning: NaN makes every projection of it fail.
    const rangeMetres = closestRange > 0 ? Math.sqrt(closestRange * closestRange + bend * elapsed) : NaN;
    return { rangeMetres, rangeRateMetresPerSecond: bend / rangeMetres };
  };
}
