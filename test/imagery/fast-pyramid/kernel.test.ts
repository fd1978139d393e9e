import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startKernel } from '../../../src/imagery/child/fast-pyramid/kernel.js';
import { pixelKernel } from '../../../src/imagery/child/fast-pyramid/weights.js';
import { compileKernel, MODULE_PATH } from './compile-kernel.js';

test('the kernel module is what its source compiles to', async (t) => {
  const compiled = await compileKernel();
  if (compiled === null) t.skip('AssemblyScript is not installed');
  else assert.ok(readFileSync(MODULE_PATH, 'utf8') === compiled, 'run dist/test/imagery/fast-pyramid/compile-kernel.js and commit kernel-module.ts');
});

test('pixels in the middle of an even row have the kernel of Keys at quarter distances', () => {
  // By hand, of 1.5 x³ − 2.5 x² + 1 and −0.5 x³ + 2.5 x² − 4 x + 2 at 0.25, 0.75, 1.25 and 1.75, halved.
  const { start, weights } = pixelKernel(50, 200, 100, false);
  assert.equal(start, 97);
  assert.deepEqual([...weights], [-3, -9, 29, 111, 111, 29, -9, -3].map((weight) => weight / 256));
  assert.deepEqual([...pixelKernel(50, 200, 100, true).weights], [...weights]);
});

test('a kernel that the edge cuts off is normalised', () => {
  const first = pixelKernel(0, 200, 100, false);
  assert.equal(first.start, 0);
  assert.deepEqual([...first.weights], [111, 111, 29, -9, -3].map((weight) => weight / 256 * (1 / (239 / 256))));
  const last = pixelKernel(99, 200, 100, false);
  assert.equal(last.start, 195);
  assert.equal(last.weights.length, 5);
});

test('kernels of an odd row lie symmetrically around its middle, and each sums to one', () => {
  const spread = (target: number) => {
    const { start, weights } = pixelKernel(target, 101, 51, false);
    const row = new Float64Array(101);
    row.set(weights, start);
    return row;
  };
  for (let target = 0; target < 51; target++) {
    const row = spread(target);
    assert.ok(Math.abs(row.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-15);
    for (const [index, weight] of spread(50 - target).reverse().entries()) assert.ok(Math.abs(weight - (row[index] ?? 0)) < 1e-14);
  }
});

test('counting takes in every pixel, equal ones in a row and any rest included', () => {
  const kernel = startKernel(4 * 1024 * 1024);
  assert.ok(kernel);
  const { call, buffer, allocate } = kernel;
  const pixels = allocate(1000);
  const values = Array.from({ length: 301 }, (_, index) => (index < 90 ? 7 : index < 100 ? 255 : index % 256));
  const expected = (value: number) => values.filter((other) => other === value).length;

  new Uint8Array(buffer, pixels, values.length).set(values);
  const byteTables = new Uint32Array(buffer, allocate(4 * 1024), 1024);
  call.countBytes(pixels, values.length, byteTables.byteOffset);
  for (const value of [0, 7, 100, 255]) assert.equal([0, 1, 2, 3].reduce((sum, table) => sum + (byteTables[table * 256 + value] ?? 0), 0), expected(value));

  new Uint16Array(buffer, pixels, values.length).set(values.map((value) => value * 257));
  const wordTables = new Uint32Array(buffer, allocate(8 * 65_536), 2 * 65_536);
  call.countWords(pixels, values.length, wordTables.byteOffset);
  for (const value of [0, 7, 100, 255]) assert.equal((wordTables[value * 257] ?? 0) + (wordTables[65_536 + value * 257] ?? 0), expected(value));
});

test('memory that is not there is not handed out', () => {
  const kernel = startKernel(65_536);
  assert.ok(kernel);
  kernel.allocate(60_000);
  assert.throws(() => kernel.allocate(10_000), RangeError);
  kernel.release();
  kernel.allocate(60_000);
});

test('there is no kernel where there is not enough memory for it', () => {
  assert.equal(startKernel(1e12), null);
});

test('there is no kernel where the processor has no vector instructions for it', { skip: process.arch !== 'x64' }, () => {
  const script = `const { startKernel } = await import(${JSON.stringify(import.meta.resolve('../../../src/imagery/child/fast-pyramid/kernel.js'))}); console.log(startKernel(65536) === null);`;
  const answer = (options: string[]) => execFileSync(process.execPath, [...options, '--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.equal(answer([]), 'false\n');
  assert.equal(answer(['--no-enable-sse4-1']), 'true\n');
});
