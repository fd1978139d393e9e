import { createLog } from './composition/log.js';
import { logNodeWarnings } from './composition/node-warnings.js';
import { tracingSettings } from './composition/tracing-settings.js';
import { stopOnSignals } from './composition/stop-on-signals.js';
import { start } from './composition/start.js';
import { readVersion } from './composition/version.js';
import { ConfigError, describeVariables, readConfig } from './config/config.js';
import { environment } from './config/environment.js';
import { messageOf } from './domain/errors.js';
import { startTracing } from './tracing/start-tracing.js';

/** Entry of the service: `node dist/src/server.js`; `--help` lists the environment variables. */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(`Prepares images in S3 for a tile server. Settings are environment variables:\n\n${describeVariables()}`);
    return;
  }
  const config = readConfig(environment());
  const version = readVersion();
  const tracing = await startTracing(tracingSettings(config, version));
  const log = await createLog({ level: config.LOG_LEVEL, format: config.LOG_FORMAT, replica: config.replica, secrets: config.secrets, lineFields: () => tracing.logFields() });
  logNodeWarnings(log);
  const started = await start({ config, log, version, environment: environment(), tracing });
  log.info({ url: started.service.url, docs: `${started.service.url}/docs`, backend: config.VIEWPOINT_BACKEND }, 'service started');
  stopOnSignals(started, { graceSeconds: config.SHUTDOWN_GRACE_SECONDS, receiveWaitSeconds: config.RECEIVE_WAIT_SECONDS }, log);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ConfigError ? `The configuration is not valid:\n${error.message}` : `The service cannot start: ${messageOf(error)}`);
  process.exitCode = 1;
}
