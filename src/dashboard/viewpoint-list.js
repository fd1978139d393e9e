import { sentenceOf } from './api.js';
import { h, put, say } from './dom.js';
import { listLink, viewpointLink } from './route.js';
import { statusBadge } from './status-badge.js';

/** @typedef {import('./api.js').Viewpoint} Viewpoint */

const ROWS = 25;
const RELOAD_DELAY_MS = 2000;
/** The page before each page that was reached from one, by token: the service's tokens lead forward only. @type {Map<string, string>} */
const cameFrom = new Map();
const STATUSES = ['REQUESTED', 'READY', 'FAILED', 'DELETED'];

/**
 * A page of the viewpoints, with filter and paging; the address tells which.
 * @param {object} options
 * @param {import('./api.js').Api} options.api @param {AbortSignal} options.signal
 * @param {string} options.status filter; empty for all @param {string} options.token of the page; empty for the first
 */
export function viewpointList({ api, signal, status, token }) {
  const message = h('p', { class: 'muted', role: 'status' }, 'Loading …');
  const body = h('tbody');
  const table = h(
    'table',
    { hidden: true },
    h('caption', { class: 'visually-hidden' }, 'Viewpoints'),
    h('thead', {}, h('tr', {}, ...['Viewpoint', 'Status', 'Image', 'Shown as'].map((name) => h('th', { scope: 'col' }, name)))),
    body,
  );
  const pages = h('nav', { class: 'actions', 'aria-label': 'Pages of viewpoints' });

  const filter = h(
    'div',
    { class: 'filters', role: 'group', 'aria-label': 'Filter by status' },
    ...['', ...STATUSES].map((each) => h('a', { class: 'chip', href: listLink({ status: each }), 'aria-current': each === status ? 'true' : null }, each === '' ? 'All' : each)),
  );
  const id = h('input', { id: 'open-id', name: 'id', placeholder: 'Viewpoint id', autocomplete: 'off', spellcheck: 'false', required: true });
  const search = h('form', { class: 'search', role: 'search', submit: open }, h('label', { for: 'open-id', class: 'visually-hidden' }, 'Open a viewpoint by its id'), id, h('button', {}, 'Open'));

  /** @param {Event} event */
  function open(event) {
    event.preventDefault();
    location.hash = viewpointLink(id.value.trim());
  }

  async function load() {
    try {
      const page = await api.list({ status, token, limit: ROWS }, signal);
      show(page);
    } catch (error) {
      if (signal.aborted) return;
      table.hidden = true;
      say(message, sentenceOf(error));
      put(pages, token === '' ? null : h('a', { class: 'button', href: listLink({ status }) }, 'First page'));
    }
  }

  /** @param {import('./api.js').ViewpointPage} page */
  function show({ viewpoints, next_token }) {
    const focused = body.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : undefined;
    put(body, ...viewpoints.map(row));
    [...body.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
    table.hidden = viewpoints.length === 0;
    const which = status === '' ? '' : ` with status ${status}`;
    const isWhole = token === '' && next_token === null;
    const few = viewpoints.length === 1 ? '1 viewpoint' : `${viewpoints.length} viewpoints`;
    say(message, viewpoints.length > 0 ? `${few}${which}${isWhole ? '' : ' on this page'}` : token !== '' ? 'There are no more viewpoints.' : status === '' ? 'There are no viewpoints yet. Process an image to make the first one.' : `There are no viewpoints${which}.`);
    const previous = cameFrom.get(token);
    if (next_token !== null) cameFrom.set(next_token, token);
    put(
      pages,
      token === '' ? null : h('a', { class: 'button', href: listLink({ status }) }, 'First page'),
      previous === undefined ? null : h('a', { class: 'button', href: listLink({ status, token: previous }) }, 'Previous page'),
      next_token === null ? null : h('a', { class: 'button', href: listLink({ status, token: next_token }) }, 'Next page'),
    );
  }

  const element = h(
    'section',
    { class: 'card', 'aria-labelledby': 'list-title' },
    h('div', { class: 'card-head' }, h('h2', { id: 'list-title' }, 'Viewpoints'), message),
    h('div', { class: 'toolbar' }, filter, search, h('button', { type: 'button', click: () => void load() }, 'Refresh')),
    table,
    pages,
  );
  /** @type {number | undefined} */
  let timer;
  /** Reading the table costs, so that what happens within a moment is read once. */
  function reloadSoon() {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!signal.aborted) void load();
    }, RELOAD_DELAY_MS);
  }

  void load();
  return { element, reloadSoon };
}

/** @param {Viewpoint} viewpoint */
function row({ viewpoint_id, viewpoint_name, viewpoint_status, bucket_name, object_key, range_adjustment, tile_size, error_message }) {
  return h(
    'tr',
    {},
    h('td', { class: 'name' }, h('a', { href: viewpointLink(viewpoint_id) }, viewpoint_id), h('div', { class: 'muted' }, viewpoint_name)),
    h('td', {}, statusBadge(viewpoint_status)),
    h('td', { class: 'image' }, h('code', {}, `s3://${bucket_name}/${object_key}`), error_message === null || viewpoint_status !== 'FAILED' ? null : h('div', { class: 'error-text' }, error_message)),
    h('td', { class: 'muted' }, `${range_adjustment}, ${tile_size} px`),
  );
}
