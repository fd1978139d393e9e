import { crc32 } from 'node:zlib';

/** A digest being computed over bytes in their order. */
export interface RunningDigest {
  update(chunk: Uint8Array): void;
  /** Ends the computation. Most significant byte first, as S3 encodes it. */
  digest(): Buffer;
}

/**
 * The three CRCs of S3. All are computed on reflected bits, begin with all bits set and are inverted in the end, which is what makes
 * `combineCrcs` right for each of them.
 */
export type CrcAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME';

/** Bits and reflected polynomial: IEEE 802.3; RFC 3720 section 12.1; NVM Express NVM Command Set Specification, section 5.2.1.3.4. */
const POLYNOMIALS: Readonly<Record<CrcAlgorithm, { bits: bigint; polynomial: bigint }>> = {
  CRC32: { bits: 32n, polynomial: 0xedb88320n },
  CRC32C: { bits: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { bits: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

export function createCrc(algorithm: CrcAlgorithm): RunningDigest {
  return algorithm === 'CRC32' ? createNativeCrc32() : createTableCrc(algorithm);
}

/**
 * The CRC of two runs of bytes, one behind the other, from the CRC of each and the length of the second: the first is multiplied by
 * x^(8 · length) modulo the polynomial, the effect of that many zero bytes, and the second added.
 */
export function combineCrcs(algorithm: CrcAlgorithm, first: Uint8Array, second: Uint8Array, secondLengthBytes: number): Buffer {
  const { bits, polynomial } = POLYNOMIALS[algorithm];
  const one = 1n << (bits - 1n);
  // In reflected order the highest bit is x^0 and each one below it a power more.
  const multiply = (a: bigint, b: bigint): bigint => {
    let product = 0n;
    let shifted = b;
    for (let bit = one; bit > 0n; bit >>= 1n) {
      if (a & bit) product ^= shifted;
      shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
    }
    return product;
  };
  let factor = one;
  let power = one >> 8n;
  for (let length = BigInt(secondLengthBytes); length > 0n; length >>= 1n) {
    if (length & 1n) factor = multiply(factor, power);
    power = multiply(power, power);
  }
  const combined = multiply(toBigInt(first), factor) ^ toBigInt(second);
  return Buffer.from(combined.toString(16).padStart(Number(bits) / 4, '0'), 'hex');
}

function toBigInt(bigEndian: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bigEndian).toString('hex')}`);
}

function createNativeCrc32(): RunningDigest {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    digest: () => bigEndian(value),
  };
}

/** Bytes taken at once; there is one table for each. */
const SLICES = 8;
/** Halves of a table entry: the low 32 bits, then the high ones. */
const HALVES = 2;

/**
 * For each slice and byte value the remainder that the byte leaves behind when it stands that many bytes before the end. The halves of
 * an entry lie side by side, for the cache's sake, and 32-bit halves serve 64 bits since BigInt arithmetic is far slower.
 */
function createTables(algorithm: CrcAlgorithm): Int32Array {
  const { polynomial } = POLYNOMIALS[algorithm];
  const remainders: bigint[] = [];
  for (let byte = 0n; byte < 256n; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1n ? (remainder >> 1n) ^ polynomial : remainder >> 1n;
    remainders.push(remainder);
  }
  const tables = new Int32Array(SLICES * 256 * HALVES);
  remainders.forEach((first, byte) => {
    let remainder = first;
    for (let slice = 0; slice < SLICES; slice++) {
      const entry = (slice * 256 + byte) * HALVES;
      tables[entry] = Number(BigInt.asIntN(32, remainder));
      tables[entry + 1] = Number(BigInt.asIntN(32, remainder >> 32n));
      remainder = (remainder >> 8n) ^ (remainders[Number(remainder & 0xffn)] ?? 0n);
    }
  });
  return tables;
}

const tablesByAlgorithm = new Map<CrcAlgorithm, Int32Array>();

/** The CRC by tables, for where there is no native one. */
export function createTableCrc(algorithm: CrcAlgorithm): RunningDigest {
  const tables = tablesByAlgorithm.get(algorithm) ?? createTables(algorithm);
  tablesByAlgorithm.set(algorithm, tables);
  const is64 = algorithm === 'CRC64NVME';
  const state: CrcState = { low: -1, high: is64 ? -1 : 0 };
  return {
    update: (chunk) => {
      // Whole words are read through a view, which must begin on a word's boundary.
      const unaligned = Math.min(-chunk.byteOffset & 3, chunk.length);
      const wordPairs = (chunk.length - unaligned) >> 3;
      updateByBytes(state, tables, chunk.subarray(0, unaligned));
      if (wordPairs > 0) updateByWordPairs(state, tables, new Int32Array(chunk.buffer, chunk.byteOffset + unaligned, wordPairs * 2));
      updateByBytes(state, tables, chunk.subarray(unaligned + wordPairs * 8));
    },
    digest: () => (is64 ? Buffer.concat([bigEndian(~state.high), bigEndian(~state.low)]) : bigEndian(~state.low)),
  };
}

interface CrcState {
  low: number;
  high: number;
}

/* eslint-disable @typescript-eslint/no-non-null-assertion -- each index is masked to the table's size or bounded by the loop */
function updateByBytes(state: CrcState, tables: Int32Array, bytes: Uint8Array): void {
  let { low, high } = state;
  for (let index = 0; index < bytes.length; index++) {
    const entry = ((low ^ bytes[index]!) & 0xff) * HALVES;
    low = ((low >>> 8) | (high << 24)) ^ tables[entry]!;
    high = (high >>> 8) ^ tables[entry + 1]!;
  }
  state.low = low;
  state.high = high;
}

/** Eight bytes a turn ("slicing by 8"). The words are little-endian, as every platform that this service runs on. */
function updateByWordPairs(state: CrcState, tables: Int32Array, words: Int32Array): void {
  let { low, high } = state;
  for (let index = 0; index < words.length; index += 2) {
    const a = words[index]! ^ low;
    const b = words[index + 1]! ^ high;
    const e0 = 3584 | ((a & 0xff) << 1);
    const e1 = 3072 | ((a >>> 7) & 0x1fe);
    const e2 = 2560 | ((a >>> 15) & 0x1fe);
    const e3 = 2048 | ((a >>> 23) & 0x1fe);
    const e4 = 1536 | ((b & 0xff) << 1);
    const e5 = 1024 | ((b >>> 7) & 0x1fe);
    const e6 = 512 | ((b >>> 15) & 0x1fe);
    const e7 = (b >>> 23) & 0x1fe;
    low = tables[e0]! ^ tables[e1]! ^ tables[e2]! ^ tables[e3]! ^ tables[e4]! ^ tables[e5]! ^ tables[e6]! ^ tables[e7]!;
    high = tables[e0 + 1]! ^ tables[e1 + 1]! ^ tables[e2 + 1]! ^ tables[e3 + 1]! ^ tables[e4 + 1]! ^ tables[e5 + 1]! ^ tables[e6 + 1]! ^ tables[e7 + 1]!;
  }
  state.low = low;
  state.high = high;
}
/* eslint-enable @typescript-eslint/no-non-null-assertion */

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
