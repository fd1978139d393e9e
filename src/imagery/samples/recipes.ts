import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BROKEN_RECIPES } from './broken-recipes.js';
import { GEOREFERENCE_RECIPES } from './georeference-recipes.js';
import { HOSTILE_RECIPES } from './hostile-recipes.js';
import { NITF_RECIPES } from './nitf-recipes.js';
import { OVERVIEW_RECIPES } from './overview-recipes.js';
import { PIXEL_RECIPES } from './pixel-recipes.js';
import type { Recipe } from './recipe.js';
import { SENSOR_RECIPES } from './sensor-recipes.js';
import { STORAGE_RECIPES } from './storage-recipes.js';
import { removeRaster, withSideMetadata } from './write-raster.js';

const recipes = [
  ...STORAGE_RECIPES,
  ...PIXEL_RECIPES,
  ...GEOREFERENCE_RECIPES,
  ...OVERVIEW_RECIPES,
  ...NITF_RECIPES,
  ...SENSOR_RECIPES,
  ...BROKEN_RECIPES,
  ...HOSTILE_RECIPES,
] as const;

export type SampleName = (typeof recipes)[number]['name'];

/** Every sample image, by name. */
export const SAMPLE_RECIPES = Object.fromEntries(recipes.map((recipe) => [recipe.name, recipe])) as Readonly<Record<SampleName, Recipe<SampleName>>>;
export const SAMPLE_NAMES: readonly SampleName[] = recipes.map((recipe) => recipe.name);

export function isSampleName(name: string): name is SampleName {
  return Object.hasOwn(SAMPLE_RECIPES, name);
}

/**
 * Writes a sample and its side files into the folder, which is made if need be,
 * over what is there under their names.
 *
 * @returns the path of the image.
 * @throws {Error} when this GDAL lacks the driver that the sample requires, or the files cannot be written.
 */
export async function makeSample(name: SampleName, folder: string): Promise<string> {
  const { default: gdal } = await import('gdal-async');
  const recipe = SAMPLE_RECIPES[name];
  if (recipe.requiresDriver !== undefined && !gdal.drivers.getNames().includes(recipe.requiresDriver)) {
    throw new Error(`Sample ${name} cannot be made: this GDAL has no ${recipe.requiresDriver} driver.`);
  }
  mkdirSync(folder, { recursive: true });
  const path = join(folder, recipe.fileName);
  removeRaster(path);
  withSideMetadata(gdal, false, () => recipe.write(gdal, path));
  return path;
}
