import { Readable } from 'node:stream';
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ViewpointError } from '../src/domain/errors.js';
import type { Snapshot, Watcher } from '../src/executor/viewpoint-watch.js';
import type { RouteContext } from './context.js';
import { problems, ViewpointParams } from './schemas.js';

const MEDIA_TYPE = 'text/event-stream';
/** Time after which a client that lost its stream comes again, in milliseconds. */
const RECONNECT_MS = 2000;
/** How long the state of a viewpoint may be in coming before the stream is given up, in milliseconds. */
const FIRST_LOOK_MS = 10_000;
/** A client that takes nothing off its connection for so many heartbeats is cut off. */
const STALLED_HEARTBEATS = 4;

const EventHeaders = Type.Object({
  'last-event-id': Type.Optional(Type.String({ maxLength: 100, description: 'Id of the last event that the client has seen; what it knows already is not sent again.' })),
});

const EXAMPLE = [
  `retry: ${RECONNECT_MS}`,
  '',
  'id: 1790000000000-REQUESTED',
  'event: status',
  'data: {"viewpoint_id":"sample","viewpoint_status":"REQUESTED","step":"pyramid","percent":62,"remaining_seconds":3}',
  '',
  ': heartbeat',
  '',
  'id: 1790000004000-READY',
  'event: end',
  'data: {"viewpoint_id":"sample","viewpoint_status":"READY","step":"publish","percent":100,"remaining_seconds":null}',
  '',
  '',
].join('\n');

/** GET /viewpoints/{id}/events */
export const eventRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { watch, heartbeatMs }, done) => {
  app.get(
    '/viewpoints/:id/events',
    {
      // A HEAD would have to follow the job to its end for nothing.
      exposeHeadRoute: false,
      schema: {
        operationId: 'followViewpoint',
        tags: ['Processing'],
        summary: 'Follow a viewpoint',
        description:
          'Server-sent events with the same document as the status: `status` whenever there is news, then `end` with the end state, after which the stream closes; comments keep it alive in between. Each event is the whole state, so a client that comes again (`Last-Event-ID`) misses nothing; one that has seen the end is answered 204, which makes an EventSource stop. Works on every replica, whichever runs the job.',
        params: ViewpointParams,
        headers: EventHeaders,
        response: {
          200: {
            description: 'The events.',
            content: { [MEDIA_TYPE]: { schema: Type.Unsafe({ type: 'string', description: 'See the HTML standard, section 9.2 (server-sent events).' }), example: EXAMPLE } },
          },
          204: Type.Null({ description: 'The viewpoint has its end state and the client has seen that.' }),
          ...problems(404, 422),
        },
      },
    },
    async (request, reply) => {
      const viewpointId = request.params.id;
      const watcher = watch.open(viewpointId);
      reply.raw.once('close', () => watcher.close());
      try {
        const first = await watcher.next(FIRST_LOOK_MS);
        if (first === null) throw new ViewpointError('dependency_unavailable', 'The state of the viewpoint cannot be read now. Try again.');
        if (first.status === 'NOT FOUND') throw new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}".`);
        const known = request.headers['last-event-id'];
        if (isEnd(first) && known === idOf(first)) {
          watcher.close();
          return await reply.code(204).send(null);
        }
        reply.raw.setTimeout(STALLED_HEARTBEATS * heartbeatMs, () => reply.raw.destroy());
        const headers = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no', connection: 'close' };
        return await reply.headers(headers).type(MEDIA_TYPE).send(Readable.from(events(watcher, first, known, heartbeatMs), { objectMode: false, highWaterMark: 1 }));
      } catch (error) {
        watcher.close();
        throw error;
      }
    },
  );
  done();
};

/** The lines of the stream (HTML standard, section 9.2.5), made only as fast as the client takes them: it gets the latest state, not every one. */
async function* events(watcher: Watcher, first: Snapshot, known: string | undefined, heartbeatMs: number): AsyncGenerator<string> {
  try {
    yield `retry: ${RECONNECT_MS}\n\n`;
    let snapshot: Snapshot | null = first;
    for (;;) {
      if (snapshot === null) yield ': heartbeat\n\n';
      else if (isEnd(snapshot) || isNews(snapshot, known)) yield eventOf(snapshot);
      if (!watcher.isOpen || (snapshot !== null && isEnd(snapshot))) return;
      snapshot = await watcher.next(heartbeatMs);
    }
  } finally {
    watcher.close();
  }
}

function eventOf(snapshot: Snapshot): string {
  const { viewpointId, status, report } = snapshot;
  const data = JSON.stringify({ viewpoint_id: viewpointId, viewpoint_status: status, ...report });
  return `id: ${idOf(snapshot)}\nevent: ${isEnd(snapshot) ? 'end' : 'status'}\ndata: ${data}\n\n`;
}

function isEnd({ status }: Snapshot): boolean {
  return status !== 'REQUESTED';
}

/** Orders events of all replicas: when the report was made, in epoch milliseconds, and the status. */
function idOf({ status, report }: Snapshot): string {
  return `${madeAt(report.updated_at)}-${status.replace(' ', '_')}`;
}

function madeAt(timestamp: string | null): number {
  return timestamp === null ? 0 : Date.parse(timestamp);
}

/** Whether a state is younger than the one that the client knows. */
function isNews({ report }: Snapshot, known: string | undefined): boolean {
  const knownAt = /^(\d{1,15})-/.exec(known ?? '')?.[1];
  return knownAt === undefined || madeAt(report.updated_at) > Number(knownAt);
}
