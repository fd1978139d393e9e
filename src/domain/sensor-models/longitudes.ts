/** Below this, in degrees, longitudes count as the same. */
const SAME = 1e-9;

/**
 * The longitudes, in degrees, shifted by whole turns so that they lie together: those that straddle
 * the antimeridian come out on one side of it, some of them beyond ±180, with their mean within ±180.
 * A set that goes around the whole Earth, from -180 to 180, stays as it is.
 */
export function continuousLongitudes(longitudes: readonly number[]): number[] {
  const spread = Math.max(...longitudes) - Math.min(...longitudes);
  if (spread <= 180) return centred(longitudes);
  // Cut the circle at its widest empty arc.
  const sorted = longitudes.map(positive).sort((a, b) => a - b);
  let widest = 0;
  let cut = 0;
  for (const [index, longitude] of sorted.entries()) {
    const next = sorted[index + 1] ?? (sorted[0] ?? NaN) + 360;
    if (next - longitude > widest) [widest, cut] = [next - longitude, next];
  }
  const width = 360 - widest;
  if (width > 180 || width < SAME) return [...longitudes];
  return centred(longitudes.map((longitude) => cut + positive(longitude - cut)));
}

function positive(longitude: number): number {
  const turned = longitude - 360 * Math.floor(longitude / 360);
  // A longitude a rounding error before the start of the turn belongs at its start.
  return turned > 360 - SAME ? turned - 360 : turned;
}

function centred(longitudes: readonly number[]): number[] {
  const mean = longitudes.reduce((sum, longitude) => sum + longitude, 0) / longitudes.length;
  const turns = 360 * Math.round(mean / 360);
  return longitudes.map((longitude) => longitude - turns);
}
