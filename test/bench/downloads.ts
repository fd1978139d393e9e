import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonDownload, type ReferenceFigures } from './references.js';
import { BUCKET, startObjectServer } from './rig.js';
import { runCommand } from './run-command.js';
import { spreadOf, type Spread } from './spread.js';

const DOWNLOAD_ONCE = fileURLToPath(new URL('download-once.js', import.meta.url));
/** What one connection to S3 is roughly good for, in 10^6 bytes per second. */
const CONNECTION_LIMIT = 60;

export interface DownloadReport {
  way: string;
  /** Most that one connection gives, in 10^6 bytes per second; null: no limit but the machine. */
  connectionLimit: number | null;
  /** In 10^6 bytes. */
  megabytesPerSecond: Spread;
  cpuSeconds: number;
  peakMegabytes: number;
}

/** The same object by the service's downloader, by one stream, and by boto3 where it is, in rounds. */
export async function measureDownloads(imagesFolder: string, fileName: string, scratchFolder: string, python: string | null, runs: number): Promise<DownloadReport[]> {
  const reports: DownloadReport[] = [];
  const megabytes = (await stat(join(imagesFolder, fileName))).size / 1e6;
  for (const connectionLimit of [null, CONNECTION_LIMIT]) {
    const server = await startObjectServer(imagesFolder, connectionLimit ?? undefined);
    try {
      const own = (way: string) => () => downloadOnce(server.url, fileName, scratchFolder, way);
      const boto = (threads: 'default' | 'one-thread') => () => pythonDownload({ python: python ?? '', s3Url: server.url, fileName, scratchFolder }, threads);
      const ways: Record<string, () => Promise<ReferenceFigures>> = {
        service: own('service'),
        'service, until on the disk': own('service-on-disk'),
        'single stream': own('single-stream'),
        ...(python === null ? {} : { 'boto3 default': boto('default'), 'boto3 one thread': boto('one-thread') }),
      };
      await own('single-stream')(); // the server reads the file into memory now, not in the first round
      const figures = Object.fromEntries(Object.keys(ways).map((way) => [way, [] as ReferenceFigures[]]));
      for (let round = 0; round < runs; round++) for (const [way, download] of Object.entries(ways)) figures[way]?.push(await download());
      for (const [way, own] of Object.entries(figures)) {
        reports.push({
          way,
          connectionLimit,
          megabytesPerSecond: spreadOf(own.map(({ seconds }) => megabytes / seconds)),
          cpuSeconds: spreadOf(own.map(({ cpuSeconds }) => cpuSeconds)).median,
          peakMegabytes: spreadOf(own.map(({ peakMegabytes }) => peakMegabytes)).most,
        });
      }
    } finally {
      await server.stop();
    }
  }
  return reports;
}

async function downloadOnce(url: string, fileName: string, scratchFolder: string, way: string): Promise<ReferenceFigures> {
  const path = join(scratchFolder, fileName);
  try {
    return JSON.parse(await runCommand(process.execPath, [DOWNLOAD_ONCE, path, url, BUCKET, fileName, way])) as ReferenceFigures;
  } finally {
    await rm(path, { force: true });
  }
}
