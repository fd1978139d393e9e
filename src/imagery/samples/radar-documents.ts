import { cornersOf, type Georeference } from './georeferences.js';

/**
 * SICD and SIDD documents of a radar image that can be placed by hand: its pixels lie on the plane that touches the
 * ellipsoid on the equator at 30 degrees east, rows to the south and columns to the east. Within 250 m of that point the plane
 * is less than 5 mm above the ellipsoid, and what is seen there, from the east and 39 degrees above the horizon, is displaced
 * by as little.
 */
const LONGITUDE = 30;
const EQUATOR_RADIUS_METRES = 6_378_137;
/** Of curvature, along the meridian at the equator: a·(1 − e²) on WGS 84. */
const MERIDIAN_RADIUS_METRES = 6_335_439.327;
const SPACING = { row: 1, column: 1.25 };
const REFERENCE_PIXEL = { row: 120, column: 160 };
const SENSOR = { upMetres: 400_000, eastMetres: 500_000, northMetresPerSecond: 7500 };

export const RADAR_SIZE = [320, 240] as const;
export const RADAR_COLLECTED = '2024-02-29T06:07:08.000Z';
export const RADAR_INCIDENCE_DEGREES = 51.34;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const up = { x: Math.cos(radians(LONGITUDE)), y: Math.sin(radians(LONGITUDE)) };
const east = { x: -up.y, y: up.x };

/** Set apart from pixels and dataset, since the document is added to the finished file. */
export const radarGeoreference: Georeference = {
  apply: () => undefined,
  truth: (width, height) => ({
    kind: 'record',
    heightMetres: 0,
    corners: cornersOf(width, height, (x, y) => {
      // Whole numbers are the centres of pixels.
      const [south, toEast] = [(y - 0.5 - REFERENCE_PIXEL.row) * SPACING.row, (x - 0.5 - REFERENCE_PIXEL.column) * SPACING.column];
      return [LONGITUDE + toEast / radians(EQUATOR_RADIUS_METRES), -south / radians(MERIDIAN_RADIUS_METRES)];
    }),
  }),
};

const vector = (x: number, y: number, z: number, prefix = ''): string =>
  [['X', x], ['Y', y], ['Z', z]].map(([axis, value]) => `<${prefix}${axis ?? ''}>${value ?? ''}</${prefix}${axis ?? ''}>`).join('');
const rowColumn = (row: number, column: number, prefix = ''): string => `<${prefix}Row>${row}</${prefix}Row><${prefix}Col>${column}</${prefix}Col>`;
const scene = (prefix = ''): string => vector(EQUATOR_RADIUS_METRES * up.x, EQUATOR_RADIUS_METRES * up.y, 0, prefix);
const southward = (prefix = ''): string => vector(0, 0, -1, prefix);
const eastward = (prefix = ''): string => vector(east.x, east.y, 0, prefix);

/** Of the sensor, in metres over seconds: straight to the north. */
function orbit(prefix = ''): string {
  const at = (axis: 'x' | 'y'): number => (EQUATOR_RADIUS_METRES + SENSOR.upMetres) * up[axis] + SENSOR.eastMetres * east[axis];
  const polynomial = (axis: string, start: number, speed: number): string =>
    `<${prefix}${axis} order1="1"><${prefix}Coef exponent1="0">${start}</${prefix}Coef><${prefix}Coef exponent1="1">${speed}</${prefix}Coef></${prefix}${axis}>`;
  return polynomial('X', at('x'), 0) + polynomial('Y', at('y'), 0) + polynomial('Z', 0, SENSOR.northMetresPerSecond);
}

const atOnce = (prefix = ''): string => `<TimeCOAPoly order1="0" order2="0"><${prefix}Coef exponent1="0" exponent2="0">0</${prefix}Coef></TimeCOAPoly>`;

/** NGA.STND.0024-1, as far as an image's geometry needs it. */
export function sicdDocument(): string {
  const [columns, rows] = RADAR_SIZE;
  return [
    '<?xml version="1.0" encoding="UTF-8"?><SICD xmlns="urn:SICD:1.2.1">',
    '<CollectionInfo><CollectorName>SAMPLE</CollectorName><CollectType>MONOSTATIC</CollectType></CollectionInfo>',
    `<ImageData><NumRows>${rows}</NumRows><NumCols>${columns}</NumCols><FirstRow>0</FirstRow><FirstCol>0</FirstCol><SCPPixel>${rowColumn(REFERENCE_PIXEL.row, REFERENCE_PIXEL.column)}</SCPPixel></ImageData>`,
    `<GeoData><SCP><ECF>${scene()}</ECF></SCP></GeoData>`,
    `<Grid><ImagePlane>GROUND</ImagePlane><Type>PLANE</Type>${atOnce()}`,
    `<Row><UVectECF>${southward()}</UVectECF><SS>${SPACING.row}</SS></Row><Col><UVectECF>${eastward()}</UVectECF><SS>${SPACING.column}</SS></Col></Grid>`,
    `<Timeline><CollectStart>${RADAR_COLLECTED}</CollectStart></Timeline>`,
    `<Position><ARPPoly>${orbit()}</ARPPoly></Position>`,
    `<SCPCOA><SideOfTrack>L</SideOfTrack><IncidenceAng>${RADAR_INCIDENCE_DEGREES}</IncidenceAng></SCPCOA></SICD>`,
  ].join('\n');
}

/** NGA.STND.0025-1, as far as a product's geometry needs it. */
export function siddDocument(): string {
  const [columns, rows] = RADAR_SIZE;
  return [
    '<SIDD xmlns="urn:SIDD:2.0.0" xmlns:si="urn:SICommon:1.0">',
    `<Measurement><PlaneProjection><ReferencePoint><si:ECEF>${scene('si:')}</si:ECEF><si:Point>${rowColumn(REFERENCE_PIXEL.row, REFERENCE_PIXEL.column, 'si:')}</si:Point></ReferencePoint>`,
    `<SampleSpacing>${rowColumn(SPACING.row, SPACING.column, 'si:')}</SampleSpacing>${atOnce('si:')}`,
    `<ProductPlane><RowUnitVector>${southward('si:')}</RowUnitVector><ColUnitVector>${eastward('si:')}</ColUnitVector></ProductPlane></PlaneProjection>`,
    `<PixelFootprint>${rowColumn(rows, columns, 'si:')}</PixelFootprint><ARPPoly>${orbit('si:')}</ARPPoly></Measurement>`,
    `<ExploitationFeatures><Collection><Information><CollectionDateTime>${RADAR_COLLECTED}</CollectionDateTime></Information><Geometry><Graze>${90 - RADAR_INCIDENCE_DEGREES}</Graze></Geometry></Collection></ExploitationFeatures>`,
    '</SIDD>',
  ].join('\n');
}
