import { pixelScale, type PixelScaleName } from './pixel-scale.js';
import type { Georeference } from './georeferences.js';
import type { Gdal, OverviewTruth, RasterTruth, Recipe } from './recipe.js';
import { cornerPatchPixels, cornerValue, toneValue, type Corner, type Fill, type PatternSpec } from './sample-pattern.js';
import { writeRaster, type RasterLayout } from './write-raster.js';

/** A recipe in short: what is left out is a georeferenced-by-nothing, nodata-less, READY GeoTIFF. */
export interface RasterSpec<Name extends string> {
  readonly name: Name;
  readonly description: string;
  readonly size: readonly [widthPixels: number, heightPixels: number];
  readonly bandCount?: number;
  readonly scale?: PixelScaleName;
  readonly driver?: RasterLayout['driver'];
  readonly creationOptions?: Readonly<Record<string, string | number>>;
  readonly georeference?: Georeference;
  readonly noDataValue?: number;
  readonly fills?: readonly Fill[];
  readonly bodyTone?: number;
  readonly grainTones?: number;
  /** Tones of the internal overview levels 2, 4, 8 … */
  readonly overviewTones?: readonly number[];
  /** Overviews that come about otherwise than by `overviewTones`. */
  readonly overviews?: RasterTruth['overviews'];
  readonly byCopy?: boolean;
  readonly prepare?: RasterLayout['prepare'];
  /** What happens to the finished file: side files beside it, a piece cut off. */
  readonly finish?: (gdal: Gdal, path: string, pattern: PatternSpec) => void;
  readonly sideFiles?: readonly string[];
  readonly endsAs?: Recipe['endsAs'];
  readonly readable?: Recipe['readable'];
}

/** Drivers that take pixels as they come; the others want a finished dataset to copy. */
const DIRECT_DRIVERS: readonly string[] = ['GTiff', 'NITF'];

const EXTENSIONS: Record<RasterLayout['driver'], string> = { GTiff: 'tif', COG: 'tif', NITF: 'ntf', JP2OpenJPEG: 'jp2', PNG: 'png' };

/** The recipe of a raster that GDAL writes, with its truth worked out from the specification alone. */
export function rasterRecipe<const Name extends string>(spec: RasterSpec<Name>): Recipe<Name> {
  const driver = spec.driver ?? 'GTiff';
  const pattern = patternOf(spec);
  const layout: RasterLayout = {
    driver,
    pattern,
    bandCount: spec.bandCount ?? 1,
    creationOptions: spec.creationOptions ?? {},
    noDataValue: spec.noDataValue ?? null,
    georeference: spec.georeference ?? null,
    overviewTones: spec.overviewTones ?? [],
    byCopy: spec.byCopy ?? !DIRECT_DRIVERS.includes(driver),
    ...(spec.prepare && { prepare: spec.prepare }),
  };
  return {
    name: spec.name,
    fileName: `${spec.name}.${EXTENSIONS[driver]}`,
    description: spec.description,
    endsAs: spec.endsAs ?? { status: 'READY' },
    readable: spec.readable ?? 'pixels',
    truth: truthOf(spec, layout),
    sideFiles: spec.sideFiles ?? [],
    ...(driver !== 'GTiff' && { requiresDriver: driver }),
    write(gdal, path) {
      writeRaster(gdal, path, layout);
      spec.finish?.(gdal, path, pattern);
    },
  };
}

function patternOf(spec: RasterSpec<string>): PatternSpec {
  const [widthPixels, heightPixels] = spec.size;
  // Each sample its own seed, so that no two show the same picture.
  const seed = Buffer.from(spec.name).reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 7);
  return {
    widthPixels,
    heightPixels,
    scale: spec.scale ?? 'byte',
    seed,
    ...(spec.fills && { fills: spec.fills }),
    ...(spec.bodyTone !== undefined && { bodyTone: spec.bodyTone }),
    ...(spec.grainTones !== undefined && { grainTones: spec.grainTones }),
  };
}

function truthOf(spec: RasterSpec<string>, layout: RasterLayout): RasterTruth {
  const { widthPixels, heightPixels, scale } = layout.pattern;
  const bandNumbers = Array.from({ length: layout.bandCount }, (_, index) => index + 1);
  const fillsOf = (bandNumber: number): Fill[] => (spec.fills ?? []).filter((fill) => fill.bandNumbers?.includes(bandNumber) ?? true);
  const coverOf = (bandNumber: number): Fill | undefined => fillsOf(bandNumber).find((fill) => fill.window === 'everything');
  const isValid = (value: number): boolean => !Number.isNaN(value) && value !== layout.noDataValue;
  const values = (corner: Corner): number[] =>
    bandNumbers.map((bandNumber) => coverOf(bandNumber)?.value ?? cornerValue(corner, bandNumber, scale));

  return {
    driver: layout.driver === 'COG' ? 'GTiff' : layout.driver,
    widthPixels,
    heightPixels,
    bandCount: layout.bandCount,
    dataType: pixelScale(scale).dataType,
    cornerPixels: cornerPatchPixels(widthPixels, heightPixels),
    cornerValues: {
      upperLeft: values('upperLeft'),
      upperRight: values('upperRight'),
      lowerLeft: values('lowerLeft'),
      lowerRight: values('lowerRight'),
    },
    noDataValue: layout.noDataValue,
    valueRanges: bandNumbers.map((bandNumber) => {
      const cover = coverOf(bandNumber);
      if (cover) return isValid(cover.value) ? [cover.value, cover.value] : null;
      if (scale === 'bit') return [0, 1];
      return [cornerValue('upperLeft', bandNumber, scale), cornerValue('lowerRight', bandNumber, scale)];
    }),
    validPixelCounts: bandNumbers.map((bandNumber) =>
      fillsOf(bandNumber).reduce(
        (count, { value, window }) => (isValid(value) ? count : count - (window === 'everything' ? widthPixels * heightPixels : window[2] * window[3])),
        widthPixels * heightPixels,
      ),
    ),
    overviews: spec.overviews ?? overviewTruth('internal', layout.pattern, layout.overviewTones),
    georeference: layout.georeference?.truth(widthPixels, heightPixels) ?? null,
  };
}

/** What is true of overview levels 2, 4, 8 … that hold one tone each; their sizes are rounded up. */
export function overviewTruth(where: 'internal' | 'external', { widthPixels, heightPixels, scale }: Pick<PatternSpec, 'widthPixels' | 'heightPixels' | 'scale'>, tones: readonly number[]): RasterTruth['overviews'] {
  if (tones.length === 0) return null;
  const levels = tones.map((tone, level): OverviewTruth => {
    const factor = 2 ** (level + 1);
    return { widthPixels: Math.ceil(widthPixels / factor), heightPixels: Math.ceil(heightPixels / factor), bodyValue: toneValue(tone, scale) };
  });
  return { where, levels };
}
