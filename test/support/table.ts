import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEmbeddedDynamoDb } from '../../src/embedded/dynamodb.js';
import { createCompletions } from '../../src/executor/completions.js';
import type { PipelineResult } from '../../src/pipeline/run-pipeline.js';
import { createViewpointTable, type ViewpointTable } from '../../src/storage/viewpoint-table.js';
import { EMBEDDED_CREDENTIALS } from '../../src/embedded/embedded-service.js';

export interface TestTable {
  table: ViewpointTable;
  dynamodb: DynamoDBClient;
  tableName: string;
  /** The clock that the table goes by, in epoch milliseconds. */
  clock: { now: number };
  stop(): Promise<void>;
}

/** The job table on an emulated DynamoDB of its own, with a clock that stands until a test moves it. */
export async function startTestTable(): Promise<TestTable> {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-table-'));
  const tableName = 'TSJobTable';
  const region = 'us-west-2';
  const service = await startEmbeddedDynamoDb({ folder, tableName, region });
  const dynamodb = new DynamoDBClient({ region, endpoint: service.url, credentials: EMBEDDED_CREDENTIALS });
  const clock = { now: 1_800_000_000_000 };
  return {
    table: createViewpointTable({ dynamodb, tableName, now: () => clock.now }),
    dynamodb,
    tableName,
    clock,
    async stop() {
      dynamodb.destroy();
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nobody wants to know of the end of a job. */
export const NOBODY_TOLD = createCompletions({ targets: [], source: 'urn:test', now: () => 0, onWritten: () => undefined });

export const DEFINITION = { viewpoint_name: 'Name', bucket_name: 'bucket', object_key: 'images/a.tif', tile_size: 512, range_adjustment: 'NONE' as const };

/** What a pipeline answers that went well. */
export const PIPELINE_RESULT: PipelineResult = {
  localObjectPath: '/volume/id/a.tif',
  image: {
    driver: 'GTiff',
    width: 1,
    height: 1,
    bands: 1,
    data_type: 'Byte',
    overviews: 'none',
    sensor_model: null,
    no_footprint_reason: null,
    other_images: [],
    rejected_side_files: [],
  },
};
