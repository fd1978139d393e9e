import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { createCallbackRules, type CallbackRules } from '../deliveries/callback-rules.js';
import { createDeliverer, type Deliverer, type DelivererDeps } from '../deliveries/deliverer.js';
import { createGuardedAgent, createTrustingAgent } from '../deliveries/guarded-agent.js';
import { createEventBusSender, createSnsSender } from '../deliveries/publishers.js';
import type { Sender } from '../deliveries/sender.js';
import { createWebhookSender } from '../deliveries/webhook-sender.js';
import type { DeliveryTarget } from '../domain/completion.js';
import { messageOf } from '../domain/errors.js';
import { webhookKey } from '../domain/webhooks/standard-signature.js';
import { createCompletions, type Completions } from '../executor/completions.js';
import { clientSettings, observeCalls, type AwsSettings } from '../storage/aws-clients.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';

/** All that tells others of the end of a job. */
export interface Notifications {
  completions: Completions;
  deliverer: Deliverer;
  rules: CallbackRules;
  stop(): Promise<void>;
}

export interface NotificationsOptions {
  config: Config;
  aws: AwsSettings;
  table: ViewpointTable;
  log: Logger;
  version: string;
  now: () => number;
  onTried: NonNullable<DelivererDeps['onTried']>;
}

const LONGEST_RETRY_MS = 6 * 3600_000;
/** Beyond the time of a try, for writing its outcome, in milliseconds. */
const CLAIM_MARGIN_MS = 10_000;
/** For tries under way when the service stops, in milliseconds. */
const STOP_GRACE_MS = 2000;

/** @throws Error when the settings name a target that may not be called, or a secret of another form. */
export async function createNotifications({ config, aws, table, log, version, now, onTried }: NotificationsOptions): Promise<Notifications> {
  const rules = createCallbackRules(config.callbackAllowedHosts);
  const targets = targetsOf(config, rules);
  const keys = config.completionWebhookSecrets.map((secret, index) => explained(`COMPLETION_WEBHOOK_SECRETS, secret ${index + 1},`, () => webhookKey(secret)));
  if (keys.length === 0 && config.COMPLETION_WEBHOOK_URL !== undefined) log.warn('completion webhooks are not signed: COMPLETION_WEBHOOK_SECRETS is not set');

  const agents = [createGuardedAgent(), createTrustingAgent()] as const;
  const timeoutMs = config.DELIVERY_TIMEOUT_SECONDS * 1000;
  const webhook = createWebhookSender({ rules, guardedAgent: agents[0], trustingAgent: agents[1], keys, userAgent: `viewpoint-worker/${version}`, timeoutMs, now });
  const { senders: others, close } = await publishers(config, aws);
  const senders: Partial<Record<DeliveryTarget['kind'], Sender>> = { ...others, webhook };
  const deliverer = createDeliverer({
    table,
    send: (completion, delivery, signal) => (senders[delivery.kind] ?? notConfigured)(completion, delivery, signal),
    log,
    now,
    retries: { tries: config.DELIVERY_TRIES, baseMs: config.DELIVERY_RETRY_BASE_MS, maximumMs: LONGEST_RETRY_MS },
    claimMs: timeoutMs + CLAIM_MARGIN_MS,
    onTried,
  });

  return {
    completions: createCompletions({
      targets,
      source: `urn:viewpoint-worker:${config.region}:${config.JOB_TABLE}`,
      now,
      onWritten: (viewpointId) => deliverer.due(viewpointId),
    }),
    deliverer,
    rules,
    async stop() {
      await deliverer.stop(STOP_GRACE_MS);
      await Promise.all(agents.map((agent) => agent.destroy()));
      close();
    },
  };
}

function targetsOf({ COMPLETION_WEBHOOK_URL: url, COMPLETION_SNS_TOPIC_ARN: topic, COMPLETION_EVENT_BUS: bus }: Config, rules: CallbackRules): DeliveryTarget[] {
  return [
    ...(url === undefined ? [] : [{ kind: 'webhook', address: explained('COMPLETION_WEBHOOK_URL:', () => rules.checked(url)) } as const]),
    ...(topic === undefined ? [] : [{ kind: 'sns', address: topic } as const]),
    ...(bus === undefined ? [] : [{ kind: 'event_bus', address: bus } as const]),
  ];
}

/** The clients of services that nothing is published to are not even loaded. */
async function publishers(config: Config, aws: AwsSettings): Promise<{ senders: Partial<Record<DeliveryTarget['kind'], Sender>>; close: () => void }> {
  const senders: Partial<Record<DeliveryTarget['kind'], Sender>> = {};
  const clients: { destroy(): void }[] = [];
  if (config.COMPLETION_SNS_TOPIC_ARN !== undefined) {
    const { SNSClient } = await import('@aws-sdk/client-sns');
    const client = new SNSClient(clientSettings(aws, config.AWS_ENDPOINT_URL_SNS ?? config.AWS_ENDPOINT_URL));
    if (aws.observeCall !== undefined) observeCalls(client.middlewareStack, 'SNS', aws.observeCall);
    clients.push(client);
    senders.sns = createSnsSender(client);
  }
  if (config.COMPLETION_EVENT_BUS !== undefined) {
    const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
    const client = new EventBridgeClient(clientSettings(aws, config.AWS_ENDPOINT_URL_EVENTBRIDGE ?? config.AWS_ENDPOINT_URL));
    if (aws.observeCall !== undefined) observeCalls(client.middlewareStack, 'EventBridge', aws.observeCall);
    clients.push(client);
    senders.event_bus = createEventBusSender(client);
  }
  return { senders, close: () => clients.forEach((client) => client.destroy()) };
}

/** A delivery of a time when the topic or bus was still configured. */
const notConfigured: Sender = () => Promise.resolve({ end: 'later', statusCode: null, error: 'this service is no longer configured for targets of this kind' });

function explained<Value>(what: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    throw new Error(`${what} ${messageOf(error)}`, { cause: error });
  }
}
