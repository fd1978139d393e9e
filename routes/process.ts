import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CompletionEvent } from '../src/domain/completion-event.js';
import { requestId, type RequestId } from '../src/domain/noted-requests.js';
import { definitionIn } from '../src/domain/viewpoint-request.js';
import type { ViewpointRecord } from '../src/domain/viewpoint-record.js';
import type { Job } from '../src/executor/outcome.js';
import type { Watcher } from '../src/executor/viewpoint-watch.js';
import type { RouteContext } from './context.js';
import { EXAMPLE_READY_STATUS, EXAMPLE_RUNNING_STATUS } from './examples.js';
import { bodyOrNothing } from './optional-body.js';
import { answer, COMPLETION_EXAMPLE, problems, ProcessBody, ViewpointParams, withExample } from './schemas.js';
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

const COMPLETION_TEXT = 'The end of the job. Signed with `webhook-id`, `webhook-timestamp` and `webhook-signature` (Standard Webhooks), and tried for hours until it is answered with 2xx, or 410.';
/** What a `callback_url` is sent, for the API's description. */
const COMPLETION_CALLBACK = {
  completion: {
    '{$request.body#/callback_url}': {
      post: {
        requestBody: { description: COMPLETION_TEXT, required: true, content: { 'application/cloudevents+json': { schema: CompletionEvent, example: COMPLETION_EXAMPLE } } },
        responses: { '2XX': { description: 'The event is taken.' }, 410: { description: 'Nothing more is wanted; the event is not sent again.' } },
      },
    },
  },
};

/** POST and DELETE /viewpoints/{id}/process */
export const processRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { intake, cancel, table, executor, watch, checkedCallback }, done) => {
  app.post(
    '/viewpoints/:id/process',
    {
      schema: {
        operationId: 'processViewpoint',
        tags: ['Processing'],
        summary: 'Process a viewpoint',
        description:
          'Starts the job of a viewpoint, or joins the one that runs. With a definition the viewpoint is created unless it exists with the same one; without a body it must exist. A FAILED viewpoint is tried again. A `callback_url` is told of the end, also when the viewpoint is READY already.',
        params: ViewpointParams,
        headers: ProcessHeaders,
        body: ProcessBody,
        callbacks: COMPLETION_CALLBACK,
        response: {
          200: withExample(answer('The viewpoint is READY or, after a `Prefer: wait`, has its end state.', Type.Ref('ViewpointStatus#')), EXAMPLE_READY_STATUS),
          202: withExample(answer('The job is accepted or running already.', Type.Ref('ViewpointStatus#'), LOCATION_HEADER), EXAMPLE_RUNNING_STATUS),
          ...problems(403, 404, 409, 422),
        },
      },
      preValidation: bodyOrNothing,
    },
    async (request, reply) => {
      const viewpointId = request.params.id;
      const definition = definitionIn(request.body);
      const id = idOf(request.headers['idempotency-key'], request.body);
      const { record, job, repeated } = await intake({
        viewpointId,
        ...(definition === undefined ? {} : { definition }),
        force: request.body.force ?? false,
        ...(request.body.callback_url === undefined ? {} : { callbackUrl: checkedCallback(request.body.callback_url) }),
        correlationId: request.id,
        ...(id === undefined ? {} : { requestId: id }),
      });
      void reply.header('location', `${request.url.slice(0, request.url.lastIndexOf('/process'))}/status`);
      const seconds = waitSeconds(request.headers.prefer);
      const isWaitedFor = job !== null && seconds > 0;
      if (repeated !== undefined) void reply.header('idempotent-replayed', 'true');
      // An answer that an older version of the service kept may lack members.
      if (repeated?.answer != null && !isWaitedFor) return reply.code(repeated.answer.status).send({ ...statusView(record, undefined), ...repeated.answer.body });
      // The job is accepted: with no room to wait, the answer comes at once.
      if (isWaitedFor && watch.hasRoom) {
        const watcher = watch.open(viewpointId);
        reply.raw.once('close', () => watcher.close());
        await untilEnd(watcher, seconds);
      }
      const { status, body } = await currentAnswer(record, job, isWaitedFor);
      if (id !== undefined && repeated === undefined) await intake.noteAnswer(viewpointId, id, { status, body });
      return reply.code(status).send(body);
    },
  );

  /** How the viewpoint stands; its end state only for who has waited for it. */
  async function currentAnswer(record: ViewpointRecord, job: Job | null, isWaitedFor: boolean): Promise<{ status: 200 | 202; body: StatusBody }> {
    if (job === null) return { status: 200, body: statusView(record, undefined) };
    const ended = isWaitedFor ? await table.get(record.viewpoint_id) : null;
    if (ended !== null && ended.viewpoint_status !== 'REQUESTED') return { status: 200, body: statusView(ended, undefined) };
    return { status: 202, body: statusView(record, executor.find(record.viewpoint_id)) };
  }

  app.delete(
    '/viewpoints/:id/process',
    {
      schema: {
        operationId: 'cancelViewpoint',
        tags: ['Processing'],
        summary: 'Cancel the job of a viewpoint',
        description: 'The viewpoint ends FAILED with code `cancelled`: a job in this process at once, one on another replica when that looks at the row next, twice a second; one that only waits does not begin.',
        params: ViewpointParams,
        response: { 202: withExample(answer('The job is asked to stop.', Type.Ref('ViewpointStatus#'), LOCATION_HEADER), EXAMPLE_RUNNING_STATUS), ...problems(404, 409, 422) },
      },
    },
    async (request, reply) => {
      const viewpointId = request.params.id;
      const record = await cancel(viewpointId);
      void reply.header('location', `${request.url.slice(0, request.url.lastIndexOf('/process'))}/status`);
      return reply.code(202).send(statusView(record, executor.find(viewpointId)));
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

/** Waits until the viewpoint has its end state, wherever its job runs: at most so many seconds, and only while the watcher is open. */
async function untilEnd(watcher: Watcher, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  try {
    for (let leftMs = seconds * 1000; leftMs > 0 && watcher.isOpen; leftMs = deadline - performance.now()) {
      const snapshot = await watcher.next(leftMs);
      if (snapshot !== null && snapshot.status !== 'REQUESTED') return;
    }
  } finally {
    watcher.close();
  }
}
