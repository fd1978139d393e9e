import { h } from './dom.js';

/** @type {Record<string, string>} */
const KINDS = { READY: 'good', FAILED: 'bad', REQUESTED: 'busy', UPDATING: 'busy' };

/** A viewpoint's status: its word, with a colour beside it. @param {string} status */
export function statusBadge(status) {
  return h('span', { class: `badge ${KINDS[status] ?? 'quiet'}` }, status);
}
