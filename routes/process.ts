import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { CompletionEvent } from '../src/domain/completion-event.js';
import { ViewpointError } from '../src/domain/errors.js';
import type { ViewpointDefinition } from '../src/domain/viewpoint.js';
import type { Watcher } from '../src/executor/viewpoint-watch.js';
import type { RouteContext } from './context.js';
import { answer, COMPLETION_EXAMPLE, problems, ProcessBody, ViewpointParams } from './schemas.js';
import { statusView } from './status-view.js';

const DEFAULT_TILE_SIZE = 512;
const LONGEST_WAIT_SECONDS = 300;
const LOCATION_HEADER = { Location: { type: 'string', description: 'Path of the status.' } };

const ProcessHeaders = Type.Object({
  prefer: Type.Optional(
    Type.String({ description: `\`wait=N\`: answer when the job ends, after N seconds at the latest, ${LONGEST_WAIT_SECONDS} at most (RFC 7240).` }),
  ),
});

/** What a `callback_url` is sent, for the API's description. */
const COMPLETION_CALLBACK = {
  completion: {
    '{$request.body#/callback_url}': {
      post: {
        summary: 'The job has ended',
        description: 'Signed with `webhook-id`, `webhook-timestamp` and `webhook-signature` (Standard Webhooks). Tried for hours until it is answered with 2xx, or 410.',
        requestBody: { required: true, content: { 'application/cloudevents+json': { schema: CompletionEvent, example: COMPLETION_EXAMPLE } } },
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
          200: answer('The viewpoint is READY or, after a `Prefer: wait`, has its end state.', Type.Ref('ViewpointStatus#')),
          202: answer('The job is accepted or running already.', Type.Ref('ViewpointStatus#'), LOCATION_HEADER),
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
      const { record, job } = await intake({
        viewpointId,
        ...(definition === undefined ? {} : { definition }),
        force: request.body.force ?? false,
        ...(request.body.callback_url === undefined ? {} : { callbackUrl: checkedCallback(request.body.callback_url) }),
        correlationId: request.id,
      });
      void reply.header('location', `${request.url.slice(0, request.url.lastIndexOf('/process'))}/status`);
      if (job === null) return reply.code(200).send(statusView(record, undefined));
      const longestWait = waitSeconds(request.headers.prefer);
      // The job is accepted: with no room to wait, the answer comes at once.
      if (longestWait > 0 && watch.hasRoom) {
        const watcher = watch.open(viewpointId);
        reply.raw.once('close', () => watcher.close());
        await untilEnd(watcher, longestWait);
        const ended = await table.get(viewpointId);
        if (ended !== null && ended.viewpoint_status !== 'REQUESTED') return reply.code(200).send(statusView(ended, undefined));
      }
      return reply.code(202).send(statusView(record, executor.find(viewpointId)));
    },
  );

  app.delete(
    '/viewpoints/:id/process',
    {
      schema: {
        operationId: 'cancelViewpoint',
        tags: ['Processing'],
        summary: 'Cancel the job of a viewpoint',
        description: 'The viewpoint ends FAILED with code `cancelled`: a job in this process at once, one on another replica when that looks at the row next, twice a second; one that only waits does not begin.',
        params: ViewpointParams,
        response: { 202: answer('The job is asked to stop.', Type.Ref('ViewpointStatus#'), LOCATION_HEADER), ...problems(404, 409, 422) },
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

/** The definition in a body; undefined when the body has none. */
function definitionIn(body: Static<typeof ProcessBody>): ViewpointDefinition | undefined {
  const { viewpoint_name, bucket_name, object_key, tile_size, range_adjustment } = body;
  if ([viewpoint_name, bucket_name, object_key, tile_size, range_adjustment].every((member) => member === undefined)) return undefined;
  if (viewpoint_name === undefined || bucket_name === undefined || object_key === undefined) {
    throw new ViewpointError('invalid_request', 'The body defines a viewpoint only in part: viewpoint_name, bucket_name and object_key go together.');
  }
  return {
    viewpoint_name,
    bucket_name,
    object_key,
    tile_size: tile_size ?? DEFAULT_TILE_SIZE,
    range_adjustment: range_adjustment ?? 'NONE',
  };
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
