import type gdal from 'gdal-async';
import { treTexts } from '../../../domain/nitf/tre-texts.js';
import { parseIchipb, type Ichipb } from '../../../domain/sensor-models/ichipb.js';
import type { DatasetInfo } from '../info.js';
import { readSarDocuments, type SarDocuments } from './sar-documents.js';

/** What an image says of where it lies: from here every sensor model is made. */
export interface ModelSources {
  info: DatasetInfo;
  /** Field texts of the TREs of that name, in the file's order. */
  tres: (name: string) => string[];
  /** GDAL's `RPC` metadata domain; empty without RPCs. */
  rpcMetadata: Readonly<Record<string, string>>;
  sarDocuments: SarDocuments;
  /** The image's ICHIPB record; null for an image that is no chip. @throws TreFormatError */
  chip: () => Ichipb | null;
}

/** Reads them all; what is malformed shows only when a model is made of it. */
export async function readModelSources(dataset: gdal.Dataset, info: DatasetInfo, imagePath: string): Promise<ModelSources> {
  const treDomain = dataset.getMetadata('TRE') as Record<string, string>;
  const tres = (name: string) => treTexts(treDomain, name);
  return {
    info,
    tres,
    rpcMetadata: dataset.getMetadata('RPC') as Record<string, string>,
    sarDocuments: dataset.driver.description === 'NITF' ? await readSarDocuments(imagePath) : { sicd: null, sidd: null },
    chip() {
      const [text] = tres('ICHIPB');
      return text === undefined ? null : parseIchipb(text);
    },
  };
}
