/**
 * An uncompressed TIFF of one band of complex floats (TIFF 6.0; sample format 6 is libtiff's complex IEEE float), of
 * the given real and imaginary parts, row by row.
 */
export function complexTiff(width: number, height: number, parts: readonly (readonly [real: number, imaginary: number])[]): Buffer {
  const pixels = Buffer.from(Float32Array.from(parts.flat()).buffer);
  const entries: [tag: number, type: 'short' | 'long', value: number][] = [
    [256, 'long', width],
    [257, 'long', height],
    [258, 'short', 64],
    [259, 'short', 1],
    [262, 'short', 1],
    [273, 'long', 8],
    [277, 'short', 1],
    [278, 'long', height],
    [279, 'long', pixels.length],
    [339, 'short', 6],
  ];
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type === 'short' ? 3 : 4, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(8 + pixels.length, 4);
  return Buffer.concat([header, pixels, directory]);
}
