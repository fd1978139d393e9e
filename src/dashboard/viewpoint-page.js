import { ApiError, sentenceOf } from './api.js';
import { confirmed } from './confirm.js';
import { h, put, say } from './dom.js';
import { followViewpoint } from './follow.js';
import { count, time } from './format.js';
import { imageView } from './image-view.js';
import { jobState, stepName } from './job-state.js';
import { statusBadge } from './status-badge.js';
import { stepTimings } from './step-timings.js';

/** @typedef {import('./api.js').Viewpoint} Viewpoint @typedef {import('./api.js').ViewpointStatus} ViewpointStatus */

/**
 * One viewpoint: its job as it gets on, what went wrong, what came out.
 * @param {{ api: import('./api.js').Api, signal: AbortSignal, id: string }} options
 */
export function viewpointPage({ api, signal, id }) {
  const badge = h('span', { role: 'status' });
  const name = h('p', { class: 'muted lead' });
  const actions = h('div', { class: 'actions' });
  const message = h('p', { role: 'alert', class: 'error-text' });
  const progress = progressCard(id);
  const error = h('div');
  const facts = h('div', { class: 'columns' });
  const image = h('div');
  const documents = h('div');
  const element = h(
    'div',
    { class: 'page' },
    h('div', { class: 'page-head' }, h('div', {}, h('a', { class: 'back', href: '#/' }, '← All viewpoints'), h('h1', { tabindex: -1 }, id, ' ', badge), name), actions),
    message,
    progress.element,
    error,
    image,
    facts,
    documents,
  );
  /** What is shown, to leave it alone while it stays. */
  let shownStatus = '';
  let shownAttempt = '';

  const askNow = followViewpoint({
    api,
    id,
    signal,
    onStatus: async (status) => {
      progress.update(status);
      const key = JSON.stringify([status.viewpoint_status, status.attempt, status.ended_at, status.error]);
      if (key !== shownAttempt) {
        showViewpoint(await api.viewpoint(id, signal), status);
        shownAttempt = key;
      }
      put(message);
    },
    onError: (thrown) => {
      say(message, sentenceOf(thrown));
      if (thrown instanceof ApiError && thrown.status === 404) put(badge, statusBadge('NOT FOUND'));
    },
  });

  /** @param {Viewpoint} viewpoint @param {ViewpointStatus} status */
  function showViewpoint(viewpoint, status) {
    const { viewpoint_status } = status;
    say(name, viewpoint.viewpoint_name);
    if (viewpoint_status !== shownStatus) {
      put(badge, statusBadge(viewpoint_status));
      put(actions, ...buttons(viewpoint_status));
      shownStatus = viewpoint_status;
    }
    put(error, viewpoint_status === 'FAILED' && errorCard(viewpoint, status));
    put(facts, definitionCard(viewpoint), jobCard(status));
    const view = viewpoint_status === 'READY' ? imageView({ api, signal, id, adjustment: viewpoint.range_adjustment }) : null;
    put(image, view?.element);
    put(documents, view?.documents);
  }

  /** @param {string} viewpointStatus */
  function buttons(viewpointStatus) {
    if (viewpointStatus === 'READY') return [button('Reprocess', '', reprocess)];
    if (viewpointStatus === 'REQUESTED') return [button('Process now', '', () => act(() => api.process(id, {}))), button('Cancel', 'danger', cancel)];
    return viewpointStatus === 'FAILED' ? [button('Process again', 'primary', () => act(() => api.process(id, {})))] : [];
  }

  /** @param {string} text @param {string} kind @param {() => Promise<void>} click */
  function button(text, kind, click) {
    return h('button', { type: 'button', class: kind, click: () => void click() }, text);
  }

  async function reprocess() {
    const question = { title: 'Process the image again?', text: `Until that is done the tile server has no tiles of “${id}”.`, action: 'Reprocess' };
    if (await confirmed(question)) await act(() => api.process(id, { force: true }));
  }

  async function cancel() {
    const question = { title: 'Cancel the job?', text: `The viewpoint “${id}” ends as FAILED; it can be processed again later.`, action: 'Cancel the job' };
    if (await confirmed(question)) await act(() => api.cancel(id));
  }

  /** @param {() => Promise<unknown>} work */
  async function act(work) {
    for (const each of actions.querySelectorAll('button')) each.disabled = true;
    put(message);
    try {
      await work();
      askNow();
    } catch (thrown) {
      say(message, sentenceOf(thrown));
    } finally {
      for (const each of actions.querySelectorAll('button')) each.disabled = false;
    }
  }

  return { element };
}

/** @param {string} id */
function progressCard(id) {
  const state = h('span');
  const percent = h('span', { class: 'percent' });
  const bar = h('progress', { max: 100, 'aria-label': `Progress of ${id}` });
  const element = h('section', { class: 'card', hidden: true, 'aria-label': 'Progress' }, h('div', { class: 'progress-head' }, state, percent), bar);
  return {
    element,
    /** @param {ViewpointStatus} status */
    update(status) {
      element.hidden = status.viewpoint_status !== 'REQUESTED';
      say(state, jobState(status));
      say(percent, `${status.percent} %`);
      bar.value = status.percent;
    },
  };
}

/** @param {Viewpoint} viewpoint @param {ViewpointStatus} status */
function errorCard({ error_message }, { error }) {
  const advice = error === null ? null : error.retryable ? 'Another try can end differently.' : 'Another try ends the same way unless the cause is put right.';
  const where = error?.step === null || error?.step === undefined ? '' : ` in step “${stepName(error.step)}”`;
  return h(
    'section',
    { class: 'card error-card', 'aria-labelledby': 'error-title' },
    h('h2', { id: 'error-title' }, `Failed${where}`),
    h('p', {}, error?.message ?? error_message ?? 'No reason is given.'),
    error !== null && h('p', { class: 'muted' }, h('code', {}, error.code), ' ', advice),
  );
}

/** @param {Viewpoint} viewpoint */
function definitionCard({ bucket_name, object_key, tile_size, range_adjustment, local_object_path, expire_time }) {
  return factsCard('Definition', {
    Image: h('code', {}, `s3://${bucket_name}/${object_key}`),
    Tiles: `${tile_size} × ${tile_size} pixels, range adjustment ${range_adjustment}`,
    'On the volume': local_object_path === null ? null : h('code', {}, local_object_path),
    Expires: expire_time === null ? null : time(new Date(expire_time * 1000).toISOString()),
  });
}

/** @param {ViewpointStatus} status */
function jobCard(status) {
  const { image, attempt, replica, correlation_id, started_at, ended_at } = status;
  return factsCard(
    'Latest job',
    {
      Image: image === null ? null : `${image.driver}, ${count(image.width)} × ${count(image.height)} pixels, ${image.bands} × ${image.data_type}`,
      Overviews: image?.overviews,
      'Also in the file': image?.other_images.length ? image.other_images.join('; ') : null,
      'Not used': image?.rejected_side_files.length ? image.rejected_side_files.join('; ') : null,
      Began: started_at === null ? null : time(started_at),
      Ended: ended_at === null ? null : time(ended_at),
      Attempt: attempt === 0 ? null : String(attempt),
      Replica: replica,
      'Correlation id': correlation_id === null ? null : h('code', {}, correlation_id),
    },
    stepTimings(status),
  );
}

/** @param {string} title @param {Record<string, string | Node | null | undefined>} facts @param {Node | null} [more] */
function factsCard(title, facts, more = null) {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return h('section', { class: 'card' }, h('h2', {}, title), more, h('dl', { class: 'facts' }, ...known.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))));
}
