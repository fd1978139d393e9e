import { randomUUID } from 'node:crypto';
import { endOf, postProcess } from '../support/http.js';
import { startServer } from '../support/program.js';
import { readArtifacts, type Artifacts } from './artifacts.js';
import { BUCKET, type TestObject } from './objects.js';
import type { World } from './world.js';

/** What an undisturbed replica leaves on the volume, by object key; null where it leaves nothing. */
export type Reference = ReadonlyMap<string, Artifacts | null>;

/**
 * Processes each object once, undisturbed.
 * @throws Error when one does not end as it should: then the sample or the service is wrong, whatever the faults.
 */
export async function readReference(world: World, objects: readonly TestObject[]): Promise<Reference> {
  const reference = new Map<string, Artifacts | null>();
  const replica = await startServer(world.variablesOf('undisturbed'));
  try {
    for (const { key, endsAs } of objects) {
      const viewpointId = `reference-${randomUUID()}`;
      const name = `Name of ${viewpointId}`;
      const definition = { viewpoint_name: name, bucket_name: BUCKET, object_key: key, tile_size: 512, range_adjustment: 'NONE' };
      await world.tileServer.putRow(viewpointId, definition);
      await postProcess(replica.url, viewpointId);
      const { viewpoint_status: status, error } = await endOf(replica.url, viewpointId);
      const code = endsAs.status === 'FAILED' ? endsAs.code : undefined;
      if (status !== endsAs.status || error?.code !== code) throw new Error(`Undisturbed, "${key}" ends ${status} ${error?.code ?? ''} and should end ${endsAs.status} ${code ?? ''}.`);
      reference.set(key, await readArtifacts(world.volume, viewpointId, name));
    }
  } finally {
    replica.kill('SIGTERM');
    await replica.end;
  }
  return reference;
}
