import { cornersOf, type Georeference } from './georeferences.js';
import { groundOf, rationalPolynomials } from './rational-polynomials.js';
import type { LonLat } from './recipe.js';
import { replacementSensorModel, RSM_HEIGHT_METRES, rsmGroundOf } from './replacement-sensor-model.js';

/** Records (TREs) of NITF files that place the image, each with where it then lies by hand. */

const CORNERS = { upperLeft: [23.65, 38.01], upperRight: [23.7123, 38.0049], lowerLeft: [23.6512, 37.96], lowerRight: [23.7101, 37.9603] } as const;

/** CSCRNA (STDI-0002 Volume 1, Appendix D): latitude, longitude and height of each corner, clockwise. */
export const cornerRecord: Georeference = {
  apply(_gdal, dataset) {
    const fixed = (value: number, digits: number, decimals: number): string =>
      (value < 0 ? '-' : '+') + Math.abs(value).toFixed(decimals).padStart(digits + decimals + 1, '0');
    const corner = ([longitude, latitude]: LonLat): string => fixed(latitude, 2, 5) + fixed(longitude, 3, 5) + fixed(0, 5, 1);
    const { upperLeft, upperRight, lowerRight, lowerLeft } = CORNERS;
    dataset.setMetadata({ CSCRNA: `N${[upperLeft, upperRight, lowerRight, lowerLeft].map(corner).join('')}` }, 'TRE');
  },
  truth: () => ({ kind: 'record', corners: CORNERS, heightMetres: 0 }),
};

export const rsmRecords: Georeference = {
  apply(_gdal, dataset) {
    dataset.setMetadata(replacementSensorModel(dataset.rasterSize.x, dataset.rasterSize.y), 'TRE');
  },
  truth: (width, height) => ({ kind: 'record', corners: cornersOf(width, height, rsmGroundOf), heightMetres: RSM_HEIGHT_METRES }),
};

/** Where the chip's first pixel begins in the full image, and how many pixels of that one of its own cover. */
const CHIP = { column: 40, row: 30, scale: 0.5 };

/** A chip of the image that the samples' RPCs are for, twice enlarged, with an ICHIPB record (STDI-0002 Volume 1, Appendix B). */
export const chipRecord: Georeference = {
  apply(gdal, dataset) {
    const { x: width, y: height } = dataset.rasterSize;
    const number = (value: number): string => value.toFixed(3).padStart(12, '0');
    const [columns, rows] = [[0.5, width - 0.5], [0.5, height - 0.5]] as const;
    const chip = rows.flatMap((row) => columns.map((column) => number(row) + number(column)));
    const full = rows.flatMap((row) => columns.map((column) => number(CHIP.row + CHIP.scale * row) + number(CHIP.column + CHIP.scale * column)));
    rationalPolynomials.apply(gdal, dataset);
    dataset.setMetadata({ ICHIPB: ['00', '0000.50000', '00', '00', ...chip, ...full, '00000240', '00000320'].join('') }, 'TRE');
  },
  truth: (width, height) => ({
    kind: 'record',
    corners: cornersOf(width, height, (x, y) => groundOf(CHIP.column + CHIP.scale * x, CHIP.row + CHIP.scale * y)),
    heightMetres: rationalPolynomials.truth(width, height)?.heightMetres ?? NaN,
  }),
};
