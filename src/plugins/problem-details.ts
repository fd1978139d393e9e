import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { errorKind, toViewpointError, ViewpointError, type ErrorCode } from '../domain/errors.js';
import { faultPlace } from '../domain/schema-check.js';

/** An error answer: RFC 9457 problem details, with `detail` where the tile server's clients look for it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
const RETRY_AFTER_SECONDS = 5;

/** Turns every error of a request, and unknown routes, into problem documents. */
export const problemDetails = fp((app: FastifyInstance, _options: object, done: () => void) => {
  app.setErrorHandler((error: FastifyError, request, reply) => answer(request, reply, requestError(error)));
  app.setNotFoundHandler((request, reply) =>
    answer(request, reply, {
      error: new ViewpointError('route_not_found', `There is no ${request.method} ${request.url}. GET /docs shows what there is.`),
      status: errorKind('route_not_found').httpStatus,
    }),
  );
  done();
});

/** Answers what the framework refuses before any route has it, such as a path that is no sound percent-encoding. */
export function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void answer(request, reply, requestError(error));
}

interface RequestError {
  error: ViewpointError;
  status: number;
}

/** Fastify's own errors (validation, body too large, bad JSON) carry a status of their own. */
function requestError(thrown: FastifyError): RequestError {
  if (thrown.validation !== undefined) {
    return { error: new ViewpointError('invalid_request', validationDetail(thrown), { cause: thrown }), status: errorKind('invalid_request').httpStatus };
  }
  const status = thrown.statusCode;
  if (status !== undefined && status >= 400 && status < 500) {
    return { error: new ViewpointError('invalid_request', thrown.message, { cause: thrown }), status };
  }
  const error = toViewpointError(thrown);
  return { error, status: errorKind(error.code).httpStatus };
}

function validationDetail({ validation, validationContext, message }: FastifyError): string {
  const faults = validation?.map(({ instancePath, message: fault, params }) => {
    const extra = 'additionalProperty' in params ? ` ("${String(params['additionalProperty'])}")` : 'allowedValues' in params ? ` (${String(params['allowedValues'])})` : '';
    return `${faultPlace({ instancePath }) || (validationContext ?? 'request')} ${fault ?? 'is wrong'}${extra}`;
  });
  return faults === undefined ? message : `The request's ${validationContext ?? 'input'} is not valid: ${faults.join('; ')}.`;
}

function answer(request: FastifyRequest, reply: FastifyReply, { error, status }: RequestError): FastifyReply {
  if (status >= 500) request.log.error({ err: error, code: error.code }, 'request failed');
  if (status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply.code(status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problemOf(error, status)));
}

/** The document that tells of an error. */
export function problemOf(error: ViewpointError, status: number): Problem {
  return {
    type: 'about:blank',
    title: errorKind(error.code).title,
    status,
    // What went wrong inside is for the log, not for the caller.
    detail: error.code === 'internal_error' ? 'The service met an unexpected error. Its log says more.' : error.message,
    code: error.code,
  };
}
