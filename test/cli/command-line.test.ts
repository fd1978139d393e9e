import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { InspectResult } from '../../src/cli/inspect-image.js';
import type { ProcessResult } from '../../src/cli/process-image.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { untilTrue } from '../support/eventually.js';
import { runProgram, startProgram } from '../support/program.js';

const CLI = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const ARTIFACTS = ['', '.ovr', '.aux.xml', '.metadata', '.bounds', '.geojson', '.stats', '.footprint', '.stac'];

let folder: string;
let image: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viewpoint-cli-'));
  await mkdir(join(folder, 'samples'));
  for (const name of ['rgb-striped', 'text-file'] as const) await makeSample(name, join(folder, 'samples'));
  image = join(folder, 'samples', 'rgb-striped.tif');
});
after(() => rm(folder, { recursive: true, force: true }));

async function digestsOf(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, createHash('sha256').update(await readFile(join(path, name))).digest('hex')] as const)));
}

test('process puts the image and all its artifacts into the folder, and leaves the source as it is', async () => {
  const before = await digestsOf(join(folder, 'samples'));
  const out = join(folder, 'new', 'out');
  const { code, stdout, stderr } = await runProgram(CLI, ['process', image, '--out', out, '--id', 'rio', '--name', 'Rio Grande', '--range-adjustment', 'DRA']);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /2100 × 1500 pixels, 3 bands of Byte/);
  assert.deepEqual(stderr.trim().split('\n'), ['copying', 'statistics, overviews, verification tile', 'georeference and documents', 'putting files in place']);
  assert.deepEqual((await readdir(out)).sort(), ARTIFACTS.map((suffix) => `rgb-striped.tif${suffix}`).sort());
  assert.deepEqual(await readFile(join(out, 'rgb-striped.tif')), await readFile(image));
  assert.deepEqual(await digestsOf(join(folder, 'samples')), before);
  const { features } = JSON.parse(await readFile(join(out, 'rgb-striped.tif.geojson'), 'utf8')) as { features: { id: string; geometry: unknown }[] };
  assert.deepEqual(features[0]?.id, 'Rio Grande');
  assert.deepEqual(features[0].geometry, { type: 'Polygon', coordinates: [[[-106.7, 35.2], [-106.7, 35.05], [-106.49, 35.05], [-106.49, 35.2], [-106.7, 35.2]]] });
  const { image_statistics } = JSON.parse(await readFile(join(out, 'rgb-striped.tif.stats'), 'utf8')) as { image_statistics: { files: string[] } };
  assert.deepEqual(image_statistics.files, ['', '.ovr', '.aux.xml'].map((suffix) => join(out, `rgb-striped.tif${suffix}`)));
  assert.equal((JSON.parse(await readFile(join(out, 'rgb-striped.tif.stac'), 'utf8')) as { id: string }).id, 'rio');
});

test('process again with --json names the files, in place of the former ones', async () => {
  const out = join(folder, 'again');
  await mkdir(out);
  await writeFile(join(out, 'rgb-striped.tif.stats'), 'former');
  await writeFile(join(out, 'notes.txt'), 'not ours');
  const { code, stdout, stderr } = await runProgram(CLI, ['process', image, '--out', out, '--json']);
  assert.deepEqual([code, stderr], [0, '']);
  const { status, image: found, files } = JSON.parse(stdout) as ProcessResult & { status: string };
  assert.equal(status, 'READY');
  assert.deepEqual([found.width, found.height, found.overviews, found.sensor_model], [2100, 1500, 'built', 'affine']);
  assert.deepEqual(files.map(({ path }) => path), ARTIFACTS.map((suffix) => join(out, `rgb-striped.tif${suffix}`)));
  assert.equal(files[0]?.bytes, (await stat(image)).size);
  assert.equal(await readFile(join(out, 'notes.txt'), 'utf8'), 'not ours');
});

test('inspect prints footprint and statistics and leaves nothing behind', async () => {
  const before = await digestsOf(join(folder, 'samples'));
  const { code, stdout, stderr } = await runProgram(CLI, ['inspect', image, '--quiet'], { TMPDIR: folder });
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^ {2}upper left +-106\.7, 35\.2$/m);
  assert.match(stdout, /^ {2}band-1 +uint8 +11 +241 /m);
  assert.deepEqual(await digestsOf(join(folder, 'samples')), before);
  assert.deepEqual((await readdir(folder)).filter((name) => name.startsWith('viewpoint-inspect')), []);

  const asJson = await runProgram(CLI, ['inspect', image, '--json']);
  const { corners, bands, footprint } = JSON.parse(asJson.stdout) as InspectResult;
  assert.deepEqual(corners, [[-106.7, 35.2], [-106.7, 35.05], [-106.49, 35.05], [-106.49, 35.2]]);
  assert.deepEqual(footprint.bbox, [-106.7, 35.05, -106.49, 35.2]);
  assert.deepEqual(bands.map(({ statistics }) => [statistics?.minimum, statistics?.maximum]), [[11, 241], [12, 242], [13, 243]]);
});

test('an image that cannot be used ends with 1, its reason, and nothing in the folder', async () => {
  const out = join(folder, 'failed');
  const textFile = join(folder, 'samples', 'text-file.tif');
  const { code, stdout, stderr } = await runProgram(CLI, ['process', textFile, '--out', out, '--quiet']);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^The file is not in any image format .*\(not_an_image\)\n$/);
  assert.deepEqual(await readdir(out), []);

  const asJson = await runProgram(CLI, ['inspect', join(folder, 'absent.tif'), '--json']);
  assert.equal(asJson.code, 1);
  const { status, error } = JSON.parse(asJson.stdout) as { status: string; error: { code: string; message: string; retryable: boolean } };
  assert.deepEqual([status, error.code, error.retryable], ['FAILED', 'not_an_image', false]);
  assert.match(error.message, /There is no file .*absent\.tif/);
});

test('a command line that makes no sense ends with 2 and says why', async () => {
  await symlink(join(folder, 'samples'), join(folder, 'by-another-name'));
  const faults: [args: string[], reason: RegExp][] = [
    [[], /A command is wanted/],
    [['serve', image], /no command "serve"/],
    [['process', image], /wants --out DIR/],
    [['inspect'], /wants an image file/],
    [['inspect', image, 'another.tif'], /takes one image/],
    [['inspect', image, '--out', folder], /--out belongs to the command process/],
    [['process', image, '--out', folder, '--tile-size', '0'], /--tile-size is "0"/],
    [['process', image, '--out', folder, '--range-adjustment', 'dra'], /one of NONE, MINMAX, DRA/],
    [['process', image, '--out', folder, '--id', '../x'], /The id "\.\.\/x"/],
    [['process', image, '--out', folder, '--speed'], /Unknown option '--speed'/],
    [['process', image, '--out', join(folder, 'by-another-name')], /another folder/],
    [['process', image, '--out', image], /is not a folder/],
  ];
  for (const [args, reason] of faults) {
    const { code, stdout, stderr } = await runProgram(CLI, args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, reason);
  }
  const { code, stderr } = await runProgram(CLI, ['inspect', image], { DECODER_MEMORY_MEGABYTES: 'much' });
  assert.equal(code, 2);
  assert.match(stderr, /DECODER_MEMORY_MEGABYTES .*"much"/);
});

test('a folder that cannot be made ends with 3, and does not hang', { skip: process.platform !== 'linux' && 'there is no /proc' }, async () => {
  for (const out of ['/proc/x', '/proc/x/y/z']) {
    const { code, stdout, stderr } = await runProgram(CLI, ['process', image, '--out', out, '--json']);
    assert.deepEqual([code, stderr], [3, ''], out);
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
    assert.equal(error.code, 'volume_failed');
    assert.match(error.message, /^The folder \/proc\/x.* cannot be made: ENOENT/);
  }
});

test('a link to an image in the folder does not let the image be replaced', async () => {
  const originals = join(folder, 'originals');
  const links = join(folder, 'links');
  for (const each of [originals, links]) await mkdir(each);
  await copyFile(image, join(originals, 'a.tif'));
  await symlink(join(originals, 'a.tif'), join(links, 'a.tif'));
  const { code, stderr } = await runProgram(CLI, ['process', join(links, 'a.tif'), '--out', originals]);
  assert.equal(code, 2);
  assert.match(stderr, /another folder than the one that holds the image/);
  assert.deepEqual(await readdir(originals), ['a.tif']);
});

test('an empty image ends with 1 as such', async () => {
  const empty = join(folder, 'empty.tif');
  await writeFile(empty, '');
  const { code, stderr } = await runProgram(CLI, ['inspect', empty]);
  assert.equal(code, 1);
  assert.match(stderr, /is empty \(0 bytes\).*\(empty_file\)/);
});

test('--help and --version print and end with 0', async () => {
  assert.match((await runProgram(CLI, ['--help'])).stdout, /^Usage: viewpoint-worker process IMAGE --out DIR/);
  assert.match((await runProgram(CLI, ['--version'])).stdout, /^\d+\.\d+\.\d+$/);
});

test('an interrupt ends with 130 and leaves nothing in the folder', async () => {
  const out = join(folder, 'interrupted');
  const copied = join(folder, 'copied.tif');
  await copyFile(image, copied);
  const program = startProgram(CLI, ['process', copied, '--out', out], {});
  await untilTrue('the attempt has its folder', async () => (await readdir(out).catch(() => [])).length > 0);
  program.kill('SIGINT');
  const { code, stderr } = await program.end;
  assert.equal(code, 130);
  assert.match(stderr, /^Interrupted: nothing was left behind\. \(cancelled\)$/m);
  assert.deepEqual(await readdir(out), []);
  assert.deepEqual(await readFile(copied), await readFile(image));
});
