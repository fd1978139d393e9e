import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { errorKind, ViewpointError } from '../src/domain/errors.js';
import { ViewpointId } from '../src/domain/viewpoint.js';
import type { PayloadAnswer } from '../src/inbound/webhook-payload.js';

/** More than any message needs that is meant for this service, and what SNS carries at most, in bytes. */
export const WEBHOOK_BODY_LIMIT_BYTES = 256 * 1024;

export const WebhookAnswer = Type.Object({
  accepted: Type.Array(Type.Object({ viewpoint_id: ViewpointId, status_url: Type.String({ description: 'Path of the status.' }) }), {
    description: 'Viewpoints whose job is accepted, runs or is done.',
  }),
  ignored: Type.Array(Type.Object({ what: Type.String({ description: 'Object as `bucket/key`, or kind of message.' }), reason: Type.String() }), {
    description: 'What there is nothing to do for.',
  }),
});

/** Answers 202 when there is a job to follow, else 200. */
export function sendAnswer(reply: FastifyReply, { accepted, ignored }: PayloadAnswer): FastifyReply {
  return reply
    .code(accepted.length > 0 ? 202 : 200)
    .type('application/json')
    .send({ accepted: accepted.map((viewpoint_id) => ({ viewpoint_id, status_url: `/viewpoints/${viewpoint_id}/status` })), ignored });
}

/** Bodies reach the handlers of these routes as they came, since signatures are made over that; nothing reads them before. */
export function takeBodiesUnread(app: FastifyInstance, contentType: string): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(contentType, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** Logs why a request is refused, and tells a sender that did not prove itself how to (RFC 9110 section 15.5.2). */
export async function refusingAloud<Result>(request: FastifyRequest, reply: FastifyReply, challenge: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ViewpointError && !error.retryable) {
      request.log.warn({ code: error.code, reason: error.message }, 'webhook refused');
      if (errorKind(error.code).httpStatus === 401) void reply.header('www-authenticate', challenge);
    }
    throw error;
  }
}

/** The schema of the body is for readers alone: it cannot be checked before the signature is. */
export const unchecked = () => () => true;

/** One value of a header. */
export function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
