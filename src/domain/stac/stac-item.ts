import { pathToFileURL } from 'node:url';
import type { BoundingBox } from '../footprint/bounding-box.js';
import type { AreaGeometry } from '../footprint/footprint-document.js';
import { LONGEST_PREVIEW_EDGE_PIXELS, previewSize } from '../preview-size.js';
import type { AcquisitionTime } from './acquisition-time.js';
import { stacBand, type BandFacts } from './bands.js';
import { imageMediaType, OVERVIEWS_MEDIA_TYPE } from './media-types.js';
import { overviewsProjection, pictureProjection, projectionProperties, type GridFacts } from './projection.js';
import type { ViewProperties } from './view.js';

export interface StacItemFacts {
  viewpointId: string;
  viewpointName: string;
  /** When the item is made. */
  now: Date;
  acquired: AcquisitionTime | null;
  /** Null where the image cannot be placed. */
  footprint: { geometry: AreaGeometry; boundingBox: BoundingBox } | null;
  grid: GridFacts;
  bands: readonly BandFacts[];
  view: ViewProperties;
  /** The image where it is published, and its overviews if they are in a file of their own. */
  image: { path: string; sizeBytes: number; driver: string; isCloudOptimized: boolean };
  overviews: { path: string; sizeBytes: number; first: { width: number; height: number } } | null;
}

const STAC_VERSION = '1.1.0';
const EXTENSIONS = {
  projection: 'https://stac-extensions.github.io/projection/v2.0.0/schema.json',
  raster: 'https://stac-extensions.github.io/raster/v2.0.0/schema.json',
  file: 'https://stac-extensions.github.io/file/v2.1.0/schema.json',
  view: 'https://stac-extensions.github.io/view/v1.0.0/schema.json',
};

/** The year of the first photograph from the air: no image of the Earth is older. */
const BEFORE_ALL_IMAGES = '1858-01-01T00:00:00Z';

/** The other documents of the viewpoint, beside the item's own path. */
const DOCUMENTS = {
  metadata: { href: 'metadata', type: 'application/json', title: "GDAL's metadata of the image", roles: ['metadata'] },
  statistics: { href: 'statistics', type: 'application/json', title: "GDAL's description of the image, with statistics", roles: ['metadata'] },
  preview: { href: 'preview.png', type: 'image/png', title: 'Picture of the whole image, at most 1024 pixels to a side', roles: ['overview', 'thumbnail'] },
  footprint: { href: 'footprint', type: 'application/geo+json', title: 'Outline of the image on the Earth', roles: ['metadata'] },
};

/**
 * The image as a STAC 1.1 Item with the projection and file extensions and, where it has their fields, raster and view.
 * It has no link to itself, which would have to be absolute (item schema 1.1.0), and the service's address is not known here.
 */
export function stacItem(facts: StacItemFacts): object {
  const { viewpointId, footprint, grid, view, image, overviews } = facts;
  const bands = facts.bands.map(stacBand);
  const hasRaster = bands.some((band) => Object.keys(band).some((name) => name.startsWith('raster:')));
  const hasView = Object.keys(view).length > 0;
  return {
    type: 'Feature',
    stac_version: STAC_VERSION,
    stac_extensions: [EXTENSIONS.projection, ...(hasRaster ? [EXTENSIONS.raster] : []), EXTENSIONS.file, ...(hasView ? [EXTENSIONS.view] : [])],
    id: viewpointId,
    ...(footprint !== null && { bbox: footprint.boundingBox }),
    geometry: footprint?.geometry ?? null,
    properties: {
      title: facts.viewpointName,
      ...timeProperties(facts.acquired, facts.now),
      created: facts.now.toISOString(),
      ...projectionProperties(grid),
      ...view,
    },
    links: [],
    assets: {
      image: {
        href: pathToFileURL(image.path).href,
        type: imageMediaType(image.driver, image.isCloudOptimized),
        title: 'The image on the shared volume',
        roles: ['data'],
        'file:size': image.sizeBytes,
        bands,
      },
      ...(overviews !== null && {
        overviews: {
          href: pathToFileURL(overviews.path).href,
          type: OVERVIEWS_MEDIA_TYPE,
          title: 'Overviews of the image on the shared volume',
          roles: ['overview'],
          'file:size': overviews.sizeBytes,
          ...overviewsProjection(grid, overviews.first),
        },
      }),
      ...DOCUMENTS,
      preview: { ...DOCUMENTS.preview, ...pictureProjection(grid, previewSize(grid, LONGEST_PREVIEW_EDGE_PIXELS)) },
    },
  };
}

/**
 * STAC wants a time or a span. Of an image that does not say when it was taken, the span reaches from the first aerial
 * photograph to now, which is true and found by every search.
 */
function timeProperties(acquired: AcquisitionTime | null, now: Date): Record<string, string | null> {
  if (acquired === null) {
    return {
      description: 'The image does not say when it was taken: its span of time is any before it was processed.',
      datetime: null,
      start_datetime: BEFORE_ALL_IMAGES,
      end_datetime: now.toISOString(),
    };
  }
  const { start, end } = acquired;
  return start === end ? { datetime: start } : { datetime: null, start_datetime: start, end_datetime: end };
}
