import { open } from 'node:fs/promises';
import type { Arrival } from './arrival.js';
import { arrivingBytes } from './arriving-bytes.js';
import type { ImageLayout } from './image-layout.js';
import { nitfLayout } from './nitf-layout.js';
import { tiffLayout } from './tiff-layout.js';

/** Longest name of a format at the beginning of a file. */
const MAGIC_BYTES = 4;

/** Where the pixels of an image lie that is still arriving, once its headers are there; null of a format whose files do not tell. */
export async function layoutOfFile(path: string, until: Arrival['until']): Promise<ImageLayout | null> {
  const file = await open(path, 'r');
  try {
    const bytes = arrivingBytes(file, until);
    const magic = (await bytes.read(0, MAGIC_BYTES))?.toString('latin1') ?? '';
    if (/^(II|MM)/.test(magic)) return await tiffLayout(bytes);
    return magic === 'NITF' || magic === 'NSIF' ? await nitfLayout(bytes) : null;
  } finally {
    await file.close();
  }
}
