import { sentenceOf } from './api.js';
import { confirmed } from './confirm.js';
import { h, put, say } from './dom.js';
import { jobState } from './job-state.js';
import { poll } from './poll.js';
import { viewpointLink } from './route.js';

/** @typedef {import('./api.js').Job} Job @typedef {import('./api.js').ExecutorView} ExecutorView */

const BUSY_PAUSE_MS = 1000;
const IDLE_PAUSE_MS = 3000;
/** A load balancer sends each question to another replica: what one said counts for so long. */
const REPLICA_KEPT_MS = 30_000;

/**
 * The running and waiting jobs of all replicas that have answered of late.
 * @param {{ api: import('./api.js').Api, signal: AbortSignal, onChange: () => void }} options `onChange`: a job has come or gone
 */
export function jobsPanel({ api, signal, onChange }) {
  /** @type {Map<string, { view: ExecutorView, at: number }>} */
  const replicas = new Map();
  /** @type {Map<string, ReturnType<typeof jobRow>>} */
  const rows = new Map();
  const summary = h('p', { class: 'muted', 'aria-live': 'polite' }, 'Asking the service …');
  const list = h('ul', { class: 'jobs' });
  const element = h('section', { class: 'card', 'aria-labelledby': 'jobs-title' }, h('div', { class: 'card-head' }, h('h2', { id: 'jobs-title' }, 'Jobs'), summary), list);

  const askNow = poll(
    async () => {
      const view = await api.executor(signal);
      replicas.set(view.replica, { view, at: Date.now() });
      for (const [replica, { at }] of replicas) if (Date.now() - at > REPLICA_KEPT_MS) replicas.delete(replica);
      const isBusy = show([...replicas.values()].map(({ view: each }) => each));
      return isBusy ? BUSY_PAUSE_MS : IDLE_PAUSE_MS;
    },
    { signal, onError: (error) => say(summary, sentenceOf(error)) },
  );

  /** @param {ExecutorView[]} views */
  function show(views) {
    const running = views.flatMap((view) => view.running);
    const waiting = views.flatMap((view) => view.waiting);
    const slots = views.reduce((sum, { concurrency }) => sum + concurrency, 0);
    const isStopping = views.some(({ accepting }) => !accepting);
    const replicaText = views.length > 1 ? ` on ${views.length} replicas` : '';
    say(summary, `${running.length} of ${slots} slots busy${replicaText}, ${waiting.length} waiting${isStopping ? '; shutting down' : ''}`);

    const jobs = new Map([...running, ...waiting].map((job) => [job.viewpoint_id, job]));
    const ended = [...rows.keys()].filter((id) => !jobs.has(id));
    for (const id of ended) {
      rows.get(id)?.element.remove();
      rows.delete(id);
    }
    const hasChanged = ended.length > 0 || [...jobs.keys()].some((id) => !rows.has(id));
    for (const [id, job] of jobs) {
      const row = rows.get(id) ?? jobRow(id, api, askNow);
      if (!rows.has(id)) list.append(row.element);
      rows.set(id, row);
      row.update(job, running.includes(job));
    }
    list.hidden = jobs.size === 0;
    if (hasChanged) onChange();
    return jobs.size > 0;
  }

  return { element, askNow };
}

/** @param {string} id @param {import('./api.js').Api} api @param {() => void} askNow */
function jobRow(id, api, askNow) {
  const state = h('span', { class: 'muted' });
  const percent = h('span', { class: 'percent' });
  const bar = h('progress', { max: 100, 'aria-label': `Progress of ${id}` });
  const cancel = h('button', { type: 'button', class: 'small', 'aria-label': `Cancel the job of ${id}`, click: () => void stop() }, 'Cancel');
  const element = h('li', {}, h('div', { class: 'job-name' }, h('a', { href: viewpointLink(id) }, id), state), bar, percent, cancel);

  async function stop() {
    if (!(await confirmed({ title: 'Cancel the job?', text: `The viewpoint “${id}” ends as FAILED; it can be processed again later.`, action: 'Cancel the job' }))) return;
    cancel.disabled = true;
    try {
      await api.cancel(id);
      askNow();
    } catch (error) {
      cancel.disabled = false;
      put(state, sentenceOf(error));
    }
  }

  return {
    element,
    /** @param {Job} job @param {boolean} isRunning */
    update(job, isRunning) {
      say(state, jobState(job));
      say(percent, isRunning ? `${job.percent} %` : 'waiting');
      bar.value = job.percent;
    },
  };
}
