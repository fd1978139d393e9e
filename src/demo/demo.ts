import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { EMBEDDED_BUCKET } from '../composition/embedded-backend.js';
import { logNodeWarnings } from '../composition/node-warnings.js';
import { start } from '../composition/start.js';
import { readVersion } from '../composition/version.js';
import { ConfigError, readConfig, type Config } from '../config/config.js';
import { environment } from '../config/environment.js';
import { imageFileName } from '../domain/artifacts.js';
import { messageOf } from '../domain/errors.js';
import { createAwsClients } from '../storage/aws-clients.js';
import { parseCommandLine, USAGE } from './command-line.js';
import { openDemoLog } from './demo-log.js';
import { followJob } from './follow-job.js';
import { findLocalImage, SIDE_FILE_SUFFIXES, type LocalImage } from '../composition/local-image.js';
import { isPortFree } from './port.js';
import { createProgressView, type ProgressView } from './progress-view.js';
import { requestViewpoint } from './request-viewpoint.js';
import { INTERRUPTED, stopSignal } from '../composition/stop-signal.js';
import { describeEnd } from './summary.js';
import { uploadFile } from './upload.js';

const SAMPLE_NAME = 'rgb-striped.tif';

/** Entry of the demo; `--help` tells what it does. @returns the exit code. */
async function main(): Promise<number> {
  const { image: given, exitAfterJob, showHelp } = parseCommandLine(process.argv.slice(2));
  if (showHelp) {
    console.log(USAGE);
    return 0;
  }
  // npm starts the demo in the project's folder, and notes where the caller was.
  const image = given === null ? null : await findLocalImage(given, environment()['INIT_CWD'] ?? process.cwd());
  const objectKey = image === null ? `samples/${SAMPLE_NAME}` : `demo/${image.fileName}`;
  imageFileName(objectKey); // refuses names that the service could not keep

  const config = await demoConfig();
  const { log, path: logPath } = await openDemoLog(config.LOG_LEVEL, config.EMBEDDED_STATE_DIR);
  logNodeWarnings(log);
  console.log('Starting S3, SQS, DynamoDB and the service in this process …');
  const started = await start({ config, log, version: readVersion(), environment: environment() });
  const stop = stopSignal();
  try {
    const { url } = started.service;
    console.log(`The service answers at ${url} (dashboard: ${url}/, Swagger UI: ${url}/docs).\n`);
    const isReady = await runJob(config, started, { image, objectKey, exitAfterJob, logPath, stop });
    if (!exitAfterJob) await untilStopped(stop);
    return isReady ? 0 : 1;
  } catch (error) {
    if (!stop.aborted) throw error;
    return INTERRUPTED;
  } finally {
    if (stop.aborted) console.log('\nStopping …');
    await started.stop(0);
  }
}

/** The service's settings, on the embedded backend and with a free port where the wanted one is taken. */
async function demoConfig(): Promise<Config> {
  const config = readConfig({ LOG_LEVEL: 'warn', ...environment(), VIEWPOINT_BACKEND: 'embedded', POLLER_ENABLED: 'true' });
  if (await isPortFree(config.host, config.PORT)) return config;
  console.log(`Port ${config.PORT} is taken (PORT chooses another), so the service gets a free one.`);
  return { ...config, PORT: 0 };
}

interface DemoJob {
  /** null: the sample that the bucket holds already. */
  image: LocalImage | null;
  objectKey: string;
  exitAfterJob: boolean;
  logPath: string;
  stop: AbortSignal;
}

/** Uploads the image, requests its viewpoint and shows the job to its end; answers whether it is READY. */
async function runJob(config: Config, { service, backend }: Awaited<ReturnType<typeof start>>, { image, objectKey, exitAfterJob, logPath, stop }: DemoJob): Promise<boolean> {
  const clients = createAwsClients({ ...backend?.aws, endpoints: backend?.aws.endpoints ?? {}, region: config.region, receiveWaitSeconds: 0 });
  const view = createProgressView(process.stdout);
  try {
    console.log(`Image s3://${EMBEDDED_BUCKET}/${objectKey}${image === null ? ' (a sample)' : `, from ${image.path}`}`);
    if (image !== null) await uploadImage(clients.s3, image, objectKey, view, stop);
    const viewpointId = newViewpointId(objectKey);
    await requestViewpoint(clients, config, viewpointId, {
      viewpoint_name: image?.fileName ?? SAMPLE_NAME,
      bucket_name: EMBEDDED_BUCKET,
      object_key: objectKey,
      tile_size: 512,
      range_adjustment: 'NONE',
    });
    const status = await followJob(service.url, viewpointId, stop, (current) => view.processing(current));
    view.end();
    console.log(`\n${await describeEnd({ serviceUrl: service.url, status, logPath, isLeaving: exitAfterJob, signal: stop })}`);
    return status.viewpoint_status === 'READY';
  } finally {
    view.end();
    clients.close();
  }
}

/** Puts the image and what lies beside it into the bucket, in place of those of a former demo. */
async function uploadImage(s3: S3Client, image: LocalImage, key: string, view: ProgressView, signal: AbortSignal): Promise<void> {
  for (const suffix of SIDE_FILE_SUFFIXES) {
    const sideFile = image.sideFiles.find((file) => file.suffix === suffix);
    const object = { bucket: EMBEDDED_BUCKET, key: key + suffix };
    if (sideFile === undefined) await s3.send(new DeleteObjectCommand({ Bucket: object.bucket, Key: object.key }));
    else await uploadFile(s3, { ...object, ...sideFile, signal, onProgress: () => undefined });
  }
  view.uploading(0, image.sizeBytes);
  await uploadFile(s3, { bucket: EMBEDDED_BUCKET, key, ...image, signal, onProgress: (bytesDone) => view.uploading(bytesDone, image.sizeBytes) });
}

/** A new one for each run, so that a former demo's viewpoints stay: the file's name in characters that an id may hold. */
function newViewpointId(objectKey: string): string {
  const slug = imageFileName(objectKey).replace(/\.[^.]+$/, '').replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  return `demo-${slug}-${randomBytes(3).toString('hex')}`;
}

async function untilStopped(stop: AbortSignal): Promise<void> {
  console.log('\nThe service goes on until Ctrl-C.');
  if (!stop.aborted) await once(stop, 'abort');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof ConfigError ? `The configuration is not valid:\n${error.message}` : messageOf(error));
  process.exitCode = 1;
}
