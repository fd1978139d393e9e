/**
 * Does the work again and again, the next time so many milliseconds after the last has ended, until the signal aborts;
 * not while the page is hidden. An error goes to `onError` and does not end it.
 * @param {(signal: AbortSignal) => Promise<number>} work answers the pause after it, in milliseconds
 * @param {{ signal: AbortSignal, onError: (error: unknown) => void, pauseAfterErrorMs?: number }} options
 * @returns {() => void} does the work at once
 */
export function poll(work, { signal, onError, pauseAfterErrorMs = 3000 }) {
  let wake = () => {};

  async function run() {
    while (!signal.aborted) {
      let pauseMs;
      try {
        pauseMs = await work(signal);
      } catch (error) {
        if (signal.aborted) return;
        onError(error);
        pauseMs = pauseAfterErrorMs;
      }
      await pause(pauseMs);
    }
  }

  /** @param {number} milliseconds @returns {Promise<void>} */
  function pause(milliseconds) {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', whenVisible);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const whenVisible = () => void (document.hidden || end());
      const timer = setTimeout(() => (document.hidden ? document.addEventListener('visibilitychange', whenVisible) : end()), milliseconds);
      signal.addEventListener('abort', end);
      wake = end;
    });
  }

  void run();
  return () => wake();
}
