import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { messageOf } from '../domain/errors.js';
import { parseEventRules, type EventRule } from '../domain/events/event-rules.js';
import { parseWebhookSecrets } from '../domain/webhooks/standard-signature.js';
import { explainVariable, isSecret, Variables, VARIABLE_NAMES } from './variables.js';

/** The settings of one process: the environment's variables, checked, with defaults, and what follows from them. */
export interface Config extends Readonly<Variables> {
  readonly host: string;
  readonly region: string;
  readonly rootPath: string;
  readonly replica: string;
  /** Absolute path of the volume shared with the tile server. */
  readonly volumeRoot: string;
  /** null: any bucket. */
  readonly allowedBuckets: readonly string[] | null;
  readonly callbackAllowedHosts: readonly string[];
  readonly completionWebhookSecrets: readonly string[];
  readonly eventRules: readonly EventRule[];
  readonly snsTopicArns: readonly string[];
  readonly eventWebhookSecrets: readonly Buffer[];
  /** Origins of pages that may call; empty: none. */
  readonly corsOrigins: readonly string[];
  /** Which proxies' X-Forwarded-For is believed: by their number, counted from here, or by their addresses; false: none. */
  readonly trustProxy: ((address: string, hop: number) => boolean) | string | false;
  /** Values that must not appear in any log line. */
  readonly secrets: readonly string[];
}

/** The environment does not make sense; the message has one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const DEFAULT_EFS_MOUNT_NAME = 'ts-efs-volume';
const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$/;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from environment variables; those set to nothing count as unset.
 * @throws ConfigError naming each variable that is wrong, and what it wants.
 */
export function readConfig(environment: Environment): Config {
  const variables = checkedVariables(environment);
  refuseImpossible(variables);
  return Object.freeze({
    ...variables,
    host: variables.HOST ?? (variables.VIEWPOINT_BACKEND === 'embedded' ? '127.0.0.1' : '0.0.0.0'),
    region: variables.AWS_REGION ?? variables.AWS_DEFAULT_REGION,
    rootPath: variables.ROOT_PATH ?? variables.FASTAPI_ROOT_PATH ?? '',
    replica: variables.REPLICA_NAME ?? `${hostname().replaceAll(/[^A-Za-z0-9_.-]/g, '-').slice(0, 80)}-${randomBytes(3).toString('hex')}`,
    volumeRoot: volumeRoot(variables),
    allowedBuckets: listOf(variables.ALLOWED_BUCKETS),
    callbackAllowedHosts: listOf(variables.CALLBACK_ALLOWED_HOSTS) ?? [],
    completionWebhookSecrets: listOf(variables.COMPLETION_WEBHOOK_SECRETS) ?? [],
    eventRules: eventRules(variables),
    snsTopicArns: snsTopicArns(variables),
    eventWebhookSecrets: parsedBy('EVENT_WEBHOOK_SECRETS', variables.EVENT_WEBHOOK_SECRETS, parseWebhookSecrets),
    corsOrigins: listOf(variables.CORS_ORIGINS) ?? [],
    trustProxy: trustedProxies(variables.TRUST_PROXY),
    secrets: secretsIn(variables, environment),
  });
}

function listOf(text: string | undefined): string[] | null {
  return text?.split(',').map((part) => part.trim()).filter((part) => part !== '') ?? null;
}

function trustedProxies(text: string | undefined): Config['trustProxy'] {
  if (text === undefined) return false;
  return /^\d+$/.test(text) ? (_address, hop) => hop < Number(text) : text;
}

/** Shorter ones would be found in innocent text. */
const SHORTEST_SECRET = 8;
/** Secrets that the AWS SDK reads by itself. */
const AWS_SECRETS = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'];

/** The secret values, and the parts of those that hold several. */
function secretsIn(variables: Variables, environment: Environment): string[] {
  const ours = VARIABLE_NAMES.filter(isSecret).map((name) => variables[name]);
  const whole = [...ours, ...AWS_SECRETS.map((name) => environment[name])].filter((value): value is string => typeof value === 'string');
  const parts = whole.flatMap((value) => value.split(',').map((part) => part.trim().replace(/^[^:=]*(?::[a-z+]+:|=)/, '')));
  return [...new Set([...whole, ...parts])].filter((value) => value.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}

function checkedVariables(environment: Environment): Variables {
  const ajv = new Ajv({ coerceTypes: true, useDefaults: true, allErrors: true, removeAdditional: false });
  ajvFormats.default(ajv, ['uri']);
  const set = VARIABLE_NAMES.map((name) => [name, environment[name]] as const).filter(([, value]) => value !== undefined && value !== '');
  const variables: Record<string, unknown> = Object.fromEntries(set);
  const isValid = ajv.compile<Variables>(Variables);
  if (isValid(variables)) return variables;
  const lines = (isValid.errors ?? []).map(({ instancePath, message, params }) => {
    const name = instancePath.slice(1) as keyof Variables;
    const wanted = 'allowedValues' in params ? `must be one of ${(params.allowedValues as string[]).join(', ')}` : (message ?? 'is wrong');
    return `${name} ${wanted}, and is ${isSecret(name) ? 'not shown' : `"${environment[name] ?? ''}"`}. ${explainVariable(name).description}`;
  });
  throw new ConfigError(lines.join('\n'));
}

function refuseImpossible(variables: Variables): void {
  const faults: string[] = [];
  if (variables.PROGRESS_INTERVAL_SECONDS > variables.LEASE_HEARTBEAT_SECONDS) {
    faults.push(`PROGRESS_INTERVAL_SECONDS (${variables.PROGRESS_INTERVAL_SECONDS}) must be at most LEASE_HEARTBEAT_SECONDS (${variables.LEASE_HEARTBEAT_SECONDS}), since progress is written along with a renewal.`);
  }
  if (variables.LEASE_HEARTBEAT_SECONDS * 2 > variables.LEASE_SECONDS) {
    faults.push(`LEASE_HEARTBEAT_SECONDS (${variables.LEASE_HEARTBEAT_SECONDS}) must be at most half of LEASE_SECONDS (${variables.LEASE_SECONDS}), or a lease is lost with one late renewal.`);
  }
  if (variables.VISIBILITY_HEARTBEAT_SECONDS * 2 > variables.VISIBILITY_TIMEOUT_SECONDS) {
    faults.push(
      `VISIBILITY_HEARTBEAT_SECONDS (${variables.VISIBILITY_HEARTBEAT_SECONDS}) must be at most half of VISIBILITY_TIMEOUT_SECONDS (${variables.VISIBILITY_TIMEOUT_SECONDS}), or a message comes back with one late extension.`,
    );
  }
  const elsewhere = variables.VIEWPOINT_BACKEND === 'aws' || variables.AWS_ENDPOINT_URL !== undefined;
  if (variables.COMPLETION_SNS_TOPIC_ARN !== undefined && !elsewhere && variables.AWS_ENDPOINT_URL_SNS === undefined) {
    faults.push('COMPLETION_SNS_TOPIC_ARN needs VIEWPOINT_BACKEND=aws or AWS_ENDPOINT_URL_SNS, since the embedded backend has no topics.');
  }
  if (variables.COMPLETION_EVENT_BUS !== undefined && !elsewhere && variables.AWS_ENDPOINT_URL_EVENTBRIDGE === undefined) {
    faults.push('COMPLETION_EVENT_BUS needs VIEWPOINT_BACKEND=aws or AWS_ENDPOINT_URL_EVENTBRIDGE, since the embedded backend has no event bus.');
  }
  if ((variables.OIDC_ISSUER === undefined) !== (variables.OIDC_AUDIENCE === undefined)) {
    faults.push('OIDC_ISSUER and OIDC_AUDIENCE go together: a token for another service must not open this one.');
  }
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
}

function eventRules({ EVENT_RULES, ALLOWED_BUCKETS }: Variables): readonly EventRule[] {
  const rules = parsedBy('EVENT_RULES', EVENT_RULES, parseEventRules);
  const allowed = listOf(ALLOWED_BUCKETS);
  const index = rules.findIndex(({ bucket }) => allowed?.includes(bucket) === false);
  if (index !== -1) throw new ConfigError(`EVENT_RULES rule ${index + 1}: the bucket "${rules[index]?.bucket ?? ''}" is not among ALLOWED_BUCKETS.`);
  return rules;
}

function snsTopicArns({ SNS_TOPIC_ARNS }: Variables): readonly string[] {
  const arns = listOf(SNS_TOPIC_ARNS) ?? [];
  const wrong = arns.find((arn) => !TOPIC_ARN.test(arn));
  if (wrong !== undefined) throw new ConfigError(`SNS_TOPIC_ARNS holds "${wrong}", which is not the ARN of a topic, as arn:aws:sns:us-west-2:123456789012:new-images.`);
  return arns;
}

/** What a parser makes of a variable; nothing when it is unset. */
function parsedBy<Item>(name: keyof Variables, text: string | undefined, parse: (text: string) => readonly Item[]): readonly Item[] {
  try {
    return text === undefined ? [] : parse(text);
  } catch (error) {
    const lines = messageOf(error).split('\n').map((fault) => `${name} ${fault}.`);
    throw new ConfigError([...lines, explainVariable(name).description].join('\n'), { cause: error });
  }
}

function volumeRoot({ VIEWPOINT_BACKEND, EFS_MOUNT_NAME, EMBEDDED_STATE_DIR }: Variables): string {
  if (VIEWPOINT_BACKEND === 'embedded' && EFS_MOUNT_NAME === undefined) return resolve(EMBEDDED_STATE_DIR, 'volume');
  return resolve(join('/', EFS_MOUNT_NAME ?? DEFAULT_EFS_MOUNT_NAME));
}

/** The variables as lines for people: name, default, meaning. */
export function describeVariables(): string {
  return VARIABLE_NAMES.map((name) => {
    const { defaultText, description } = explainVariable(name);
    return `${name}${defaultText === null ? '' : ` (default ${defaultText})`}\n    ${description}`;
  }).join('\n');
}
