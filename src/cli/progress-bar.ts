import cliProgress from 'cli-progress';
import type { JobReport, StepName } from '../domain/job.js';

export interface ProgressBar {
  show(report: Pick<JobReport, 'step' | 'percent'>): void;
  /** Leaves the terminal in order. */
  end(): void;
}

const STEP_TEXTS: Record<StepName, string> = {
  waiting: 'starting',
  download: 'copying',
  pyramid: 'statistics, overviews, verification tile',
  metadata: 'georeference and documents',
  publish: 'putting files in place',
};

/** A bar on a terminal, a line per step elsewhere, nothing when `quiet`; on standard error, since the other one belongs to the result. */
export function createProgressBar(output: NodeJS.WriteStream, quiet: boolean): ProgressBar {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return output.isTTY ? bar(output) : lines(output);
}

function bar(output: NodeJS.WriteStream): ProgressBar {
  const drawn = new cliProgress.SingleBar({ stream: output, format: '{bar} {percentage} %  {text}', barsize: 30, barCompleteChar: '█', barIncompleteChar: '░', hideCursor: true, clearOnComplete: true });
  drawn.start(100, 0, { text: STEP_TEXTS.waiting });
  return {
    show: ({ step, percent }) => drawn.update(percent, { text: STEP_TEXTS[step ?? 'waiting'] }),
    end: () => drawn.stop(),
  };
}

function lines(output: NodeJS.WriteStream): ProgressBar {
  let latest: StepName | null = null;
  return {
    show({ step }) {
      if (step === null || step === latest) return;
      latest = step;
      output.write(`${STEP_TEXTS[step]}\n`);
    },
    end: () => undefined,
  };
}
