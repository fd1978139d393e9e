import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { StoredChecksum } from './checksum.js';
import type { AnswerBody } from './s3-answer.js';
import { S3Error } from './s3-error.js';

/** A run of an object's bytes in a file of its own: the whole object, or one part of a multipart upload. */
export interface Segment {
  readonly file: string;
  readonly sizeBytes: number;
}

/** What is kept of an object beside its bytes, as the JSON file holds it. */
export interface ObjectRecord {
  readonly key: string;
  readonly sizeBytes: number;
  /** Without the quotes. */
  readonly eTag: string;
  readonly lastModified: string;
  /** Response headers that came with the upload: content type, user metadata and the like. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: StoredChecksum;
  readonly segments: readonly Segment[];
}

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface Bucket {
  readonly name: string;
  readonly createdAt: string;
  get(key: string): ObjectRecord | undefined;
  /** Keys in the order of their UTF-8 bytes, as S3 lists them. */
  sortedKeys(): readonly string[];
  /** A new file for bytes that are coming in; it is no object's before `commit`. */
  newDataFile(): { name: string; path: string };
  discard(segments: readonly Segment[]): void;
  commit(record: ObjectRecord): void;
  remove(key: string): void;
  /** The bytes of `range`; they stay readable until `release`, though the object be replaced or deleted. */
  openBody(record: ObjectRecord, range: ByteRange | undefined): AnswerBody;
}

export interface ObjectStore {
  buckets(): readonly Bucket[];
  /** Throws `NoSuchBucket`. */
  bucket(name: string): Bucket;
  /** Throws `InvalidBucketName` or `BucketAlreadyOwnedByYou`. */
  createBucket(name: string): Bucket;
}

const READ_CHUNK_BYTES = 512 * 1024;

/** Amazon S3 User Guide, "General purpose bucket naming rules", of which this is the part that matters for a folder's name. */
const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * Opens the objects kept under `folder`, which this process must have for itself, and removes what unfinished uploads left there.
 *
 * `<folder>/<bucket>/bucket.json`, `objects/<SHA-256 of the key>.json` (an `ObjectRecord`) and `data/<random name>` (a segment).
 * Bytes become an object by the rename of its JSON file, so that a crash leaves the old object or the new one.
 */
export async function openObjectStore(folder: string): Promise<ObjectStore> {
  await mkdir(folder, { recursive: true });
  const buckets = new Map<string, Bucket>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && BUCKET_NAME.test(entry.name)) buckets.set(entry.name, await loadBucket(path.join(folder, entry.name), entry.name));
  }

  return {
    buckets: () => [...buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    bucket: (name) => {
      const bucket = buckets.get(name);
      if (bucket === undefined) throw new S3Error('NoSuchBucket', { details: { BucketName: name } });
      return bucket;
    },
    createBucket: (name) => {
      if (!BUCKET_NAME.test(name)) throw new S3Error('InvalidBucketName', { details: { BucketName: name } });
      if (buckets.has(name)) throw new S3Error('BucketAlreadyOwnedByYou', { details: { BucketName: name } });
      const bucketFolder = path.join(folder, name);
      const createdAt = new Date().toISOString();
      mkdirSync(path.join(bucketFolder, 'objects'), { recursive: true });
      mkdirSync(path.join(bucketFolder, 'data'), { recursive: true });
      writeJson(path.join(bucketFolder, 'bucket.json'), { createdAt });
      const bucket = createBucketOver(bucketFolder, name, createdAt, new Map());
      buckets.set(name, bucket);
      return bucket;
    },
  };
}

async function loadBucket(folder: string, name: string): Promise<Bucket> {
  const { createdAt } = (await readJson(path.join(folder, 'bucket.json')).catch(() => ({ createdAt: new Date(0).toISOString() }))) as { createdAt: string };
  const objectsFolder = path.join(folder, 'objects');
  const dataFolder = path.join(folder, 'data');
  await mkdir(objectsFolder, { recursive: true });
  await mkdir(dataFolder, { recursive: true });
  const records = new Map<string, ObjectRecord>();
  const used = new Set<string>();
  for (const file of await readdir(objectsFolder)) {
    const filePath = path.join(objectsFolder, file);
    if (!file.endsWith('.json')) {
      await rm(filePath);
      continue;
    }
    const record = (await readJson(filePath)) as ObjectRecord;
    records.set(record.key, record);
    for (const segment of record.segments) used.add(segment.file);
  }
  for (const file of await readdir(dataFolder)) {
    if (!used.has(file)) await rm(path.join(dataFolder, file));
  }
  return createBucketOver(folder, name, createdAt, records);
}

function createBucketOver(folder: string, name: string, createdAt: string, records: Map<string, ObjectRecord>): Bucket {
  const readers = new Map<ObjectRecord, number>();
  const doomed = new Set<ObjectRecord>();
  let sorted: readonly string[] | undefined;

  const dataPath = (file: string): string => path.join(folder, 'data', file);
  // A key may hold "..", slashes and what no file system takes, so the file is named by its hash.
  const recordPath = (key: string): string => path.join(folder, 'objects', `${createHash('sha256').update(key).digest('hex')}.json`);

  const discard = (segments: readonly Segment[]): void => {
    for (const segment of segments) rmSync(dataPath(segment.file), { force: true });
  };
  const retire = (record: ObjectRecord | undefined): void => {
    if (record === undefined) return;
    if (readers.has(record)) doomed.add(record);
    else discard(record.segments);
  };

  return {
    name,
    createdAt,
    get: (key) => records.get(key),
    sortedKeys: () => (sorted ??= sortByUtf8([...records.keys()])),
    newDataFile: () => {
      const file = randomUUID();
      return { name: file, path: dataPath(file) };
    },
    discard,
    // Synchronous, so that conditions checked just before still hold and no two writers of a key mix.
    commit: (record) => {
      const former = records.get(record.key);
      writeJson(recordPath(record.key), record);
      records.set(record.key, record);
      if (former === undefined) sorted = undefined;
      retire(former);
    },
    remove: (key) => {
      const record = records.get(key);
      if (record === undefined) return;
      rmSync(recordPath(key), { force: true });
      records.delete(key);
      sorted = undefined;
      retire(record);
    },
    openBody: (record, range) => {
      readers.set(record, (readers.get(record) ?? 0) + 1);
      return {
        sizeBytes: range === undefined ? record.sizeBytes : range.end - range.start + 1,
        read: () => readSegments(record.segments, range ?? { start: 0, end: record.sizeBytes - 1 }, dataPath),
        release: () => {
          const remaining = (readers.get(record) ?? 1) - 1;
          if (remaining > 0) {
            readers.set(record, remaining);
            return;
          }
          readers.delete(record);
          if (doomed.delete(record)) discard(record.segments);
        },
      };
    },
  };
}

async function* readSegments(segments: readonly Segment[], range: ByteRange, dataPath: (file: string) => string): AsyncGenerator<Uint8Array> {
  let segmentStart = 0;
  for (const segment of segments) {
    const start = Math.max(range.start, segmentStart);
    const end = Math.min(range.end, segmentStart + segment.sizeBytes - 1);
    if (start <= end) {
      yield* createReadStream(dataPath(segment.file), {
        start: start - segmentStart,
        end: end - segmentStart,
        highWaterMark: READ_CHUNK_BYTES,
      }) as AsyncIterable<Buffer>;
    }
    segmentStart += segment.sizeBytes;
  }
}

function sortByUtf8(keys: readonly string[]): readonly string[] {
  return keys
    .map((key) => ({ key, bytes: Buffer.from(key) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ key }) => key);
}

function writeJson(filePath: string, value: unknown): void {
  const temporary = `${filePath}.${randomUUID()}.tmp`;
  writeFileSync(temporary, JSON.stringify(value));
  renameSync(temporary, filePath);
}

async function readJson(filePath: string): Promise<unknown> {
  return JSON.parse(await readFile(filePath, 'utf8')) as unknown;
}
