import { SensorModelError } from '../../../domain/sensor-models/errors.js';
import { createRsmModel } from '../../../domain/sensor-models/rsm/rsm-model.js';
import { parseRsmgga } from '../../../domain/sensor-models/rsm/rsmgga.js';
import { parseRsmgia } from '../../../domain/sensor-models/rsm/rsmgia.js';
import { parseRsmida } from '../../../domain/sensor-models/rsm/rsmida.js';
import { parseRsmpca } from '../../../domain/sensor-models/rsm/rsmpca.js';
import { parseRsmpia } from '../../../domain/sensor-models/rsm/rsmpia.js';
import type { SensorModel } from '../../../domain/sensor-models/sensor-model.js';
import { ofChip } from './chip.js';
import type { ModelSources } from './sources.js';

/** The model of the RSM TREs. @throws SensorModelError when some of them are malformed or missing. */
export function rsmModel({ tres, chip }: ModelSources): SensorModel | null {
  const [identification] = tres('RSMIDA');
  const polynomials = tres('RSMPCA');
  const grids = tres('RSMGGA');
  if (identification === undefined) {
    if (polynomials.length + grids.length === 0) return null;
    throw new SensorModelError('The image has an RSM without RSMIDA, its identification.');
  }
  const [polynomialIndex] = tres('RSMPIA');
  const [gridIndex] = tres('RSMGIA');
  const model = createRsmModel({
    identification: parseRsmida(identification),
    polynomialIndex: polynomialIndex === undefined ? null : parseRsmpia(polynomialIndex),
    polynomials: polynomials.map(parseRsmpca),
    gridIndex: gridIndex === undefined ? null : parseRsmgia(gridIndex),
    grids: grids.map(parseRsmgga),
  });
  return ofChip(model, chip());
}
