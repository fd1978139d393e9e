import type { CancelReport } from './cancels.js';
import type { DownloadReport } from './downloads.js';
import type { ImageReport } from './large-images.js';
import type { LatencySummary } from './latency.js';
import type { SmallImagesReport } from './small-images.js';
import { spreadText, type Spread } from './spread.js';

/** Everything that a run measured; a part that was not asked for is absent. */
export interface Report {
  machine: string;
  readySeconds: Spread;
  images?: ImageReport[];
  /** `seconds` of each run. */
  together?: { seconds: Spread; ping: LatencySummary };
  /** The same images where a connection gives no more than this, in 10^6 bytes per second. */
  slowNetwork?: { connectionLimit: number; images: ImageReport[] };
  downloads?: DownloadReport[];
  small?: SmallImagesReport;
  cancels?: CancelReport[];
  huge?: { image: string; seconds: number; peakMegabytes: number };
}

/** The report as Markdown, as it stands in BENCHMARKS.md. */
export function markdownOf(report: Report): string {
  const { images, together, slowNetwork, downloads, small, cancels, huge } = report;
  return [
    `Machine: ${report.machine}. Ready after ${spreadText(report.readySeconds)} s. Median (least to most) of the runs; memory in 2^20 bytes.`,
    ...(images ?? []).map(imageText),
    ...(together === undefined
      ? []
      : [`Two large images at once: ${spreadText(together.seconds)} s; /ping meanwhile: ${latencyText(together.ping)}.`]),
    ...(slowNetwork === undefined ? [] : [`**Connections of ${slowNetwork.connectionLimit} MB/s**`, ...slowNetwork.images.map(imageText)]),
    ...(downloads === undefined ? [] : [downloadsText(downloads)]),
    ...(small === undefined
      ? []
      : [
          `${small.images} images of ${small.megabytesEach.toFixed(1)} MB by SQS: ${small.imagesPerSecond.toFixed(1)} per second, ${small.cpuSecondsEach.toFixed(3)} CPU s each, and ${small.emulatorsCpuSecondsEach.toFixed(3)} for queue and table. ` +
            watchedText(small.watched),
        ]),
    ...(cancels === undefined ? [] : [cancelsText(cancels)]),
    ...(huge === undefined ? [] : [`${huge.image}: ${huge.seconds.toFixed(1)} s, peak ${huge.peakMegabytes.toFixed(0)} MB.`]),
  ].join('\n\n');
}

function imageText({ image, megabytes, ways, ratios }: ImageReport): string {
  const rows = ways.map(({ way, seconds, steps, cpuSeconds, peakMegabytes }) => [
    way,
    spreadText(seconds),
    Object.entries(steps).map(([step, value]) => `${step} ${value.toFixed(2)}`).join(', '),
    cpuSeconds.toFixed(1),
    peakMegabytes.toFixed(0),
    ratios[way]?.toFixed(2) ?? '',
  ]);
  return `**${image}** (${megabytes.toFixed(0)} MB)\n\n${table(['', 'seconds', 'steps', 'CPU s', 'peak MB', 'service / this'], rows)}`;
}

function downloadsText(downloads: readonly DownloadReport[]): string {
  const rows = downloads.map(({ way, connectionLimit, megabytesPerSecond, cpuSeconds, peakMegabytes }) => [
    way,
    connectionLimit === null ? 'none' : `${connectionLimit} MB/s`,
    spreadText(megabytesPerSecond, 0),
    cpuSeconds.toFixed(1),
    peakMegabytes.toFixed(0),
  ]);
  return `**Download**\n\n${table(['', 'limit of a connection', 'MB/s', 'CPU s', 'peak MB'], rows)}`;
}

function cancelsText(cancels: readonly CancelReport[]): string {
  const rows = cancels.map(({ step, asked, failed, gone }) => [step, asked === 'own' ? 'the replica that runs it' : 'another replica', spreadText(failed), spreadText(gone)]);
  return `**Cancel of a job of 1 GB**\n\n${table(['in step', 'asked', 's to FAILED', 's to no files'], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function watchedText({ images, imagesPerSecond, peakMegabytes, ping, status }: SmallImagesReport['watched']): string {
  return `${images} more while watched: ${imagesPerSecond.toFixed(1)} per second, peak ${peakMegabytes.toFixed(0)} MB; /ping meanwhile: ${latencyText(ping)}; status: ${latencyText(status)}.`;
}

function latencyText({ medianMs, p99Ms, longestMs, requests }: LatencySummary): string {
  return `median ${medianMs.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, longest ${longestMs.toFixed(0)} ms of ${requests}`;
}
