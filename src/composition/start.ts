import { startEmbeddedBackend, type EmbeddedBackend } from './embedded-backend.js';
import { startService, type Service, type ServiceOptions } from './service.js';

export interface Started {
  service: Service;
  /** null with the AWS backend. */
  backend: EmbeddedBackend | null;
  /** Stops the service, then the backend. */
  stop(graceSeconds: number): Promise<void>;
}

export type StartOptions = Omit<ServiceOptions, 'aws'>;

/** A long wait for messages wins nothing in one process, and would delay its end. */
const EMBEDDED_RECEIVE_WAIT_SECONDS = 1;

/** Starts the backend that the configuration names, and the service on it; what started is stopped when the rest fails. */
export async function start(options: StartOptions): Promise<Started> {
  const { config, log } = options;
  if (config.VIEWPOINT_BACKEND === 'aws') {
    const service = await startService(options);
    return { service, backend: null, stop: (graceSeconds) => service.stop(graceSeconds) };
  }
  const backend = await startEmbeddedBackend(config, log);
  try {
    const embeddedConfig = { ...config, RECEIVE_WAIT_SECONDS: Math.min(config.RECEIVE_WAIT_SECONDS, EMBEDDED_RECEIVE_WAIT_SECONDS) };
    const service = await startService({ ...options, config: embeddedConfig, aws: backend.aws });
    return {
      service,
      backend,
      async stop(graceSeconds) {
        await service.stop(graceSeconds);
        await backend.close();
      },
    };
  } catch (error) {
    await backend.close();
    throw error;
  }
}
