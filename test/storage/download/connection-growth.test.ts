import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConnectionGrowths } from '../../../src/storage/download/connection-growth.js';

const MEGABYTE = 1_000_000;

type RateOf = (connections: number) => number;

const each =
  (bytesPerSecond: number): RateOf =>
  (connections) =>
    connections * bytesPerSecond;
const together =
  (bytesPerSecond: number): RateOf =>
  () =>
    bytesPerSecond;

/** Downloads one after the other: each answers with its connections at the end of so many milliseconds of a network that gives `rateOf(connections)` bytes per second. */
function createDownloads(process = { isBusy: false }) {
  let time = 0;
  const growths = createConnectionGrowths(() => time);
  return (milliseconds: number, most: number, rateOf: RateOf): number => {
    const growth = growths.begin(most, () => process.isBusy);
    let connections = growth.first;
    for (const end = time + milliseconds; time < end; time += 10) connections += growth.received(rateOf(connections) / 100);
    return connections;
  };
}

test('where the store limits each connection they double up to the most that is allowed', () => {
  const limited = each(60 * MEGABYTE);
  assert.equal(createDownloads()(90, 16, limited), 4);
  assert.equal(createDownloads()(1000, 16, limited), 16);
  assert.equal(createDownloads()(1000, 13, limited), 13);
  assert.equal(createDownloads()(1000, 2, limited), 2);
});

test('where each connection is fast there are never more than the first', () => {
  assert.equal(createDownloads()(60_000, 16, together(700 * MEGABYTE)), 4);
});

test('a process that has all it can do gets no more of them', () => {
  assert.equal(createDownloads({ isBusy: true })(1000, 16, each(60 * MEGABYTE)), 4);
});

test('where the network as a whole is the limit there is one doubling, and a next one only much later', () => {
  assert.equal(createDownloads()(4000, 64, together(100 * MEGABYTE)), 8);
  assert.equal(createDownloads()(8000, 64, together(100 * MEGABYTE)), 16);
});

test('the next download begins with as many as have paid', () => {
  const download = createDownloads();
  assert.equal(download(1000, 16, each(60 * MEGABYTE)), 16);
  assert.equal(download(90, 16, each(60 * MEGABYTE)), 16);
});

test('a small object in between changes nothing', () => {
  const download = createDownloads();
  download(1000, 16, each(60 * MEGABYTE));
  assert.equal(download(1000, 3, each(200 * MEGABYTE)), 3);
  assert.equal(download(90, 16, each(60 * MEGABYTE)), 16);
});

test('what brought nothing is not begun with', () => {
  const download = createDownloads();
  assert.equal(download(1000, 64, together(100 * MEGABYTE)), 8);
  assert.equal(download(90, 64, together(100 * MEGABYTE)), 4);
});

test('a download that ends before its doubling has paid leaves things as they are', () => {
  const download = createDownloads();
  assert.equal(download(150, 16, each(60 * MEGABYTE)), 8);
  assert.equal(download(90, 16, each(60 * MEGABYTE)), 4);
});

for (const [what, bytesPerSecond, isBusy] of [
  ['a store no longer limits its connections', 200 * MEGABYTE, false],
  ['the process is busy', 60 * MEGABYTE, true],
] as const) {
  test(`where ${what}, each download begins with fewer of them`, () => {
    const process = { isBusy: false };
    const download = createDownloads(process);
    download(1000, 32, each(60 * MEGABYTE));
    process.isBusy = isBusy;
    assert.deepEqual(Array.from({ length: 5 }, () => download(1000, 32, each(bytesPerSecond))), [32, 16, 8, 4, 4]);
  });
}
