import { TreFormatError } from '../sensor-models/errors.js';
import { readTreFields } from '../sensor-models/tre-fields.js';

export interface ViewProperties {
  'view:incidence_angle'?: number;
  'view:sun_azimuth'?: number;
  'view:sun_elevation'?: number;
}

/** In degrees; null where not given. */
interface Angles {
  obliquity: number | null;
  sunAzimuth: number | null;
  sunElevation: number | null;
}

/**
 * The angles of view and sun (STAC view geometry extension 1.0) from the TREs CSEXRA (STDI-0006) or USE00A (STDI-0002
 * Volume 1, Appendix D). Their obliquity angle is measured from the vertical at the target, which makes it the incidence
 * angle, not the angle off nadir; a SICD or SIDD document's incidence angle goes before it. Angles out of range, by which
 * writers say "unknown", are left out.
 */
export function viewProperties(tres: (name: string) => string[], sarIncidenceDegrees: number | null): ViewProperties {
  const { obliquity, sunAzimuth, sunElevation } = anglesOf(tres('CSEXRA')[0], readCsexra) ?? anglesOf(tres('USE00A')[0], readUse00a) ?? UNKNOWN;
  return {
    ...within('view:incidence_angle', sarIncidenceDegrees ?? obliquity, 0, 90),
    ...within('view:sun_azimuth', sunAzimuth, 0, 360),
    ...within('view:sun_elevation', sunElevation, -90, 90),
  };
}

const UNKNOWN: Angles = { obliquity: null, sunAzimuth: null, sunElevation: null };

function anglesOf(text: string | undefined, read: (text: string) => Angles): Angles | null {
  if (text === undefined) return null;
  try {
    return read(text);
  } catch (error) {
    if (error instanceof TreFormatError) return null;
    throw error;
  }
}

function readCsexra(text: string): Angles {
  const fields = readTreFields('CSEXRA', text);
  fields.skip('SENSOR to ANGLE_TO_NORTH', 94);
  const obliquity = fields.optionalReal('OBLIQUITY_ANGLE', 6);
  fields.skip('AZ_OF_OBLIQUITY to SNOW_DEPTH_CAT', 9);
  return { obliquity, sunAzimuth: fields.optionalReal('SUN_AZIMUTH', 7), sunElevation: fields.optionalReal('SUN_ELEVATION', 7) };
}

function readUse00a(text: string): Angles {
  const fields = readTreFields('USE00A', text);
  fields.skip('ANGLE_TO_NORTH to reserved', 21);
  const obliquity = fields.optionalReal('OBL_ANG', 5);
  fields.skip('ROLL_ANG to reserved', 71);
  const sunElevation = fields.optionalReal('SUN_EL', 5);
  return { obliquity, sunElevation, sunAzimuth: fields.optionalReal('SUN_AZ', 5) };
}

function within(name: keyof ViewProperties, degrees: number | null, least: number, greatest: number): ViewProperties {
  return degrees !== null && degrees >= least && degrees <= greatest ? { [name]: degrees } : {};
}
