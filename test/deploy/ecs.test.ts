import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { readConfig } from '../../src/config/config.js';
import { VARIABLE_NAMES } from '../../src/config/variables.js';
import { serverOptions } from '../support/program.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readJson = (name: string): unknown => JSON.parse(readFileSync(`${root}deploy/${name}`, 'utf8'));

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
}
interface TaskDefinition {
  cpu: string;
  memory: string;
  containerDefinitions: [
    {
      user: string;
      readonlyRootFilesystem: boolean;
      environment: { name: string; value: string }[];
      secrets: { name: string }[];
      healthCheck: { command: string[]; interval: number; timeout: number };
      stopTimeout: number;
      mountPoints: { containerPath: string }[];
    },
  ];
}

/** Code that runs only with the emulators, or prepares them. */
const EMULATED = /^(embedded|demo)\/|^composition\/(embedded-backend|sample-objects)\.ts$/;
const PACKAGES: Record<string, string> = { 'client-s3': 's3', 'client-sqs': 'sqs', 'client-dynamodb': 'dynamodb' };
/** Calls whose permission has another name (Service Authorization Reference of Amazon S3; Amazon SQS Developer Guide, "Amazon SQS API permissions": a batch needs what its single call does). */
const OTHER_NAMES: Record<string, string> = { 's3:HeadObject': 's3:GetObject', 's3:HeadBucket': 's3:ListBucket', 'sqs:DeleteMessageBatch': 'sqs:DeleteMessage' };

/** Asked only whether S3 answers, and a denial is an answer. */
const NEEDS_NONE = ['s3:ListBuckets'];

/** Permissions for the commands that the code imports from the AWS SDK. */
function neededActions(): string[] {
  const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !EMULATED.test(path));
  const actions = sources.flatMap((path) =>
    [...readFileSync(`${root}src/${path}`, 'utf8').matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/(client-[a-z0-9]+)'/g)].flatMap(([, names = '', name = '']) =>
      [...names.matchAll(/\b(\w+)Command\b/g)].map(([, command]) => `${PACKAGES[name] ?? name}:${command}`),
    ),
  );
  return [...new Set(actions.filter((action) => !NEEDS_NONE.includes(action)).map((action) => OTHER_NAMES[action] ?? action))].toSorted();
}

test('the policy allows every call to AWS that the code makes, and no other', () => {
  const { Statement: statements } = readJson('iam-policy.json') as { Statement: Statement[] };
  const allowed = statements.flatMap(({ Action }) => Action);
  const needed = neededActions();
  assert.ok(needed.length >= 12, needed.join(' '));
  // The mount of the volume is ECS's call, in the name of the task.
  assert.deepEqual(allowed.filter((action) => !action.startsWith('elasticfilesystem:')).toSorted(), needed);
  assert.deepEqual(allowed.filter((action) => action.startsWith('elasticfilesystem:')), ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']);
  for (const { Effect, Resource } of statements) {
    assert.equal(Effect, 'Allow');
    for (const resource of [Resource].flat()) assert.match(resource, /^arn:aws:[a-z0-9]+:.*[^*:]$|^arn:aws:s3:::\$\{IMAGE_BUCKET\}\/\*$/);
  }
});

test('the task gets settings that exist and make sense, secrets only as secrets', () => {
  const [container] = (readJson('ecs-task-definition.json') as TaskDefinition).containerDefinitions;
  const names = [...container.environment, ...container.secrets].map(({ name }) => name);
  assert.deepEqual(names.filter((name) => !(VARIABLE_NAMES as string[]).includes(name)), []);
  const environment = Object.fromEntries(container.environment.map(({ name, value }) => [name, value]));
  const config = readConfig(environment);
  assert.equal(config.volumeRoot, container.mountPoints[0]?.containerPath);
  assert.equal(config.VIEWPOINT_BACKEND, 'aws');
  for (const name of ['API_KEYS', 'PAGE_TOKEN_SECRET']) assert.equal(name in environment, false);
});

test('the task is probed as the image is, has time to stop and memory for all its slots', () => {
  const { memory, cpu, containerDefinitions } = readJson('ecs-task-definition.json') as TaskDefinition;
  const [container] = containerDefinitions;
  const config = readConfig(Object.fromEntries(container.environment.map(({ name, value }) => [name, value])));
  assert.match(container.healthCheck.command.at(-1) ?? '', /^curl --fail .*http:\/\/localhost:8080\/ping$/);
  assert.deepEqual([container.healthCheck.interval, container.healthCheck.timeout], [30, 5]);
  // After the grace, leases and messages are handed back and traces sent.
  assert.ok(container.stopTimeout >= config.SHUTDOWN_GRACE_SECONDS + 6);
  assert.ok(Number(memory) >= 1024 + config.EXECUTOR_CONCURRENCY * config.DECODER_MEMORY_MEGABYTES);
  assert.ok(Number(cpu) >= 1024 * config.EXECUTOR_CONCURRENCY);
  assert.equal(container.user, '1000:1000');
});

test('the container writes nowhere but on the volume', () => {
  const [container] = (readJson('ecs-task-definition.json') as TaskDefinition).containerDefinitions;
  assert.equal(container.readonlyRootFilesystem, true);
  const { services } = parseYaml(readFileSync(`${root}deploy/compose.yaml`, 'utf8'), { merge: true }) as { services: { worker: { read_only: boolean } } };
  assert.equal(services.worker.read_only, true);
});

test('the container starts the server as npm start does', () => {
  const command = /^CMD (\[.*\])$/m.exec(readFileSync(`${root}Dockerfile`, 'utf8'))?.[1] ?? '[]';
  const options = serverOptions();
  assert.notDeepEqual(options, []);
  assert.deepEqual(JSON.parse(command), ['node', ...options, 'dist/src/server.js']);
});

test('the compose file gives the worker settings that exist, on the table and queue that it makes', () => {
  const { services } = parseYaml(readFileSync(`${root}deploy/compose.yaml`, 'utf8'), { merge: true }) as {
    services: { worker: { environment: Record<string, string> }; resources: { command: string[] } };
  };
  const { environment } = services.worker;
  const ofTheSdk = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
  assert.deepEqual(Object.keys(environment).filter((name) => !(VARIABLE_NAMES as string[]).includes(name) && !ofTheSdk.includes(name)), []);
  const config = readConfig(environment);
  const script = services.resources.command[0] ?? '';
  assert.ok(script.includes(`--table-name ${config.JOB_TABLE} `) && script.includes(`--queue-name ${config.JOB_QUEUE} `));
});

test('replicas are scaled by the messages of the queue that they read', () => {
  const text = readFileSync(`${root}deploy/ecs-scaling-policy.json`, 'utf8');
  const { CustomizedMetricSpecification } = JSON.parse(text) as { CustomizedMetricSpecification: { Metrics: { Id: string; Expression?: string; ReturnData: boolean }[] } };
  const { Metrics } = CustomizedMetricSpecification;
  const result = Metrics.filter(({ ReturnData }) => ReturnData);
  assert.equal(result.length, 1);
  for (const id of result[0]?.Expression?.match(/\b[a-z]+\b/g) ?? []) assert.ok(Metrics.some(({ Id }) => Id === id), id);
  assert.ok(text.includes(`"${readConfig({}).JOB_QUEUE}"`));
});
