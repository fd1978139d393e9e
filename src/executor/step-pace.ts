import { STEPS, type StepName } from '../domain/job.js';

/** How long the steps of a job take here, learnt from the jobs of this process. */
export interface StepPace {
  /** Expected duration of a step on an image of so many bytes, in milliseconds. */
  expectedMs(step: StepName, bytes: number): number;
  learn(step: StepName, bytes: number, durationMs: number): void;
  /**
   * Expected time until the end of a job, in milliseconds: the rest of the running step, of which `fraction` (0 to 1)
   * is done after `elapsedMs`, by its own pace so far, the more so the further it is, and all later steps.
   */
  remainingMs(now: { step: StepName; fraction: number; elapsedMs: number; bytes: number }): number;
}

/** First guesses, in milliseconds per 10^6 bytes. */
const GUESSED_MS_PER_MEGABYTE: Record<StepName, number> = { waiting: 0, download: 5, pyramid: 5, metadata: 0.2, publish: 1 };
/** What a step takes however small the image is, in milliseconds. */
const LEAST_MS: Record<StepName, number> = { waiting: 0, download: 50, pyramid: 100, metadata: 100, publish: 20 };
/** How much the latest job counts. */
const LATEST_SHARE = 0.3;
/** Images smaller than this, in bytes, tell nothing of the pace. */
const TELLING_BYTES = 4e6;
/** Part of a step after which its own pace alone counts. */
const TELLING_FRACTION = 0.25;

export function createStepPace(): StepPace {
  const msPerMegabyte = { ...GUESSED_MS_PER_MEGABYTE };
  const expectedMs = (step: StepName, bytes: number) => LEAST_MS[step] + msPerMegabyte[step] * (bytes / 1e6);

  return {
    expectedMs,

    learn(step, bytes, durationMs) {
      if (bytes < TELLING_BYTES) return;
      const seen = Math.max(0, durationMs - LEAST_MS[step]) / (bytes / 1e6);
      msPerMegabyte[step] += LATEST_SHARE * (seen - msPerMegabyte[step]);
    },

    remainingMs({ step, fraction, elapsedMs, bytes }) {
      const byExperience = Math.max(0, expectedMs(step, bytes) - elapsedMs);
      const byOwnPace = fraction > 0 ? (elapsedMs * (1 - fraction)) / fraction : byExperience;
      const trust = Math.min(1, fraction / TELLING_FRACTION);
      const later = STEPS.slice(STEPS.indexOf(step) + 1).reduce((sum, next) => sum + expectedMs(next, bytes), 0);
      return trust * byOwnPace + (1 - trust) * byExperience + later;
    },
  };
}
