import type gdal from 'gdal-async';
import { unreadable } from './read-errors.js';

/** Part of a band, in pixels from its upper left corner. */
export interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixel values row by row, and 0 where they hold no data (null when all hold some). */
export interface Pixels {
  values: Uint8Array | Int16Array | Uint16Array | Float64Array;
  valid: Uint8Array | null;
}

/** A band as real numbers: its values, or the magnitudes of complex ones. */
export interface BandReader {
  readonly width: number;
  readonly height: number;
  /** Rows of one block, the fewest that are read without reading pixels twice. */
  readonly blockRows: number;
  /** The whole numbers that its values can be, when those are few; null for wider types. */
  readonly wholeNumbers: { readonly first: number; readonly count: number } | null;
  readonly isByte: boolean;
  /**
   * @param size of the result in pixels, when it is not the window's; resampled from the nearest overview.
   * @throws ViewpointError `image_corrupt` when the pixels cannot be read.
   */
  read(window: Window, size?: Size): Promise<Pixels>;
}

export interface Size {
  width: number;
  height: number;
  resampling: 'NearestNeighbour' | 'Average';
}

/** GMF_ALL_VALID of GDAL's mask flags. */
const ALL_VALID = 1;
const WHOLE_NUMBERS: Record<string, BandReader['wholeNumbers']> = {
  Byte: { first: 0, count: 256 },
  Int8: { first: -128, count: 256 },
  UInt16: { first: 0, count: 65_536 },
  Int16: { first: -32_768, count: 65_536 },
};
/** Types that are read as they are; others are read as the narrowest of these that holds them. */
const READ_AS: Record<string, string> = { Byte: 'Byte', Int8: 'Int16', UInt16: 'UInt16', Int16: 'Int16' };

/**
 * Reads a band of real numbers, with its mask where it has one (nodata value, mask band, alpha).
 * @param inFull the band at full resolution when `band` is an overview of it, whose mask serves where the overview has none.
 */
export function createBandReader(band: gdal.RasterBand, inFull: gdal.RasterBand = band): BandReader {
  const { x: width, y: height } = band.size;
  const type = band.dataType ?? 'Unknown';
  const isSigned = isSignedByte(inFull);
  const readMask = maskReader(band) ?? maskReader(inFull, { width, height });
  return {
    width,
    height,
    blockRows: Math.max(1, Math.min(height, band.blockSize.y)),
    wholeNumbers: WHOLE_NUMBERS[isSigned ? 'Int8' : type] ?? null,
    isByte: type === 'Byte' && !isSigned,
    async read(window, size) {
      const values = await readPixels<Pixels['values']>(band, window, READ_AS[type] ?? 'Float64', size);
      const valid = readMask === null ? null : await readMask(window, size);
      return { values: isSigned ? Int16Array.from(values, (value) => (value << 24) >> 24) : values, valid };
    },
  };
}

/**
 * Reads the mask of a band; null when all of it is valid.
 * @param reduced size of the overview that the windows are in, when it is not the band itself.
 */
function maskReader(band: gdal.RasterBand, reduced?: { width: number; height: number }): ((window: Window, size?: Size) => Promise<Uint8Array>) | null {
  const mask = (band.getMaskFlags() & ALL_VALID) === 0 ? band.getMaskBand() : null;
  if (mask === null) return null;
  const { x: width, y: height } = band.size;
  return (window, size) => {
    const { width: columns, height: rows } = size ?? window;
    const read = (from: Window) => readPixels<Uint8Array>(mask, from, 'Byte', { width: columns, height: rows, resampling: 'NearestNeighbour' });
    if (reduced === undefined) return read(window);
    const [x, y] = [Math.floor((window.x * width) / reduced.width), Math.floor((window.y * height) / reduced.height)];
    const right = Math.ceil(((window.x + window.width) * width) / reduced.width);
    const bottom = Math.ceil(((window.y + window.height) * height) / reduced.height);
    return read({ x, y, width: Math.min(width, right) - x, height: Math.min(height, bottom) - y });
  };
}

/**
 * Reads the magnitudes of a complex band, whose parts are bands of their own.
 * @param noDataValue real part, beside an imaginary part of the same or of 0, of pixels that hold no data.
 */
export function createMagnitudeReader(real: gdal.RasterBand, imaginary: gdal.RasterBand, noDataValue: number | null): BandReader {
  const { x: width, y: height } = real.size;
  return {
    width,
    height,
    blockRows: Math.max(1, Math.min(height, real.blockSize.y)),
    wholeNumbers: null,
    isByte: false,
    async read(window, size) {
      const values = await readPixels<Float64Array>(real, window, 'Float64', size);
      const others = await readPixels<Float64Array>(imaginary, window, 'Float64', size);
      for (let i = 0; i < values.length; i++) {
        const [re = Number.NaN, im = Number.NaN] = [values[i], others[i]];
        values[i] = re === noDataValue && (im === 0 || im === noDataValue) ? Number.NaN : Math.sqrt(re * re + im * im);
      }
      return { values, valid: null };
    },
  };
}

/** The strips of full rows that cover a band, a whole number of blocks high and of about so many pixels each. */
export function* stripsOf({ width, height, blockRows }: Pick<BandReader, 'width' | 'height' | 'blockRows'>, pixels: number): Generator<Window> {
  const rows = Math.max(1, Math.floor(pixels / (width * blockRows))) * blockRows;
  for (let y = 0; y < height; y += rows) yield { x: 0, y, width, height: Math.min(rows, height - y) };
}

/** GDAL before 3.7 has no type for signed bytes and says so beside. */
function isSignedByte(band: gdal.RasterBand): boolean {
  return (band.getMetadata('IMAGE_STRUCTURE') as Record<string, string>).PIXELTYPE === 'SIGNEDBYTE';
}

async function readPixels<Values extends Pixels['values']>(band: gdal.RasterBand, { x, y, width, height }: Window, type: string, size: Size | undefined): Promise<Values> {
  const scaling = size === undefined ? {} : { buffer_width: size.width, buffer_height: size.height, resampling: size.resampling };
  try {
    return (await band.pixels.readAsync(x, y, width, height, undefined, { type, ...scaling })) as unknown as Values;
  } catch (error) {
    throw unreadable('The pixels of the image cannot be read', error);
  }
}
