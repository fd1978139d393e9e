import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import type { RouteContext } from './context.js';
import { problems } from './schemas.js';

/** GET /metrics */
export const metricsRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { metrics }, done) => {
  app.get(
    '/metrics',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'getMetrics',
        tags: ['Operations'],
        summary: 'Show figures for Prometheus',
        description: 'Jobs, steps, queue, decoder, HTTP and AWS calls of this process, in the text format of Prometheus (version 0.0.4). With access control it needs the scope `read`.',
        response: { 200: { description: 'The figures.', content: { 'text/plain': { schema: { type: 'string' } } } }, ...problems() },
      },
    },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()),
  );
  done();
};
