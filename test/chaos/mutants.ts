import type { Random } from './random.js';

/** Ways in which files come to harm, or are made to do harm. */
const MUTATIONS: ((bytes: Buffer, random: Random) => Buffer)[] = [
  // In headers and directories, where sizes, offsets and counts stand.
  (bytes, random) => withBytes(bytes, random, random.integer(1, 12), Math.min(bytes.length, 1024)),
  (bytes, random) => withBytes(bytes, random, random.integer(1, 60), bytes.length),
  (bytes, random) => filled(bytes, random, random.pick([0x00, 0xff, 0x7f, 0x80])),
  (bytes, random) => bytes.subarray(0, random.integer(1, bytes.length)),
  (bytes, random) => {
    const at = random.integer(0, bytes.length - 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + random.integer(1, 64)))]);
  },
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const length = random.integer(1, Math.min(4096, bytes.length));
    bytes.copy(copy, random.integer(0, bytes.length - length), random.integer(0, bytes.length - length));
    return copy;
  },
];

/** A damaged copy of a file; the same for the same random numbers. */
export function mutantOf(bytes: Buffer, random: Random): Buffer {
  let mutant = bytes;
  for (let rounds = random.integer(1, 2); rounds > 0 && mutant.length > 0; rounds--) mutant = random.pick(MUTATIONS)(mutant, random);
  return mutant;
}

function withBytes(bytes: Buffer, random: Random, count: number, end: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let index = 0; index < count; index++) copy[random.integer(0, end - 1)] = random.integer(0, 255);
  return copy;
}

function filled(bytes: Buffer, random: Random, value: number): Buffer {
  const copy = Buffer.from(bytes);
  const start = random.integer(0, bytes.length - 1);
  return copy.fill(value, start, start + random.integer(1, 256));
}
