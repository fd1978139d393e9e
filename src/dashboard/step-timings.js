import { h, svg } from './dom.js';
import { duration } from './format.js';
import { stepName } from './job-state.js';

const STEPS = /** @type {const} */ (['download', 'pyramid', 'metadata', 'publish']);

/** How long each finished step took, as a table with bars; null when none has. @param {import('./api.js').JobReport} job */
export function stepTimings({ timings_ms }) {
  const done = STEPS.flatMap((step) => (timings_ms[step] === undefined ? [] : [{ step, milliseconds: timings_ms[step] }]));
  if (done.length === 0) return null;
  const total = done.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  let before = 0;
  const rows = done.map(({ step, milliseconds }) => {
    const bar = svg('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, svg('rect', { class: 'bar-track', width: 100, height: 8 }), svg('rect', { class: 'bar-value', x: share(before, total), width: Math.max(0.6, share(milliseconds, total)), height: 8 }));
    before += milliseconds;
    return h('tr', {}, h('th', { scope: 'row' }, stepName(step)), h('td', {}, bar), h('td', { class: 'number' }, duration(milliseconds)));
  });
  return h(
    'table',
    { class: 'timings' },
    h('caption', { class: 'visually-hidden' }, 'Time of each step'),
    h('tbody', {}, ...rows),
    h('tfoot', {}, h('tr', {}, h('th', { scope: 'row' }, 'Together'), h('td'), h('td', { class: 'number' }, duration(total)))),
  );
}

/** @param {number} part @param {number} whole in percent */
function share(part, whole) {
  return whole === 0 ? 0 : (100 * part) / whole;
}
