import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ViewpointError } from '../../src/domain/errors.js';
import { STEPS } from '../../src/domain/job.js';
import { createJobTracker, type JobTracker } from '../../src/executor/job-tracker.js';
import { createStepPace } from '../../src/executor/step-pace.js';

function createTestTracker(): JobTracker {
  return createJobTracker({ replica: 'a', correlationId: null, now: () => 1_800_000_000_000, pace: createStepPace(), onChange: () => undefined });
}

test('whatever a job goes through, its percent never goes back, and is 100 only at its end', () => {
  const event = fc.oneof(
    fc.record({ kind: fc.constant('step' as const), step: fc.constantFrom(...STEPS) }),
    fc.record({ kind: fc.constant('advance' as const), fraction: fc.double({ min: -1, max: 2, noNaN: true }) }),
    fc.record({ kind: fc.constant('bytes' as const), done: fc.nat(100), total: fc.nat(100) }),
    fc.record({ kind: fc.constant('fail' as const) }),
  );
  fc.assert(
    fc.property(fc.nat(100), fc.array(event, { maxLength: 40 }), (formerPercent, events) => {
      const tracker = createTestTracker();
      tracker.attemptStarted(2, formerPercent);
      let before = tracker.report().percent;
      assert.equal(before, Math.min(99, formerPercent));
      for (const item of events) {
        if (item.kind === 'step') tracker.stepStarted(item.step);
        else if (item.kind === 'advance') tracker.stepAdvanced(item.fraction);
        else if (item.kind === 'bytes') tracker.downloaded(Math.min(item.done, item.total), item.total);
        else tracker.tryFailed(new ViewpointError('download_failed', 'cut off'));
        const { percent } = tracker.report();
        assert.ok(percent >= before && percent <= 99);
        before = percent;
      }
      tracker.ended(null);
      assert.equal(tracker.report().percent, 100);
    }),
  );
});

test('percent follows the bytes of the download, then the fractions of the steps', () => {
  const tracker = createTestTracker();
  tracker.attemptStarted(1, 0);
  tracker.stepStarted('download');
  tracker.downloaded(50, 100);
  assert.equal(tracker.report().percent, 15);
  tracker.stepStarted('pyramid');
  assert.equal(tracker.report().percent, 30);
  tracker.stepAdvanced(0.5);
  assert.equal(tracker.report().percent, 62);
});

test('the remaining time is unknown before the size is, and none once the job has ended', () => {
  const tracker = createTestTracker();
  const remaining = () => tracker.report().remaining_seconds;
  tracker.attemptStarted(1, 0);
  tracker.stepStarted('download');
  assert.equal(remaining(), null);
  tracker.downloaded(500e6, 1000e6);
  assert.ok((remaining() ?? NaN) > 0);
  tracker.stepStarted('pyramid');
  assert.ok((remaining() ?? NaN) > 0);
  tracker.ended(null);
  assert.equal(remaining(), null);
});

test('the remaining time goes by the pace of the running step, and takes in the steps that follow', () => {
  const pace = createStepPace();
  // 10 MB/s: of 1000 MB, 500 are there after 50 s, and as many seconds are left of the download.
  const halfway = pace.remainingMs({ step: 'download', fraction: 0.5, elapsedMs: 50_000, bytes: 1000e6 });
  assert.ok(halfway > 50_000 && halfway < 65_000, String(halfway));
  const begun = pace.remainingMs({ step: 'pyramid', fraction: 0, elapsedMs: 0, bytes: 1000e6 });
  const nearEnd = pace.remainingMs({ step: 'pyramid', fraction: 0.9, elapsedMs: 2000, bytes: 1000e6 });
  assert.ok(nearEnd > 0 && nearEnd < begun && begun < halfway);
});

test('the pace of former jobs makes the estimate of the next one', () => {
  const pace = createStepPace();
  const before = pace.expectedMs('pyramid', 100e6);
  for (let job = 0; job < 30; job++) pace.learn('pyramid', 100e6, 20_000);
  assert.ok(before < 1000);
  assert.ok(Math.abs(pace.expectedMs('pyramid', 100e6) - 20_000) < 200);
  assert.ok(Math.abs(pace.remainingMs({ step: 'pyramid', fraction: 0, elapsedMs: 5000, bytes: 100e6 }) - 15_000) < 1000);
});
