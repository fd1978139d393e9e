import { eventsIn } from './event-stream.js';

/**
 * The service's own API. All addresses are relative to the page's, so that the dashboard works behind a proxy under
 * any prefix.
 *
 * @typedef {import('../domain/viewpoint.js').Viewpoint} Viewpoint
 * @typedef {import('../domain/viewpoint.js').RangeAdjustment} RangeAdjustment
 * @typedef {import('../domain/job.js').JobReport} JobReport
 * @typedef {JobReport & Pick<Viewpoint, 'viewpoint_id' | 'viewpoint_status'>} ViewpointStatus
 * @typedef {JobReport & { viewpoint_id: string }} Job
 * @typedef {{ replica: string, accepting: boolean, concurrency: number, waiting_room: number, running: Job[], waiting: Job[] }} ExecutorView
 * @typedef {{ viewpoints: Viewpoint[], next_token: string | null }} ViewpointPage
 */

const KEY_ITEM = 'viewpoint-worker-key';

/** An answer that is not 2xx; the message is the service's own sentence. */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} detail */
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** @typedef {ReturnType<typeof createApi>} Api */

/**
 * @param {object} options
 * @param {() => void} options.onUnauthorized called when the service wants a key, or another one
 * @param {(isReachable: boolean) => void} options.onReachable called after each request
 */
export function createApi({ onUnauthorized, onReachable }) {
  /** @param {string} path @param {RequestInit} [init] */
  async function send(path, init = {}) {
    const key = sessionStorage.getItem(KEY_ITEM);
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    let response;
    try {
      response = await fetch(new URL(path, document.baseURI), { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted !== true) onReachable(false);
      throw error;
    }
    onReachable(response.status !== 502 && response.status !== 504);
    if (response.ok) return response;
    if (response.status === 401) onUnauthorized();
    throw await errorOf(response);
  }

  /** @param {string} path @param {RequestInit} [init] @returns {Promise<any>} */
  const json = async (path, init) => (await send(path, init)).json();
  /** @param {string} id */
  const at = (id) => `viewpoints/${encodeURIComponent(id)}`;

  return {
    /** @param {string} key */
    useKey: (key) => sessionStorage.setItem(KEY_ITEM, key),
    /** @param {AbortSignal} signal @returns {Promise<ExecutorView>} */
    executor: (signal) => json('executor', { signal }),
    /** @param {{ status: string, token: string, limit: number }} query @param {AbortSignal} signal @returns {Promise<ViewpointPage>} */
    list({ status, token, limit }, signal) {
      const query = new URLSearchParams({ limit: String(limit) });
      if (status !== '') query.set('status', status);
      if (token !== '') query.set('token', token);
      return json(`viewpoints?${query}`, { signal });
    },
    /** @param {string} id @param {AbortSignal} signal @returns {Promise<Viewpoint>} */
    viewpoint: (id, signal) => json(at(id), { signal }),
    /** @param {string} id @param {AbortSignal} signal @returns {Promise<ViewpointStatus>} */
    status: (id, signal) => json(`${at(id)}/status`, { signal }),
    /**
     * The events of a viewpoint: what is new to who has seen `lastEventId`; none when that was the end.
     * @param {string} id @param {string} lastEventId empty: none yet
     * @param {{ signal: AbortSignal, onBytes: () => void }} options
     */
    async events(id, lastEventId, { signal, onBytes }) {
      const { body } = await send(`${at(id)}/events`, { signal, headers: lastEventId === '' ? {} : { 'last-event-id': lastEventId } });
      return body === null ? [] : eventsIn(body, onBytes);
    },
    /** @param {string} id @param {string} name @param {AbortSignal} signal @returns {Promise<any>} */
    document: (id, name, signal) => json(`${at(id)}/image/${name}`, { signal }),
    /** @param {string} id @param {RangeAdjustment} adjustment @param {AbortSignal} signal */
    preview: async (id, adjustment, signal) => (await send(`${at(id)}/image/preview.png?range_adjustment=${adjustment}`, { signal })).blob(),
    /** @param {string} id @param {object} body @returns {Promise<ViewpointStatus>} */
    process: (id, body) => json(`${at(id)}/process`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    /** @param {string} id @returns {Promise<ViewpointStatus>} */
    cancel: (id) => json(`${at(id)}/process`, { method: 'DELETE' }),
  };
}

/** @param {Response} response */
async function errorOf(response) {
  const problem = await response.json().catch(() => ({}));
  const detail = typeof problem?.detail === 'string' ? problem.detail : `The service answered ${response.status} ${response.statusText}`.trim();
  return new ApiError(response.status, typeof problem?.code === 'string' ? problem.code : 'unknown', detail);
}

/** What to show of anything thrown. @param {unknown} error */
export function sentenceOf(error) {
  if (error instanceof ApiError) return error.message;
  return error instanceof TypeError ? 'The service does not answer.' : String(error instanceof Error ? error.message : error);
}
