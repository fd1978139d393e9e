import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

const MAKER = fileURLToPath(new URL('../imagery/samples/make-samples.js', import.meta.url));
/** Names of the samples that can be tried at once; see the catalogue of samples. */
const SAMPLES = ['rgb-striped', 'cloud-optimized', 'ungeoreferenced', 'text-file'];

/** The object that is put last: where it is, all are. */
const LAST_KEY = 'samples/text-file.tif';

/** Puts the sample images that the documentation's examples name into the bucket, under `samples/`, unless they are there. */
export async function putSampleObjects(s3: S3Client, bucket: string, folder: string): Promise<void> {
  if (await exists(s3, bucket, LAST_KEY)) return;
  // Making them takes GDAL, which stays out of this process.
  const { stdout } = await promisify(execFile)(process.execPath, [MAKER, folder, ...SAMPLES]);
  const paths = stdout.trim().split('\n').map((line) => line.split('\t')[0] ?? '');
  for (const path of paths) await putFile(s3, bucket, `samples/${basename(path)}`, path);
}

/** Uploads a file, streamed. */
export async function putFile(s3: S3Client, bucket: string, key: string, path: string): Promise<void> {
  const { size } = await stat(path);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: size }));
}

async function exists(s3: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return false;
    throw error;
  }
}

/** Folder where the samples are made. */
export function samplesFolder(stateFolder: string): string {
  return join(stateFolder, 'samples');
}
