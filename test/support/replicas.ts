import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedAws, type EmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { deferred } from '../../src/domain/deferred.js';
import { startServer, variablesOnAws, type RunningProgram } from './program.js';
import { QUICK_TIMERS } from './service.js';
import { connectTileServer, type TileServer } from './tile-server.js';

/** Server processes that share S3, SQS, DynamoDB and a volume. */
export interface Replicas {
  readonly aws: EmbeddedAws;
  readonly tileServer: TileServer;
  readonly volumeRoot: string;
  /** Starts one more; it is killed with the rest if it still runs. */
  start(variables?: Readonly<Record<string, string>>): Promise<RunningProgram & { url: string }>;
  /** From now on no byte of this object is sent; the function that it returns lets all of them go. */
  hold(objectKey: string): () => void;
  stop(): Promise<void>;
}

const NAMES = { region: 'us-west-2', tableName: 'TSJobTable', queueName: 'TSJobQueue' };

export async function startReplicas(bucketName: string): Promise<Replicas> {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-replicas-'));
  const held = new Map<string, Promise<undefined>>();
  const aws = await startEmbeddedAws({
    ...NAMES,
    stateFolder: join(folder, 'aws'),
    bucketNames: [bucketName],
    faults: ({ operation, key }) => (operation === 'GetObject' ? held.get(key) : undefined),
  });
  const tileServer = await connectTileServer({ ...NAMES, ...aws });
  const running: RunningProgram[] = [];
  const releases = new Set<() => void>();

  return {
    aws,
    tileServer,
    volumeRoot: join(folder, 'volume'),
    async start(variables = {}) {
      const server = await startServer({ ...QUICK_TIMERS, ...variablesOnAws(aws, folder), SHUTDOWN_GRACE_SECONDS: '0', ...variables });
      running.push(server);
      return server;
    },
    hold(objectKey) {
      const { promise, resolve } = deferred<undefined>();
      held.set(objectKey, promise);
      const release = () => {
        held.delete(objectKey);
        releases.delete(release);
        resolve(undefined);
      };
      releases.add(release);
      return release;
    },
    async stop() {
      for (const release of [...releases]) release();
      for (const server of running) server.kill('SIGKILL');
      await Promise.all(running.map(({ end }) => end));
      tileServer.close();
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
