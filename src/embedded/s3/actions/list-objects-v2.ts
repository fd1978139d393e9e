import type { Bucket, ObjectRecord } from '../object-store.js';
import { xmlAnswer } from '../s3-answer.js';
import { S3Error } from '../s3-error.js';
import type { S3Action } from '../s3-request.js';
import { element, type XmlElement } from '../xml.js';

const MAX_KEYS = 1000;

/** Where the next page begins: behind a key, or behind all keys of a common prefix. */
interface Position {
  readonly after: string;
  readonly isPrefix: boolean;
}

type Entry = { readonly prefix: string } | { readonly record: ObjectRecord };

export const listObjectsV2: S3Action = (request, { store }) => {
  const { query } = request;
  if (query.get('list-type') !== '2') throw new S3Error('NotImplemented', { details: { Query: 'list-type' } });
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const startAfter = query.get('start-after');
  const token = query.get('continuation-token');
  const maxKeys = parseMaxKeys(query.get('max-keys'));
  const encode = query.get('encoding-type') === 'url' ? encodeKey : (key: string) => key;

  const position = token === null ? { after: startAfter ?? '', isPrefix: false } : decodeToken(token);
  const { entries, next } = page(store.bucket(request.bucket), prefix, delimiter, position, maxKeys);

  return xmlAnswer(
    element('ListBucketResult', [
      element('Name', request.bucket),
      element('Prefix', encode(prefix)),
      ...(delimiter === '' ? [] : [element('Delimiter', encode(delimiter))]),
      ...(startAfter === null ? [] : [element('StartAfter', encode(startAfter))]),
      ...(token === null ? [] : [element('ContinuationToken', token)]),
      ...(encode === encodeKey ? [element('EncodingType', 'url')] : []),
      element('MaxKeys', maxKeys),
      element('KeyCount', entries.length),
      element('IsTruncated', next !== undefined),
      ...(next === undefined ? [] : [element('NextContinuationToken', encodeToken(next))]),
      ...entries.map((entry) => listEntry(entry, encode)),
    ]),
  );
};

function page(bucket: Bucket, prefix: string, delimiter: string, from: Position, maxKeys: number): { entries: Entry[]; next?: Position } {
  const entries: Entry[] = [];
  let last = from;
  for (const key of bucket.sortedKeys()) {
    if (!key.startsWith(prefix)) continue;
    if (last.isPrefix && key.startsWith(last.after)) continue;
    // Only where the listing begins are there keys before the position; from then on they come in order.
    if (entries.length === 0 && Buffer.compare(Buffer.from(key), Buffer.from(last.after)) <= 0) continue;
    const record = bucket.get(key);
    if (record === undefined) continue;
    if (entries.length === maxKeys) return maxKeys === 0 ? { entries } : { entries, next: last };
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (cut === -1) {
      entries.push({ record });
      last = { after: key, isPrefix: false };
    } else {
      const common = key.slice(0, cut + delimiter.length);
      entries.push({ prefix: common });
      last = { after: common, isPrefix: true };
    }
  }
  return { entries };
}

function listEntry(entry: Entry, encode: (key: string) => string): XmlElement {
  if ('prefix' in entry) return element('CommonPrefixes', [element('Prefix', encode(entry.prefix))]);
  const { record } = entry;
  return element('Contents', [
    element('Key', encode(record.key)),
    element('LastModified', record.lastModified),
    element('ETag', `"${record.eTag}"`),
    ...(record.checksum ? [element('ChecksumAlgorithm', record.checksum.algorithm), element('ChecksumType', record.checksum.type)] : []),
    element('Size', record.sizeBytes),
    element('StorageClass', 'STANDARD'),
  ]);
}

function parseMaxKeys(text: string | null): number {
  if (text === null) return MAX_KEYS;
  if (!/^\d{1,10}$/.test(text)) throw new S3Error('InvalidArgument', { details: { ArgumentName: 'max-keys', ArgumentValue: text } });
  return Math.min(Number(text), MAX_KEYS);
}

function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}

function encodeToken(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decodeToken(token: string): Position {
  try {
    const { after, isPrefix } = JSON.parse(Buffer.from(token, 'base64url').toString()) as Partial<Position>;
    if (typeof after === 'string' && typeof isPrefix === 'boolean') return { after, isPrefix };
  } catch {
    // Answered below.
  }
  throw new S3Error('InvalidArgument', { message: 'The continuation token provided is incorrect.' });
}
