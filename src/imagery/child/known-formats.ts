import { open } from 'node:fs/promises';

/** What begins files that users upload as images and that no allowed driver reads, by their first characters in Latin-1. */
const SIGNATURES: readonly (readonly [begins: string, what: string])[] = [
  ['SQLite format 3\0', 'a SQLite database, as GeoPackage and MBTiles files are'],
  ['%PDF-', 'a PDF document'],
  ['PK\u0003\u0004', 'a ZIP archive'],
  ['\u001f\u008b', 'a gzip archive'],
  ['7z\u00bc\u00af', 'a 7-Zip archive'],
  ['ENVI', 'the header of an ENVI image, whose pixels are in another file'],
  ['DatasetHeader Begin', 'the header of an ER Mapper image, whose pixels are in another file'],
];
const LONGEST = Math.max(...SIGNATURES.map(([begins]) => begins.length));

/** What a file is that no driver takes, in words that follow "The file is"; null for one that is nothing known. */
export async function knownFormat(path: string): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST), 0, LONGEST, 0);
    const head = buffer.toString('latin1', 0, bytesRead);
    return SIGNATURES.find(([begins]) => head.startsWith(begins))?.[1] ?? null;
  } finally {
    await file.close();
  }
}
