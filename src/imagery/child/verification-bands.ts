import type gdal from 'gdal-async';

const COLOURS = ['Red', 'Green', 'Blue'];

/**
 * The bands that make a tile of a PNG's 1 to 4 bands, by colour interpretation: red, green and blue (with alpha
 * where there is one), else the first band that is not alpha (with alpha where there is one); an image of three
 * bands or more that says nothing of colours shows its first three.
 */
export function verificationBands(dataset: gdal.Dataset): gdal.RasterBand[] {
  const bands = [...dataset.bands];
  const interpretedAs = (colour: string) => bands.find((band) => band.colorInterpretation === colour);
  const alpha = interpretedAs('Alpha');
  const colours = COLOURS.map(interpretedAs).filter((band) => band !== undefined);
  const others = bands.filter((band) => band !== alpha);
  const shown = colours.length === COLOURS.length ? colours : others.slice(0, others.length >= 3 ? 3 : 1);
  return alpha === undefined || shown.length === 0 ? bandsOrFirst(shown, bands) : [...shown, alpha];
}

function bandsOrFirst(shown: gdal.RasterBand[], bands: gdal.RasterBand[]): gdal.RasterBand[] {
  return shown.length > 0 ? shown : bands.slice(0, 1);
}
