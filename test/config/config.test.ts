import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, describeVariables, readConfig } from '../../src/config/config.js';
import { VARIABLE_NAMES } from '../../src/config/variables.js';

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return assert.fail('the configuration was accepted');
}

test('without any variable, the defaults of the tile server hold', () => {
  const config = readConfig({});
  assert.equal(config.JOB_TABLE, 'TSJobTable');
  assert.equal(config.JOB_QUEUE, 'TSJobQueue');
  assert.equal(config.region, 'us-west-2');
  assert.equal(config.DDB_TTL_DAYS, 1);
  assert.equal(config.PORT, 8080);
  assert.ok(Object.isFrozen(config));
});

test('the volume is / and EFS_MOUNT_NAME, which may hold slashes', () => {
  assert.equal(readConfig({ VIEWPOINT_BACKEND: 'aws' }).volumeRoot, '/ts-efs-volume');
  assert.equal(readConfig({ VIEWPOINT_BACKEND: 'aws', EFS_MOUNT_NAME: 'tmp/viewpoint' }).volumeRoot, '/tmp/viewpoint');
});

test('each wrong variable is named, with what it wants and what it is', () => {
  const message = refusal({ PORT: 'eighty', VIEWPOINT_BACKEND: 'azure', LEASE_SECONDS: '0' });
  assert.match(message, /^PORT must be integer, and is "eighty"\. Port to listen on/m);
  assert.match(message, /^VIEWPOINT_BACKEND must be one of aws, embedded, and is "azure"/m);
  assert.match(message, /^LEASE_SECONDS must be >= 2, and is "0"/m);
});

test('combinations that cannot work are refused', () => {
  assert.match(refusal({ LEASE_SECONDS: '20', LEASE_HEARTBEAT_SECONDS: '15' }), /LEASE_HEARTBEAT_SECONDS \(15\) must be at most half of LEASE_SECONDS \(20\)/);
  assert.match(refusal({ VISIBILITY_TIMEOUT_SECONDS: '30' }), /VISIBILITY_HEARTBEAT_SECONDS \(20\) must be at most half/);
});

test('a variable that is set to nothing counts as unset', () => {
  assert.equal(readConfig({ STS_ARN: '', PORT: '' }).PORT, 8080);
});

test('AWS_REGION wins over AWS_DEFAULT_REGION, and ROOT_PATH over FASTAPI_ROOT_PATH', () => {
  const config = readConfig({ AWS_REGION: 'eu-central-1', AWS_DEFAULT_REGION: 'us-east-1', ROOT_PATH: '/a', FASTAPI_ROOT_PATH: '/b' });
  assert.equal(config.region, 'eu-central-1');
  assert.equal(config.rootPath, '/a');
  assert.equal(readConfig({ FASTAPI_ROOT_PATH: '/b' }).rootPath, '/b');
});

test('only the endpoint of S3 comes from AWS_S3_ENDPOINT, and must be a URL', () => {
  assert.equal(readConfig({ AWS_S3_ENDPOINT: 'http://127.0.0.1:9000' }).AWS_S3_ENDPOINT, 'http://127.0.0.1:9000');
  assert.match(refusal({ AWS_S3_ENDPOINT: 'localhost' }), /AWS_S3_ENDPOINT must match format "uri"/);
});

test('allowed buckets are a list', () => {
  assert.deepEqual(readConfig({ ALLOWED_BUCKETS: 'one, two,' }).allowedBuckets, ['one', 'two']);
  assert.equal(readConfig({}).allowedBuckets, null);
});

test('rules for events are read, and refused with the number of the rule', () => {
  assert.deepEqual(readConfig({ EVENT_RULES: '[{"bucket": "images"}]' }).eventRules, [{ bucket: 'images' }]);
  assert.deepEqual(readConfig({}).eventRules, []);
  assert.match(refusal({ EVENT_RULES: '[{"bucket": "images", "tile_size": 0}]' }), /^EVENT_RULES rule 1: tile_size must be >= 1\./);
  assert.match(refusal({ EVENT_RULES: '[{"bucket": "images"}]', ALLOWED_BUCKETS: 'others' }), /rule 1: the bucket "images" is not among ALLOWED_BUCKETS/);
});

test('topics are a list of ARNs', () => {
  const arns = 'arn:aws:sns:us-west-2:123456789012:a, arn:aws-us-gov:sns:us-gov-west-1:123456789012:b.fifo';
  assert.deepEqual(readConfig({ SNS_TOPIC_ARNS: arns }).snsTopicArns, arns.split(', '));
  assert.match(refusal({ SNS_TOPIC_ARNS: 'arn:aws:sns:us-west-2:123456789012:*' }), /SNS_TOPIC_ARNS holds "arn:aws:sns:us-west-2:123456789012:\*"/);
});

test('secrets that are refused are not shown', () => {
  for (const [name, value] of [['EVENT_WEBHOOK_SECRETS', 'whsec_dG9vIHNob3J0'], ['SNS_RAW_DELIVERY_PASSWORD', 'too-short'], ['PAGE_TOKEN_SECRET', 'too-short']] as const) {
    const message = refusal({ [name]: value });
    assert.match(message, new RegExp(`^${name} `));
    assert.ok(!message.includes(value), message);
  }
});

test('the description names every variable', () => {
  const description = describeVariables();
  for (const name of VARIABLE_NAMES) assert.match(description, new RegExp(`^${name}\\b`, 'm'));
});
