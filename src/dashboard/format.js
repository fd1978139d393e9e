const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** @param {number} bytes as `201 MB` */
export function bytes(bytes) {
  const power = bytes < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : Number(amount.toPrecision(3))} ${BYTE_UNITS[power]}`;
}

/** @param {number} milliseconds as `840 ms`, `1.4 s` or `3 min 20 s` */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Whole numbers with thin groups of three. @param {number} value */
export function count(value) {
  return value.toLocaleString('en').replaceAll(',', '\u202f');
}

/** Pixel values: whole as they are, others with five significant digits. @param {number} value */
export function pixelValue(value) {
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  return String(Number(value.toPrecision(5)));
}

/** @param {string} isoTime in the reader's own time and form */
export function time(isoTime) {
  return new Date(isoTime).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** @param {number} degrees @param {'NS' | 'EW'} letters as `35.05° N` */
export function angle(degrees, letters, decimals = 4) {
  const text = Number(Math.abs(degrees).toFixed(decimals));
  return `${text}°${text === 0 ? '' : ` ${degrees > 0 ? letters[0] : letters[1]}`}`;
}
