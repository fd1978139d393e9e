import { Type, type Static } from 'typebox';
import { presentText, presentVersionId, type ObjectEvent } from './object-event.js';

/** The envelope that all EventBridge events share. */
export const EventBridgeEvent = Type.Object({
  'detail-type': Type.String({ minLength: 1 }),
  source: Type.String({ minLength: 1 }),
  detail: Type.Object({}),
});

/** An event that S3 sends to EventBridge (Amazon S3 User Guide, "EventBridge event message structure"). */
export const S3EventBridgeEvent = Type.Object(
  {
    'detail-type': Type.String({ minLength: 1, description: '`Object Created` is what starts a job.' }),
    source: Type.Literal('aws.s3', { description: 'Service that the event is of.' }),
    detail: Type.Object(
      {
        bucket: Type.Object({ name: Type.String({ minLength: 1, description: 'Name of the bucket.' }) }, { description: 'Bucket of the object.' }),
        object: Type.Object(
          {
            key: Type.String({ minLength: 1, description: 'Not encoded.' }),
            etag: Type.Optional(Type.String({ description: "Object's ETag." })),
            'version-id': Type.Optional(Type.String({ description: 'Version, in a bucket that keeps them.' })),
            sequencer: Type.Optional(Type.String({ description: 'Hexadecimal; greater for later events of the same object.' })),
          },
          { description: 'Object that the event tells of.' },
        ),
      },
      { description: 'Where the object lies.' },
    ),
  },
  { description: 'EventBridge event of S3.' },
);
export type S3EventBridgeEvent = Static<typeof S3EventBridgeEvent>;

/** EventBridge gives keys as they are. */
export function eventInEventBridgeEvent({ 'detail-type': name, detail: { bucket, object } }: S3EventBridgeEvent): ObjectEvent {
  return {
    kind: name === 'Object Created' ? 'created' : 'other',
    name,
    bucketName: bucket.name,
    objectKey: object.key,
    version: { sequencer: presentText(object.sequencer), versionId: presentVersionId(object['version-id']), eTag: presentText(object.etag) },
  };
}
