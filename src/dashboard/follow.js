import { ApiError } from './api.js';
import { poll } from './poll.js';

/** @typedef {import('./api.js').ViewpointStatus} ViewpointStatus */

const BUSY_PAUSE_MS = 700;
const IDLE_PAUSE_MS = 5000;
/** The first event comes at once; when it does not, something on the way keeps the stream back. */
const FIRST_EVENT_MS = 5000;
/** Longer than the usual pause between two signs of life of a stream. */
const SILENCE_MS = 40_000;
/** After a stream that broke off, as the service recommends. */
const RECONNECT_MS = 2000;
/** Where no stream comes through, the status is asked for; now and then a stream is tried again. */
const WITHOUT_STREAM_MS = 30_000;

/**
 * Follows a viewpoint: while it is processed by the service's events, and where no stream comes through, or nothing goes
 * on, by asking now and then; not at all while the page is hidden, since a browser opens a handful of connections only.
 * @param {object} options
 * @param {import('./api.js').Api} options.api
 * @param {string} options.id
 * @param {AbortSignal} options.signal ends it
 * @param {(status: ViewpointStatus) => Promise<void>} options.onStatus
 * @param {(error: unknown) => void} options.onError
 * @returns {() => void} asks at once
 */
export function followViewpoint({ api, id, signal, onStatus, onError }) {
  let lastEventId = '';
  let noStreamUntil = 0;

  async function ask() {
    // What a stream broke off in is taken up by the next one.
    if (lastEventId === '') {
      const status = await api.status(id, signal);
      await onStatus(status);
      if (status.viewpoint_status !== 'REQUESTED') return IDLE_PAUSE_MS;
    }
    return performance.now() < noStreamUntil ? BUSY_PAUSE_MS : await follow();
  }

  /** Follows the stream to its end; answers the pause after it. */
  async function follow() {
    const known = lastEventId;
    lastEventId = '';
    const patience = createPatience(signal);
    try {
      for await (const { id: eventId, name, data } of await api.events(id, known, patience)) {
        patience.mayBeSilent();
        lastEventId = eventId;
        await onStatus(JSON.parse(data));
        if (name === 'end') {
          lastEventId = '';
          return IDLE_PAUSE_MS;
        }
      }
      // 204: nothing has happened since the end that was seen, or a replica that stops.
      return lastEventId === '' ? BUSY_PAUSE_MS : RECONNECT_MS;
    } catch (error) {
      if (signal.aborted) throw error;
      if (document.hidden) return 0;
      if (lastEventId !== '' && !(error instanceof ApiError)) return RECONNECT_MS;
      lastEventId = '';
      noStreamUntil = performance.now() + WITHOUT_STREAM_MS;
      return BUSY_PAUSE_MS;
    } finally {
      patience.end();
    }
  }

  return poll(ask, { signal, onError });
}

/**
 * How long a stream may give no sign of life; then, when the page is hidden, and with the outer signal, its own aborts.
 * @param {AbortSignal} outer
 */
function createPatience(outer) {
  const stop = new AbortController();
  const abort = () => stop.abort();
  const whenHidden = () => void (document.hidden && abort());
  let limitMs = FIRST_EVENT_MS;
  let timer = setTimeout(abort, limitMs);
  outer.addEventListener('abort', abort);
  document.addEventListener('visibilitychange', whenHidden);
  return {
    signal: stop.signal,
    mayBeSilent: () => (limitMs = SILENCE_MS),
    onBytes() {
      clearTimeout(timer);
      timer = setTimeout(abort, limitMs);
    },
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', abort);
      document.removeEventListener('visibilitychange', whenHidden);
    },
  };
}
