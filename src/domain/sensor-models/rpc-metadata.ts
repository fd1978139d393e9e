import { SensorModelError } from './errors.js';
import { RPC_TERM_COUNT, type Normalisation, type RpcCoefficients } from './rpc.js';

/**
 * Parses the items of GDAL's `RPC` metadata domain (GDAL RFC 22, "RPC Georeferencing"): LINE_OFF,
 * LINE_SCALE and so on, and LINE_NUM_COEFF, LINE_DEN_COEFF, SAMP_NUM_COEFF, SAMP_DEN_COEFF of 20
 * numbers each in RPC00B's order, separated by spaces. Units that a sidecar file leaves behind its
 * numbers ("+56.22804 degrees") are passed over.
 *
 * Of a NITF file with an RPC00A TRE, do not use this domain but the TRE itself: GDAL's driver
 * applies its reordering the wrong way round.
 * @throws SensorModelError when an item is missing or holds other than numbers.
 */
export function parseRpcMetadata(record: Readonly<Record<string, string>>): RpcCoefficients {
  function numbers(item: string, count: number): number[] {
    const value = record[item];
    if (value === undefined) throw new SensorModelError(`The RPC metadata lack ${item}.`);
    const parsed = value.trim().split(/[\s,]+/).slice(0, count).map(Number);
    if (parsed.length !== count || !parsed.every(Number.isFinite)) {
      throw new SensorModelError(`The RPC metadata's ${item} should be ${count} numbers, not "${value.slice(0, 80)}".`);
    }
    return parsed;
  }

  function normalisation(axis: string): Normalisation {
    const [offset = NaN] = numbers(`${axis}_OFF`, 1);
    const [scale = NaN] = numbers(`${axis}_SCALE`, 1);
    return { offset, scale };
  }

  return {
    line: normalisation('LINE'),
    sample: normalisation('SAMP'),
    latitude: normalisation('LAT'),
    longitude: normalisation('LONG'),
    height: normalisation('HEIGHT'),
    lineNumerator: numbers('LINE_NUM_COEFF', RPC_TERM_COUNT),
    lineDenominator: numbers('LINE_DEN_COEFF', RPC_TERM_COUNT),
    sampleNumerator: numbers('SAMP_NUM_COEFF', RPC_TERM_COUNT),
    sampleDenominator: numbers('SAMP_DEN_COEFF', RPC_TERM_COUNT),
  };
}
