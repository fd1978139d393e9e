import { createApi } from './api.js';
import { h, put, uniqueId } from './dom.js';
import { jobsPanel } from './jobs-panel.js';
import { processForm } from './process-form.js';
import { routeOf } from './route.js';
import { viewpointList } from './viewpoint-list.js';
import { viewpointPage } from './viewpoint-page.js';

const TITLE = 'Viewpoint worker';
const content = /** @type {HTMLElement} */ (document.getElementById('content'));
const notices = /** @type {HTMLElement} */ (document.getElementById('notices'));

const unreachable = h('p', { class: 'notice bad', role: 'alert', hidden: true }, 'The service does not answer. Trying again …');
const keyForm = accessKeyForm();
put(notices, unreachable, keyForm.element);

const api = createApi({
  onUnauthorized: () => keyForm.show(),
  onReachable: (isReachable) => (unreachable.hidden = isReachable),
});

let shown = new AbortController();

/** Shows what the address says; the focus goes to the new page's heading, as after following a link. */
function show({ isFirst = false } = {}) {
  shown.abort();
  shown = new AbortController();
  const { signal } = shown;
  const route = routeOf(location.hash);
  document.title = route.view === 'viewpoint' ? `${route.id} – ${TITLE}` : TITLE;
  put(content, route.view === 'viewpoint' ? viewpointPage({ api, signal, id: route.id }).element : overview(route, signal));
  if (!isFirst) content.querySelector('h1')?.focus();
}

/** @param {{ status: string, token: string }} route @param {AbortSignal} signal */
function overview({ status, token }, signal) {
  const list = viewpointList({ api, signal, status, token });
  const jobs = jobsPanel({ api, signal, onChange: list.reloadSoon });
  return h('div', { class: 'page' }, h('h1', { class: 'visually-hidden', tabindex: -1 }, 'Jobs and viewpoints'), jobs.element, processForm({ api }).element, list.element);
}

/** Asks for the key when the service wants one. It stays in this tab alone. */
function accessKeyForm() {
  const field = h('input', { id: uniqueId('field'), type: 'password', autocomplete: 'current-password', required: true });
  const form = h(
    'form',
    { class: 'notice key-form', hidden: true, submit: (/** @type {Event} */ event) => use(event) },
    h('p', { role: 'alert' }, 'The service wants an access key.'),
    h('div', { class: 'inline-field' }, h('label', { for: field.id }, 'Access key'), field, h('button', { class: 'primary' }, 'Use key')),
  );

  /** @param {Event} event */
  function use(event) {
    event.preventDefault();
    api.useKey(field.value);
    field.value = '';
    form.hidden = true;
    show();
  }
  return { element: form, show: () => (form.hidden = false) };
}

addEventListener('hashchange', () => show());
show({ isFirst: true });
