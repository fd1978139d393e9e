import gdal from 'gdal-async';

/** More image segments than the three digits of NUMI can count (MIL-STD-2500C, table A-1). */
const MOST_SEGMENTS = 999;
/** Image categories (ICAT) that accompany an image: legends, colour patches, grids, masks. */
const ACCOMPANYING = new Set(['LEG', 'PAT', 'LOCG', 'CLOUD', 'MASK', 'MATR', 'BARO', 'CURRENT', 'DEPTH', 'WIND']);
/** Image representation (IREP) of what is not for display; radar images with phase say so too. */
const NOT_FOR_DISPLAY = 'NODISPLY';
const RADAR = /^SAR/;
const NOT_IMAGE_SIZE = 1;
/** Image compressions (IC) that GDAL knows by name but has no decoder for: lossless JPEG, SAR compression, downsampled JPEG. */
const NO_DECODER = /^(?:[CM][57]|I1)$/;

/** An image segment of a NITF file. */
export interface NitfSegment {
  /** GDAL's name of it. */
  name: string;
  /** For people. */
  description: string;
  isReadable: boolean;
  /** True for what shows a scene, as opposed to what accompanies it. */
  isScene: boolean;
}

/** The image segments of a NITF file, in their order. */
export async function nitfSegments(path: string): Promise<NitfSegment[]> {
  const segments: NitfSegment[] = [];
  for (let index = 0; index < MOST_SEGMENTS; index++) {
    const segment = await describeSegment(path, index);
    if (segment === null) break;
    segments.push(segment);
  }
  return segments;
}

/** Null behind the last segment. */
async function describeSegment(path: string, index: number): Promise<NitfSegment | null> {
  const name = `NITF_IM:${index}:${path}`;
  const title = `image segment ${index + 1}`;
  let dataset: gdal.Dataset;
  try {
    dataset = await gdal.drivers.get('NITF').openAsync(name, 'r');
  } catch {
    return { name, description: `${title} (cannot be read)`, isReadable: false, isScene: false };
  }
  try {
    // What is not there opens without a band.
    const bandCount = dataset.bands.count();
    if (bandCount === 0) return null;
    const { x, y } = dataset.rasterSize;
    const { NITF_ICAT: category = '', NITF_IREP: representation = '', NITF_IC: compression = '' } = dataset.getMetadata() as Record<string, string | undefined>;
    const isReadable = !NO_DECODER.test(compression.trim());
    return {
      name,
      description: `${title} (${x} × ${y} pixels, ${bandCount} band${bandCount === 1 ? '' : 's'}, category ${category.trim() || 'unknown'}${isReadable ? '' : `, compression ${compression}, which cannot be read`})`,
      isReadable,
      isScene: isReadable && x > NOT_IMAGE_SIZE && y > NOT_IMAGE_SIZE && showsScene(category.trim(), representation.trim()),
    };
  } finally {
    dataset.close();
  }
}

function showsScene(category: string, representation: string): boolean {
  if (ACCOMPANYING.has(category)) return false;
  return representation !== NOT_FOR_DISPLAY || RADAR.test(category);
}
