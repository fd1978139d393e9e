/** An id for documents about a local file: its name without the suffix, in characters that an id may hold. */
export function viewpointIdOf(fileName: string): string {
  const plain = fileName.replace(/\.[^.]+$/, '').replaceAll(/[^A-Za-z0-9_.~-]+/g, '-').slice(0, 255);
  return plain === '' || /^\.{1,2}$/.test(plain) ? 'image' : plain;
}
