import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SCRATCH_PREFIX } from '../../src/domain/artifacts.js';
import type { ErrorCode } from '../../src/domain/errors.js';
import { SAMPLE_RECIPES, type SampleName } from '../../src/imagery/samples/recipes.js';
import type { TileServer } from '../support/tile-server.js';

export const BUCKET = 'chaos-images';
const MAKER = fileURLToPath(new URL('../../src/imagery/samples/make-samples.js', import.meta.url));
const SIDE_FILES = ['.ovr', '.aux.xml'];
const LONGEST_KEY_BYTES = 1024;
const LONGEST_NAME_BYTES = 239;

/** What there is under a key, and what a viewpoint of it has to end as. */
export interface TestObject {
  key: string;
  /** null: there is nothing under the key. */
  sample: SampleName | null;
  endsAs: { status: 'READY' } | { status: 'FAILED'; code: ErrorCode };
}

const GOOD: SampleName[] = ['rgb-striped', 'utm-tiled', 'cloud-optimized', 'ungeoreferenced', 'nitf-rpc', 'overview-levels', 'side-files', 'float32-gaps', 'nine-gcps', 'truncated-overviews', 'disguised-ovr', 'foreign-aux-xml'];
const BAD: SampleName[] = ['text-file', 'empty-file', 'corrupt-header', 'truncated-pixels', 'pixel-bomb', 'band-bomb', 'disguised-vrt', 'disguised-raw-vrt', 'foreign-overviews', 'truncated-jpeg2000'];

/** A key of as many bytes as S3 takes, whose last part is as long as the service takes. */
const LONG_KEY = `${'folder/'.repeat(200).slice(0, LONGEST_KEY_BYTES - LONGEST_NAME_BYTES - 1)}/${'n'.repeat(LONGEST_NAME_BYTES - 4)}.tif`;

/** Keys that name a usable file in an odd way. */
const ODD_KEYS = ['../../../etc/shadow.tif', '/etc/absolute.tif', 'ünï/日本 😀 &?%#.tif', LONG_KEY, '-rf.tif', 'a//b/./c/..hidden.tif'];

/** Keys whose last part cannot be a file beside the artifacts. */
const UNUSABLE_KEYS = ['folder/', 'folder/..', 'folder/.', 'scene.tif.ovr', 'scene.tif.aux.xml', 'scene.stats', 'scene.geojson', 'SCENE.METADATA', '.attempt-1-a', `${SCRATCH_PREFIX}1-a`, `x/${'n'.repeat(LONGEST_NAME_BYTES + 1)}`];

export function testObjects(): TestObject[] {
  return [
    ...[...GOOD, ...BAD].map((sample): TestObject => ({ key: `samples/${SAMPLE_RECIPES[sample].fileName}`, sample, endsAs: SAMPLE_RECIPES[sample].endsAs })),
    ...ODD_KEYS.map((key): TestObject => ({ key, sample: 'ungeoreferenced', endsAs: { status: 'READY' } })),
    ...UNUSABLE_KEYS.map((key): TestObject => ({ key, sample: null, endsAs: { status: 'FAILED', code: 'unusable_object_key' } })),
    { key: 'samples/missing.tif', sample: null, endsAs: { status: 'FAILED', code: 'no_such_key' } },
  ];
}

/** Makes the samples in a folder and puts them, with their side files, into the bucket; returns the bytes of each image by key. */
export async function putObjects(objects: readonly TestObject[], folder: string, tileServer: TileServer): Promise<ReadonlyMap<string, Buffer>> {
  const samples = [...new Set(objects.flatMap(({ sample }) => (sample === null ? [] : [sample])))];
  // In a process of its own, since GDAL stays out of this one.
  if (samples.length > 0) await promisify(execFile)(process.execPath, [MAKER, folder, ...samples]);
  const images = new Map<string, Buffer>();
  for (const { key, sample } of objects) {
    if (sample === null) continue;
    const { fileName, sideFiles } = SAMPLE_RECIPES[sample];
    const image = await readFile(join(folder, fileName));
    images.set(key, image);
    await tileServer.putObject(BUCKET, key, image);
    for (const suffix of SIDE_FILES) {
      if (sideFiles.includes(fileName + suffix)) await tileServer.putObject(BUCKET, key + suffix, await readFile(join(folder, fileName + suffix)));
    }
  }
  return images;
}
