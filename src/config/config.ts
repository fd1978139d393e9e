import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { explainVariable, Variables, VARIABLE_NAMES } from './variables.js';

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
}

/** The environment does not make sense; the message has one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const DEFAULT_EFS_MOUNT_NAME = 'ts-efs-volume';

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
    allowedBuckets: variables.ALLOWED_BUCKETS === undefined ? null : listed(variables.ALLOWED_BUCKETS),
    callbackAllowedHosts: listed(variables.CALLBACK_ALLOWED_HOSTS),
    completionWebhookSecrets: listed(variables.COMPLETION_WEBHOOK_SECRETS),
  });
}

function listed(text = ''): string[] {
  return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
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
    return `${name} ${wanted}, and is "${environment[name] ?? ''}". ${explainVariable(name).description}`;
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
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
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
