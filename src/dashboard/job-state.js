import { bytes, duration } from './format.js';

/** @typedef {import('./api.js').JobReport} JobReport */

/** @type {Record<string, string>} */
const STEP_TEXTS = {
  waiting: 'Waiting for a slot',
  download: 'Downloading',
  pyramid: 'Statistics and overviews',
  metadata: 'Georeference and documents',
  publish: 'Publishing',
};

/** What a job does now, as `Downloading, 12 MB of 200 MB, about 8 s left`. @param {JobReport} job */
export function jobState({ step, bytes_done, bytes_total, remaining_seconds, error }) {
  if (error?.retryable === true) return `Will be tried again: ${error.message}`;
  return [
    STEP_TEXTS[step ?? 'waiting'] ?? String(step),
    step === 'download' && bytes_total > 0 && `${bytes(bytes_done)} of ${bytes(bytes_total)}`,
    remaining_seconds !== null && remaining_seconds > 0 && `about ${wholeSeconds(remaining_seconds)} left`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}

/** @param {number} seconds */
function wholeSeconds(seconds) {
  return seconds < 60 ? `${seconds} s` : duration(seconds * 1000);
}

/** @param {string} step */
export function stepName(step) {
  return STEP_TEXTS[step] ?? step;
}
