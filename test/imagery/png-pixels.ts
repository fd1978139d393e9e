import gdal from 'gdal-async';

export interface PngPixels {
  width: number;
  height: number;
  /** Samples of each band, row by row. */
  bands: number[][];
}

/** The pixels of a PNG file, as GDAL decodes it. */
export function pngPixels(png: Uint8Array): PngPixels {
  const path = `/vsimem/${performance.now()}.png`;
  gdal.vsimem.set(Buffer.from(png), path);
  const dataset = gdal.drivers.get('PNG').open(path);
  try {
    const { x: width, y: height } = dataset.rasterSize;
    return { width, height, bands: dataset.bands.map((band) => [...band.pixels.read(0, 0, width, height, new Uint8Array(width * height))]) };
  } finally {
    dataset.close();
    gdal.vsimem.release(path);
  }
}
