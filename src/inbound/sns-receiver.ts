import { createHash, timingSafeEqual } from 'node:crypto';
import { ViewpointError } from '../domain/errors.js';
import { correlationIdIn } from '../domain/events/sns-envelope.js';
import { conforms } from '../domain/schema-check.js';
import { SnsMessage } from '../domain/webhooks/sns-message.js';
import { refuseExpired, verifySnsSignature } from '../domain/webhooks/sns-signature.js';
import { certificateUrl, confirmationUrl } from '../domain/webhooks/sns-urls.js';
import type { JobLog } from '../executor/run-job.js';
import { createRepeatedMessages } from './repeated-messages.js';
import type { SigningCertificates } from './signing-certificates.js';
import type { SnsClient } from './sns-client.js';
import type { PayloadAnswer, TakePayload } from './webhook-payload.js';

/** A request of SNS: its headers of that name, in lower case, and its body. */
export interface SnsRequest {
  headers: Partial<Record<'x-amz-sns-message-type' | 'x-amz-sns-message-id' | 'x-amz-sns-topic-arn' | 'x-amz-sns-rawdelivery' | 'authorization', string>>;
  body: string;
  correlationId: string;
}

export interface SnsReceiverDeps {
  /** Topics that may send and be subscribed to. */
  topicArns: readonly string[];
  /** Password of requests with raw delivery, which are not signed; they are refused without one. */
  rawDeliveryPassword: string | undefined;
  certificates: SigningCertificates;
  client: SnsClient;
  takePayload: TakePayload;
  now: () => number;
  log: JobLog;
}

/** Longer than SNS tries to deliver a message. */
const REPEATS_MS = 2 * 3_600_000;
const NOTHING: PayloadAnswer = { accepted: [], ignored: [] };

/**
 * Receives what SNS posts. Nothing is done, and no other host asked, before the topic is known to be allowed; nothing but
 * the certificate fetched before the signature is known to be SNS's.
 * The function throws ViewpointError `invalid_request`, `topic_not_allowed`, `signature_invalid`, `message_expired`,
 * `dependency_unavailable`, and what comes of the payload.
 */
export function createSnsReceiver(deps: SnsReceiverDeps): (request: SnsRequest) => Promise<PayloadAnswer> {
  const { topicArns, certificates, client, takePayload, now, log } = deps;
  const repeated = createRepeatedMessages<PayloadAnswer>({ now, keptMs: REPEATS_MS });

  function refuseOtherTopic(topicArn: string): void {
    if (topicArns.includes(topicArn)) return;
    log.warn({ topicArn }, 'message of a topic that is not allowed');
    throw new ViewpointError('topic_not_allowed', 'Messages of this topic are not accepted. SNS_TOPIC_ARNS names those that are.');
  }

  async function receiveSigned({ headers, body, correlationId }: SnsRequest): Promise<PayloadAnswer> {
    const message = parsed(body);
    refuseContradiction(message, headers);
    refuseOtherTopic(message.TopicArn);
    refuseExpired(message, now());
    verifySnsSignature(message, await certificates.keyAt(certificateUrl(message)));
    const details = { topicArn: message.TopicArn, messageId: message.MessageId };
    switch (message.Type) {
      case 'Notification':
        return repeated.answer(message.MessageId, message.Message, () =>
          takePayload({ source: 'sns', messageId: message.MessageId, text: message.Message, correlationId: correlationIdIn(message) ?? correlationId }),
        );
      case 'SubscriptionConfirmation':
        await client.get(confirmationUrl(message));
        log.info(details, 'subscription to the topic confirmed');
        return NOTHING;
      case 'UnsubscribeConfirmation':
        log.warn(details, 'the topic was unsubscribed from, its messages no longer come');
        return NOTHING;
    }
  }

  async function receiveRaw({ headers, body, correlationId }: SnsRequest): Promise<PayloadAnswer> {
    refuseWrongPassword(headers.authorization);
    const messageId = headers['x-amz-sns-message-id'];
    if (headers['x-amz-sns-message-type'] !== 'Notification' || messageId === undefined || messageId === '') {
      throw new ViewpointError('invalid_request', 'Raw delivery is of notifications alone, with the headers x-amz-sns-message-type and x-amz-sns-message-id.');
    }
    refuseOtherTopic(headers['x-amz-sns-topic-arn'] ?? '');
    return repeated.answer(messageId, body, () => takePayload({ source: 'sns', messageId, text: body, correlationId }));
  }

  function refuseWrongPassword(authorization: string | undefined): void {
    if (deps.rawDeliveryPassword === undefined) {
      throw new ViewpointError('signature_invalid', 'Messages with raw delivery are not signed, so they are refused. Switch raw delivery off for the subscription, or set SNS_RAW_DELIVERY_PASSWORD.');
    }
    const [, credentials = ''] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? '') ?? [];
    const given = Buffer.from(credentials, 'base64').toString('utf8');
    const password = given.includes(':') ? given.slice(given.indexOf(':') + 1) : '';
    if (!timingSafeEqual(digest(password), digest(deps.rawDeliveryPassword))) {
      throw new ViewpointError('signature_invalid', "Messages with raw delivery need this service's password: subscribe https://sns:<password>@<host>/webhooks/sns.");
    }
  }

  return async (request) => {
    if (topicArns.length === 0) throw new ViewpointError('webhook_not_enabled', 'No topic may send here. SNS_TOPIC_ARNS names those that may.');
    return request.headers['x-amz-sns-rawdelivery'] === 'true' ? await receiveRaw(request) : await receiveSigned(request);
  };
}

function parsed(body: string): SnsMessage {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new ViewpointError('invalid_request', 'The body is not JSON.', { cause: error });
  }
  if (!conforms(SnsMessage, value)) throw new ViewpointError('invalid_request', 'The body is not a message of Amazon SNS: a member is missing or of another type.');
  return value;
}

/** The headers say over again what the body says; where they differ, somebody put the two together. */
function refuseContradiction(message: SnsMessage, headers: SnsRequest['headers']): void {
  const pairs = [
    [headers['x-amz-sns-message-type'], message.Type],
    [headers['x-amz-sns-message-id'], message.MessageId],
    [headers['x-amz-sns-topic-arn'], message.TopicArn],
  ];
  if (pairs.some(([header, member]) => header !== undefined && header !== member)) throw new ViewpointError('invalid_request', 'The x-amz-sns headers contradict the body.');
}

/** Of the same length whatever the text. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
