import { readTreFields } from '../tre-fields.js';

/** Coordinates of RSM's ground domain: radians and metres when geodetic, metres when rectangular. */
export interface RsmPoint {
  x: number;
  y: number;
  z: number;
}

/** A right-angled frame in WGS 84 Earth-fixed coordinates, in metres. */
export interface RsmFrame {
  origin: RsmPoint;
  /** Earth-fixed components of the frame's x, y and z unit vectors. */
  xAxis: RsmPoint;
  yAxis: RsmPoint;
  zAxis: RsmPoint;
}

/** What of RSMIDA serves georeferencing. */
export interface Rsmida {
  imageIdentifier: string;
  edition: string;
  /**
   * `geodetic`: x longitude, y latitude in radians, z height above the ellipsoid in metres
   * (GRNDD G with longitudes from -π, H with longitudes from 0); `rectangular`: GRNDD R.
   */
  groundDomain: { form: 'geodetic' } | { form: 'rectangular'; frame: RsmFrame };
  /** V1 to V8, the corners of the solid in which the model is valid. */
  vertices: RsmPoint[];
  /** GRPX, GRPY, GRPZ; null when not given. */
  groundReferencePoint: RsmPoint | null;
  /** First and last row and column for which the model is valid, in the original full image. */
  minimumRow: number;
  maximumRow: number;
  minimumColumn: number;
  maximumColumn: number;
}

/**
 * Parses the RSMIDA TRE, 1628 characters (STDI-0002 Volume 1, Appendix U, section 5.9).
 * Times, illumination and the sensor's trajectory are passed over.
 * @throws TreFormatError
 */
export function parseRsmida(text: string): Rsmida {
  const fields = readTreFields('RSMIDA', text);
  const imageIdentifier = fields.text('IID', 80);
  const edition = fields.text('EDITION', 40);
  for (const name of ['ISID', 'SID', 'STID']) fields.skip(name, 40);
  fields.skip('YEAR to SECOND', 4 + 4 * 2 + 9);
  fields.skip('NRG to TCG', 2 * 8 + 2 * 21);

  const form = fields.text('GRNDD', 1);
  let groundDomain: Rsmida['groundDomain'];
  if (form === 'R') {
    groundDomain = { form: 'rectangular', frame: readFrame() };
  } else {
    if (form !== 'G' && form !== 'H') fields.refuse('GRNDD', `"${form}" is none of G, H and R`);
    fields.skip('XUOR to ZUZR', 12 * 21);
    groundDomain = { form: 'geodetic' };
  }

  const vertices = Array.from({ length: 8 }, (_, index) => readPoint(`V${index + 1}`));
  const [x, y, z] = [fields.optionalReal('GRPX', 21), fields.optionalReal('GRPY', 21), fields.optionalReal('GRPZ', 21)];
  fields.skip('FULLR and FULLC', 16);
  return {
    imageIdentifier,
    edition,
    groundDomain,
    vertices,
    groundReferencePoint: x === null || y === null || z === null ? null : { x, y, z },
    minimumRow: fields.integer('MINR', 8, 0),
    maximumRow: fields.integer('MAXR', 8, 0),
    minimumColumn: fields.integer('MINC', 8, 0),
    maximumColumn: fields.integer('MAXC', 8, 0),
  };

  function readPoint(name: string): RsmPoint {
    return { x: fields.real(`${name}X`, 21), y: fields.real(`${name}Y`, 21), z: fields.real(`${name}Z`, 21) };
  }

  /** The nine components are named XUXR for "X component of the unit vector XR" and grouped by component. */
  function readFrame(): RsmFrame {
    const origin = { x: fields.real('XUOR', 21), y: fields.real('YUOR', 21), z: fields.real('ZUOR', 21) };
    const [xx, xy, xz] = [fields.real('XUXR', 21), fields.real('XUYR', 21), fields.real('XUZR', 21)];
    const [yx, yy, yz] = [fields.real('YUXR', 21), fields.real('YUYR', 21), fields.real('YUZR', 21)];
    const [zx, zy, zz] = [fields.real('ZUXR', 21), fields.real('ZUYR', 21), fields.real('ZUZR', 21)];
    return {
      origin,
      xAxis: { x: xx, y: yx, z: zx },
      yAxis: { x: xy, y: yy, z: zy },
      zAxis: { x: xz, y: yz, z: zz },
    };
  }
}
