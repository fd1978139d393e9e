import { Type, type Static } from 'typebox';
import { presentText, presentVersionId, type ObjectEvent } from './object-event.js';

/** What S3 sends when a notification is set up. */
export const S3TestEvent = Type.Object(
  { Event: Type.Literal('s3:TestEvent'), Bucket: Type.Optional(Type.String()) },
  { description: 'Sent by S3 when a notification is set up; acknowledged.' },
);

const S3Record = Type.Object({
  eventSource: Type.Optional(Type.String({ pattern: ':s3$' })),
  eventName: Type.String({ minLength: 1 }),
  s3: Type.Object({
    bucket: Type.Object({ name: Type.String({ minLength: 1 }) }),
    object: Type.Object({
      key: Type.String({ minLength: 1 }),
      eTag: Type.Optional(Type.String()),
      versionId: Type.Optional(Type.String()),
      sequencer: Type.Optional(Type.String()),
    }),
  }),
});

/** An S3 event notification (Amazon S3 User Guide, "Event message structure"). */
export const S3Notification = Type.Object(
  { Records: Type.Array(S3Record, { minItems: 1, maxItems: 1000 }) },
  { description: 'S3 event notification; keys are URL-encoded, as S3 sends them.' },
);
export type S3Notification = Static<typeof S3Notification>;

/**
 * The events of a notification.
 * @throws URIError when a key is not URL-encoded as S3 does it.
 */
export function eventsInNotification({ Records }: S3Notification): ObjectEvent[] {
  return Records.map(({ eventName, s3: { bucket, object } }) => ({
    kind: /^(s3:)?ObjectCreated:/.test(eventName) ? 'created' : 'other',
    name: eventName,
    bucketName: bucket.name,
    objectKey: decodedKey(object.key),
    version: { sequencer: presentText(object.sequencer), versionId: presentVersionId(object.versionId), eTag: presentText(object.eTag) },
  }));
}

/** S3 encodes the keys of its notifications as forms are: a space is a plus. */
function decodedKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}
