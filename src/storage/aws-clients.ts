import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { MiddlewareStack } from '@smithy/types';
import { UndiciHttpHandler } from '@smithy/undici-http-handler';

export interface AwsSettings {
  region: string;
  /** Endpoints other than AWS's own. */
  endpoints: { s3?: string | undefined; sqs?: string | undefined; dynamodb?: string | undefined; sts?: string | undefined };
  /** Fixed credentials; the SDK's own chain finds them otherwise. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Role to assume with the credentials found. */
  roleArn?: string | undefined;
  /** Longest wait of a receive call, in seconds; its request may take a little longer. */
  receiveWaitSeconds: number;
  /** Told the `Date` header of each answer of DynamoDB, which keeps the leases. */
  onDate?: ((date: unknown) => void) | undefined;
  /** Carries out each call, so that it can be measured and traced. */
  observeCall?: ObserveCall | undefined;
}

/** Gets every call with its names as AWS has them, as `S3` and `GetObject`, and must return what the call returns. */
export type ObserveCall = <Result>(call: { service: string; operation: string }, carryOut: () => Promise<Result>) => Promise<Result>;

export interface AwsClients {
  s3: S3Client;
  sqs: SQSClient;
  dynamodb: DynamoDBClient;
  close(): void;
}

const CONNECTION_TIMEOUT_MS = 5000;
const REQUEST_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 30_000;
const ROLE_SESSION_NAME = 'TileServerSession';
const ROLE_SESSION_SECONDS = 3600;

/**
 * Clients of the three AWS services. Every request has a time limit, since a connection that goes nowhere would hang
 * for ever otherwise; S3's bodies are watched by the downloader instead.
 */
export function createAwsClients(settings: AwsSettings): AwsClients {
  const { region, endpoints } = settings;
  const credentials = credentialsOf(settings);
  const common = { region, ...(credentials === undefined ? {} : { credentials }) };

  const s3 = new S3Client({
    ...common,
    maxAttempts: 1, // the downloader tries again by itself, part by part
    followRegionRedirects: true,
    ...(endpoints.s3 === undefined ? {} : { endpoint: endpoints.s3, forcePathStyle: true }),
    requestHandler: new UndiciHttpHandler({ dispatcher: { connect: { timeout: CONNECTION_TIMEOUT_MS }, headersTimeout: HEADERS_TIMEOUT_MS } }),
  });
  const sqs = new SQSClient({
    ...common,
    ...(endpoints.sqs === undefined ? {} : { endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false }),
    requestHandler: requestHandler(settings.receiveWaitSeconds),
  });
  const dynamodb = new DynamoDBClient({
    ...common,
    ...(endpoints.dynamodb === undefined ? {} : { endpoint: endpoints.dynamodb }),
    requestHandler: requestHandler(0),
  });
  const { observeCall, onDate } = settings;
  if (onDate !== undefined) hearDates(dynamodb.middlewareStack, onDate);
  if (observeCall !== undefined) {
    observeCalls(s3.middlewareStack, 'S3', observeCall);
    observeCalls(sqs.middlewareStack, 'SQS', observeCall);
    observeCalls(dynamodb.middlewareStack, 'DynamoDB', observeCall);
  }
  return {
    s3,
    sqs,
    dynamodb,
    close() {
      for (const client of [s3, sqs, dynamodb]) client.destroy();
    },
  };
}

/** Settings of a client of any other AWS service, at an endpoint of its own or where AWS has it. */
export function clientSettings(settings: AwsSettings, endpoint: string | undefined) {
  const credentials = credentialsOf(settings);
  return {
    region: settings.region,
    ...(credentials === undefined ? {} : { credentials }),
    ...(endpoint === undefined ? {} : { endpoint }),
    requestHandler: requestHandler(0),
  };
}

function requestHandler(extraSeconds: number): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS + extraSeconds * 1000,
    throwOnRequestTimeout: true,
  });
}

/** Has every call of a client observed, by its service's name. */
export function observeCalls<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>, service: string, observeCall: ObserveCall): void {
  stack.add(
    (next, { commandName }) =>
      (args) =>
        observeCall({ service, operation: String(commandName).replace(/Command$/, '') }, () => next(args)),
    { step: 'initialize', name: 'observeCall' },
  );
}

function hearDates<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>, onDate: (date: unknown) => void): void {
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      onDate((result.response as { headers?: Record<string, unknown> } | undefined)?.headers?.['date']);
      return result;
    },
    // Inside of the SDK's own, which throws where the answer is an error.
    { step: 'deserialize', priority: 'low', name: 'hearDates' },
  );
}

function credentialsOf({ credentials, roleArn, region, endpoints }: AwsSettings) {
  if (roleArn === undefined) return credentials;
  return fromTemporaryCredentials({
    ...(credentials === undefined ? {} : { masterCredentials: credentials }),
    params: { RoleArn: roleArn, RoleSessionName: ROLE_SESSION_NAME, DurationSeconds: ROLE_SESSION_SECONDS },
    clientConfig: { region, ...(endpoints.sts === undefined ? {} : { endpoint: endpoints.sts }) },
  });
}
