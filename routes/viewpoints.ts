import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ViewpointError } from '../src/domain/errors.js';
import { viewpointOf, type ViewpointRecord } from '../src/domain/viewpoint-record.js';
import { VIEWPOINT_STATUSES } from '../src/domain/viewpoint.js';
import type { RouteContext } from './context.js';
import { EXAMPLE_READY_STATUS, EXAMPLE_VIEWPOINT } from './examples.js';
import { answer, problems, ViewpointParams, withExample } from './schemas.js';
import { statusView } from './status-view.js';

const ListQuery = Type.Object({
  status: Type.Optional(Type.Enum([...VIEWPOINT_STATUSES], { description: 'Only viewpoints of this status.' })),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'Most viewpoints on the page.' }),
  token: Type.Optional(Type.String({ maxLength: 1000, description: '`next_token` of the page before.' })),
});

const ViewpointList = Type.Object({
  viewpoints: Type.Array(Type.Ref('Viewpoint#'), { description: 'Rows of the job table, at most `limit`.' }),
  next_token: Type.Union([Type.String(), Type.Null()], { description: 'Token of the next page; null on the last one.' }),
});

/** GET /viewpoints, /viewpoints/{id}, /viewpoints/{id}/status */
export const viewpointRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { table, executor, pageTokens }, done) => {
  app.get(
    '/viewpoints',
    {
      schema: {
        operationId: 'listViewpoints',
        tags: ['Processing'],
        summary: 'List viewpoints',
        description: 'Page by page, in no particular order.',
        querystring: ListQuery,
        response: { 200: withExample(answer('A page of viewpoints.', ViewpointList), { viewpoints: [EXAMPLE_VIEWPOINT], next_token: null }), ...problems(422) },
      },
    },
    async ({ query: { status, limit, token } }) => {
      const filter = status ?? '';
      const { records, nextAfter } = await table.list({
        limit,
        ...(status === undefined ? {} : { status }),
        ...(token === undefined ? {} : { after: pageTokens.viewpointIdIn(token, filter) }),
      });
      return { viewpoints: records.map(viewpointOf), next_token: nextAfter === null ? null : pageTokens.tokenAfter(nextAfter, filter) };
    },
  );

  app.get(
    '/viewpoints/:id',
    {
      schema: {
        operationId: 'getViewpoint',
        tags: ['Processing'],
        summary: 'Get a viewpoint',
        description: 'The row of the job table with the ten attributes that the tile server knows.',
        params: ViewpointParams,
        response: { 200: withExample(answer('The viewpoint.', Type.Ref('Viewpoint#')), EXAMPLE_VIEWPOINT), ...problems(404, 422) },
      },
    },
    async ({ params }) => viewpointOf(await existing(params.id)),
  );

  app.get(
    '/viewpoints/:id/status',
    {
      schema: {
        operationId: 'getViewpointStatus',
        tags: ['Processing'],
        summary: 'Get the status of a viewpoint',
        description: 'Status of the viewpoint, and step, progress, timings and error of its latest job.',
        params: ViewpointParams,
        response: { 200: withExample(answer('The status.', Type.Ref('ViewpointStatus#')), EXAMPLE_READY_STATUS), ...problems(404, 422) },
      },
    },
    async ({ params }) => statusView(await existing(params.id), executor.find(params.id)),
  );

  async function existing(viewpointId: string): Promise<ViewpointRecord> {
    const record = await table.get(viewpointId);
    if (record === null) throw new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}".`);
    return record;
  }
  done();
};
