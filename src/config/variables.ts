import { Type, type Static, type TSchema } from 'typebox';

/**
 * Every environment variable that the service reads. The description says what it means and in which unit;
 * the README's table and `--help` are made of it.
 */
const text = (description: string, options: object = {}) => Type.String({ description, minLength: 1, ...options });
const whole = (description: string, defaultValue: number, minimum = 1, maximum = 1_000_000) =>
  Type.Integer({ description, default: defaultValue, minimum, maximum });
/** Its value is shown nowhere, neither in messages nor in logs. */
const secret = (description: string, options: object = {}) => Type.Optional(Type.String({ description, minLength: 1, writeOnly: true, ...options }));
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema);

export const Variables = Type.Object({
  VIEWPOINT_BACKEND: Type.Enum(['aws', 'embedded'], {
    default: 'embedded',
    description: 'Where S3, SQS and DynamoDB are: `aws` (AWS, or whatever AWS_ENDPOINT_URL names; what the container image sets) or `embedded` (emulated in this process, for trying out and tests).',
  }),
  HOST: optional(text('Address to listen on; `0.0.0.0` unless set, and `127.0.0.1` with the embedded backend.')),
  PORT: whole('Port to listen on; 0 takes a free one.', 8080, 0, 65_535),
  ROOT_PATH: optional(text('Path prefix under which a proxy serves this service, as `/tiles`.', { pattern: '^/.*[^/]$' })),
  FASTAPI_ROOT_PATH: optional(text('The same, as the tile server names it; ROOT_PATH wins.', { pattern: '^/.*[^/]$' })),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info', description: 'Least serious log lines that are written.' }),
  LOG_FORMAT: Type.Enum(['auto', 'json', 'pretty'], { default: 'auto', description: 'Log as JSON, a line per event, or for people; `auto`: for people in a terminal, JSON elsewhere.' }),
  REPLICA_NAME: optional(text('Name of this process in leases, status and logs; made of the host name and a random part otherwise.', { maxLength: 100, pattern: '^[A-Za-z0-9_.-]+$' })),

  AWS_REGION: optional(text('AWS region.')),
  AWS_DEFAULT_REGION: text('AWS region, where AWS_REGION is not set.', { default: 'us-west-2' }),
  AWS_ENDPOINT_URL: optional(text('Endpoint of all AWS services, instead of AWS itself.', { format: 'uri' })),
  AWS_ENDPOINT_URL_S3: optional(text('Endpoint of S3 alone.', { format: 'uri' })),
  AWS_ENDPOINT_URL_SQS: optional(text('Endpoint of SQS alone.', { format: 'uri' })),
  AWS_ENDPOINT_URL_DYNAMODB: optional(text('Endpoint of DynamoDB alone.', { format: 'uri' })),
  AWS_ENDPOINT_URL_STS: optional(text('Endpoint of STS alone.', { format: 'uri' })),
  AWS_ENDPOINT_URL_SNS: optional(text('Endpoint of SNS alone.', { format: 'uri' })),
  AWS_ENDPOINT_URL_EVENTBRIDGE: optional(text('Endpoint of EventBridge alone.', { format: 'uri' })),
  AWS_S3_ENDPOINT: optional(text('Endpoint of S3, as the tile server names it; AWS_ENDPOINT_URL_S3 wins.', { format: 'uri' })),
  STS_ARN: optional(text('ARN of a role to assume for all AWS calls (session name TileServerSession, 3600 s, renewed).', { pattern: '^arn:' })),

  JOB_TABLE: text('DynamoDB table of the viewpoints.', { default: 'TSJobTable' }),
  JOB_QUEUE: text('Name (not URL) of the SQS queue of requested viewpoints.', { default: 'TSJobQueue' }),
  EFS_MOUNT_NAME: optional(text('The volume shared with the tile server is `/` followed by this. `ts-efs-volume` unless set; with the embedded backend, a folder in EMBEDDED_STATE_DIR.')),
  DDB_TTL_DAYS: whole('Days until a row that never became READY expires.', 1, 1, 36_500),
  ALLOWED_BUCKETS: optional(text('Buckets that images may come from, separated by commas; any bucket when unset.')),

  EVENT_RULES: optional(
    text(
      'Which new objects become viewpoints, as a JSON list of rules like `{"bucket": "images", "prefix": "incoming/", "suffix": [".tif", ".ntf"], "tile_size": 512, "range_adjustment": "DRA", "viewpoint_id": "{stem}-{hash}", "viewpoint_name": "{name}"}`, all but `bucket` optional; the first that fits counts. Placeholders: `{bucket}`, `{key}`, `{name}` (last part of the key), `{stem}` (the same without extension), `{version}` (version id or ETag), `{hash}` (of bucket and key).',
    ),
  ),
  SNS_TOPIC_ARNS: optional(text('SNS topics that may send to `/webhooks/sns`, as ARNs separated by commas; none when unset.')),
  SNS_RAW_DELIVERY_PASSWORD: secret('Password of SNS messages with raw delivery, which are not signed; they are refused when unset. Subscribe `https://sns:<password>@<host>/webhooks/sns`.', { minLength: 16, pattern: '^[^\\s:@/]+$' }),
  EVENT_WEBHOOK_SECRETS: secret('Secrets of which one must sign what `/webhooks/events` takes, as Standard Webhooks has them (`whsec_` and base64), separated by commas; several while one replaces another. Nobody may send when unset.'),

  EXECUTOR_CONCURRENCY: whole('Viewpoints processed at a time.', 2, 1, 64),
  EXECUTOR_WAITING_ROOM: whole('Viewpoints requested over HTTP that may wait for a slot.', 100, 0, 10_000),
  JOB_TRIES: whole('Tries of a job that fails for a passing reason, before it is left to a later delivery of its message.', 3, 1, 20),
  RETRY_BASE_MS: whole('Longest wait before the second try, in milliseconds; doubled for each further one.', 1000, 1, 600_000),
  SHUTDOWN_GRACE_SECONDS: whole('Time that running jobs get to end after SIGTERM, in seconds; the rest is handed to another replica.', 55, 0, 3600),
  LEASE_SECONDS: whole('Time after which another replica takes over a viewpoint whose worker is silent, in seconds.', 60, 2, 3600),
  LEASE_HEARTBEAT_SECONDS: whole('Time between renewals of a lease, in seconds.', 15, 1, 1200),
  PROGRESS_INTERVAL_SECONDS: whole('Shortest time between two writes of the progress of a job to its row, in seconds.', 1, 1, 600),
  RECOVERY_INTERVAL_SECONDS: whole('Time between searches of the table for viewpoints that a dead replica left, and for what it had still to tell, in seconds; with one of at most LEASE_SECONDS each viewpoint is found as soon as its lease ends.', 60, 1, 86_400),
  SWEEP_INTERVAL_SECONDS: whole('Time between searches of the volume for files that dead processes left, in seconds; the first is at start.', 3600, 1, 604_800),

  EVENT_STREAMS: whole('Clients that may follow viewpoints (`GET /viewpoints/{id}/events`, `Prefer: wait`) at a time in this process.', 500, 0, 100_000),
  EVENT_HEARTBEAT_SECONDS: whole('Longest silence of a stream of events, in seconds; shorter than the idle time-out of whatever lies between.', 15, 1, 600),

  POLLER_ENABLED: Type.Boolean({ default: true, description: 'Whether this process receives messages from the queue.' }),
  VISIBILITY_TIMEOUT_SECONDS: whole('Time for which a received message stays hidden unless that is extended, in seconds; when a replica dies, another one gets the message after it.', 60, 2, 43_200),
  VISIBILITY_HEARTBEAT_SECONDS: whole('Time between extensions, in seconds.', 20, 1, 21_600),
  RECEIVE_WAIT_SECONDS: whole('Longest wait of one receive call for a message, in seconds.', 20, 0, 20),

  DOWNLOAD_PART_MEGABYTES: whole('Longest range of a large object that is asked for at once, in 10^6 bytes; slow connections get shorter ones.', 64, 1, 5000),
  DOWNLOAD_CONNECTIONS: whole('Most ranges of one object downloaded at a time; there are fewer where more bring nothing.', 16, 1, 64),
  DOWNLOAD_STALL_SECONDS: whole('Time without a byte after which a range is asked for again, in seconds.', 30, 1, 3600),
  DOWNLOAD_MINIMUM_KILOBYTES_PER_SECOND: whole('Slowest download of a range that is put up with, in 10^3 bytes per second.', 50, 1, 1_000_000),

  DECODER_MEMORY_MEGABYTES: whole('Memory that a GDAL child process may allocate, in 2^20 bytes.', 4096, 256, 1_000_000),
  DECODER_TIMEOUT_SECONDS: whole('Longest that one step of an image may take in a GDAL child process whatever its size, in seconds.', 300, 1, 86_400),
  DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE: whole('Time that a step may take beyond that for each 10^9 samples (columns × rows × bands), in seconds.', 600, 0, 86_400),
  MAX_IMAGE_GIGASAMPLES: Type.Number({ default: 64, exclusiveMinimum: 0, maximum: 100_000, description: 'Largest image that is accepted, as columns × rows × bands in 10^9.' }),
  EXACT_STATISTICS: Type.Boolean({ default: false, description: 'Whether the statistics of large images take in every pixel where an overview would do; costs a second reading of some images.' }),

  COMPLETION_WEBHOOK_URL: optional(text('URL that is told of the end of every job; that of one job is told to its `callback_url` too.', { format: 'uri' })),
  COMPLETION_WEBHOOK_SECRETS: secret('Secrets that sign completion webhooks, each `whsec_` and base64, separated by commas: one signature by each, so that they can be changed one after the other. Not signed when unset.'),
  COMPLETION_SNS_TOPIC_ARN: optional(text('SNS topic to which the end of every job is published.', { pattern: '^arn:[^:]+:sns:' })),
  COMPLETION_EVENT_BUS: optional(text('Name or ARN of the EventBridge bus on which the end of every job is put.')),
  CALLBACK_ALLOWED_HOSTS: optional(text('Hosts, as `host` or `host:port`, separated by commas, that may be called over http:// and at addresses that are not public; all others only over https:// at public ones.')),
  DELIVERY_TRIES: whole('Tries to tell one target of the end of a job; with the usual waits the last one is some 12 hours after the first.', 15, 1, 100),
  DELIVERY_RETRY_BASE_MS: whole('Longest wait before the second try, in milliseconds; doubled for each further one, up to 6 hours.', 5000, 1, 3_600_000),
  DELIVERY_TIMEOUT_SECONDS: whole('Longest time for one try, in seconds.', 15, 1, 300),

  PAGE_TOKEN_SECRET: secret('Key that signs the page tokens of `GET /viewpoints`; set the same in all replicas. Random per process otherwise.', { minLength: 16 }),
  API_KEYS: secret('Bearer keys that callers need, as `name:scope+scope:secret` separated by commas; scopes are `read`, `process` (includes read) and `admin` (includes all), secrets have 24 characters or more. Without API_KEYS and OIDC_ISSUER every caller may do everything.'),
  OIDC_ISSUER: optional(text('OpenID Connect issuer whose tokens are accepted, as in their `iss`.', { format: 'uri' })),
  OIDC_AUDIENCE: optional(text('Audience that the tokens must be for, as in their `aud`; needed with OIDC_ISSUER.')),
  OIDC_JWKS_URL: optional(text('Where the keys of the issuer are; its discovery document tells otherwise.', { format: 'uri' })),
  OIDC_SCOPES_CLAIM: text('Claim that lists the scopes of a token, as words or an array.', { default: 'scope' }),
  RATE_LIMIT_PER_MINUTE: whole('Requests that one caller (key or subject, else address) may send a minute; 0 for no limit. Health checks do not count.', 0, 0),
  TRUST_PROXY: optional(text('Proxies whose X-Forwarded-For is believed: how many stand before this service, or their addresses and networks separated by commas. None unless set.', { pattern: '^([0-9]{1,2}|[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*)$' })),
  CORS_ORIGINS: optional(text('Origins whose pages may call this service, separated by commas, as `https://maps.example.com`. None unless set.', { pattern: '^https?://[^/*\\s,]+(,https?://[^/*\\s,]+)*$' })),
  REQUEST_TIMEOUT_SECONDS: whole('Time in which a request must have arrived whole, in seconds.', 30, 1, 600),

  OTEL_TRACES_EXPORTER: Type.Enum(['none', 'otlp'], { default: 'none', description: 'Where traces go: nowhere, or to an OpenTelemetry collector over HTTP.' }),
  OTEL_EXPORTER_OTLP_ENDPOINT: text('The collector; `/v1/traces` is appended.', { default: 'http://localhost:4318', format: 'uri' }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(text('The collector for traces, in full; wins over OTEL_EXPORTER_OTLP_ENDPOINT.', { format: 'uri' })),
  OTEL_EXPORTER_OTLP_HEADERS: secret('Headers for the collector, as `name=value` separated by commas, percent-encoded.'),
  OTEL_SERVICE_NAME: text('Name of this service in traces.', { default: 'viewpoint-worker' }),
  OTEL_RESOURCE_ATTRIBUTES: optional(text('Further attributes of this service in traces, as `name=value` separated by commas, percent-encoded.')),
  OTEL_TRACES_SAMPLER: Type.Enum(['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'], { default: 'parentbased_always_on', description: 'Which traces are kept.' }),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({ default: 1, minimum: 0, maximum: 1, description: 'Share of the traces that the ratio samplers keep.' }),

  EMBEDDED_STATE_DIR: text('Folder of the embedded backend: buckets, table and volume.', { default: './.viewpoints' }),
});
export type Variables = Static<typeof Variables>;

export const VARIABLE_NAMES = Object.keys(Variables.properties) as (keyof Variables)[];

/** What people are told of a variable: its default as text, null when it has none, and its meaning. */
export function explainVariable(name: keyof Variables): { defaultText: string | null; description: string } {
  const { default: otherwise, description = '' } = Variables.properties[name] as { default?: string | number | boolean; description?: string };
  return { defaultText: otherwise === undefined ? null : String(otherwise), description };
}

/** Whether nobody may see the variable's value. */
export function isSecret(name: keyof Variables): boolean {
  return 'writeOnly' in Variables.properties[name];
}
