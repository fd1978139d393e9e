import type { Logger } from 'pino';
import type { Dispatcher } from 'undici';
import type { RouteContext } from '../../routes/context.js';
import type { Config } from '../config/config.js';
import type { Intake } from '../executor/intake.js';
import type { ObjectIntake } from '../executor/object-intake.js';
import { createEventReceiver } from '../inbound/event-receiver.js';
import { createSigningCertificates } from '../inbound/signing-certificates.js';
import { createSnsClient } from '../inbound/sns-client.js';
import { createSnsReceiver } from '../inbound/sns-receiver.js';
import { createPayloadTaker } from '../inbound/webhook-payload.js';

export interface WebhookOptions {
  config: Config;
  intake: Intake;
  objectIntake: ObjectIntake;
  checkedCallback: RouteContext['checkedCallback'];
  now: () => number;
  log: Logger;
  /**
   * How connections to SNS are made. Which hosts are asked, and what is taken from them, is not up to it; no setting of
   * the environment leads here.
   */
  snsDispatcher?: Dispatcher | undefined;
}

export interface Webhooks extends Pick<RouteContext, 'receiveSns' | 'receiveEvent'> {
  close(): Promise<void>;
}

/** Puts together what receives webhooks. */
export function createWebhooks({ config, intake, objectIntake, checkedCallback, now, log, snsDispatcher }: WebhookOptions): Webhooks {
  const takePayload = createPayloadTaker({ intake, objectIntake, checkedCallback, log });
  const client = createSnsClient(snsDispatcher);
  return {
    receiveSns: createSnsReceiver({
      topicArns: config.snsTopicArns,
      rawDeliveryPassword: config.SNS_RAW_DELIVERY_PASSWORD,
      certificates: createSigningCertificates({ client, now }),
      client,
      takePayload,
      now,
      log,
    }),
    receiveEvent: createEventReceiver({ secrets: config.eventWebhookSecrets, takePayload, now }),
    close: () => client.close(),
  };
}
