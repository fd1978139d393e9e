import type { AnswerFault, Fault, FaultHook } from '../../src/embedded/s3/faults.js';
import type { Call, CallFault } from './fault-proxy.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';

type ServiceName = 's3' | 'sqs' | 'dynamodb';

/** What goes wrong with a service for a while. */
interface Spell {
  service: ServiceName;
  name: string;
  probability: number;
  fault(random: Random): Fault | CallFault;
}

export interface Weather {
  readonly s3: FaultHook;
  call(service: 'sqs' | 'dynamodb', call: Call): CallFault | undefined;
  /** Brings up one spell; it replaces the one before. */
  turn(): void;
  /** From now on all goes well. */
  calm(): void;
}

const s3Error = (status: number, code: string): AnswerFault => ({ kind: 'error', status, code });
const throttled: Record<'sqs' | 'dynamodb', CallFault> = {
  dynamodb: { kind: 'error', status: 400, type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException' },
  sqs: { kind: 'error', status: 400, type: 'com.amazonaws.sqs#RequestThrottled' },
};
const IMAGE_BYTES = 4_000_000;

const S3_SPELLS: Spell[] = [
  { service: 's3', name: 'S3 500', probability: 0.4, fault: () => s3Error(500, 'InternalError') },
  { service: 's3', name: 'S3 503 SlowDown', probability: 0.5, fault: () => s3Error(503, 'SlowDown') },
  { service: 's3', name: 'S3 cut before the answer', probability: 0.4, fault: () => ({ kind: 'disconnect' }) },
  { service: 's3', name: 'S3 answer truncated', probability: 0.5, fault: (random) => ({ kind: 'truncate', afterBytes: random.integer(0, IMAGE_BYTES) }) },
  { service: 's3', name: 'S3 answer shortened', probability: 0.3, fault: (random) => ({ kind: 'shorten', toBytes: random.integer(0, IMAGE_BYTES) }) },
  { service: 's3', name: 'S3 bit flip', probability: 0.4, fault: (random) => ({ kind: 'flip-byte', atByte: random.integer(0, IMAGE_BYTES) }) },
  { service: 's3', name: 'S3 stall in the body', probability: 0.3, fault: (random) => ({ kind: 'stall', afterBytes: random.integer(0, IMAGE_BYTES) }) },
  { service: 's3', name: 'S3 silence', probability: 0.2, fault: () => ({ kind: 'black-hole' }) },
  { service: 's3', name: 'S3 slow', probability: 0.5, fault: () => ({ kind: 'slow', bytesPerSecond: 3_000_000 }) },
  { service: 's3', name: 'S3 ignores ranges', probability: 0.3, fault: () => ({ kind: 'ignore-range' }) },
];

const CALL_SPELLS: Spell[] = (['sqs', 'dynamodb'] as const).flatMap((service) => {
  const title = service === 'sqs' ? 'SQS' : 'DynamoDB';
  const type = service === 'sqs' ? 'com.amazonaws.sqs#InternalError' : 'com.amazonaws.dynamodb.v20120810#InternalServerError';
  return [
    { service, name: `${title} cut before it acts`, probability: 0.3, fault: (): CallFault => ({ kind: 'cut', isApplied: false }) },
    { service, name: `${title} cut after it acted`, probability: 0.25, fault: (): CallFault => ({ kind: 'cut', isApplied: true }) },
    { service, name: `${title} stall before it acts`, probability: 0.15, fault: (): CallFault => ({ kind: 'stall', isApplied: false }) },
    { service, name: `${title} stall after it acted`, probability: 0.1, fault: (): CallFault => ({ kind: 'stall', isApplied: true }) },
    { service, name: `${title} 500`, probability: 0.4, fault: (): CallFault => ({ kind: 'error', status: 500, type }) },
    { service, name: `${title} 503`, probability: 0.4, fault: (): CallFault => ({ kind: 'error', status: 503, type }) },
    { service, name: `${title} throttling`, probability: 0.5, fault: () => throttled[service] },
  ];
});

const OUTAGES: Spell[] = (['sqs', 'dynamodb'] as const).map((service) => ({
  service,
  name: `${service === 'sqs' ? 'SQS' : 'DynamoDB'} unreachable`,
  probability: 1,
  fault: (): CallFault => ({ kind: 'cut', isApplied: false }),
}));

const SPELLS = [...S3_SPELLS, ...CALL_SPELLS, ...OUTAGES];

/** Faults of the network and of the services, one spell at a time. Only what replicas ask goes wrong, not what the harness asks. */
export function createWeather(random: Random, tally: Tally): Weather {
  let spell: Spell | null = null;

  function strike(service: ServiceName): Fault | CallFault | undefined {
    if (spell?.service !== service || !random.chance(spell.probability)) return undefined;
    tally.add('faults', spell.name);
    return spell.fault(random);
  }

  return {
    s3: ({ headers }) => ((headers['user-agent'] ?? '').includes(' app/') ? (strike('s3') as Fault | undefined) : undefined),
    call: (service, { replica }) => (replica === null ? undefined : (strike(service) as CallFault | undefined)),
    turn: () => void (spell = random.pick(SPELLS)),
    calm: () => void (spell = null),
  };
}
