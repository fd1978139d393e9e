import { parseRpc00 } from '../../../domain/sensor-models/rpc00.js';
import { parseRpcMetadata } from '../../../domain/sensor-models/rpc-metadata.js';
import { createRpcModel } from '../../../domain/sensor-models/rpc.js';
import type { SensorModel } from '../../../domain/sensor-models/sensor-model.js';
import { ofChip } from './chip.js';
import type { ModelSources } from './sources.js';

/**
 * The model of the RPC00B or RPC00A TRE, or of GDAL's `RPC` domain (the tags of a GeoTIFF). Of an image with TREs the domain
 * is not used: GDAL fills it from them, and RPC00A's the wrong way round.
 */
export function rpcModel({ tres, rpcMetadata, chip }: ModelSources): SensorModel | null {
  for (const name of ['RPC00B', 'RPC00A'] as const) {
    const [text] = tres(name);
    if (text !== undefined) return ofChip(createRpcModel(parseRpc00(name, text)), chip());
  }
  return Object.keys(rpcMetadata).length === 0 ? null : ofChip(createRpcModel(parseRpcMetadata(rpcMetadata)), chip());
}
