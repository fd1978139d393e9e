/** One layer of noise: the distance between its lattice points and the height of its hills. */
export interface Octave {
  readonly cellSizePixels: number;
  readonly amplitude: number;
}

/** Adds the noise of image row `y` to `sums`, one element per column. Rows may be asked for in any order. */
export type NoiseRow = (y: number, sums: Float64Array) => void;

/**
 * Value noise: random heights on a square lattice per octave, blended smoothly
 * in between. Each octave spans −amplitude/2 to +amplitude/2.
 * Only additions, multiplications and 32-bit integer arithmetic go into it, so
 * a seed gives the same bits on every machine and every version of Node.
 */
export function createValueNoise(widthPixels: number, octaves: readonly Octave[], seed: number): NoiseRow {
  const layers = octaves.map((octave, index) => createLayer(widthPixels, octave, hash(index, seed, 0x9e3779b9)));
  return (y, sums) => {
    for (const addLayer of layers) addLayer(y, sums);
  };
}

/** A well-mixed unsigned 32-bit number out of three integers. */
export function hash(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

function createLayer(widthPixels: number, { cellSizePixels, amplitude }: Octave, seed: number): NoiseRow {
  const cellCount = Math.ceil(widthPixels / cellSizePixels);
  const weights = Float64Array.from({ length: cellSizePixels }, (_, offset) => smoothStep((offset + 0.5) / cellSizePixels));
  const heights = new Float64Array(cellCount + 1);

  const latticeHeight = (column: number, row: number): number => (hash(column, row, seed) / 0x1_0000_0000 - 0.5) * amplitude;

  return (y, sums) => {
    const cellRow = Math.floor(y / cellSizePixels);
    const weight = weights[y - cellRow * cellSizePixels] ?? 0;
    for (let cell = 0; cell <= cellCount; cell++) {
      const above = latticeHeight(cell, cellRow);
      heights[cell] = above + (latticeHeight(cell, cellRow + 1) - above) * weight;
    }
    for (let cell = 0; cell < cellCount; cell++) {
      const left = heights[cell] ?? 0;
      const rise = (heights[cell + 1] ?? 0) - left;
      const start = cell * cellSizePixels;
      const length = Math.min(cellSizePixels, widthPixels - start);
      for (let offset = 0; offset < length; offset++) {
        sums[start + offset] = (sums[start + offset] ?? 0) + left + rise * (weights[offset] ?? 0);
      }
    }
  };
}

function smoothStep(t: number): number {
  return t * t * (3 - 2 * t);
}
