import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type TSchema } from 'typebox';
import type { ArtifactName } from '../src/domain/artifacts.js';
import type { RouteContext } from './context.js';
import { answer, problems, ViewpointParams } from './schemas.js';

const Position = Type.Array(Type.Number(), { minItems: 2, description: 'Longitude and latitude, in degrees.' });
const FootprintFeature = Type.Object({
  type: Type.Literal('Feature'),
  id: Type.String({ description: 'viewpoint_name' }),
  geometry: Type.Union([Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Type.Array(Position)) }), Type.Null()], {
    description: 'Upper left, lower left, lower right, upper right and upper left corner; null for an image without georeference.',
  }),
  properties: Type.Object({}),
});

/** The documents by the last part of their path, as the tile server serves them too. */
const DOCUMENTS: { path: string; artifact: ArtifactName; operationId: string; summary: string; description: string; schema: TSchema }[] = [
  {
    path: 'metadata',
    artifact: 'metadata',
    operationId: 'getImageMetadata',
    summary: 'Get the metadata of the image',
    description: "GDAL's default metadata domain of the dataset.",
    schema: Type.Object({ metadata: Type.Record(Type.String(), Type.String()) }),
  },
  {
    path: 'bounds',
    artifact: 'bounds',
    operationId: 'getImageBounds',
    summary: 'Get the bounds of the image',
    description: 'Extent in pixels: [0, 0, width, height].',
    schema: Type.Object({ bounds: Type.Array(Type.Integer(), { minItems: 4, maxItems: 4, description: '[0, 0, width, height] in pixels.' }) }),
  },
  {
    path: 'info',
    artifact: 'footprint',
    operationId: 'getImageInfo',
    summary: 'Get the corners of the image on Earth',
    description: 'GeoJSON (RFC 7946) of the image corners on WGS 84.',
    schema: Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(FootprintFeature) }),
  },
  {
    path: 'statistics',
    artifact: 'statistics',
    operationId: 'getImageStatistics',
    summary: 'Get the statistics of the image',
    description: 'What `gdalinfo -json -nomd` says of the image: size, coordinate system, and per band its type, block size, statistics and overviews.',
    schema: Type.Object({ image_statistics: Type.Unsafe({ type: 'object', additionalProperties: true, description: "GDAL's description of the dataset." }) }),
  },
];

const CACHING_HEADERS = { ETag: { type: 'string', description: 'Tag of this version of the document, for If-None-Match.' } };
const ConditionalHeaders = Type.Object({ 'if-none-match': Type.Optional(Type.String({ description: 'Tags of versions that the caller has (RFC 9110 section 13.1.2).' })) });

/** Prefixes of the tile server's own API, so that a gateway can send its paths here as well. */
const TILE_SERVER_PREFIXES = ['/latest', '/v1_0'];

/** GET /viewpoints/{id}/image/{metadata,bounds,info,statistics}, also under /latest and /v1_0 */
export const artifactRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { artifacts }, done) => {
  for (const prefix of ['', ...TILE_SERVER_PREFIXES]) {
    for (const { path, artifact, operationId, summary, description, schema } of DOCUMENTS) {
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
              200: answer('The document.', schema, CACHING_HEADERS),
              304: { description: 'The caller has this version.', headers: CACHING_HEADERS, type: 'null' },
              ...problems(404, 409, 410, 422),
            },
          },
        },
        async (request, reply) => {
          const { content, eTag } = await artifacts.document(request.params.id, artifact);
          // A viewpoint may be processed again, so a copy is good only after asking.
          void reply.header('etag', eTag).header('cache-control', 'no-cache');
          if (matches(request.headers['if-none-match'], eTag)) return reply.code(304).send(null);
          return reply.type('application/json').send(content);
        },
      );
    }
  }
  done();
};

function matches(ifNoneMatch: string | undefined, eTag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === eTag);
}
