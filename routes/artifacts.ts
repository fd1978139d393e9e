import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type TSchema } from 'typebox';
import type { ArtifactName } from '../src/domain/artifacts.js';
import { CACHING_HEADERS, ConditionalHeaders, isKnown, NOT_MODIFIED } from './conditional.js';
import type { RouteContext } from './context.js';
import { EXAMPLE_DOCUMENTS } from './examples.js';
import { OutlineFeature, Position, StacItem } from './geojson-schemas.js';
import { problems, ViewpointParams } from './schemas.js';

const FootprintFeature = Type.Object({
  type: Type.Literal('Feature', { description: 'Kind of GeoJSON object.' }),
  id: Type.String({ description: 'viewpoint_name' }),
  geometry: Type.Union([Type.Object({ type: Type.Literal('Polygon', { description: 'Kind of geometry.' }), coordinates: Type.Array(Type.Array(Position), { description: 'One ring of [longitude, latitude] in degrees.' }) }), Type.Null()], {
    description: 'Upper left, lower left, lower right, upper right and upper left corner; null for an image without georeference.',
  }),
  properties: Type.Object({}, { description: 'Empty.' }),
});

interface DocumentRoute {
  /** Last part of the path. */
  path: string;
  artifact: ArtifactName;
  operationId: string;
  summary: string;
  description: string;
  mediaType: string;
  schema: TSchema;
}

const JSON_TYPE = 'application/json';
/** RFC 7946, section 12; a STAC Item is a GeoJSON Feature too. */
const GEOJSON_TYPE = 'application/geo+json';

/** The documents that the tile server serves too. */
const TILE_SERVER_DOCUMENTS: DocumentRoute[] = [
  {
    path: 'metadata',
    artifact: 'metadata',
    operationId: 'getImageMetadata',
    summary: 'Get the metadata of the image',
    description: "GDAL's default metadata domain of the dataset.",
    mediaType: JSON_TYPE,
    schema: Type.Object({ metadata: Type.Record(Type.String(), Type.String(), { description: 'Items by name; values are text.' }) }),
  },
  {
    path: 'bounds',
    artifact: 'bounds',
    operationId: 'getImageBounds',
    summary: 'Get the bounds of the image',
    description: 'Extent in pixels: [0, 0, width, height].',
    mediaType: JSON_TYPE,
    schema: Type.Object({ bounds: Type.Array(Type.Integer(), { minItems: 4, maxItems: 4, description: '[0, 0, width, height] in pixels.' }) }),
  },
  {
    path: 'info',
    artifact: 'footprint',
    operationId: 'getImageInfo',
    summary: 'Get the corners of the image on Earth',
    description: 'GeoJSON (RFC 7946) of the image corners on WGS 84.',
    mediaType: JSON_TYPE,
    schema: Type.Object({ type: Type.Literal('FeatureCollection', { description: 'Kind of GeoJSON object.' }), features: Type.Array(FootprintFeature, { description: 'One: the image.' }) }),
  },
  {
    path: 'statistics',
    artifact: 'statistics',
    operationId: 'getImageStatistics',
    summary: 'Get the statistics of the image',
    description: 'What `gdalinfo -json -nomd` says of the image: size, coordinate system, and per band its type, block size, statistics and overviews.',
    mediaType: JSON_TYPE,
    schema: Type.Object({ image_statistics: Type.Unsafe({ type: 'object', additionalProperties: true, description: "GDAL's description of the dataset." }) }),
  },
];

/** The documents that this service has beyond those. */
const OWN_DOCUMENTS: DocumentRoute[] = [
  {
    path: 'footprint',
    artifact: 'outline',
    operationId: 'getImageFootprint',
    summary: 'Get the outline of the image on Earth',
    description:
      'GeoJSON Feature (RFC 7946) of the area on WGS 84 that the image shows: its edge to a tenth of a pixel where that is curved, the edge of its valid pixels where some are not, the visible part of an image that looks past the horizon. Cut at the antimeridian and closed over the poles.',
    mediaType: GEOJSON_TYPE,
    schema: OutlineFeature,
  },
  {
    path: 'stac',
    artifact: 'stac',
    operationId: 'getImageStacItem',
    summary: 'Get the image as a STAC Item',
    description: 'STAC 1.1 Item with the projection, raster, file and, where its angles are known, view extensions. Links of assets are relative to this path, those of files on the shared volume are file URLs.',
    mediaType: GEOJSON_TYPE,
    schema: StacItem,
  },
];

/** Prefixes of the tile server's own API, so that a gateway can send its paths here as well. */
const TILE_SERVER_PREFIXES = ['/latest', '/v1_0'];

/** GET /viewpoints/{id}/image/{metadata,bounds,info,statistics}, also under /latest and /v1_0, and /viewpoints/{id}/image/{footprint,stac} */
export const artifactRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { artifacts }, done) => {
  for (const prefix of ['', ...TILE_SERVER_PREFIXES]) {
    const documents = prefix === '' ? [...TILE_SERVER_DOCUMENTS, ...OWN_DOCUMENTS] : TILE_SERVER_DOCUMENTS;
    for (const { path, artifact, operationId, summary, description, mediaType, schema } of documents) {
      app.get(
        `${prefix}/viewpoints/:id/image/${path}`,
        {
          schema: {
            operationId: operationId + prefix.replace('/', '_'),
            tags: ['Artifacts'],
            summary,
            description: prefix === '' ? description : `${description} The same under the tile server's path.`,
            params: ViewpointParams,
            headers: ConditionalHeaders,
            response: {
              200: { description: 'The document.', headers: CACHING_HEADERS, content: { [mediaType]: { schema, ...(EXAMPLE_DOCUMENTS[path] !== undefined && { example: EXAMPLE_DOCUMENTS[path] }) } } },
              304: NOT_MODIFIED,
              ...problems(404, 409, 410, 422),
            },
          },
        },
        async (request, reply) => {
          const { content, eTag } = await artifacts.document(request.params.id, artifact);
          if (isKnown(request, reply, eTag)) return reply.code(304).send(null);
          return reply.type(mediaType).send(content);
        },
      );
    }
  }
  done();
};
