import gdal from 'gdal-async';
import { appendDataExtension } from '../../src/imagery/samples/nitf-data-extension.js';
import { withSideMetadata } from '../../src/imagery/samples/write-raster.js';

export interface NitfContents {
  size: readonly [width: number, height: number];
  /** Field texts of TREs; several of one name as NAME, NAME_2 and so on. */
  tres?: Record<string, string>;
  /** GDAL's RPC items, of which it makes an RPC00B record. */
  rpc?: Record<string, string>;
  /** XML documents, each in a data extension of its own. */
  documents?: readonly string[];
  documentId?: string;
}

/** Writes a NITF file of one empty Byte band. */
export function writeNitf(path: string, { size: [width, height], tres = {}, rpc, documents = [], documentId = 'XML_DATA_CONTENT' }: NitfContents): string {
  const dataset = gdal.drivers.get('MEM').create('', width, height, 1, gdal.GDT_Byte);
  try {
    if (rpc !== undefined) dataset.setMetadata(rpc, 'RPC');
    dataset.setMetadata(tres, 'TRE');
    withSideMetadata(gdal, false, () => gdal.drivers.get('NITF').createCopy(path, dataset, { IC: 'NC' }).close());
  } finally {
    dataset.close();
  }
  for (const document of documents) appendDataExtension(path, documentId, document);
  return path;
}
