import type { FastifyPluginCallback } from 'fastify';
import { Type } from 'typebox';
import { S3EventBridgeEvent } from '../src/domain/events/eventbridge-event.js';
import { TileServerMessage, ViewpointRequest } from '../src/domain/events/payload.js';
import { S3Notification, S3TestEvent } from '../src/domain/events/s3-notification.js';
import type { RouteContext } from './context.js';
import { answer, EXAMPLE_DEFINITION, EXAMPLE_VIEWPOINT_ID, problems } from './schemas.js';
import { headerText, refusingAloud, sendAnswer, takeBodiesUnread, unchecked, WEBHOOK_BODY_LIMIT_BYTES, WebhookAnswer } from './webhook-answers.js';

const Payload = Type.Union([ViewpointRequest, TileServerMessage, S3Notification, S3EventBridgeEvent, S3TestEvent]);

const EXAMPLES = [
  { viewpoint_id: EXAMPLE_VIEWPOINT_ID, ...EXAMPLE_DEFINITION },
  {
    Records: [
      {
        eventVersion: '2.3',
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: 'viewpoint-images' }, object: { key: 'incoming/New+image.tif', size: 1024, eTag: '0123456789abcdef0123456789abcdef', sequencer: '0055AED6DCD90281E5' } },
      },
    ],
  },
  {
    version: '0',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    detail: { bucket: { name: 'viewpoint-images' }, object: { key: 'incoming/New image.tif', size: 1024, etag: '0123456789abcdef0123456789abcdef', sequencer: '0055AED6DCD90281E5' } },
  },
];

const Headers = Type.Object({
  'webhook-id': Type.Optional(Type.String({ description: 'Id of the message; the same when it is sent again.' })),
  'webhook-timestamp': Type.Optional(Type.String({ description: 'When the message was signed, in epoch seconds; within 5 minutes from now.' })),
  'webhook-signature': Type.Optional(Type.String({ description: 'Signatures, `v1,` and base64 each, separated by spaces; one must fit.' })),
});

/** POST /webhooks/events */
export const eventWebhookRoutes: FastifyPluginCallback<RouteContext> = (app, { receiveEvent }, done) => {
  takeBodiesUnread(app, 'application/json');

  app.post(
    '/webhooks/events',
    {
      // Who sends is proved by the signature.
      config: { access: 'public' },
      bodyLimit: WEBHOOK_BODY_LIMIT_BYTES,
      validatorCompiler: unchecked,
      schema: {
        operationId: 'receiveEvent',
        tags: ['Webhooks'],
        summary: 'Receive a signed request or event',
        description:
          'Signed as Standard Webhooks has it, with one of the secrets in EVENT_WEBHOOK_SECRETS. Takes what `POST /viewpoints/{id}/process` takes, with the `viewpoint_id` in the body; the tile server\'s message; S3 notifications; and EventBridge events of S3. An event about a new object becomes a viewpoint by the rules in EVENT_RULES. A message that is sent again under the same id is answered the same, and is one job.',
        headers: Headers,
        body: { ...Payload, examples: EXAMPLES },
        response: { 200: answer('There is nothing to do.', WebhookAnswer), 202: answer('There is a job to follow.', WebhookAnswer), ...problems(401, 403, 404, 409, 413, 422) },
      },
    },
    async (request, reply) => {
      const { headers } = request;
      const received = receiveEvent({
        headers: { id: headerText(headers['webhook-id']), timestamp: headerText(headers['webhook-timestamp']), signature: headerText(headers['webhook-signature']) },
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        correlationId: request.id,
      });
      return sendAnswer(reply, await refusingAloud(request, reply, 'StandardWebhooks', received));
    },
  );
  done();
};
