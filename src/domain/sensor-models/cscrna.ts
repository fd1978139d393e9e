import type { ControlPoint } from './projective.js';
import type { GroundPoint } from './sensor-model.js';
import { readTreFields, type TreFields } from './tre-fields.js';

/** The footprint of an image's four corners. */
export interface CornerFootprint {
  upperLeft: GroundPoint;
  upperRight: GroundPoint;
  lowerRight: GroundPoint;
  lowerLeft: GroundPoint;
}

/**
 * Parses the CSCRNA TRE, 109 characters: latitude, longitude (degrees) and height above the
 * ellipsoid (metres) of the corners (STDI-0002 Volume 1, Appendix D, CSCRNA).
 * @throws TreFormatError
 */
export function parseCscrna(text: string): CornerFootprint {
  const fields = readTreFields('CSCRNA', text);
  fields.skip('PREDICT_CORNERS', 1);
  return {
    upperLeft: readCorner(fields, 'UL'),
    upperRight: readCorner(fields, 'UR'),
    lowerRight: readCorner(fields, 'LR'),
    lowerLeft: readCorner(fields, 'LL'),
  };
}

/**
 * The footprint as control points at the outer corners of the image's corner pixels. The size is
 * that of the full image, in pixels: of a chip, the one in its ICHIPB TRE.
 */
export function cornerControlPoints(corners: CornerFootprint, size: { width: number; height: number }): ControlPoint[] {
  return [
    { x: 0, y: 0, ...corners.upperLeft },
    { x: size.width, y: 0, ...corners.upperRight },
    { x: size.width, y: size.height, ...corners.lowerRight },
    { x: 0, y: size.height, ...corners.lowerLeft },
  ];
}

function readCorner(fields: TreFields, corner: string): GroundPoint {
  const latitude = fields.real(`${corner}CNR_LAT`, 9);
  if (Math.abs(latitude) > 90) fields.refuse(`${corner}CNR_LAT`, `${latitude} is beyond ±90`);
  const longitude = fields.real(`${corner}CNR_LONG`, 10);
  if (Math.abs(longitude) > 360) fields.refuse(`${corner}CNR_LONG`, `${longitude} is beyond ±360`);
  const heightMetres = fields.optionalReal(`${corner}CNR_HT`, 8) ?? 0;
  return { longitude, latitude, heightMetres };
}
