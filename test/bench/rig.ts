import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { startProgram, startServer, variablesOnAws } from '../support/program.js';
import { connectTileServer, type TileServer } from '../support/tile-server.js';

const OBJECT_SERVER = fileURLToPath(new URL('object-server.js', import.meta.url));
const REGION = 'us-west-2';
/** The object server has one bucket under any name. */
export const BUCKET = 'bench-images';

export interface Rig {
  readonly tileServer: TileServer;
  /** URL of an S3 that holds the images' folder. */
  readonly s3Url: string;
  /** Folder for what the run makes; removed at the end. */
  readonly scratchFolder: string;
  /** Starts the service as a process of its own. `readySeconds` is from the start of the process to `/health/ready`. */
  startService(variables?: Readonly<Record<string, string>>): Promise<RunningService>;
  close(): Promise<void>;
}

export interface RunningService {
  readonly url: string;
  readonly pid: number;
  readonly readySeconds: number;
  stop(): Promise<void>;
}

/** The job table and queue in this process, the images in an object server of its own, and a service on demand. */
export async function createRig(imagesFolder: string): Promise<Rig> {
  const scratchFolder = await mkdtemp(join(tmpdir(), 'viewpoint-bench-'));
  const names = { tableName: 'TSJobTable', queueName: 'TSJobQueue' };
  const aws = await startEmbeddedAws({ stateFolder: join(scratchFolder, 'aws'), ...names, bucketNames: [], region: REGION });
  const objects = await startObjectServer(imagesFolder);
  const endpoints = { ...aws.endpoints, s3: objects.url };
  const tileServer = await connectTileServer({ region: REGION, ...names, endpoints, credentials: aws.credentials });
  return {
    tileServer,
    s3Url: objects.url,
    scratchFolder,

    async startService(variables = {}) {
      const began = performance.now();
      const server = await startServer({ ...variablesOnAws({ endpoints, credentials: aws.credentials }, scratchFolder), AWS_REGION: REGION, LOG_LEVEL: 'info', ...variables });
      while (!(await fetch(`${server.url}/health/ready`)).ok);
      const readySeconds = (performance.now() - began) / 1000;
      return {
        url: server.url,
        pid: server.pid,
        readySeconds,
        async stop() {
          server.kill('SIGTERM');
          await server.end;
        },
      };
    },

    async close() {
      tileServer.close();
      await objects.stop();
      await aws.close();
      await rm(scratchFolder, { recursive: true, force: true });
    },
  };
}

/** Starts an object server; `limit` is the most that one answer is sent at, in 10^6 bytes per second. */
export async function startObjectServer(folder: string, limit?: number): Promise<{ url: string; stop(): Promise<void> }> {
  const program = startProgram(OBJECT_SERVER, [folder, ...(limit === undefined ? [] : [String(limit)])], {});
  const { url } = JSON.parse(await program.line(() => true)) as { url: string };
  return {
    url,
    async stop() {
      program.kill('SIGTERM');
      await program.end;
    },
  };
}
