import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RANGE_ADJUSTMENTS } from '../src/domain/viewpoint.js';
import { CACHING_HEADERS, ConditionalHeaders, isKnown, NOT_MODIFIED } from './conditional.js';
import type { RouteContext } from './context.js';
import { problems, ViewpointParams } from './schemas.js';

const MEDIA_TYPE = 'image/png';

const PreviewQuery = Type.Object({
  range_adjustment: Type.Optional(Type.Enum([...RANGE_ADJUSTMENTS], { description: "How pixel values become 8-bit ones; as the viewpoint's own tiles when left out." })),
});

/** GET /viewpoints/{id}/image/preview.png */
export const previewRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { previews }, done) => {
  app.get(
    '/viewpoints/:id/image/preview.png',
    {
      schema: {
        operationId: 'getImagePreview',
        tags: ['Artifacts'],
        summary: 'Get a preview of the image',
        description: 'The whole image, drawn from its overviews with at most 1024 pixels to a side and adjusted as its tiles are; pixels without data are transparent.',
        params: ViewpointParams,
        querystring: PreviewQuery,
        headers: ConditionalHeaders,
        response: {
          200: { description: 'The picture.', headers: CACHING_HEADERS, content: { [MEDIA_TYPE]: { schema: Type.Unsafe({ type: 'string', format: 'binary' }) } } },
          304: NOT_MODIFIED,
          ...problems(404, 409, 410, 422),
        },
      },
    },
    async (request, reply) => {
      const preview = await previews.of(request.params.id, request.query.range_adjustment);
      if (isKnown(request, reply, preview.eTag)) return reply.code(304).send(null);
      return reply.type(MEDIA_TYPE).send(Buffer.from(await preview.draw()));
    },
  );
  done();
};
