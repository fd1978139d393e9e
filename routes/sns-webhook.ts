import type { FastifyPluginCallback } from 'fastify';
import { SnsMessage } from '../src/domain/webhooks/sns-message.js';
import type { RouteContext } from './context.js';
import { problems } from './schemas.js';
import { headerText, refusingAloud, sendAnswer, takeBodiesUnread, unchecked, WEBHOOK_ANSWERS, WEBHOOK_BODY_LIMIT_BYTES } from './webhook-answers.js';

const EXAMPLE = {
  Type: 'Notification',
  MessageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
  TopicArn: 'arn:aws:sns:us-west-2:123456789012:new-images',
  Message: '{"viewpoint_id":"sample","viewpoint_status":"REQUESTED"}',
  Timestamp: '2026-01-31T12:00:00.000Z',
  SignatureVersion: '2',
  Signature: 'RXhhbXBsZQ==',
  SigningCertURL: 'https://sns.us-west-2.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem',
};

/** POST /webhooks/sns */
export const snsWebhookRoutes: FastifyPluginCallback<RouteContext> = (app, { receiveSns }, done) => {
  takeBodiesUnread(app, '*');

  app.post(
    '/webhooks/sns',
    {
      // Who sends is proved by the signature.
      config: { access: 'public', takesAnyType: true },
      bodyLimit: WEBHOOK_BODY_LIMIT_BYTES,
      validatorCompiler: unchecked,
      schema: {
        operationId: 'receiveSns',
        tags: ['Webhooks'],
        summary: 'Receive a message of Amazon SNS',
        description:
          'Endpoint for HTTP(S) subscriptions to the topics in SNS_TOPIC_ARNS. A subscription is confirmed by itself. Signatures (versions 1 and 2) are checked against the certificate of SNS; messages older than SNS retries are refused; a message that is delivered twice is one job. `Message` holds what `/webhooks/events` takes. Raw delivery carries no signature: it is refused unless SNS_RAW_DELIVERY_PASSWORD is set and part of the subscribed URL.',
        consumes: ['text/plain', 'application/json'],
        body: { ...SnsMessage, examples: [EXAMPLE] },
        response: { ...WEBHOOK_ANSWERS, ...problems(401, 403, 409, 413, 422) },
      },
    },
    async (request, reply) => {
      const names = ['x-amz-sns-message-type', 'x-amz-sns-message-id', 'x-amz-sns-topic-arn', 'x-amz-sns-rawdelivery', 'authorization'] as const;
      const headers = Object.fromEntries(names.flatMap((name) => (headerText(request.headers[name]) === undefined ? [] : [[name, headerText(request.headers[name])]])));
      // SNS sends the password in a subscribed URL only when it is asked for.
      const received = refusingAloud(request, reply, 'Basic realm="sns"', receiveSns({ headers, body: bodyText(request.body), correlationId: request.id }));
      return sendAnswer(reply, await received);
    },
  );
  done();
};

function bodyText(body: unknown): string {
  return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}
