import { RPC_TERM_COUNT, type RpcCoefficients } from './rpc.js';
import { readTreFields } from './tre-fields.js';

/**
 * Where RPC00B's terms stand among RPC00A's, whose order is
 * 1, L, P, H, LP, LH, PH, LPH, L², P², H², L³, L²P, L²H, LP², P³, P²H, LH², PH², H³.
 */
const RPC00A_POSITIONS = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 7, 11, 14, 17, 12, 15, 18, 13, 16, 19];

/**
 * Parses an RPC00B or RPC00A TRE, 1041 characters, to coefficients in RPC00B's order
 * (STDI-0002 Volume 1, Appendix E, "RPC00B"; the older RPC00A has the same fields, but orders
 * its coefficients differently: NTB, "RPC00A vs RPC00B White Paper").
 * @throws TreFormatError, also when SUCCESS says that the TRE holds no coefficients.
 */
export function parseRpc00(treName: 'RPC00A' | 'RPC00B', text: string): RpcCoefficients {
  const fields = readTreFields(treName, text);
  if (fields.text('SUCCESS', 1) !== '1') fields.refuse('SUCCESS', 'the producer did not succeed in computing the coefficients');
  fields.skip('ERR_BIAS', 7);
  fields.skip('ERR_RAND', 7);
  const offsets = {
    line: fields.real('LINE_OFF', 6),
    sample: fields.real('SAMP_OFF', 5),
    latitude: fields.real('LAT_OFF', 8),
    longitude: fields.real('LONG_OFF', 9),
    height: fields.real('HEIGHT_OFF', 5),
  };
  const scales = {
    line: fields.real('LINE_SCALE', 6),
    sample: fields.real('SAMP_SCALE', 5),
    latitude: fields.real('LAT_SCALE', 8),
    longitude: fields.real('LONG_SCALE', 9),
    height: fields.real('HEIGHT_SCALE', 5),
  };
  const polynomial = (name: string): number[] => {
    const coefficients = fields.reals(name, 12, RPC_TERM_COUNT);
    return treName === 'RPC00B' ? coefficients : RPC00A_POSITIONS.map((position) => coefficients[position] ?? NaN);
  };
  return {
    line: { offset: offsets.line, scale: scales.line },
    sample: { offset: offsets.sample, scale: scales.sample },
    latitude: { offset: offsets.latitude, scale: scales.latitude },
    longitude: { offset: offsets.longitude, scale: scales.longitude },
    height: { offset: offsets.height, scale: scales.height },
    lineNumerator: polynomial('LINE_NUM_COEFF'),
    lineDenominator: polynomial('LINE_DEN_COEFF'),
    sampleNumerator: polynomial('SAMP_NUM_COEFF'),
    sampleDenominator: polynomial('SAMP_DEN_COEFF'),
  };
}
