import type gdal from 'gdal-async';
import { toBytes, type PixelRange } from '../../domain/range-adjustment.js';
import type { BandReader, Size, Window } from './band-reader.js';
import type { DisplayBands } from './display-bands.js';

/** An 8-bit picture: grey, grey and alpha, RGB or RGBA. */
export interface Picture {
  width: number;
  height: number;
  bands: Uint8Array[];
}

export interface PictureRequest {
  shown: DisplayBands;
  /** By band, starting with band 1. */
  readers: readonly BandReader[];
  window: Window;
  /** Size of the picture, when it is not the window's. */
  size?: { width: number; height: number };
  /** What becomes black and white, by band number; values stay as they are where there is no range. */
  ranges: ReadonlyMap<number, PixelRange>;
  /** Makes pixels without data transparent. */
  transparency: boolean;
}

/**
 * Draws part of an image.
 * @throws ViewpointError `image_corrupt` when its pixels cannot be read.
 */
export async function drawPicture(dataset: gdal.Dataset, { shown, readers, window, size, ranges, transparency }: PictureRequest): Promise<Picture> {
  const { width, height } = size ?? window;
  // Indices into a colour table have no mean.
  const scaled: Size | undefined = size && { ...size, resampling: shown.kind === 'palette' ? 'NearestNeighbour' : 'Average' };
  const readerOf = (bandNumber: number): BandReader => {
    const reader = readers[bandNumber - 1];
    if (reader === undefined) throw new RangeError(`the image has no band ${bandNumber}`);
    return reader;
  };
  if (shown.kind === 'palette') {
    const { values, valid } = await readerOf(shown.index).read(window, scaled);
    const bands = paletteBands(dataset.bands.get(shown.index), values);
    return { width, height, bands: transparency && valid !== null ? withAlpha(bands, valid) : bands };
  }
  const bands: Uint8Array[] = [];
  let opaque: Uint8Array | null = null;
  let hidesPixels = false;
  for (const bandNumber of shown.colours) {
    const { values, valid: masked } = await readerOf(bandNumber).read(window, scaled);
    bands.push(toBytes(values, ranges.get(bandNumber) ?? null));
    const valid = transparency ? validity(values, masked) : null;
    hidesPixels ||= valid !== null;
    // A pixel shows when any of its bands has data.
    opaque = valid === null ? null : bands.length === 1 ? valid : opaque && either(opaque, valid);
  }
  if (shown.alpha !== null) return { width, height, bands: [...bands, toBytes((await readerOf(shown.alpha).read(window, scaled)).values, ranges.get(shown.alpha) ?? null)] };
  return { width, height, bands: hidesPixels && opaque !== null ? withAlpha(bands, opaque) : bands };
}

/** The colours that a colour table gives to its indices; with alpha when it makes any of them transparent. */
function paletteBands(band: gdal.RasterBand, indices: ArrayLike<number>): Uint8Array[] {
  const table = band.colorTable;
  const count = table?.count() ?? 0;
  const entries = Array.from({ length: count }, (_, index) => table?.get(index));
  const components = entries.some((entry) => entry !== undefined && entry.c4 < 255) ? (['c1', 'c2', 'c3', 'c4'] as const) : (['c1', 'c2', 'c3'] as const);
  return components.map((component) => {
    const colours = entries.map((entry) => entry?.[component] ?? 0);
    return Uint8Array.from(indices, (index) => colours[index] ?? 0);
  });
}

/** 0 where a pixel holds no data; null when all hold some. */
function validity(values: ArrayLike<number>, masked: Uint8Array | null): Uint8Array | null {
  if (!(values instanceof Float64Array)) return masked;
  let valid = masked;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) continue;
    valid ??= new Uint8Array(values.length).fill(255);
    valid[i] = 0;
  }
  return valid;
}

function either(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((value, index) => (value > 0 || (other[index] ?? 0) > 0 ? 255 : 0));
}

function withAlpha(bands: Uint8Array[], opaque: Uint8Array): Uint8Array[] {
  if (bands.length === 4) return bands;
  return [...bands, opaque.map((value) => (value > 0 ? 255 : 0))];
}
