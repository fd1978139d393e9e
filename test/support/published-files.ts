/** Suffixes of the files that a READY viewpoint consists of, sorted; the image itself has none. An `.ovr` is there only if one is needed. */
const SUFFIXES = ['', '.aux.xml', '.bounds', '.footprint', '.geojson', '.metadata', '.ovr', '.stac', '.stats'];

export function publishedFiles(imageName: string): string[] {
  return SUFFIXES.map((suffix) => imageName + suffix);
}
