import type { EcefPoint } from '../../../../src/domain/sensor-models/geodetic.js';
import type { RowColumn } from '../../../../src/domain/sensor-models/sar/common-metadata.js';
import type { GeometricChip } from '../../../../src/domain/sensor-models/sar/chip.js';
import type { Polynomial, Polynomial2D, VectorPolynomial } from '../../../../src/domain/sensor-models/sar/polynomial.js';
import type { SicdMetadata } from '../../../../src/domain/sensor-models/sicd-metadata.js';
import type { SiddMetadata } from '../../../../src/domain/sensor-models/sidd-metadata.js';

/** Writes SICD and SIDD documents as products carry them, with the blocks around the geometry that a reader must skip. */

type Content = string | number | Content[];

function element(name: string, content: Content, attributes: Record<string, string | number> = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${written.join('')}>${Array.isArray(content) ? `\n${content.flat(20).join('\n')}\n` : content}</${name}>`;
}

/** Digits as writers print them: full precision, exponents for what is small or large. */
function digits(value: number): string {
  return Math.abs(value) > 1e6 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential() : String(value);
}

interface Names {
  /** Name of an element of the standard's own namespace. */
  own: (name: string) => string;
  /** Name of an element of the common types' namespace. */
  common: (name: string) => string;
}

function vector({ common }: Names, { x, y, z }: EcefPoint): string[] {
  return [element(common('X'), digits(x)), element(common('Y'), digits(y)), element(common('Z'), digits(z))];
}

function rowColumn({ common }: Names, { row, column }: RowColumn): string[] {
  return [element(common('Row'), digits(row)), element(common('Col'), digits(column))];
}

function polynomial({ common }: Names, name: string, coefficients: Polynomial): string {
  const children = coefficients.map((value, exponent1) => element(common('Coef'), digits(value), { exponent1 }));
  return element(name, children, { order1: coefficients.length - 1 });
}

function polynomial2D({ common }: Names, name: string, rows: Polynomial2D): string {
  const children = rows.map((row, exponent1) => row.map((value, exponent2) => element(common('Coef'), digits(value), { exponent1, exponent2 })));
  return element(name, children, { order1: rows.length - 1, order2: Math.max(...rows.map((row) => row.length)) - 1 });
}

function vectorPolynomial(names: Names, name: string, { x, y, z }: VectorPolynomial): string {
  return element(name, [polynomial(names, names.common('X'), x), polynomial(names, names.common('Y'), y), polynomial(names, names.common('Z'), z)]);
}

export interface SicdXmlOptions {
  version?: string;
  /** Namespace prefix of all elements; none by default. */
  prefix?: string;
  collectType?: string;
}

export function sicdXml(metadata: SicdMetadata, { version = '1.2.1', prefix = '', collectType = 'MONOSTATIC' }: SicdXmlOptions = {}): string {
  const own = (name: string): string => (prefix === '' ? name : `${prefix}:${name}`);
  const names: Names = { own, common: own };
  const { grid } = metadata;
  const direction = (name: string, unit: EcefPoint, spacing: number): string =>
    element(own(name), [element(own('UVectECF'), vector(names, unit)), element(own('SS'), digits(spacing)), element(own('ImpRespWid'), digits(spacing * 1.13)), element(own('Sgn'), -1)]);

  const blocks = [
    element(own('CollectionInfo'), [element(own('CollectorName'), 'Test &amp; Sons'), element(own('CollectType'), collectType)]),
    element(own('ImageData'), [
      element(own('PixelType'), 'RE32F_IM32F'),
      element(own('NumRows'), metadata.size.row),
      element(own('NumCols'), metadata.size.column),
      element(own('FirstRow'), metadata.firstPixel.row),
      element(own('FirstCol'), metadata.firstPixel.column),
      element(own('FullImage'), [element(own('NumRows'), 99999), element(own('NumCols'), 99999)]),
      element(own('SCPPixel'), rowColumn(names, metadata.sceneCentrePixel)),
    ]),
    element(own('GeoData'), [element(own('EarthModel'), 'WGS_84'), element(own('SCP'), [element(own('ECF'), vector(names, metadata.sceneCentre))])]),
    element(own('Grid'), [
      element(own('ImagePlane'), 'SLANT'),
      element(own('Type'), grid.type),
      polynomial2D(names, own('TimeCOAPoly'), metadata.apertureTime),
      direction('Row', metadata.rowDirection, metadata.spacingMetres.row),
      direction('Col', metadata.columnDirection, metadata.spacingMetres.column),
    ]),
    element(own('Position'), [vectorPolynomial(names, own('ARPPoly'), metadata.sensorPosition)]),
    element(own('SCPCOA'), [element(own('SideOfTrack'), metadata.look === 1 ? 'L' : 'R')]),
  ];
  if (grid.type === 'RGAZIM' && grid.algorithm === 'PFA') {
    blocks.push(element(own('PFA'), [polynomial(names, own('PolarAngPoly'), grid.polarAngle), polynomial(names, own('SpatialFreqSFPoly'), grid.spatialFrequencyScale)]));
  } else if (grid.type === 'RGAZIM') {
    blocks.push(element(own('RgAzComp'), [element(own('AzSF'), digits(grid.azimuthScalePerMetre))]));
  } else if (grid.type === 'RGZERO') {
    const inca = [
      polynomial(names, own('TimeCAPoly'), grid.closestApproachTime),
      element(own('R_CA_SCP'), digits(grid.closestApproachRangeMetres)),
      polynomial2D(names, own('DRateSFPoly'), grid.dopplerRateScale),
    ];
    blocks.push(element(own('RMA'), [element(own('ImageType'), 'INCA'), element(own('INCA'), inca)]));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(own('SICD'), blocks, { [prefix === '' ? 'xmlns' : `xmlns:${prefix}`]: `urn:SICD:${version}` })}\n`;
}

export function siddXml(metadata: SiddMetadata, version: '1.0.0' | '2.0.0' | '3.0.0' = '2.0.0'): string {
  const names: Names = { own: (name) => name, common: (name) => `si:${name}` };
  const { projection, sensorPosition, chip } = metadata;
  const content: Content[] = [
    element('ReferencePoint', [element('si:ECEF', vector(names, metadata.referencePoint)), element('si:Point', rowColumn(names, metadata.referencePixel))]),
  ];
  if (projection.type === 'PolynomialProjection') {
    content.push(
      polynomial2D(names, 'RowColToLat', projection.latitude),
      polynomial2D(names, 'RowColToLon', projection.longitude),
      polynomial2D(names, 'LatLonToRow', projection.row),
      polynomial2D(names, 'LatLonToCol', projection.column),
    );
  } else {
    content.push(element('SampleSpacing', rowColumn(names, projection.spacing)));
    if (projection.apertureTime !== null) content.push(polynomial2D(names, 'TimeCOAPoly', projection.apertureTime));
  }
  if (projection.type === 'PlaneProjection') {
    content.push(element('ProductPlane', [element('RowUnitVector', vector(names, projection.rowDirection)), element('ColUnitVector', vector(names, projection.columnDirection))]));
  } else if (projection.type === 'CylindricalProjection') {
    content.push(element('StripmapDirection', vector(names, projection.stripDirection)));
    if (projection.curvatureRadiusMetres !== null) content.push(element('CurvatureRadius', digits(projection.curvatureRadiusMetres)));
  }
  const measurement: Content[] = [element(projection.type, content), element('PixelFootprint', rowColumn(names, metadata.size))];
  if (sensorPosition !== null) measurement.push(vectorPolynomial(names, 'ARPPoly', sensorPosition));

  const blocks: Content[] = [
    element('ProductCreation', [element('ProductName', 'test'), element('Classification', '', { 'ism:classification': 'U' })]),
    element('Display', [element('PixelType', 'MONO8I')]),
    element('Measurement', measurement),
  ];
  if (chip !== null) blocks.push(element('DownstreamReprocessing', [geometricChip(names, chip)]));
  const common = version === '1.0.0' ? '0.1' : '1.0';
  return element('SIDD', blocks, { xmlns: `urn:SIDD:${version}`, 'xmlns:si': `urn:SICommon:${common}`, 'xmlns:ism': 'urn:us:gov:ic:ism:13' });
}

function geometricChip(names: Names, chip: GeometricChip): string {
  return element('GeometricChip', [
    element('ChipSize', rowColumn(names, chip.size)),
    element('OriginalUpperLeftCoordinate', rowColumn(names, chip.upperLeft)),
    element('OriginalUpperRightCoordinate', rowColumn(names, chip.upperRight)),
    element('OriginalLowerLeftCoordinate', rowColumn(names, chip.lowerLeft)),
    element('OriginalLowerRightCoordinate', rowColumn(names, chip.lowerRight)),
  ]);
}
