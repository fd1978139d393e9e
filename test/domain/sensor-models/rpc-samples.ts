import type { RpcCoefficients } from '../../../src/domain/sensor-models/rpc.js';

/** The coefficients of a commercial satellite image, as the OversightML imagery toolkit publishes them among its tests. */
export const PUBLISHED_RPC: RpcCoefficients = {
  line: { offset: 6927, scale: 6927 },
  sample: { offset: 6163, scale: 6164 },
  latitude: { offset: 27.2197, scale: 0.0716 },
  longitude: { offset: 56.3653, scale: 0.0727 },
  height: { offset: -9, scale: 3234 },
  lineNumerator: [
    1.705526e7, 4.409292e6, -9.999999e8, 6.029603e7, 1.088467e7, -4.977649e5, 4.250149e6, -3.148845e5, 3.036354e7, -4.262737e5,
    -4.712155e4, 2.661822e3, -2.302774e5, -2.449691e3, 6.146575e4, -3.203005e5, -5.104847e3, 2.006485e4, -1.298168e4, 1.209481e3,
  ],
  lineDenominator: [
    8.729689e8, -9.618288e6, -2.651987e7, -1.550378e7, 2.02234e5, 1.237328e5, 3.224245e5, -4.625686e4, 2.798973e5, 8.154434e4,
    -1.103364e3, -2.370318e1, 6.489792e1, -4.167367e2, -3.597079e1, 8.761778e1, -1.010529e3, 2.035283e2, -1.575816e3, -1.47155e2,
  ],
  sampleNumerator: [
    -2.204284e7, 9.999999e8, 6.250255e6, -1.342506e8, -3.107754e7, -1.101236e7, 5.563589e6, -1.101821e7, -1.698152e5, 1.657516e6,
    1.77372e5, -5.277249e4, 3.404038e5, 1.492974e4, 2.384937e5, 1.576174e3, -3.092346e4, 8.307716e4, -8.854074e4, -4.077669e3,
  ],
  sampleDenominator: [
    8.560069e8, -9.431402e6, -2.600458e7, -1.520253e7, 1.983045e5, 1.213286e5, 3.161597e5, -4.535808e4, 2.744588e5, 7.995991e4,
    -1.081926e3, -2.324262e1, 6.363693e1, -4.086394e2, -3.527186e1, 8.591534e1, -9.908944e2, 1.995737e2, -1.545197e3, -1.442957e2,
  ],
};

/** The same image, moved elsewhere. */
export function rpcAt(longitudeOffset: number, latitudeOffset: number): RpcCoefficients {
  return {
    ...PUBLISHED_RPC,
    longitude: { ...PUBLISHED_RPC.longitude, offset: longitudeOffset },
    latitude: { ...PUBLISHED_RPC.latitude, offset: latitudeOffset },
  };
}

/** As GDAL's `RPC` metadata domain has it. */
export function rpcMetadata(rpc: RpcCoefficients): Record<string, string> {
  return {
    LINE_OFF: String(rpc.line.offset),
    SAMP_OFF: String(rpc.sample.offset),
    LAT_OFF: String(rpc.latitude.offset),
    LONG_OFF: String(rpc.longitude.offset),
    HEIGHT_OFF: String(rpc.height.offset),
    LINE_SCALE: String(rpc.line.scale),
    SAMP_SCALE: String(rpc.sample.scale),
    LAT_SCALE: String(rpc.latitude.scale),
    LONG_SCALE: String(rpc.longitude.scale),
    HEIGHT_SCALE: String(rpc.height.scale),
    LINE_NUM_COEFF: rpc.lineNumerator.join(' '),
    LINE_DEN_COEFF: rpc.lineDenominator.join(' '),
    SAMP_NUM_COEFF: rpc.sampleNumerator.join(' '),
    SAMP_DEN_COEFF: rpc.sampleDenominator.join(' '),
  };
}
