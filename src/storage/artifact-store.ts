import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { ARTIFACT_SUFFIXES, imageFileName, type ArtifactName } from '../domain/artifacts.js';
import { ViewpointError } from '../domain/errors.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import { volumeError } from '../domain/volume-error.js';
import type { ViewpointTable } from './viewpoint-table.js';
import type { Volume } from './volume.js';

export interface Artifact {
  content: Buffer;
  /** A strong entity tag (RFC 9110 section 8.8.3), quotes included. */
  eTag: string;
}

export interface ArtifactStore {
  /**
   * A JSON document of a READY viewpoint.
   * @throws ViewpointError `viewpoint_not_found`, `viewpoint_not_ready`, `viewpoint_deleted`, `artifact_missing`, `volume_failed`.
   */
  document(viewpointId: string, name: ArtifactName): Promise<Artifact>;
  /**
   * Where the image of a READY viewpoint lies, and which version of it that is.
   * @throws ViewpointError as `document`.
   */
  image(viewpointId: string): Promise<PublishedImage>;
}

export interface PublishedImage {
  record: ViewpointRecord;
  path: string;
  /** Changes whenever the viewpoint is processed again: the image's file is a new one then. */
  version: string;
}

export function createArtifactStore(table: ViewpointTable, volume: Volume): ArtifactStore {
  async function published(viewpointId: string): Promise<{ record: ViewpointRecord; path: string }> {
    const record = readyRecord(viewpointId, await table.get(viewpointId));
    // By the id and the key, not by the row's path, so that no row can make this read anything else.
    return { record, path: volume.imagePath(viewpointId, imageFileName(record.object_key)) };
  }

  return {
    async document(viewpointId, name) {
      const path = (await published(viewpointId)).path + ARTIFACT_SUFFIXES[name];
      try {
        const content = await readFile(path);
        return { content, eTag: `"${createHash('sha256').update(content).digest('base64url')}"` };
      } catch (error) {
        throw artifactError(viewpointId, path, error);
      }
    },

    async image(viewpointId) {
      const { record, path } = await published(viewpointId);
      try {
        const { size, mtimeMs, ino } = await stat(path);
        return { record, path, version: `${size}-${mtimeMs}-${ino}` };
      } catch (error) {
        throw artifactError(viewpointId, path, error);
      }
    },
  };
}

function artifactError(viewpointId: string, path: string, error: unknown): ViewpointError {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return volumeError(`The artifact ${path} cannot be read`, error);
  return new ViewpointError('artifact_missing', `The viewpoint "${viewpointId}" is READY but its file ${path} is gone. Process it again with "force": true.`, { cause: error });
}

function readyRecord(viewpointId: string, record: ViewpointRecord | null): ViewpointRecord {
  if (record === null) throw new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}".`);
  if (record.viewpoint_status === 'DELETED') throw new ViewpointError('viewpoint_deleted', `The viewpoint "${viewpointId}" is deleted.`);
  if (record.viewpoint_status !== 'READY') {
    const cause = record.error_message === null ? '' : `: ${record.error_message}`;
    throw new ViewpointError('viewpoint_not_ready', `The viewpoint "${viewpointId}" is ${record.viewpoint_status}${cause}`);
  }
  return record;
}
