import type { Rsmida, RsmFrame, RsmPoint } from '../../../../src/domain/sensor-models/rsm/rsmida.js';
import type { PowerPolynomial, Rsmpca } from '../../../../src/domain/sensor-models/rsm/rsmpca.js';
import { ellipsoidUp, geodeticToEcef } from '../../../../src/domain/sensor-models/geodetic.js';

/** RSMIDA and RSMPCA of i_6130a.ntf, a public sample of a rectangular ground domain from the makers of RSM. */
export const SAMPLE_IDA: Omit<Rsmida, 'imageIdentifier' | 'edition'> = {
  groundDomain: {
    form: 'rectangular',
    frame: {
      origin: { x: -2.42965895449297e6, y: -4.760498942933e6, z: 3.46898407315533e6 },
      xAxis: { x: 8.90233155120443e-1, y: -4.55502457571841e-1, z: -1.56226448294838e-3 },
      yAxis: { x: 2.50327118321895e-1, y: 4.86367706250322e-1, z: 8.37127701219746e-1 },
      zAxis: { x: -3.80553890213932e-1, y: -7.45629911861651e-1, z: 5.47005275276417e-1 },
    },
  },
  vertices: [
    { x: 3.60917770743581e1, y: -2.28824840001127e1, z: -9.99992874460703e2 },
    { x: 5.18884362473253e3, y: -2.87450036723962e1, z: -1.00211587769373e3 },
    { x: 3.79919348686812e1, y: 4.5973454826864e3, z: -1.00166489059808e3 },
    { x: 5.01402740997898e3, y: 4.85440104533856e3, z: -1.00381011450997e3 },
    { x: -3.60920649717823e1, y: 2.28826665274178e1, z: 1.00000085119816e3 },
    { x: 1.88541350122103e3, y: 2.07081675817197e1, z: 9.99720731314608e2 },
    { x: -3.53972599523443e1, y: 1.7460154518629e3, z: 9.99761368681871e2 },
    { x: 1.81960288385246e3, y: 1.84110851608994e3, z: 9.99477441903243e2 },
  ],
  groundReferencePoint: null,
  minimumRow: 0,
  maximumRow: 9292,
  minimumColumn: 0,
  maximumColumn: 9122,
};

const firstPowers = (coefficients: number[]): PowerPolynomial => ({ maximumPowers: [1, 1, 1], coefficients });

export const SAMPLE_PCA: Rsmpca = {
  rowSection: 1,
  columnSection: 1,
  row: { offset: 4646, scale: 5599.2 },
  column: { offset: 4561, scale: 5497.2 },
  x: { offset: 2.65571142640788e3, scale: 3.11793659470231e3 },
  y: { offset: 2.40732324869712e3, scale: 2.96084811268529e3 },
  z: { offset: -2.33161661728923, scale: 1.0023314880822e3 },
  rowNumerator: firstPowers([4.63481151803541e-1, 1.47720153582094, 2.45032267644299e-2, 0, 3.89362443002779e-1, 0, 0, 0]),
  rowDenominator: firstPowers([1, 5.02862720499332e-2, -3.02226608403966e-2, 0, -4.48001662401358e-1, 0, 0, 0]),
  columnNumerator: firstPowers([3.66773732052461e-1, -3.99759610583925e-2, 1.49479106149881, 0, 3.60340008196375e-1, 0, 0, 0]),
  columnDenominator: firstPowers([1, 5.0286272049834e-2, -3.02226608402894e-2, 0, -4.48001662401429e-1, 0, 0, 0]),
};

/** Row, column, height, latitude, longitude: the test points that were published with the sample. */
export const SAMPLE_POINTS: readonly (readonly [number, number, number, number, number])[] = [
  [0, 0, -500, 33.1616263666, -117.0386236785],
  [1024, 0, -500, 33.1616140061, -117.0337581906],
  [5120, 4096, -500, 33.1780771868, -117.0140205142],
  [9216, 8192, -500, 33.1948596339, -116.993885882],
  [0, 0, 0, 33.1617298457, -117.0388169203],
  [1024, 0, 0, 33.1617198102, -117.0348583317],
  [2048, 1024, 0, 33.1650454017, -117.0308724867],
  [5120, 4096, 0, 33.1751141114, -117.018801338],
  [8192, 7168, 0, 33.1853273233, -117.0065516833],
  [0, 0, 500, 33.1618333074, -117.0390101313],
  [3072, 2048, 500, 33.1669649301, -117.0297985094],
  [9216, 8192, 500, 33.1826735607, -117.0109625121],
];

/** A geodetic domain over an image of 8000 rows and 6000 columns; angles in degrees. */
export interface DomainBox {
  west: number;
  east: number;
  south: number;
  north: number;
  lowest: number;
  highest: number;
}

const RADIANS = Math.PI / 180;

export function boxVertices({ west, east, south, north, lowest, highest }: DomainBox): RsmPoint[] {
  return [lowest, highest].flatMap((z) =>
    [south, north].flatMap((y) => [west, east].map((x) => ({ x: x * RADIANS, y: y * RADIANS, z }))),
  );
}

export function geodeticIda(box: DomainBox, size: { rows: number; columns: number }): Omit<Rsmida, 'imageIdentifier' | 'edition'> {
  return {
    groundDomain: { form: 'geodetic' },
    vertices: boxVertices(box),
    groundReferencePoint: null,
    minimumRow: 0,
    maximumRow: size.rows - 1,
    minimumColumn: 0,
    maximumColumn: size.columns - 1,
  };
}

/** A local frame with x to the east, y to the north and z up. */
export function localFrame(longitude: number, latitude: number): RsmFrame {
  const lambda = longitude * RADIANS;
  const up = ellipsoidUp(longitude, latitude);
  const east = { x: -Math.sin(lambda), y: Math.cos(lambda), z: 0 };
  return {
    origin: geodeticToEcef({ longitude, latitude, heightMetres: 0 }),
    xAxis: east,
    yAxis: { x: up.y * east.z - up.z * east.y, y: up.z * east.x - up.x * east.z, z: up.x * east.y - up.y * east.x },
    zAxis: up,
  };
}
