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
    source: Type.Literal('aws.s3'),
    detail: Type.Object({
      bucket: Type.Object({ name: Type.String({ minLength: 1 }) }),
      object: Type.Object({
        key: Type.String({ minLength: 1, description: 'Not encoded.' }),
        etag: Type.Optional(Type.String()),
        'version-id': Type.Optional(Type.String()),
        sequencer: Type.Optional(Type.String()),
      }),
    }),
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
