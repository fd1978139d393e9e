import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { ARTIFACT_SUFFIXES } from '../domain/artifacts.js';
import { ViewpointError } from '../domain/errors.js';
import type { ViewpointDefinition } from '../domain/viewpoint.js';
import { volumeError } from '../domain/volume-error.js';
import type { Reservation } from '../storage/disk-room.js';
import type { DownloadProgress, DownloadRequest, ObjectDownloader, WrittenFile } from '../storage/s3-download.js';
import type { Scratch } from '../storage/scratch.js';
import type { Volume } from '../storage/volume.js';
import { bringTogether, type Bring } from './bring-together.js';
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

export interface DownloadDeps {
  downloader: ObjectDownloader;
  volume: Volume;
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
  /** Told how far the image is, once it is known that nothing comes beside it. */
  onArriving: (progress: DownloadProgress) => void;
}

/**
 * Brings the image, and the `.aux.xml` and `.ovr` beside it if there are any, from S3 into the scratch folder. Resolves
 * when they can be read; their `onDisk` also tells that the image is noted as whole, for attempts to come.
 * @throws ViewpointError `no_such_key`, `empty_file`, `disk_full` and those of the downloader.
 */
export async function download(deps: DownloadDeps, step: DownloadStep): Promise<WrittenFile> {
  const { bucket_name: bucket, object_key: key } = step.definition;
  const head = await deps.downloader.head(bucket, key, step.signal);
  if (head === null) {
    throw new ViewpointError('no_such_key', `The bucket "${bucket}" holds no object "${key}". Check the object key.`);
  }
  if (head.size === 0) throw new ViewpointError('empty_file', `The object "${key}" is empty. Upload the image again.`);
  let expectedSideFiles = SIDE_FILE_SUFFIXES.length;
  const sideFiles = SIDE_FILE_SUFFIXES.map((suffix): Bring => async (signal) => {
    const file = await bringSideFile(deps.downloader, step, suffix, signal);
    if (file === null) expectedSideFiles--;
    return file;
  });
  const onProgress = (progress: DownloadProgress): void => {
    step.progress.downloaded(progress.bytesDone, progress.bytesTotal);
    if (expectedSideFiles === 0) step.onArriving(progress);
  };
  const files = await bringTogether(step.signal, [(signal) => bringImage(deps, step, { head, signal, onProgress }), ...sideFiles]);
  step.progress.downloaded(head.size, head.size);
  return files;
}

async function bringImage({ downloader, volume }: DownloadDeps, step: DownloadStep, { head, signal, onProgress }: Required<Pick<DownloadRequest, 'head' | 'signal' | 'onProgress'>>): Promise<WrittenFile | null> {
  const { scratch, fileName, reservation, otherScratches } = step;
  const { bucket_name: bucket, object_key: key } = step.definition;
  const receipt: Receipt = { bucket, key, eTag: head.eTag, sizeBytes: head.size };
  const isTakenOver = await takeOver(receipt, step);
  // The rest is of no use, takes room, and must be gone before this attempt publishes.
  await volume.revoke(otherScratches);
  if (isTakenOver) return null;
  await reservation.reserve(head.size + SPARE_BYTES, signal, head.size * (1 + LIKELY_OVERVIEWS_SHARE) + SPARE_BYTES);
  const receiptPath = scratch.pathOf(RECEIPT_FILE);
  // What an earlier try noted must not stand for the bytes that come now.
  await rm(receiptPath, { force: true });
  const image = await downloader.download({ bucket, key, head, path: scratch.pathOf(fileName), signal, onProgress });
  // Until it is on the disk a crash can still take bytes away.
  const onDisk = image.onDisk.then(() => writeReceipt(receiptPath, receipt));
  onDisk.catch(() => undefined);
  return { onDisk };
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

async function bringSideFile(downloader: ObjectDownloader, { definition, scratch, fileName }: DownloadStep, suffix: string, signal: AbortSignal): Promise<WrittenFile | null> {
  const bucket = definition.bucket_name;
  const key = definition.object_key + suffix;
  const path = scratch.pathOf(fileName + suffix);
  // One that an earlier try of this attempt was making when it failed looks like one that was delivered.
  await rm(path, { force: true });
  if (Buffer.byteLength(key) > LONGEST_KEY_BYTES) return null;
  const head = await downloader.head(bucket, key, signal);
  return head === null ? null : downloader.download({ bucket, key, head, path, signal });
}

async function writeReceipt(path: string, receipt: Receipt): Promise<void> {
  try {
    await writeFile(path, JSON.stringify(receipt));
  } catch (error) {
    throw volumeError(`The note ${path} on what was downloaded cannot be written`, error);
  }
}
