import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { setTimeout as delay } from 'node:timers/promises';
import { Type } from 'typebox';
import { ViewpointError } from '../src/domain/errors.js';
import { requestId, type RequestId } from '../src/domain/noted-requests.js';
import { definitionIn } from '../src/domain/viewpoint-request.js';
import type { ViewpointRecord } from '../src/domain/viewpoint-record.js';
import type { Job } from '../src/executor/outcome.js';
import type { RouteContext } from './context.js';
import { EXAMPLE_READY_STATUS, EXAMPLE_RUNNING_STATUS } from './examples.js';
import { answer, problems, ProcessBody, ViewpointParams, withExample } from './schemas.js';
import { statusView } from './status-view.js';

const LONGEST_WAIT_SECONDS = 300;

type StatusBody = ReturnType<typeof statusView>;

const LOCATION_HEADER = { Location: { type: 'string', description: 'Path of the status.' } };

const ProcessHeaders = Type.Object({
  prefer: Type.Optional(
    Type.String({ description: `\`wait=N\`: answer when the job ends, after N seconds at the latest, ${LONGEST_WAIT_SECONDS} at most (RFC 7240).` }),
  ),
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^(?:"[!#-~ ]{1,255}"|[!#-~]{1,255})$',
      description:
        'Marks the request as one that may be sent again (draft-ietf-httpapi-idempotency-key-header): for a day, the same request under the same key is answered as the first one was and starts no second job; another request under it is an error. A key counts for one viewpoint. Errors are not kept. With `Prefer: wait`, a repeated request waits for the end of the job all the same.',
      examples: ['"8e03978e-40d5-43dd-bc93-6894a57f9324"'],
    }),
  ),
});

/** POST and DELETE /viewpoints/{id}/process */
export const processRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { intake, table, executor }, done) => {
  app.post(
    '/viewpoints/:id/process',
    {
      schema: {
        operationId: 'processViewpoint',
        tags: ['Processing'],
        summary: 'Process a viewpoint',
        description:
          'Starts the job of a viewpoint, or joins the one that runs. With a definition the viewpoint is created unless it exists with the same one; without a body it must exist. A FAILED viewpoint is tried again.',
        params: ViewpointParams,
        headers: ProcessHeaders,
        body: ProcessBody,
        response: {
          200: withExample(answer('The viewpoint is READY or, after a `Prefer: wait`, has its end state.', Type.Ref('ViewpointStatus#')), EXAMPLE_READY_STATUS),
          202: withExample(answer('The job is accepted or running already.', Type.Ref('ViewpointStatus#'), LOCATION_HEADER), EXAMPLE_RUNNING_STATUS),
          ...problems(403, 404, 409, 422),
        },
      },
      preValidation: (request, _reply, next) => {
        const { body } = request as { body: unknown };
        if (body === undefined || body === null) request.body = {}; // a request without a body defines nothing
        next();
      },
    },
    async (request, reply) => {
      const viewpointId = request.params.id;
      const definition = definitionIn(request.body);
      const id = idOf(request.headers['idempotency-key'], request.body);
      const { record, job, repeated } = await intake({
        viewpointId,
        ...(definition === undefined ? {} : { definition }),
        force: request.body.force ?? false,
        correlationId: request.id,
        ...(id === undefined ? {} : { requestId: id }),
      });
      void reply.header('location', `${request.url.slice(0, request.url.lastIndexOf('/process'))}/status`);
      const seconds = waitSeconds(request.headers.prefer);
      const isWaitedFor = job !== null && seconds > 0;
      if (repeated !== undefined) void reply.header('idempotent-replayed', 'true');
      // An answer that an older version of the service kept may lack members.
      if (repeated?.answer != null && !isWaitedFor) return reply.code(repeated.answer.status).send({ ...statusView(record, undefined), ...repeated.answer.body });
      const { status, body } = await currentAnswer(record, job, seconds);
      if (id !== undefined && repeated === undefined) await intake.noteAnswer(viewpointId, id, { status, body });
      return reply.code(status).send(body);
    },
  );

  /** How the viewpoint stands, once its job has ended or the seconds are over. */
  async function currentAnswer(record: ViewpointRecord, job: Job | null, seconds: number): Promise<{ status: 200 | 202; body: StatusBody }> {
    if (job === null) return { status: 200, body: statusView(record, undefined) };
    if (await endsWithin(job, seconds)) {
      const ended = await table.get(record.viewpoint_id);
      if (ended !== null && ended.viewpoint_status !== 'REQUESTED') return { status: 200, body: statusView(ended, undefined) };
    }
    return { status: 202, body: statusView(record, executor.find(record.viewpoint_id)) };
  }

  app.delete(
    '/viewpoints/:id/process',
    {
      schema: {
        operationId: 'cancelViewpoint',
        tags: ['Processing'],
        summary: 'Cancel the job of a viewpoint',
        description: 'The viewpoint ends FAILED with code `cancelled`; a job on another replica ends with its next heartbeat.',
        params: ViewpointParams,
        response: { 202: withExample(answer('The job is asked to stop.', Type.Ref('ViewpointStatus#'), LOCATION_HEADER), EXAMPLE_RUNNING_STATUS), ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const viewpointId = request.params.id;
      const record = await table.get(viewpointId);
      if (record === null) throw new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}".`);
      const job = executor.find(viewpointId);
      if (job !== undefined) job.cancel();
      else if (!(await table.requestCancel(record))) throw new ViewpointError('not_processing', `The viewpoint "${viewpointId}" is not being processed; its status is ${record.viewpoint_status}.`);
      void reply.header('location', `${request.url.slice(0, request.url.lastIndexOf('/process'))}/status`);
      return reply.code(202).send(statusView(record, job));
    },
  );
  done();
};

/** The id of a request that may be repeated, and what it asks for; undefined without a key. Quotation marks belong to the syntax of the header (RFC 8941 section 3.3.3). */
function idOf(key: string | undefined, body: object): RequestId | undefined {
  return key === undefined ? undefined : requestId('key', key.replaceAll('"', ''), body);
}

function waitSeconds(prefer: string | undefined): number {
  const seconds = /(?:^|[,;\s])wait=(\d{1,6})(?:$|[,;\s])/.exec(prefer ?? '')?.[1];
  return Math.min(LONGEST_WAIT_SECONDS, Number(seconds ?? 0));
}

async function endsWithin(job: Job, seconds: number): Promise<boolean> {
  if (seconds === 0) return false;
  const waiting = new AbortController();
  try {
    return await Promise.race([job.outcome.then(() => true), delay(seconds * 1000, false, { signal: waiting.signal })]);
  } finally {
    waiting.abort();
  }
}
