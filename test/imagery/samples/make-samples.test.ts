import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.js';

const script = fileURLToPath(new URL('../../../src/imagery/samples/make-samples.js', import.meta.url));

async function run(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
  const [code, output, errors] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, output, errors };
}

test('the command writes the named samples and prints path and description of each', async (t) => {
  const folder = join(temporaryFolder(t), 'made');
  const { code, output, errors } = await run(folder, 'rpc', 'nitf-no-image');
  assert.deepEqual({ code, errors }, { code: 0, errors: '' });
  assert.deepEqual(readdirSync(folder).sort(), ['nitf-no-image.ntf', 'rpc.tif']);
  const lines = output.trimEnd().split('\n').map((line) => line.split('\t'));
  assert.deepEqual(lines.map(([path]) => path), [join(folder, 'rpc.tif'), join(folder, 'nitf-no-image.ntf')]);
  assert.match(lines[0]?.[1] ?? '', /rational polynomial/);
});

test('the command refuses unknown names before it writes anything', async (t) => {
  const folder = temporaryFolder(t);
  const { code, errors } = await run(folder, 'rpc', 'no-such-sample');
  assert.equal(code, 1);
  assert.match(errors, /Unknown sample no-such-sample\. There are: rgb-striped, /);
  assert.deepEqual(readdirSync(folder), []);

  const big = await run(folder, '--big', 'z');
  assert.equal(big.code, 1);
  assert.match(big.errors, /Unknown large sample z\. There are: a, b, c, /);
});

test('the command without a folder explains itself', async () => {
  const { code, errors } = await run();
  assert.equal(code, 1);
  assert.match(errors, /No folder given\.\nUsage: node make-samples\.js FOLDER/);
});
