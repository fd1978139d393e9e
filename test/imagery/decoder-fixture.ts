import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createDecoderPool, type DecoderPool } from '../../src/imagery/decoder-pool.js';
import type { MetadataRequest, OperationName, Operations, PyramidReport, PyramidRequest } from '../../src/imagery/protocol.js';
import { listProcesses, readArguments, type ProcessEntry } from '../run/processes.js';

const MEGABYTE = 1024 * 1024;

export interface Decoder {
  readonly pool: DecoderPool;
  /** An empty folder that goes with the test file. */
  folder(): string;
  run<Name extends OperationName>(operation: Name, request: Operations[Name]['request']): Promise<Operations[Name]['reply']>;
  pyramid(imagePath: string, request?: Partial<PyramidRequest>): Promise<PyramidReport>;
  documents(imagePath: string, request?: Partial<MetadataRequest>): Promise<Operations['metadata']['reply']>;
}

/** Decoders that this process has started and that have not ended. */
export function decoderProcesses(): ProcessEntry[] {
  return listProcesses().filter(({ pid, parent, isZombie }) => parent === process.pid && !isZombie && readArguments(pid).some((argument) => argument.endsWith('child/main.js')));
}

/** Real GDAL children for the tests of one file. */
export function startDecoder(memoryLimitMegabytes = 2048): Decoder {
  const root = mkdtempSync(join(tmpdir(), 'decoder-'));
  const pool = createDecoderPool({ memoryLimitBytes: memoryLimitMegabytes * MEGABYTE, warmChildren: 1, environment: process.env });
  after(async () => {
    await pool.close();
    rmSync(root, { recursive: true, force: true });
  });
  const run: Decoder['run'] = (operation, request) => pool.run(operation, request, { signal: new AbortController().signal, timeoutMs: 60_000 });
  return {
    pool,
    folder: () => mkdtempSync(join(root, 'image-')),
    run,
    pyramid: (imagePath, request) => run('pyramid', { imagePath, tileSize: 512, rangeAdjustment: 'NONE', maximumSamples: 64e9, exactStatistics: false, ...request }),
    documents: (imagePath, request) => run('metadata', { imagePath, publishedPath: imagePath, viewpointName: 'Test', viewpointId: 'test', ...request }),
  };
}
