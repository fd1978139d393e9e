/**
 * The arithmetic of the pyramid, in AssemblyScript; `compile-kernel` in the tests makes kernel-module.ts of it.
 *
 * Pixels of the level below are halved by cubic convolution in two steps: along each row, then across rows. Where
 * the width or height is even, the weights are those of EVEN, in 256ths; elsewhere, and for the outermost two columns
 * and rows, whose kernel is cut off, they come from a table. Pixels are bytes or 16-bit words without sign. Addresses
 * and lengths are the caller's business; rows are read up to 16 bytes beyond either end, and written up to 16 bytes
 * beyond the last pixel.
 */

// EVEN = -3 -9 29 111 111 29 -9 -3: the cubic convolution kernel (Keys, 1981, a = -1/2) stretched to two pixels and
// sampled at the pixels' centres, ±0.25, ±0.75, ±1.25 and ±1.75.

/**
 * Counts bytes into four tables of 256, taken in turns, since one table would make equal neighbours wait for each other.
 * Eight equal ones, as in the borders that many images have, are counted at once.
 */
export function countBytes(from: usize, length: i32, tables: usize): void {
  let at = from;
  const end = from + (length & ~7);
  for (; at < end; at += 8) {
    const eight = load<u64>(at);
    if (eight == (eight & 255) * 0x0101010101010101) {
      increase(tables + ((<usize>eight & 255) << 2), 8);
      continue;
    }
    increase(tables + ((<usize>eight & 255) << 2), 1);
    increase(tables + 1024 + ((<usize>(eight >> 8) & 255) << 2), 1);
    increase(tables + 2048 + ((<usize>(eight >> 16) & 255) << 2), 1);
    increase(tables + 3072 + ((<usize>(eight >> 24) & 255) << 2), 1);
    increase(tables + ((<usize>(eight >> 32) & 255) << 2), 1);
    increase(tables + 1024 + ((<usize>(eight >> 40) & 255) << 2), 1);
    increase(tables + 2048 + ((<usize>(eight >> 48) & 255) << 2), 1);
    increase(tables + 3072 + (<usize>(eight >> 56) << 2), 1);
  }
  for (; at < from + length; at++) increase(tables + ((<usize>load<u8>(at)) << 2), 1);
}

/** Counts words into two tables of 65,536, in the same way. */
export function countWords(from: usize, length: i32, tables: usize): void {
  let at = from;
  const end = from + ((length & ~3) << 1);
  for (; at < end; at += 8) {
    const four = load<u64>(at);
    if (four == (four & 65535) * 0x0001000100010001) {
      increase(tables + ((<usize>four & 65535) << 2), 4);
      continue;
    }
    increase(tables + ((<usize>four & 65535) << 2), 1);
    increase(tables + 262144 + ((<usize>(four >> 16) & 65535) << 2), 1);
    increase(tables + ((<usize>(four >> 32) & 65535) << 2), 1);
    increase(tables + 262144 + (<usize>(four >> 48) << 2), 1);
  }
  for (; at < from + (length << 1); at += 2) increase(tables + ((<usize>load<u16>(at)) << 2), 1);
}

@inline
function increase(counter: usize, by: u32): void {
  store<u32>(counter, load<u32>(counter) + by);
}

/**
 * Halves a row of bytes of even width: `count` sums of EVEN, as 32-bit integers. Each is the dot product of four pairs
 * of neighbours, and a vector of pixels holds one such pair of four sums.
 * @param from address of the pixel behind the first sum's centre.
 */
export function halveBytes(from: usize, to: usize, count: i32): void {
  const a = i16x8(-3, -9, -3, -9, -3, -9, -3, -9);
  const b = i16x8(29, 111, 29, 111, 29, 111, 29, 111);
  const c = i16x8(111, 29, 111, 29, 111, 29, 111, 29);
  const d = i16x8(-9, -3, -9, -3, -9, -3, -9, -3);
  const end = to + (<usize>count << 2);
  for (let pixel = from - 3; to < end; to += 16, pixel += 8) {
    const ab = i32x4.add(i32x4.dot_i16x8_s(v128.load_ext<u8>(pixel), a), i32x4.dot_i16x8_s(v128.load_ext<u8>(pixel, 2), b));
    const cd = i32x4.add(i32x4.dot_i16x8_s(v128.load_ext<u8>(pixel, 4), c), i32x4.dot_i16x8_s(v128.load_ext<u8>(pixel, 6), d));
    v128.store(to, i32x4.add(ab, cd));
  }
}

/** The same of words, each less 32,768, so that it fits a 16-bit integer with sign. */
export function halveWords(from: usize, to: usize, count: i32): void {
  const a = i16x8(-3, -9, -3, -9, -3, -9, -3, -9);
  const b = i16x8(29, 111, 29, 111, 29, 111, 29, 111);
  const c = i16x8(111, 29, 111, 29, 111, 29, 111, 29);
  const d = i16x8(-9, -3, -9, -3, -9, -3, -9, -3);
  const sign = i16x8.splat(-32768);
  const end = to + (<usize>count << 2);
  for (let pixel = from - 6; to < end; to += 16, pixel += 16) {
    const ab = i32x4.add(
      i32x4.dot_i16x8_s(v128.xor(v128.load(pixel), sign), a),
      i32x4.dot_i16x8_s(v128.xor(v128.load(pixel, 4), sign), b));
    const cd = i32x4.add(
      i32x4.dot_i16x8_s(v128.xor(v128.load(pixel, 8), sign), c),
      i32x4.dot_i16x8_s(v128.xor(v128.load(pixel, 12), sign), d));
    v128.store(to, i32x4.add(ab, cd));
  }
}

/**
 * Joins eight rows of sums, by EVEN, into a row of bytes.
 * @param rows address of the eight rows' addresses.
 * @param limit greatest value that a pixel may have.
 */
export function joinToBytes(rows: usize, to: usize, count: i32, limit: i32): void {
  const most = i8x16.splat(<i8>limit);
  for (let done: usize = 0; done < <usize>count; done += 16) {
    const first = i16x8.narrow_i32x4_s(joined(rows, done), joined(rows, done + 4));
    const second = i16x8.narrow_i32x4_s(joined(rows, done + 8), joined(rows, done + 12));
    v128.store(to + done, i8x16.min_u(i8x16.narrow_i16x8_u(first, second), most));
  }
}

@inline
function joined(rows: usize, column: usize): v128 {
  const at = column << 2;
  const inner = i32x4.mul(i32x4.add(row(rows, 12, at), row(rows, 16, at)), i32x4.splat(111));
  const next = i32x4.mul(i32x4.add(row(rows, 8, at), row(rows, 20, at)), i32x4.splat(29));
  const third = i32x4.mul(i32x4.add(row(rows, 4, at), row(rows, 24, at)), i32x4.splat(9));
  const outer = i32x4.mul(i32x4.add(row(rows, 0, at), row(rows, 28, at)), i32x4.splat(3));
  const sum = i32x4.sub(i32x4.add(inner, next), i32x4.add(third, outer));
  // 65,536ths, of which a half is added before the fraction is cut off.
  return i32x4.shr_s(i32x4.add(sum, i32x4.splat(32768)), 16);
}

@inline
function row(rows: usize, index: usize, at: usize): v128 {
  return v128.load(<usize>load<u32>(rows + index) + at);
}

/**
 * Joins eight rows of sums, by EVEN, into a row of words. Sums of 33 bits are exact in double precision; they are
 * rounded to single precision before they are rounded to words, as GDAL does, which shows where they lie just below
 * a half.
 */
export function joinToWords(rows: usize, to: usize, count: i32, limit: i32): void {
  const most = f32x4.splat(<f32>limit);
  for (let done: usize = 0; done < <usize>count; done += 8) {
    const first = rounded(joinedReal(rows, done), joinedReal(rows, done + 2), most);
    const second = rounded(joinedReal(rows, done + 4), joinedReal(rows, done + 6), most);
    v128.store(to + (done << 1), i16x8.narrow_i32x4_u(first, second));
  }
}

/** Two joined sums as pixel values. */
@inline
function joinedReal(rows: usize, column: usize): v128 {
  const at = column << 2;
  const inner = f64x2.mul(pair(rows, 12, 16, at), f64x2.splat(111));
  const next = f64x2.mul(pair(rows, 8, 20, at), f64x2.splat(29));
  const third = f64x2.mul(pair(rows, 4, 24, at), f64x2.splat(9));
  const outer = f64x2.mul(pair(rows, 0, 28, at), f64x2.splat(3));
  const sum = f64x2.sub(f64x2.add(inner, next), f64x2.add(third, outer));
  return f64x2.add(f64x2.mul(sum, f64x2.splat(1.0 / 65536.0)), f64x2.splat(32768));
}

@inline
function pair(rows: usize, one: usize, other: usize, at: usize): v128 {
  const sum = i32x4.add(v128.load64_zero(<usize>load<u32>(rows + one) + at), v128.load64_zero(<usize>load<u32>(rows + other) + at));
  return f64x2.convert_low_i32x4_s(sum);
}

/** Four doubles, in two vectors, as whole numbers from 0 to `most`: to single precision, half up. */
@inline
function rounded(low: v128, high: v128, most: v128): v128 {
  const four = v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
  const clamped = f32x4.min(f32x4.max(four, f32x4.splat(0)), most);
  return i32x4.trunc_sat_f32x4_s(f32x4.add(clamped, f32x4.splat(0.5)));
}

/**
 * Weighs the pixels of a row into `count` doubles.
 * @param kernels for each, two integers: the first pixel that counts, and the number of pixels, 4 to 8.
 * @param weights for each, eight weights, of which those beyond that number are 0.
 */
export function weighBytes(from: usize, to: usize, count: i32, kernels: usize, weights: usize): void {
  for (let index = 0; index < count; index++, kernels += 8, weights += 64, to += 8) {
    const pixel = from + <usize>load<i32>(kernels);
    store<f64>(to, weighedSum(
      load<i32>(kernels, 4) == 8,
      <f64>load<u8>(pixel) * load<f64>(weights), <f64>load<u8>(pixel, 1) * load<f64>(weights, 8),
      <f64>load<u8>(pixel, 2) * load<f64>(weights, 16), <f64>load<u8>(pixel, 3) * load<f64>(weights, 24),
      <f64>load<u8>(pixel, 4) * load<f64>(weights, 32), <f64>load<u8>(pixel, 5) * load<f64>(weights, 40),
      <f64>load<u8>(pixel, 6) * load<f64>(weights, 48), <f64>load<u8>(pixel, 7) * load<f64>(weights, 56)));
  }
}

/** The same of words. */
export function weighWords(from: usize, to: usize, count: i32, kernels: usize, weights: usize): void {
  for (let index = 0; index < count; index++, kernels += 8, weights += 64, to += 8) {
    const pixel = from + (<usize>load<i32>(kernels) << 1);
    store<f64>(to, weighedSum(
      load<i32>(kernels, 4) == 8,
      <f64>load<u16>(pixel) * load<f64>(weights), <f64>load<u16>(pixel, 2) * load<f64>(weights, 8),
      <f64>load<u16>(pixel, 4) * load<f64>(weights, 16), <f64>load<u16>(pixel, 6) * load<f64>(weights, 24),
      <f64>load<u16>(pixel, 8) * load<f64>(weights, 32), <f64>load<u16>(pixel, 10) * load<f64>(weights, 40),
      <f64>load<u16>(pixel, 12) * load<f64>(weights, 48), <f64>load<u16>(pixel, 14) * load<f64>(weights, 56)));
  }
}

/**
 * Added in the order in which GDAL does with vectors of four, and one by one what makes no whole vector, lest a value
 * on a half fall to the other side.
 */
@inline
function weighedSum(isWhole: bool, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64): f64 {
  return isWhole ? a + e + (c + g) + (b + f + (d + h)) : a + c + (b + d) + e + f + g;
}

/**
 * Weighs rows of doubles into a row of bytes.
 * @param rows address of the rows' addresses.
 * @param weights a double for each row.
 */
export function joinRealsToBytes(rows: usize, weights: usize, rowCount: i32, to: usize, count: i32, limit: i32): void {
  const most = f32x4.splat(<f32>limit);
  for (let done: usize = 0; done < <usize>count; done += 4) {
    const four = rounded(weighed(rows, weights, rowCount, done << 3), weighed(rows, weights, rowCount, (done << 3) + 16), most);
    const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(four, four), four);
    store<u32>(to + done, i32x4.extract_lane(bytes, 0));
  }
}

/** The same into words. */
export function joinRealsToWords(rows: usize, weights: usize, rowCount: i32, to: usize, count: i32, limit: i32): void {
  const most = f32x4.splat(<f32>limit);
  for (let done: usize = 0; done < <usize>count; done += 4) {
    const four = rounded(weighed(rows, weights, rowCount, done << 3), weighed(rows, weights, rowCount, (done << 3) + 16), most);
    store<u64>(to + (done << 1), i64x2.extract_lane(i16x8.narrow_i32x4_u(four, four), 0));
  }
}

@inline
function weighed(rows: usize, weights: usize, rowCount: i32, at: usize): v128 {
  let sum = f64x2.splat(0);
  for (let index: usize = 0; index < <usize>rowCount; index++) {
    const weight = v128.load64_splat(weights + (index << 3));
    sum = f64x2.add(sum, f64x2.mul(v128.load(<usize>load<u32>(rows + (index << 2)) + at), weight));
  }
  return sum;
}

/**
 * Turns sums of EVEN into doubles: pixel values.
 * @param offset what was taken off each pixel.
 */
export function realsOfSums(from: usize, to: usize, count: i32, offset: f64): void {
  for (let done: usize = 0; done < <usize>count; done += 2) {
    const values = f64x2.mul(f64x2.convert_low_i32x4_s(v128.load64_zero(from + (done << 2))), f64x2.splat(1.0 / 256.0));
    v128.store(to + (done << 3), f64x2.add(values, f64x2.splat(offset)));
  }
}
