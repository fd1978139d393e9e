import { SensorModelError } from './errors.js';
import { solveNewton } from './newton.js';
import type { ImagePoint, SensorModel } from './sensor-model.js';
import { readTreFields, type TreFields } from './tre-fields.js';

/** Four places in an image: row and column 1 or 2 of the 2 × 2 grid of ICHIPB's "intelligent" corner pixels. */
export interface ChipCorners {
  upperLeft: ImagePoint;
  upperRight: ImagePoint;
  lowerLeft: ImagePoint;
  lowerRight: ImagePoint;
}

export interface Ichipb {
  /** The same four places in the chip and in the full image; null when the TRE gives none. */
  transform: { chip: ChipCorners; fullImage: ChipCorners } | null;
  /** Size of the full image in pixels; null when not given. */
  fullImageSize: { width: number; height: number } | null;
}

/**
 * Parses the ICHIPB TRE, 224 characters (STDI-0002 Volume 1, Appendix B, ICHIPB). Its rows and
 * columns count as an ImagePoint does: the centre of the upper-left pixel is (0.5, 0.5).
 * XFRM_FLAG 01 says that the transform fields hold no data.
 * @throws TreFormatError
 */
export function parseIchipb(text: string): Ichipb {
  const fields = readTreFields('ICHIPB', text);
  const hasTransform = fields.integer('XFRM_FLAG', 2, 0, 1) === 0;
  if (!hasTransform) return { transform: null, fullImageSize: null };
  fields.skip('SCALE_FACTOR', 10);
  fields.skip('ANAMRPH_CORR', 2);
  fields.skip('SCANBLK_NUM', 2);
  const chip = readCorners(fields, 'OP');
  const fullImage = readCorners(fields, 'FI');
  const height = fields.optionalInteger('FI_ROW', 8) ?? 0;
  const width = fields.optionalInteger('FI_COL', 8) ?? 0;
  // The specification has zeros for a size that is not known.
  return { transform: { chip, fullImage }, fullImageSize: width > 0 && height > 0 ? { width, height } : null };
}

/**
 * The model of a chip, given that of the full image it was cut from: positions are interpolated
 * bilinearly between the four places of the ICHIPB TRE. Null when the TRE gives no transform, for
 * then nothing says where in the full image the chip lies.
 * @throws SensorModelError when the places do not span an area.
 */
export function createChippedModel(fullImageModel: SensorModel, { transform }: Ichipb): SensorModel | null {
  if (transform === null) return null;
  const chip = createBilinearPatch(transform.chip);
  const fullImage = createBilinearPatch(transform.fullImage);
  return {
    name: fullImageModel.name,
    precision: fullImageModel.precision,
    referenceHeightMetres: fullImageModel.referenceHeightMetres,
    imageToWorld(point, heightMetres) {
      const place = chip.locate(point);
      return place === null ? null : fullImageModel.imageToWorld(fullImage.at(place), heightMetres);
    },
    worldToImage(ground) {
      const inFullImage = fullImageModel.worldToImage(ground);
      const place = inFullImage === null ? null : fullImage.locate(inFullImage);
      return place === null ? null : chip.at(place);
    },
  };
}

interface BilinearPatch {
  /** The point at the fractions x along the rows and y down the columns, 0 and 1 being the corners. */
  at: (fractions: ImagePoint) => ImagePoint;
  locate: (point: ImagePoint) => ImagePoint | null;
}

function createBilinearPatch({ upperLeft, upperRight, lowerLeft, lowerRight }: ChipCorners): BilinearPatch {
  const along = { x: upperRight.x - upperLeft.x, y: upperRight.y - upperLeft.y };
  const down = { x: lowerLeft.x - upperLeft.x, y: lowerLeft.y - upperLeft.y };
  const twist = {
    x: lowerRight.x - upperRight.x - down.x,
    y: lowerRight.y - upperRight.y - down.y,
  };
  const area = along.x * down.y - down.x * along.y;
  if (!(Math.abs(area) > 1e-9)) throw new SensorModelError("ICHIPB's corners do not span an area.");

  const at = ({ x, y }: ImagePoint): ImagePoint => ({
    x: upperLeft.x + x * along.x + y * down.x + x * y * twist.x,
    y: upperLeft.y + x * along.y + y * down.y + x * y * twist.y,
  });

  function locate(point: ImagePoint): ImagePoint | null {
    const dx = point.x - upperLeft.x;
    const dy = point.y - upperLeft.y;
    // Without twist, as in nearly every chip, this is the answer; with it, the first guess.
    const guess = { x: (dx * down.y - dy * down.x) / area, y: (dy * along.x - dx * along.y) / area };
    if (twist.x === 0 && twist.y === 0) return guess;
    const solution = solveNewton({
      residual(x, y) {
        const reached = at({ x, y });
        return [reached.x - point.x, reached.y - point.y];
      },
      start: [guess.x, guess.y],
      tolerancePixels: 1e-6,
    });
    return solution === null ? null : { x: solution[0], y: solution[1] };
  }

  return { at, locate };
}

function readCorners(fields: TreFields, prefix: 'OP' | 'FI'): ChipCorners {
  const corner = (index: string): ImagePoint => {
    const y = fields.real(`${prefix}_ROW_${index}`, 12);
    const x = fields.real(`${prefix}_COL_${index}`, 12);
    return { x, y };
  };
  const upperLeft = corner('11');
  const upperRight = corner('12');
  const lowerLeft = corner('21');
  const lowerRight = corner('22');
  return { upperLeft, upperRight, lowerLeft, lowerRight };
}
