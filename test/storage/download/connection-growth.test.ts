import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConnectionGrowth } from '../../../src/storage/download/connection-growth.js';

const MEGABYTE = 1_000_000;

/** Connections in use at the end of so many milliseconds of a network that gives `rateOf(connections)` bytes per second. */
function connectionsAfter(milliseconds: number, most: number, rateOf: (connections: number) => number, isBusy = false): number {
  let time = 0;
  const growth = createConnectionGrowth(most, () => time, () => isBusy);
  let connections = growth.first;
  for (; time < milliseconds; time += 10) connections += growth.received(rateOf(connections) / 100);
  return connections;
}

test('where the store limits each connection they double up to the most that is allowed', () => {
  const limited = (connections: number) => connections * 60 * MEGABYTE;
  assert.equal(connectionsAfter(100, 16, limited), 4);
  assert.equal(connectionsAfter(1000, 16, limited), 16);
  assert.equal(connectionsAfter(1000, 13, limited), 13);
  assert.equal(connectionsAfter(1000, 2, limited), 2);
});

test('where each connection is fast there are never more than the first', () => {
  assert.equal(connectionsAfter(60_000, 16, () => 700 * MEGABYTE), 4);
});

test('a process that has all it can do gets no more of them', () => {
  assert.equal(connectionsAfter(1000, 16, (connections) => connections * 60 * MEGABYTE, true), 4);
});

test('where the network as a whole is the limit there is one doubling, and a next one only much later', () => {
  assert.equal(connectionsAfter(4000, 64, () => 100 * MEGABYTE), 8);
  assert.equal(connectionsAfter(8000, 64, () => 100 * MEGABYTE), 16);
});
