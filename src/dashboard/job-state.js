import { bytes } from './format.js';

/** @typedef {import('./api.js').JobReport} JobReport */

/** @type {Record<string, string>} */
const STEP_TEXTS = {
  waiting: 'Waiting for a slot',
  download: 'Downloading',
  pyramid: 'Statistics and overviews',
  metadata: 'Georeference and documents',
  publish: 'Publishing',
};

/** What a job does now, as `Downloading, 12 MB of 200 MB`. @param {JobReport} job */
export function jobState({ step, bytes_done, bytes_total, error }) {
  if (error?.retryable === true) return `Will be tried again: ${error.message}`;
  const text = STEP_TEXTS[step ?? 'waiting'] ?? String(step);
  return step === 'download' && bytes_total > 0 ? `${text}, ${bytes(bytes_done)} of ${bytes(bytes_total)}` : text;
}

/** @param {string} step */
export function stepName(step) {
  return STEP_TEXTS[step] ?? step;
}
