import { cornerControlPoints, parseCscrna } from '../../../domain/sensor-models/cscrna.js';
import { SensorModelError } from '../../../domain/sensor-models/errors.js';
import { createProjectiveModel, type ControlPoint } from '../../../domain/sensor-models/projective.js';
import type { SensorModel } from '../../../domain/sensor-models/sensor-model.js';
import { DEGREES, isOnGlobe, wgs84Transforms } from '../coordinate-systems.js';
import { ofChip } from './chip.js';
import type { ModelSources } from './sources.js';

/** A projective map has eight unknowns, two per point. */
const FEWEST_CONTROL_POINTS = 4;

/** The model of the CSCRNA TRE, which places the corners of the full image. */
export function cornerRecordModel({ tres, info, chip }: ModelSources): SensorModel | null {
  const [text] = tres('CSCRNA');
  if (text === undefined) return null;
  const ichipb = chip();
  const [width, height] = info.size;
  const size = ichipb === null ? { width, height } : ichipb.fullImageSize;
  if (size === null) throw new SensorModelError('The CSCRNA record gives the corners of a full image whose size the ICHIPB record does not tell.');
  return ofChip(createProjectiveModel(cornerControlPoints(parseCscrna(text), size)), ichipb);
}

/** The model of the ground control points. @throws SensorModelError when they are too few, or nowhere on Earth. */
export function controlPointModel({ info: { gcps } }: ModelSources): SensorModel | null {
  if (gcps === undefined || gcps.gcpList.length === 0) return null;
  if (gcps.gcpList.length < FEWEST_CONTROL_POINTS) {
    throw new SensorModelError(`The image has ${gcps.gcpList.length} ground control points, and ${FEWEST_CONTROL_POINTS} are needed.`);
  }
  const crs = gcps.coordinateSystem;
  const hasCrs = crs !== undefined && crs.wkt !== '';
  const { toWgs84 } = hasCrs ? wgs84Transforms(crs) : DEGREES;
  const points = gcps.gcpList.map(({ pixel, line, x, y, z }): ControlPoint => {
    const place = toWgs84(x, y);
    if (place === null) throw new SensorModelError(`The ground control point ${x}, ${y} lies outside of its CRS.`);
    return { x: pixel, y: line, ...place, heightMetres: z ?? 0 };
  });
  if (!hasCrs && !points.every(isOnGlobe)) {
    throw new SensorModelError('The image has ground control points but no CRS, and they are no longitudes and latitudes.');
  }
  return createProjectiveModel(points);
}
