import { errorCodes, type FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * A body of no bytes is none, whatever media type its header names: many clients name one with every request, and proxies
 * pass on a request without a body as an empty chunked one. Where a body is wanted, validation says so; one with content
 * must be JSON.
 */
export const emptyBodies = fp((app: FastifyInstance, _options: object, done: () => void) => {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, parsed) => {
    if (body === '') parsed(null, undefined);
    else void parseJson(request, body, parsed);
  });
  app.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, parsed) => {
    // What there is no route for is answered as such.
    if (body.length === 0 || request.is404) parsed(null, undefined);
    else parsed(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE());
  });
  done();
});
