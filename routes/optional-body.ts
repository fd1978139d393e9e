import type { FastifyRequest } from 'fastify';

/** A `preValidation` hook: a request without a body, or with `null`, asks for nothing in particular. */
export function bodyOrNothing(request: FastifyRequest, _reply: unknown, next: () => void): void {
  if (request.body === undefined || request.body === null) request.body = {};
  next();
}
