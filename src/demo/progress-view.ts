import cliProgress from 'cli-progress';
import type { StepName } from '../domain/job.js';
import type { ViewpointStatus } from './follow-job.js';
import { describeBytes, describeSeconds } from '../domain/units.js';

/** Shows on the terminal how upload and job get on. */
export interface ProgressView {
  uploading(bytesDone: number, bytesTotal: number): void;
  processing(status: ViewpointStatus): void;
  /** Leaves what is shown as it is and the terminal in order. */
  end(): void;
}

const STEP_TEXTS: Record<StepName, string> = {
  waiting: 'waiting in the queue',
  download: 'downloading from S3',
  pyramid: 'statistics, overviews, verification tile',
  metadata: 'georeference and documents',
  publish: 'publishing',
};

/** Progress bars in a terminal; elsewhere, as in a pipe or a CI job, a line per step. */
export function createProgressView(output: NodeJS.WriteStream): ProgressView {
  return output.isTTY ? barView(output) : lineView(output);
}

function barView(output: NodeJS.WriteStream): ProgressView {
  const started: Partial<Record<'upload' | 'process', InstanceType<typeof cliProgress.SingleBar>>> = {};

  function show(name: 'upload' | 'process', done: number, total: number, text: string): void {
    const bar = (started[name] ??= startBar(name, total));
    bar.update(done, { text });
  }

  function startBar(name: string, total: number): InstanceType<typeof cliProgress.SingleBar> {
    const format = `  ${name.padEnd(8)} {bar} {percentage} %  {text}`;
    const bar = new cliProgress.SingleBar({ stream: output, format, barsize: 30, barCompleteChar: '█', barIncompleteChar: '░', hideCursor: true });
    bar.start(total, 0, { text: '' });
    return bar;
  }

  return {
    uploading(bytesDone, bytesTotal) {
      show('upload', bytesDone, bytesTotal, describeBytes(bytesTotal));
      if (bytesDone === bytesTotal) started.upload?.stop();
    },
    processing: (status) => show('process', status.percent, 100, stateText(status)),
    end: () => Object.values(started).forEach((bar) => bar.stop()),
  };
}

function lineView(output: NodeJS.WriteStream): ProgressView {
  let lastLine = '';
  const write = (line: string) => {
    if (line !== lastLine) output.write(`  ${line}\n`);
    lastLine = line;
  };
  return {
    uploading(bytesDone, bytesTotal) {
      write(`upload: ${describeBytes(bytesTotal)}${bytesDone === bytesTotal ? ', done' : ''}`);
    },
    processing: (status) => write(`process: ${stateText(status)}`),
    end: () => undefined,
  };
}

function stateText({ viewpoint_status, step, error, started_at, ended_at }: ViewpointStatus): string {
  if (viewpoint_status !== 'REQUESTED') {
    const duration = started_at === null || ended_at === null ? '' : ` after ${describeSeconds(Date.parse(ended_at) - Date.parse(started_at))}`;
    return viewpoint_status + duration;
  }
  if (error?.retryable === true) return `will be tried again: ${error.message}`;
  return STEP_TEXTS[step ?? 'waiting'];
}
