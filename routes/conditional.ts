import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';

/** Conditional requests (RFC 9110, section 13): answers that a caller has already need not be sent again. */
export const ConditionalHeaders = Type.Object({ 'if-none-match': Type.Optional(Type.String({ description: 'Tags of versions that the caller has (RFC 9110 section 13.1.2).' })) });

export const CACHING_HEADERS = { ETag: { type: 'string', description: 'Tag of this version of the answer, for If-None-Match.' } };

export const NOT_MODIFIED = { description: 'The caller has this version.', headers: CACHING_HEADERS, type: 'null' };

/** Tags the answer, and tells whether the caller has this version. A viewpoint may be processed again, so a copy is good only after asking. */
export function isKnown({ headers }: FastifyRequest, reply: FastifyReply, eTag: string): boolean {
  void reply.header('etag', eTag).header('cache-control', 'no-cache');
  return (headers['if-none-match'] ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === eTag);
}
