import { setTimeout as delay } from 'node:timers/promises';
import { ViewpointError } from '../domain/errors.js';
import { EMPTY_JOB_REPORT, type JobReport } from '../domain/job.js';
import type { ViewpointStatus } from '../domain/viewpoint.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import { backoffMs } from './backoff.js';
import { currentReport } from './current-report.js';
import type { Executor } from './executor.js';
import type { JobLog } from './run-job.js';

/** A viewpoint at one moment. */
export interface Snapshot {
  viewpointId: string;
  /** `NOT FOUND` when there is no row. */
  status: ViewpointStatus;
  report: JobReport;
}

export interface Watcher {
  /** The state, first as it is and then as soon as it differs from what was told; null when it does not within the time. */
  next(waitMs: number): Promise<Snapshot | null>;
  /** False once nothing more will be told: the watch or the watcher is closed. */
  readonly isOpen: boolean;
  close(): void;
}

/** Tells how viewpoints get on, wherever their jobs run. */
export interface ViewpointWatch {
  /** @throws ViewpointError `too_many_watchers`. */
  open(viewpointId: string): Watcher;
  readonly hasRoom: boolean;
  readonly watchers: number;
  /** Closes all watchers, and accepts no more. */
  close(): void;
}

export interface ViewpointWatchDeps {
  table: ViewpointTable;
  executor: Executor;
  log: JobLog;
  /** Time between two reads of a row whose job runs elsewhere, in milliseconds. */
  pollMs: number;
  maximumWatchers: number;
}

/** Time between two looks at a job in this process, which costs nothing, in milliseconds. */
const LOCAL_LOOK_MS = 200;
const ERROR_BACKOFF = { baseMs: 2000, maximumMs: 30_000 };

interface Channel {
  latest: Snapshot | undefined;
  readonly watchers: Set<() => void>;
  readonly stop: AbortController;
}

/**
 * One look-out per viewpoint, however many watch it, and only while somebody does: at the job where it runs in this
 * process, else at the row.
 */
export function createViewpointWatch(deps: ViewpointWatchDeps): ViewpointWatch {
  const { table, executor, log } = deps;
  const channels = new Map<string, Channel>();
  let watchers = 0;
  let isClosed = false;

  function channelOf(viewpointId: string): Channel {
    const existing = channels.get(viewpointId);
    // What has ended may have begun anew since; then the end that a look-out saw last is not for who comes now.
    if (existing !== undefined && (existing.latest === undefined || existing.latest.status === 'REQUESTED')) return existing;
    const channel: Channel = { latest: undefined, watchers: new Set(), stop: new AbortController() };
    channels.set(viewpointId, channel);
    void lookOut(viewpointId, channel);
    return channel;
  }

  async function lookOut(viewpointId: string, channel: Channel): Promise<void> {
    const { signal } = channel.stop;
    let record: ViewpointRecord | null | undefined;
    let failures = 0;
    while (!signal.aborted) {
      const job = executor.find(viewpointId);
      try {
        // While the job is here, the row has nothing to add.
        if (job === undefined || record === undefined) record = await table.get(viewpointId);
        failures = 0;
        tell(channel, snapshotOf(viewpointId, record, record === null ? EMPTY_JOB_REPORT : currentReport(record, job)));
      } catch (error) {
        if (failures++ === 0) log.warn({ err: error, viewpointId }, 'viewpoint not watched for a while');
      }
      const waitMs = failures > 0 ? backoffMs(ERROR_BACKOFF, failures) : job === undefined ? deps.pollMs : LOCAL_LOOK_MS;
      const pause = delay(waitMs, undefined, { signal }).catch(() => undefined);
      await (job === undefined ? pause : Promise.race([pause, job.outcome]));
    }
  }

  return {
    open(viewpointId) {
      if (isClosed) throw new ViewpointError('shutting_down', 'The service is shutting down. Try again; another replica will answer.');
      if (watchers >= deps.maximumWatchers) throw new ViewpointError('too_many_watchers', `${watchers} clients of this process follow viewpoints already. Try again later, or ask for the status now and then.`);
      watchers++;
      const channel = channelOf(viewpointId);
      let told: Snapshot | undefined;
      let isOpen = true;
      let wake = (): void => undefined;
      const notify = () => wake();
      channel.watchers.add(notify);

      return {
        get isOpen() {
          return isOpen && !channel.stop.signal.aborted;
        },
        async next(waitMs) {
          if (channel.latest === told && this.isOpen) await until(waitMs, (resolve) => (wake = resolve));
          if (channel.latest === told || channel.latest === undefined) return null;
          told = channel.latest;
          return told;
        },
        close() {
          if (!isOpen) return;
          isOpen = false;
          watchers--;
          channel.watchers.delete(notify);
          if (channel.watchers.size === 0) {
            channel.stop.abort();
            if (channels.get(viewpointId) === channel) channels.delete(viewpointId);
          }
          wake();
        },
      };
    },

    get hasRoom() {
      return !isClosed && watchers < deps.maximumWatchers;
    },

    get watchers() {
      return watchers;
    },

    close() {
      isClosed = true;
      for (const channel of channels.values()) {
        channel.stop.abort();
        wakeAll(channel);
      }
      channels.clear();
    },
  };
}

function tell(channel: Channel, snapshot: Snapshot): void {
  const { latest } = channel;
  if (latest?.status === snapshot.status && latest.report.updated_at === snapshot.report.updated_at) return;
  channel.latest = snapshot;
  wakeAll(channel);
}

function wakeAll(channel: Channel): void {
  for (const notify of [...channel.watchers]) notify();
}

function snapshotOf(viewpointId: string, record: ViewpointRecord | null, report: JobReport): Snapshot {
  return { viewpointId, status: record?.viewpoint_status ?? 'NOT FOUND', report };
}

/** Resolves when woken, at the latest after the time. */
function until(waitMs: number, onWait: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    onWait(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
