import { SensorModelError } from './errors.js';
import type { EcefPoint } from './geodetic.js';
import type { GeometricChip } from './sar/chip.js';
import { readPolynomial2D, readPositive, readPositiveRowColumn, readRowColumn, readUnitVector, readVector, readVectorPolynomial } from './sar/common-metadata.js';
import type { RowColumn } from './sar/common-metadata.js';
import type { Polynomial2D, VectorPolynomial } from './sar/polynomial.js';
import { parseXmlRoot } from './sar/xml-element.js';
import type { XmlElement } from './sar/xml-element.js';

/** How the pixels of a product lie on the Earth (NGA.STND.0025-1, Measurement block). */
export type SiddProjection =
  | {
      /** PGD. */
      type: 'PlaneProjection';
      rowDirection: EcefPoint;
      columnDirection: EcefPoint;
      /** Metres per pixel. */
      spacing: RowColumn;
      apertureTime: Polynomial2D | null;
    }
  | {
      /** GGD. */
      type: 'GeographicProjection';
      /** Arcseconds per pixel. */
      spacing: RowColumn;
      apertureTime: Polynomial2D | null;
    }
  | {
      /** CGD. */
      type: 'CylindricalProjection';
      stripDirection: EcefPoint;
      curvatureRadiusMetres: number | null;
      /** Metres per pixel. */
      spacing: RowColumn;
      apertureTime: Polynomial2D | null;
    }
  | {
      /** PFGD: degrees over row and column, and back. */
      type: 'PolynomialProjection';
      latitude: Polynomial2D;
      longitude: Polynomial2D;
      row: Polynomial2D;
      column: Polynomial2D;
    };

/** What of a SIDD document the projection needs. Names of the standard stand in brackets. */
export interface SiddMetadata {
  /** Size of the full image in pixels [PixelFootprint]. */
  size: RowColumn;
  /** Where the reference point lies on Earth and in the full image [ReferencePoint]. */
  referencePoint: EcefPoint;
  referencePixel: RowColumn;
  projection: SiddProjection;
  /** Position of the aperture reference point over time in seconds [ARPPoly]; null when not recorded. */
  sensorPosition: VectorPolynomial | null;
  /** Set when the pixels are a part of the full image [DownstreamReprocessing.GeometricChip]. */
  chip: GeometricChip | null;
}

/**
 * Reads a SIDD document (NGA.STND.0025-1, versions 1.0, 2.0 and 3.0, which differ in the namespaces but
 * not in the names of what is used here).
 *
 * Throws a SensorModelError that names the path of what is missing or wrong.
 */
export function readSiddMetadata(xml: string): SiddMetadata {
  const sidd = parseXmlRoot(xml, 'SIDD');
  const measurement = sidd.at('Measurement');
  const { element, projection } = readProjection(measurement);
  const sensorPosition = measurement.find('ARPPoly');
  const chip = sidd.find('DownstreamReprocessing/GeometricChip');
  return {
    size: readPositiveRowColumn(measurement.at('PixelFootprint')),
    referencePoint: readVector(element.at('ReferencePoint/ECEF')),
    referencePixel: readRowColumn(element.at('ReferencePoint/Point')),
    projection,
    sensorPosition: sensorPosition === null ? null : readVectorPolynomial(sensorPosition),
    chip: chip === null ? null : readChip(chip),
  };
}

function readProjection(measurement: XmlElement): { element: XmlElement; projection: SiddProjection } {
  for (const [type, read] of Object.entries(PROJECTION_READERS)) {
    const element = measurement.find(type);
    if (element !== null) return { element, projection: read(element) };
  }
  throw new SensorModelError(`missing ${measurement.path}/${Object.keys(PROJECTION_READERS).join(' or ')}`);
}

const PROJECTION_READERS: Record<SiddProjection['type'], (element: XmlElement) => SiddProjection> = {
  PlaneProjection: (element) => ({
    type: 'PlaneProjection',
    rowDirection: readUnitVector(element.at('ProductPlane/RowUnitVector')),
    columnDirection: readUnitVector(element.at('ProductPlane/ColUnitVector')),
    ...readSampling(element),
  }),
  GeographicProjection: (element) => ({ type: 'GeographicProjection', ...readSampling(element) }),
  CylindricalProjection: (element) => {
    const radius = element.find('CurvatureRadius');
    return {
      type: 'CylindricalProjection',
      stripDirection: readVector(element.at('StripmapDirection')),
      curvatureRadiusMetres: radius === null ? null : readPositive(radius),
      ...readSampling(element),
    };
  },
  PolynomialProjection: (element) => ({
    type: 'PolynomialProjection',
    latitude: readPolynomial2D(element.at('RowColToLat')),
    longitude: readPolynomial2D(element.at('RowColToLon')),
    row: readPolynomial2D(element.at('LatLonToRow')),
    column: readPolynomial2D(element.at('LatLonToCol')),
  }),
};

function readSampling(element: XmlElement): { spacing: RowColumn; apertureTime: Polynomial2D | null } {
  const apertureTime = element.find('TimeCOAPoly');
  return {
    spacing: readPositiveRowColumn(element.at('SampleSpacing')),
    apertureTime: apertureTime === null ? null : readPolynomial2D(apertureTime),
  };
}

function readChip(element: XmlElement): GeometricChip {
  return {
    size: readPositiveRowColumn(element.at('ChipSize')),
    upperLeft: readRowColumn(element.at('OriginalUpperLeftCoordinate')),
    upperRight: readRowColumn(element.at('OriginalUpperRightCoordinate')),
    lowerLeft: readRowColumn(element.at('OriginalLowerLeftCoordinate')),
    lowerRight: readRowColumn(element.at('OriginalLowerRightCoordinate')),
  };
}
