import type gdal from 'gdal-async';

/** Bands, by number from 1, that make a picture: indices into a colour table, or one or three colours; with alpha or without. */
export type DisplayBands = { kind: 'palette'; index: number; alpha: null } | { kind: 'colours'; colours: number[]; alpha: number | null };

const COLOURS = ['Red', 'Green', 'Blue'];

/**
 * Chooses what to show by colour interpretation: red, green and blue, else the first band that is not alpha, by its
 * colour table where it has one; an image of three bands or more that says nothing of colours shows its first three.
 */
export function displayBands(dataset: gdal.Dataset): DisplayBands {
  const interpretations = dataset.bands.map((band) => band.colorInterpretation);
  const bandOf = (interpretation: string) => interpretations.indexOf(interpretation) + 1;
  const alpha = bandOf('Alpha') === 0 || interpretations.length === 1 ? null : bandOf('Alpha');
  const colours = COLOURS.map(bandOf);
  if (!colours.includes(0)) return { kind: 'colours', colours, alpha };

  const others = interpretations.map((_, index) => index + 1).filter((bandNumber) => bandNumber !== alpha);
  const [first = 1] = others;
  if (hasColourTable(dataset.bands.get(first))) return { kind: 'palette', index: first, alpha: null };
  return { kind: 'colours', colours: others.length >= 3 ? others.slice(0, 3) : [first], alpha };
}

function hasColourTable(band: gdal.RasterBand): boolean {
  return band.colorInterpretation === 'Palette' && (band.colorTable?.count() ?? 0) > 0;
}
