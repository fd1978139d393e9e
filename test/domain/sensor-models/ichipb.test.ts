import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAffineModel } from '../../../src/domain/sensor-models/affine.js';
import { SensorModelError, TreFormatError } from '../../../src/domain/sensor-models/errors.js';
import { createChippedModel, parseIchipb, type ChipCorners, type Ichipb } from '../../../src/domain/sensor-models/ichipb.js';
import type { ImagePoint, SensorModel } from '../../../src/domain/sensor-models/sensor-model.js';
import { assertGroundPoint, assertImagePoint, assertRoundTrips, placesOver } from './assertions.js';
import { digits } from './tre-text.js';

const position12 = (value: number): string => value.toFixed(3).padStart(12, '0');
const inOrder = ({ upperLeft, upperRight, lowerLeft, lowerRight }: ChipCorners): ImagePoint[] => [upperLeft, upperRight, lowerLeft, lowerRight];
const positions = (corners: ChipCorners): string => inOrder(corners).map(({ x, y }) => position12(y) + position12(x)).join('');

function tre(chip: ChipCorners, fullImage: ChipCorners, size = { width: 28900, height: 26464 }): string {
  // XFRM_FLAG 00, SCALE_FACTOR 0001.00000, ANAMRPH_CORR 00, SCANBLK_NUM 00.
  return `000001.000000000${positions(chip)}${positions(fullImage)}${digits(size.height, 8)}${digits(size.width, 8)}`;
}

function box(left: number, top: number, right: number, bottom: number): ChipCorners {
  return {
    upperLeft: { x: left, y: top },
    upperRight: { x: right, y: top },
    lowerLeft: { x: left, y: bottom },
    lowerRight: { x: right, y: bottom },
  };
}

/** A full image whose columns and rows are hundredths of degrees east and south. */
const fullImage: SensorModel = createAffineModel({
  geotransform: [0, 0.01, 0, 0, 0, -0.01],
  toWgs84: (longitude, latitude) => ({ longitude, latitude }),
  fromWgs84: (x, y) => ({ x, y }),
});

function chipped(ichipb: Ichipb, full = fullImage): SensorModel {
  const model = createChippedModel(full, ichipb);
  assert.ok(model !== null);
  return model;
}

// The TRE of NITF_DES_POS_01, a public test image of the JITC: 512 × 512 pixels of a larger image.
const JITC = tre(box(0.5, 0.5, 511.5, 511.5), box(14336.5, 14336.5, 14847.5, 14847.5));

test('ICHIPB is parsed to the corners of the chip in both images and the size of the full one', () => {
  assert.equal(JITC.length, 224);
  assert.deepEqual(parseIchipb(JITC), {
    transform: { chip: box(0.5, 0.5, 511.5, 511.5), fullImage: box(14336.5, 14336.5, 14847.5, 14847.5) },
    fullImageSize: { width: 28900, height: 26464 },
  });
});

test('the outer corner of a chip is the outer corner of its first pixel in the full image', () => {
  const model = chipped(parseIchipb(JITC));
  assertGroundPoint(model.imageToWorld({ x: 0, y: 0 }, 12), { longitude: 143.36, latitude: -143.36, heightMetres: 12 }, 1e-9);
  assertGroundPoint(model.imageToWorld({ x: 512, y: 512 }), { longitude: 148.48, latitude: -148.48, heightMetres: 0 }, 1e-9);
  assertImagePoint(model.worldToImage({ longitude: 143.36, latitude: -143.36, heightMetres: 0 }), { x: 0, y: 0 }, 1e-6);
  assert.equal(model.name, 'affine');
});

test('a chip that is enlarged twofold covers half as many pixels of the full image', () => {
  // Pixel centres: the first chip pixel lies in the upper-left quarter of a full-image pixel.
  const model = chipped(parseIchipb(tre(box(0.5, 0.5, 199.5, 99.5), box(1000.25, 500.25, 1099.75, 549.75))));
  assertGroundPoint(model.imageToWorld({ x: 0, y: 0 }), { longitude: 10, latitude: -5 }, 1e-9);
  assertGroundPoint(model.imageToWorld({ x: 200, y: 100 }), { longitude: 11, latitude: -5.5 }, 1e-9);
  assertRoundTrips(model, placesOver(200, 100), [0], 1e-6);
});

test('a chip that is turned by a quarter keeps its corners', () => {
  const turned: ChipCorners = {
    upperLeft: { x: 300, y: 100 },
    upperRight: { x: 300, y: 200 },
    lowerLeft: { x: 200, y: 100 },
    lowerRight: { x: 200, y: 200 },
  };
  const model = chipped(parseIchipb(tre(box(0, 0, 100, 100), turned)));
  assertGroundPoint(model.imageToWorld({ x: 0, y: 0 }), { longitude: 3, latitude: -1 }, 1e-9);
  assertGroundPoint(model.imageToWorld({ x: 25, y: 75 }), { longitude: 2.25, latitude: -1.25 }, 1e-9);
  assertRoundTrips(model, placesOver(100, 100), [0], 1e-6);
});

test('a warped chip meets its four corners, lies straight between them and maps back', () => {
  const shift = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(shift, shift, shift, shift, shift, shift, shift, shift), (shifts) => {
      const [a, b, c, d, e, f, g, h] = shifts;
      const corners: ChipCorners = {
        upperLeft: { x: 1000 + a, y: 1000 + b },
        upperRight: { x: 1100 + c, y: 1000 + d },
        lowerLeft: { x: 1000 + e, y: 1100 + f },
        lowerRight: { x: 1100 + g, y: 1100 + h },
      };
      const model = chipped({ transform: { chip: box(0.5, 0.5, 99.5, 99.5), fullImage: corners }, fullImageSize: null });
      const halfway = model.imageToWorld({ x: 50, y: 0.5 });
      const [left, right] = [corners.upperLeft, corners.upperRight];
      assertGroundPoint(halfway, { longitude: (left.x + right.x) / 200, latitude: -(left.y + right.y) / 200 }, 1e-9);
      assertRoundTrips(model, placesOver(100, 100, 5), [0], 1e-5);
    }),
  );
});

test('without transform data there is no model of the chip', () => {
  const withoutData = `01${'0'.repeat(222)}`;
  const parsed = parseIchipb(withoutData);
  assert.deepEqual(parsed, { transform: null, fullImageSize: null });
  assert.equal(createChippedModel(fullImage, parsed), null);
});

test('a place that the full image does not show is not shown by the chip either', () => {
  const blind: SensorModel = { ...fullImage, worldToImage: () => null, imageToWorld: () => null };
  const model = chipped(parseIchipb(JITC), blind);
  assert.equal(model.worldToImage({ longitude: 0, latitude: 0, heightMetres: 0 }), null);
  assert.equal(model.imageToWorld({ x: 1, y: 1 }), null);
});

test('a size of zeros means that the full image’s is not known', () => {
  assert.equal(parseIchipb(tre(box(0, 0, 1, 1), box(0, 0, 1, 1), { width: 0, height: 0 })).fullImageSize, null);
});

test('corners on one line and text that is no ICHIPB are refused', () => {
  const flat = parseIchipb(tre(box(0.5, 0.5, 511.5, 511.5), box(100, 100, 100, 200)));
  assert.throws(() => createChippedModel(fullImage, flat), SensorModelError);
  assert.throws(() => parseIchipb(JITC.slice(0, 200)), TreFormatError);
  assert.throws(() => parseIchipb(`02${JITC.slice(2)}`), /XFRM_FLAG: 2 is not between 0 and 1/);
  assert.throws(() => parseIchipb(JITC.replace('00014336.500', '0001433X.500')), /FI_ROW_11/);
});
