import { SensorModelError } from './errors.js';
import type { EcefPoint } from './geodetic.js';
import type { LookSide } from './sar/range-doppler.js';
import { readPolynomial, readPolynomial2D, readPositive, readRowColumn, readUnitVector, readVector, readVectorPolynomial } from './sar/common-metadata.js';
import type { RowColumn } from './sar/common-metadata.js';
import type { Polynomial, Polynomial2D, VectorPolynomial } from './sar/polynomial.js';
import { parseXmlRoot } from './sar/xml-element.js';
import type { XmlElement } from './sar/xml-element.js';

/** The image grid, and what its formation algorithm adds to the projection (NGA.STND.0024-1, Grid, RgAzComp, PFA and RMA blocks). */
export type SicdGrid =
  | {
      type: 'RGAZIM';
      algorithm: 'PFA';
      /** Polar angle in radians over time in seconds. */
      polarAngle: Polynomial;
      /** Spatial frequency scale factor over polar angle in radians. */
      spatialFrequencyScale: Polynomial;
    }
  | {
      type: 'RGAZIM';
      algorithm: 'RGAZCOMP';
      /** Change of the cosine of the Doppler cone angle per metre of azimuth. */
      azimuthScalePerMetre: number;
    }
  | {
      type: 'RGZERO';
      algorithm: 'INCA';
      /** Time of closest approach in seconds over azimuth in metres. */
      closestApproachTime: Polynomial;
      /** Range of closest approach of the scene centre point. */
      closestApproachRangeMetres: number;
      /** Doppler rate scale factor over range and azimuth in metres. */
      dopplerRateScale: Polynomial2D;
    }
  | { type: 'XRGYCR' | 'XCTYAT' | 'PLANE' };

/** What of a SICD document the projection needs. Names of the standard stand in brackets. */
export interface SicdMetadata {
  /** Size of the image in pixels [NumRows, NumCols]. */
  size: RowColumn;
  /** Where its first pixel lies in the full image [FirstRow, FirstCol]. */
  firstPixel: RowColumn;
  /** The pixel of the scene centre point, counted in the full image [SCPPixel]. */
  sceneCentrePixel: RowColumn;
  /** The scene centre point [GeoData.SCP.ECF]. */
  sceneCentre: EcefPoint;
  grid: SicdGrid;
  /** Unit vectors along increasing rows and columns of the image plane [UVectECF]. */
  rowDirection: EcefPoint;
  columnDirection: EcefPoint;
  /** Sample spacing [SS]. */
  spacingMetres: RowColumn;
  /** Time of the centre of aperture in seconds over row and column coordinates in metres [TimeCOAPoly]. */
  apertureTime: Polynomial2D;
  /** Position of the aperture reference point over time in seconds [ARPPoly]. */
  sensorPosition: VectorPolynomial;
  /** Side of the ground track that the scene lies on [SCPCOA.SideOfTrack]. */
  look: LookSide;
}

/**
 * Reads a SICD document (NGA.STND.0024-1; the elements used here kept their names and
 * meaning from version 0.4 to 1.3), whatever its namespace.
 *
 * Throws a SensorModelError that names the path of what is missing or wrong. Bistatic collections are
 * refused: until version 1.4 the standard has no projection for them.
 */
export function readSicdMetadata(xml: string): SicdMetadata {
  const sicd = parseXmlRoot(xml, 'SICD');
  if (sicd.find('CollectionInfo/CollectType')?.text() === 'BISTATIC') {
    throw new SensorModelError('SICD/CollectionInfo/CollectType is BISTATIC: only monostatic collections can be projected');
  }
  const image = sicd.at('ImageData');
  return {
    size: { row: readPositive(image.at('NumRows')), column: readPositive(image.at('NumCols')) },
    firstPixel: { row: image.at('FirstRow').number(), column: image.at('FirstCol').number() },
    sceneCentrePixel: readRowColumn(image.at('SCPPixel')),
    sceneCentre: readVector(sicd.at('GeoData/SCP/ECF')),
    grid: readGrid(sicd),
    rowDirection: readUnitVector(sicd.at('Grid/Row/UVectECF')),
    columnDirection: readUnitVector(sicd.at('Grid/Col/UVectECF')),
    spacingMetres: { row: readPositive(sicd.at('Grid/Row/SS')), column: readPositive(sicd.at('Grid/Col/SS')) },
    apertureTime: readPolynomial2D(sicd.at('Grid/TimeCOAPoly')),
    sensorPosition: readVectorPolynomial(sicd.at('Position/ARPPoly')),
    look: readLook(sicd.at('SCPCOA/SideOfTrack')),
  };
}

function readGrid(sicd: XmlElement): SicdGrid {
  const element = sicd.at('Grid/Type');
  const type = element.text();
  switch (type) {
    case 'RGAZIM':
      return readRangeAzimuthGrid(sicd);
    case 'RGZERO': {
      const inca = sicd.at('RMA/INCA');
      return {
        type,
        algorithm: 'INCA',
        closestApproachTime: readPolynomial(inca.at('TimeCAPoly')),
        closestApproachRangeMetres: readPositive(inca.at('R_CA_SCP')),
        dopplerRateScale: readPolynomial2D(inca.at('DRateSFPoly')),
      };
    }
    case 'XRGYCR':
    case 'XCTYAT':
    case 'PLANE':
      return { type };
    default:
      throw new SensorModelError(`${element.path} is not a known grid: "${type.slice(0, 40)}"`);
  }
}

function readRangeAzimuthGrid(sicd: XmlElement): SicdGrid {
  const pfa = sicd.find('PFA');
  if (pfa !== null) {
    return {
      type: 'RGAZIM',
      algorithm: 'PFA',
      polarAngle: readPolynomial(pfa.at('PolarAngPoly')),
      spatialFrequencyScale: readPolynomial(pfa.at('SpatialFreqSFPoly')),
    };
  }
  const compression = sicd.find('RgAzComp');
  if (compression === null) throw new SensorModelError('missing SICD/PFA or SICD/RgAzComp for SICD/Grid/Type RGAZIM');
  return { type: 'RGAZIM', algorithm: 'RGAZCOMP', azimuthScalePerMetre: compression.at('AzSF').number() };
}

function readLook(element: XmlElement): LookSide {
  const side = element.text();
  if (side !== 'L' && side !== 'R') throw new SensorModelError(`${element.path} is neither L nor R: "${side.slice(0, 40)}"`);
  return side === 'L' ? 1 : -1;
}
