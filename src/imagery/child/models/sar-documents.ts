import { open, type FileHandle } from 'node:fs/promises';
import { dataExtensionId, NITF_PREFIX_BYTES, nitfHeaderLength, segmentsOf, type ByteRange } from '../../../domain/nitf/file-header.js';

/** The XML documents of a radar image; null where there is none. */
export interface SarDocuments {
  sicd: string | null;
  /** Of a product of several images, the first one's. */
  sidd: string | null;
}

/** DESIDs of SICD and SIDD documents: today's, and those of the standards' first versions. */
const XML_EXTENSIONS = new Set(['XML_DATA_CONTENT', 'SICD_XML', 'SIDD_XML']);

/** Real documents stay below one million bytes. */
const LONGEST_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** Of these, a file has one per image, or one per image and one per radar image that it was made from. */
const MOST_DOCUMENTS = 32;
const SUBHEADER_BYTES = 200;
/** The root element stands behind nothing but an XML declaration and comments. */
const ROOT_WITHIN_CHARACTERS = 8192;

/**
 * The SICD and SIDD documents in a NITF file's data extension segments (NGA.STND.0024-2, NGA.STND.0025-2), read from the
 * file itself: GDAL offers them only inside of a document of its own, which differs between its versions, holds every
 * segment of any length in memory and needs GDAL's data files. A file that is no NITF 2.1 has none.
 */
export async function readSarDocuments(path: string): Promise<SarDocuments> {
  const documents: SarDocuments = { sicd: null, sidd: null };
  const file = await open(path, 'r');
  try {
    const headerLength = nitfHeaderLength(await readRange(file, { offset: 0, length: NITF_PREFIX_BYTES }));
    if (headerLength === null) return documents;
    let seen = 0;
    for (const { subheader, data } of segmentsOf(await readRange(file, { offset: 0, length: headerLength }), 'data extension')) {
      if (data.length > LONGEST_DOCUMENT_BYTES) continue;
      const id = dataExtensionId(await readRange(file, { ...subheader, length: Math.min(subheader.length, SUBHEADER_BYTES) }));
      if (!XML_EXTENSIONS.has(id)) continue;
      const xml = new TextDecoder().decode(await readRange(file, data));
      const root = /<(?:[\w.-]+:)?(SICD|SIDD)[\s>]/.exec(xml.slice(0, ROOT_WITHIN_CHARACTERS))?.[1];
      if (root === 'SICD') documents.sicd ??= xml;
      else if (root === 'SIDD') documents.sidd ??= xml;
      if (++seen === MOST_DOCUMENTS) break;
    }
    return documents;
  } finally {
    await file.close();
  }
}

/** The bytes of a range, fewer where the file ends before. */
async function readRange(file: FileHandle, { offset, length }: ByteRange): Promise<Uint8Array> {
  const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
