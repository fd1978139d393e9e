import { readDocument } from '../read-document.js';
import { xmlAnswer } from '../s3-answer.js';
import { S3Error } from '../s3-error.js';
import type { S3Action } from '../s3-request.js';
import { childText, element } from '../xml.js';

const MAX_KEYS = 1000;

/** Deletes up to 1000 keys; with `<Quiet>` the answer lists errors only, of which there are none. */
export const deleteObjects: S3Action = async (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  const root = await readDocument(request, { checkChecksum: true });
  const keys = root.children.filter((child) => child.name === 'Object').map((child) => childText(child, 'Key'));
  if (root.name !== 'Delete' || keys.length === 0 || keys.length > MAX_KEYS) throw new S3Error('MalformedXML');
  const deleted = keys.map((key) => {
    if (key === undefined || key === '') throw new S3Error('MalformedXML');
    return key;
  });
  for (const key of deleted) bucket.remove(key);
  const quiet = childText(root, 'Quiet') === 'true';
  return xmlAnswer(element('DeleteResult', quiet ? [] : deleted.map((key) => element('Deleted', [element('Key', key)]))));
};
