import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';

const MAKER = fileURLToPath(new URL('../../src/imagery/samples/make-samples.js', import.meta.url));
export const IMAGES_FOLDER = resolve('.viewpoints/bench-images');

/** Name that the maker knows → file, and the shorter edge in pixels. */
export const LARGE_IMAGES = {
  a: { fileName: 'big-a.tif', edgePixels: 8192 },
  b: { fileName: 'big-b.tif', edgePixels: 16_384 },
  c: { fileName: 'big-c.ntf', edgePixels: 20_000 },
} as const;
/** Of about 1 MB. */
export const SMALL_IMAGE = { name: 'megabyte', fileName: 'megabyte.tif' } as const;
/** 21 GB of pixels. */
export const HUGE_IMAGE = { name: 'sparse20g', fileName: 'big-sparse20g.tif' } as const;

/** Makes the images that are not there yet; minutes for the large ones. */
export async function makeImages(images: readonly { name: string; fileName: string }[]): Promise<void> {
  const missing = images.filter(({ fileName }) => !existsSync(join(IMAGES_FOLDER, fileName)));
  if (missing.length === 0) return;
  console.error(`Making ${missing.map(({ fileName }) => fileName).join(', ')} in ${IMAGES_FOLDER} …`);
  await promisify(execFile)(process.execPath, [MAKER, IMAGES_FOLDER, ...missing.flatMap(({ name }) => ['--big', name])]);
}
