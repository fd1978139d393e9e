import type { Arrived } from '../domain/arrived.js';
import type { Arrivals } from '../imagery/decoder-child.js';
import type { PyramidReport } from '../imagery/protocol.js';
import type { DownloadProgress } from '../storage/s3-download.js';

/** A download is watched for so long before it is judged, in milliseconds … */
const WATCHED_MS = 500;
/** … and must have so long to go: work that begins later would not end sooner. */
const WORTHWHILE_MS = 500;
/** By so much more has to be there before the decoder is told. */
const TOLD_STEP_BYTES = 4 * 1024 * 1024;

export interface HeadStartConditions {
  /** A clock, in milliseconds. */
  now: () => number;
  /** Whether cores have had nothing to do since it was last asked: where none have, the work would only slow the download down. */
  hasIdleCores: () => boolean;
}
/** The image of a job while it is being downloaded. */
export interface ArrivingDownload extends Arrivals {
  bytesToCome(): number;
  /** Whether all of it is there, under its own name. */
  isWhole(): boolean;
}

/** Lets work on an image begin while the rest of it is on its way, if that takes so long that it pays and leaves cores idle. */
export interface HeadStart {
  readonly onArriving: (progress: DownloadProgress) => void;
  /** Says that the image has its name, and gives the work that was begun; null when none was, or when it has failed on what there was. */
  finish(): Promise<PyramidReport> | null;
  /** Resolves when no work that was begun goes on. */
  ended(): Promise<void>;
}

export function createHeadStart(begin: (download: ArrivingDownload) => Promise<PyramidReport>, { now, hasIdleCores }: HeadStartConditions): HeadStart {
  const listeners = new Set<(arrived: Arrived | null) => void>();
  let watched: { sinceMs: number; bytesDone: number } | undefined;
  let told: Arrived | null = null;
  let bytesToCome = 0;
  let isWhole = false;
  let work: Promise<PyramidReport> | null = null;
  let hasFailed = false;

  const download: ArrivingDownload = {
    bytesToCome: () => bytesToCome,
    isWhole: () => isWhole,
    follow(listener) {
      listeners.add(listener);
      listener(isWhole ? null : told);
      return () => listeners.delete(listener);
    },
  };

  function tell(arrived: Arrived | null): void {
    for (const listener of listeners) listener(arrived);
  }

  function pays({ bytesDone, bytesTotal }: DownloadProgress): boolean {
    if (watched === undefined) {
      watched = { sinceMs: now(), bytesDone };
      hasIdleCores();
      return false;
    }
    const elapsedMs = now() - watched.sinceMs;
    if (elapsedMs < WATCHED_MS) return false;
    const restMs = (elapsedMs * (bytesTotal - bytesDone)) / (bytesDone - watched.bytesDone);
    watched = { sinceMs: now(), bytesDone };
    return hasIdleCores() && restMs >= WORTHWHILE_MS;
  }

  return {
    onArriving(progress) {
      const { arrived } = progress;
      bytesToCome = progress.bytesTotal - progress.bytesDone;
      if (arrived === null) return;
      if (work === null) {
        if (!pays(progress)) return;
        told = arrived;
        work = begin(download);
        work.catch(() => (hasFailed = true));
      } else if (isNews(arrived, told)) {
        told = arrived;
        tell(arrived);
      }
    },
    finish() {
      isWhole = true;
      tell(null);
      return hasFailed ? null : work;
    },
    async ended() {
      await work?.catch(() => undefined);
    },
  };
}

function isNews(arrived: Arrived, told: Arrived | null): boolean {
  return told === null || arrived.prefixBytes - told.prefixBytes >= TOLD_STEP_BYTES || arrived.prefixBytes === arrived.sizeBytes || arrived.suffixStart !== told.suffixStart;
}
