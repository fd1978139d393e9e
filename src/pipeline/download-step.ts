import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { ARTIFACT_SUFFIXES } from '../domain/artifacts.js';
import { ViewpointError } from '../domain/errors.js';
import type { ViewpointDefinition } from '../domain/viewpoint.js';
import type { Reservation } from '../storage/disk-room.js';
import type { ObjectDownloader } from '../storage/s3-download.js';
import { volumeError, type Scratch, type Volume } from '../storage/volume.js';
import type { ProgressListener } from './progress.js';
import { SPARE_BYTES } from './spare-room.js';

/** Notes in the scratch folder which object the image there is; written once the image is whole. */
const RECEIPT_FILE = '.download.json';
/** Overviews of an image that is not compressed take a third of it. */
const LIKELY_OVERVIEWS_SHARE = 1 / 3;
/** Longest key that S3 has (S3 User Guide, "Naming Amazon S3 objects"); it answers a question for a longer one with an error, not with "absent". */
const LONGEST_KEY_BYTES = 1024;
const SIDE_FILE_SUFFIXES = [ARTIFACT_SUFFIXES.statisticsSidecar, ARTIFACT_SUFFIXES.overviews];

interface Receipt {
  bucket: string;
  key: string;
  eTag: string;
  sizeBytes: number;
}

export interface DownloadStep {
  definition: ViewpointDefinition;
  fileName: string;
  scratch: Scratch;
  /** Scratch folders of dead attempts, whose finished download is taken over if it is of the same object. */
  otherScratches: readonly Scratch[];
  reservation: Reservation;
  signal: AbortSignal;
  progress: ProgressListener;
}

/**
 * Brings the image, and the `.aux.xml` and `.ovr` beside it if there are any, from S3 into the scratch folder.
 * @throws ViewpointError `no_such_key`, `empty_file`, `disk_full` and those of the downloader.
 */
export async function download(deps: { downloader: ObjectDownloader; volume: Volume }, step: DownloadStep): Promise<void> {
  const { bucket_name: bucket, object_key: key } = step.definition;
  const head = await deps.downloader.head(bucket, key, step.signal);
  if (head === null) {
    throw new ViewpointError('no_such_key', `The bucket "${bucket}" holds no object "${key}". Check the object key.`);
  }
  if (head.size === 0) throw new ViewpointError('empty_file', `The object "${key}" is empty. Upload the image again.`);

  const receipt: Receipt = { bucket, key, eTag: head.eTag, sizeBytes: head.size };
  const isTakenOver = await takeOver(receipt, step);
  // The rest is of no use, takes room, and must be gone before this attempt publishes.
  await deps.volume.revoke(step.otherScratches);
  if (!isTakenOver) {
    await step.reservation.reserve(head.size + SPARE_BYTES, step.signal, head.size * (1 + LIKELY_OVERVIEWS_SHARE) + SPARE_BYTES);
    const path = step.scratch.pathOf(step.fileName);
    await deps.downloader.download({
      bucket,
      key,
      head,
      path,
      signal: step.signal,
      onProgress: ({ bytesDone, bytesTotal }) => step.progress.downloaded(bytesDone, bytesTotal),
    });
    await writeReceipt(step.scratch.pathOf(RECEIPT_FILE), receipt);
  }
  step.progress.downloaded(head.size, head.size);
  await Promise.all(SIDE_FILE_SUFFIXES.map((suffix) => downloadSideFile(deps.downloader, step, suffix)));
}

/** Uses an image that this attempt, before a restart of its pipeline, or a dead one has brought whole. */
async function takeOver(receipt: Receipt, { scratch, otherScratches, fileName }: DownloadStep): Promise<boolean> {
  if (await holdsImage(scratch, receipt, fileName)) return true;
  for (const other of otherScratches) {
    if (!(await holdsImage(other, receipt, fileName))) continue;
    try {
      await rename(other.pathOf(fileName), scratch.pathOf(fileName));
      await rename(other.pathOf(RECEIPT_FILE), scratch.pathOf(RECEIPT_FILE));
    } catch {
      continue; // its attempt has gone on meanwhile, or been swept
    }
    return true;
  }
  return false;
}

async function holdsImage(scratch: Scratch, receipt: Receipt, fileName: string): Promise<boolean> {
  try {
    const found = await readFile(scratch.pathOf(RECEIPT_FILE), 'utf8');
    const { size } = await stat(scratch.pathOf(fileName));
    return found === JSON.stringify(receipt) && size === receipt.sizeBytes;
  } catch {
    return false; // nothing there, or not readable: it is downloaded anew
  }
}

async function downloadSideFile(downloader: ObjectDownloader, { definition, scratch, fileName, signal }: DownloadStep, suffix: string): Promise<void> {
  const key = definition.object_key + suffix;
  const path = scratch.pathOf(fileName + suffix);
  // One that an earlier try of this attempt was making when it failed looks like one that was delivered.
  await rm(path, { force: true });
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) return;
  const head = await downloader.head(definition.bucket_name, key, signal);
  if (head === null) return;
  await downloader.download({ bucket: definition.bucket_name, key, head, path, signal });
}

async function writeReceipt(path: string, receipt: Receipt): Promise<void> {
  try {
    await writeFile(path, JSON.stringify(receipt));
  } catch (error) {
    throw volumeError(path, 'note the download', error);
  }
}
