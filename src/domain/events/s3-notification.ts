import { Type, type Static } from 'typebox';
import { presentText, presentVersionId, type ObjectEvent } from './object-event.js';

/** What S3 sends when a notification is set up. */
export const S3TestEvent = Type.Object(
  {
    Event: Type.Literal('s3:TestEvent', { description: 'Kind of the message.' }),
    Bucket: Type.Optional(Type.String({ description: 'Bucket whose notification was set up.' })),
  },
  { description: 'Sent by S3 when a notification is set up; acknowledged.' },
);

const S3Record = Type.Object({
  eventSource: Type.Optional(Type.String({ pattern: ':s3$', description: 'Service that the event is of.' })),
  eventName: Type.String({ minLength: 1, description: '`ObjectCreated:` and how is what starts a job.' }),
  s3: Type.Object(
    {
      bucket: Type.Object({ name: Type.String({ minLength: 1, description: 'Name of the bucket.' }) }, { description: 'Bucket of the object.' }),
      object: Type.Object(
        {
          key: Type.String({ minLength: 1, description: 'URL-encoded.' }),
          eTag: Type.Optional(Type.String({ description: "Object's ETag." })),
          versionId: Type.Optional(Type.String({ description: 'Version, in a bucket that keeps them.' })),
          sequencer: Type.Optional(Type.String({ description: 'Hexadecimal; greater for later events of the same object.' })),
        },
        { description: 'Object that the event tells of.' },
      ),
    },
    { description: 'Where the object lies.' },
  ),
});

/** An S3 event notification (Amazon S3 User Guide, "Event message structure"). */
export const S3Notification = Type.Object(
  { Records: Type.Array(S3Record, { minItems: 1, maxItems: 1000, description: 'Events, in no order.' }) },
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
