import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deferred } from '../../src/domain/deferred.js';
import { untilAborted as resultUnlessAborted } from '../../src/domain/until-aborted.js';
import { createJobTracker } from '../../src/executor/job-tracker.js';
import type { Outcome } from '../../src/executor/outcome.js';
import { runJob, type JobLog, type RunJobDeps } from '../../src/executor/run-job.js';
import { createStepPace } from '../../src/executor/step-pace.js';
import type { PipelineResult, PipelineRun } from '../../src/pipeline/run-pipeline.js';
import { createVolume, type Volume } from '../../src/storage/volume.js';
import { DEFINITION, NOBODY_TOLD, startTestTable, type TestTable } from '../support/table.js';

const SILENT: JobLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface JobRun {
  pipeline: (run: PipelineRun) => Promise<PipelineResult>;
  isLastChance?: boolean;
  stop?: AbortSignal;
  tries?: number;
  owner?: string;
  isOutage?: boolean;
  /** A new one when absent. */
  viewpointId?: string;
}

/** Runs jobs whose pipelines the tests write, over a table and a volume of their own. */
export interface JobRunner {
  db: TestTable;
  root: string;
  volume: Volume;
  /** Creates a viewpoint and returns its id. */
  requested: () => Promise<string>;
  run: (run: JobRun) => Promise<{ id: string; outcome: Outcome }>;
  status: (id: string) => Promise<string | undefined>;
  stop: () => Promise<void>;
}

export async function startJobRunner(): Promise<JobRunner> {
  const db = await startTestTable();
  const root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
  const volume = createVolume(root);
  let serial = 0;

  async function requested(): Promise<string> {
    const id = `job-${serial++}`;
    await db.table.create(id, DEFINITION, 1_900_000_000, 0);
    return id;
  }

  return {
    db,
    root,
    volume,
    requested,
    async run({ pipeline, isLastChance = false, stop, tries = 1, owner = 'replica-a', viewpointId, isOutage = false }) {
      const id = viewpointId ?? (await requested());
      const now = () => db.clock.now;
      const deps: RunJobDeps = {
        table: db.table,
        volume,
        pipeline,
        completions: NOBODY_TOLD,
        owner,
        now,
        // The table's clock stands still in these tests: a heartbeat of 0 renews at every look.
        lease: { leaseMs: 60_000, heartbeatMs: 0, reportMs: 5 },
        isOutage: () => Promise.resolve(isOutage),
        retries: { tries, baseMs: 1, maximumMs: 2 },
      };
      const tracker = createJobTracker({ replica: owner, correlationId: null, now, pace: createStepPace(), onChange: () => undefined });
      const outcome = await runJob(deps, { viewpointId: id, tracker, log: SILENT, signal: stop ?? new AbortController().signal, isLastChance: () => isLastChance });
      return { id, outcome };
    },
    status: async (id) => (await db.table.get(id))?.viewpoint_status,
    async stop() {
      await db.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A pipeline that goes on until its signal is aborted, as a long download does. */
export function untilAborted({ signal }: PipelineRun): Promise<PipelineResult> {
  return resultUnlessAborted(deferred<PipelineResult>().promise, signal);
}
