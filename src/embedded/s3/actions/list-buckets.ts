import { xmlAnswer } from '../s3-answer.js';
import type { S3Action } from '../s3-request.js';
import { element } from '../xml.js';

/** All buckets, on one page. */
export const listBuckets: S3Action = (_request, { store }) =>
  xmlAnswer(
    element('ListAllMyBucketsResult', [
      element('Owner', [element('ID', 'embedded')]),
      element(
        'Buckets',
        store.buckets().map((bucket) => element('Bucket', [element('Name', bucket.name), element('CreationDate', bucket.createdAt)])),
      ),
    ]),
  );
