import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { listProcesses } from '../run/processes.js';
import { untilTrue } from '../support/eventually.js';
import { request } from '../support/http.js';
import { publishedFiles } from '../support/published-files.js';
import { DEMO, runProgram, startProgram, type End } from '../support/program.js';
import { startTestService } from '../support/service.js';

/** The image's folder, which the demo is told as npm tells it; paths are relative to it. */
const caller = await mkdtemp(join(tmpdir(), 'viewpoint demo '));
after(() => rm(caller, { recursive: true, force: true }));
const VARIABLES = { PORT: '0', EMBEDDED_STATE_DIR: join(caller, 'state'), INIT_CWD: caller };

function demo(...args: string[]): Promise<End> {
  return runProgram(DEMO, ['--exit', ...args], VARIABLES);
}

test('the demo makes a viewpoint of the sample, twice in the same state folder', async () => {
  const ids = [];
  for (let run = 0; run < 2; run++) {
    const { code, stdout, stderr } = await demo();
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^The viewpoint is READY\.$/m);
    assert.match(stdout, /^ {2}process: READY after \d+\.\d s$/m);
    assert.match(stdout, /^ {2}upper left +-106\.7, 35\.2$/m);
    assert.match(stdout, /\/image\/statistics$/m);
    const paths = stdout.match(/^ {2}\/.*\/volume\/.*(?= +\d[\d.]* (bytes|kB|MB)$)/gm) ?? [];
    assert.deepEqual(paths.map((path) => basename(path.trim())), publishedFiles('rgb-striped.tif'));
    ids.push(/^ {2}viewpoint_id +(\S+)$/m.exec(stdout)?.[1]);
  }
  assert.equal(new Set(ids).size, 2);
});

test("the demo takes the caller's image of any name, with the files beside it", async () => {
  const name = 'Élévation (1) 日本 😀.tif';
  const path = await makeSample('side-files', join(caller, 'samples'));
  for (const suffix of ['', '.ovr', '.aux.xml']) await cp(path + suffix, join(caller, name + suffix));
  const { code, stdout, stderr } = await demo(name);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /^ {2}object_key +demo\/Élévation \(1\) 日本 😀\.tif$/m);
  assert.match(stdout, /^ {2}overviews +delivered$/m);

  // The bucket's side files must not outlive those of the caller.
  for (const suffix of ['.ovr', '.aux.xml']) await rm(join(caller, name + suffix));
  assert.match((await demo(name)).stdout, /^ {2}overviews +built$/m);
});

test('an image that cannot be used makes the demo fail with the reason', async () => {
  await writeFile(join(caller, 'text.tif'), 'This is not an image.\n'.repeat(100));
  const corrupt = await makeSample('rgb-striped', join(caller, 'corrupt'));
  await truncate(corrupt, 1_000_000);
  for (const [image, reason, errorCode] of [
    ['text.tif', /^The viewpoint is FAILED: The file is not in any image format/m, 'not_an_image'],
    ['corrupt/rgb-striped.tif', /^The viewpoint is FAILED: \S.{20}/m, 'image_corrupt'],
  ] as const) {
    const { code, stdout, stderr } = await demo(image);
    assert.deepEqual([code, stderr], [1, '']);
    assert.match(stdout, reason);
    assert.match(stdout, new RegExp(`^ {2}failed +in step pyramid, code ${errorCode}$`, 'm'));
    assert.match(stdout, /^ {2}viewpoint_status +FAILED$/m);
  }
});

test('a path that leads to no image is told at once', async () => {
  await writeFile(join(caller, 'empty.tif'), '');
  await writeFile(join(caller, 'image.tif.ovr'), 'overviews');
  const cases = [
    [['empty.tif'], /empty\.tif is empty/],
    [['missing.tif'], /There is no file .*\/missing\.tif\./],
    [['.'], /is a folder/],
    [['image.tif.ovr'], /names that end in "\.ovr" are taken/],
    [['a.tif', 'b.tif'], /takes one image/],
    [['--exits'], /Unknown option '--exits'/],
  ] as const;
  const ends = await Promise.all(cases.map(([args]) => demo(...args)));
  ends.forEach(({ code, stdout, stderr }, index) => {
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, cases[index]?.[1] ?? /^$/);
    assert.doesNotMatch(stderr, /^ {4}at /m);
  });
});

test('the demo goes on serving until Ctrl-C, on a free port when its own is taken; a second one is told that the folder is in use', async (t) => {
  const first = startProgram(DEMO, [], VARIABLES);
  t.after(() => first.kill('SIGKILL'));
  await first.line((line) => line.includes('goes on until Ctrl-C'));
  const line = await first.line((text) => /^ {2}status /.test(text));
  const statusUrl = line.trim().split(/\s+/)[1] ?? '';
  assert.equal((await request(statusUrl)).status, 200);

  const second = await runProgram(DEMO, ['--exit'], { ...VARIABLES, PORT: new URL(statusUrl).port });
  assert.equal(second.code, 1);
  assert.match(second.stdout, /^Port \d+ is taken/m);
  assert.match(second.stderr, /Another process uses this state folder/);

  const decoders = listProcesses().filter(({ parent }) => parent === first.pid);
  first.kill('SIGINT');
  const { code, stderr } = await first.end;
  assert.deepEqual([code, stderr], [0, '']);
  await untilTrue('the decoders have gone', () => listProcesses().every(({ pid }) => decoders.every((decoder) => decoder.pid !== pid)));
});

test('Ctrl-C in the middle of a job stops the demo, and the viewpoint is finished when the service starts again', async (t) => {
  await makeBig('a', caller, 4096);
  const program = startProgram(DEMO, ['--exit', 'big-a.tif'], VARIABLES);
  t.after(() => program.kill('SIGKILL'));
  await program.line((line) => line.includes('statistics, overviews'));
  const stoppedAt = performance.now();
  program.kill('SIGINT');
  const { code, stdout, stderr } = await program.end;
  const tookMs = performance.now() - stoppedAt;
  assert.deepEqual([code, stderr], [130, '']);
  assert.match(stdout, /^Stopping …$/m);
  assert.ok(tookMs < 5000, `${tookMs} ms`);

  const service = await startTestService({ stateFolder: VARIABLES.EMBEDDED_STATE_DIR });
  t.after(() => service.stop());
  const { json } = await service.request('/viewpoints');
  const interrupted = (json as { viewpoints: { viewpoint_id: string; viewpoint_name: string }[] }).viewpoints.find(({ viewpoint_name }) => viewpoint_name === 'big-a.tif');
  assert.ok(interrupted !== undefined);
  const status = await service.endOf(interrupted.viewpoint_id);
  assert.deepEqual([status.viewpoint_status, status.attempt], ['READY', 2]);
});

test('--help tells how to use the demo and starts nothing', async () => {
  const { code, stdout } = await demo('--help');
  assert.equal(code, 0);
  assert.match(stdout, /^Usage: npm run demo/);
});
