/**
 * Sample content is made in *tones*, 0 to 255; a pixel scale turns tones into
 * the values of one kind of raster band.
 */
interface PixelScale {
  /** GDAL's name of the band's data type. */
  readonly dataType: SampleDataType;
  readonly arrayType: new (length: number) => SamplePixels;
  /** The band value of a tone; monotonic, so the darkest tone gives the smallest value. */
  readonly fromTone: (tone: number) => number;
}

export type SampleDataType = 'Byte' | 'UInt16' | 'Int16' | 'Float32' | 'CFloat32';
export type SamplePixels = Uint8Array | Uint16Array | Int16Array | Float32Array;

export const PIXEL_SCALES = {
  byte: { dataType: 'Byte', arrayType: Uint8Array, fromTone: (tone) => Math.floor(tone) },
  /** As a 13-bit sensor fills it: 0 to 6,120. */
  uint16: { dataType: 'UInt16', arrayType: Uint16Array, fromTone: (tone) => Math.floor(tone * 24) },
  /** As elevations: −6,400 to 6,350. */
  int16: { dataType: 'Int16', arrayType: Int16Array, fromTone: (tone) => Math.floor((tone - 128) * 50) },
  /** As reflectance, 0 to 1; a whole tone is a float without rounding. */
  float32: { dataType: 'Float32', arrayType: Float32Array, fromTone: (tone) => tone / 256 },
  /** Real parts only. */
  complex: { dataType: 'CFloat32', arrayType: Float32Array, fromTone: (tone) => tone / 256 },
  /** Indices into a colour table of 16 entries. */
  palette16: { dataType: 'Byte', arrayType: Uint8Array, fromTone: (tone) => Math.floor(tone / 16) },
  bit: { dataType: 'Byte', arrayType: Uint8Array, fromTone: (tone) => (tone < 128 ? 0 : 1) },
} as const satisfies Record<string, PixelScale>;

export type PixelScaleName = keyof typeof PIXEL_SCALES;

export function pixelScale(name: PixelScaleName): PixelScale {
  return PIXEL_SCALES[name];
}
