const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** Three digits of the largest decimal unit that leaves one before the point, as `201 MB`. */
export function describeBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : Number(amount.toPrecision(3))} ${BYTE_UNITS[power] ?? ''}`;
}

/** Seconds with one decimal, as `1.4 s`. */
export function describeSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
