import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { JobReport } from '../src/domain/job.js';
import { ViewpointId } from '../src/domain/viewpoint.js';
import type { RouteContext } from './context.js';
import { EXAMPLE_EXECUTOR } from './examples.js';
import { answer, problems, withExample } from './schemas.js';

const JobView = Type.Object({ viewpoint_id: ViewpointId, ...JobReport.properties });

const ExecutorView = Type.Object({
  replica: Type.String({ description: 'Name of this process.' }),
  accepting: Type.Boolean({ description: 'False while the service shuts down.' }),
  concurrency: Type.Integer({ description: 'Jobs that can run at a time.' }),
  waiting_room: Type.Integer({ description: 'Jobs that can wait.' }),
  running: Type.Array(JobView, { description: 'Jobs that run.' }),
  waiting: Type.Array(JobView, { description: 'Jobs that wait, in the order in which they will start.' }),
});

/** GET /executor */
export const executorRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { executor }, done) => {
  app.get(
    '/executor',
    {
      schema: {
        operationId: 'getExecutor',
        tags: ['Operations'],
        summary: 'Show the jobs of this process',
        description: 'Running and waiting jobs, and how many there can be.',
        response: { 200: withExample(answer('The jobs.', ExecutorView), EXAMPLE_EXECUTOR), ...problems() },
      },
    },
    () => {
      const { replica, isAccepting, concurrency, waitingRoom, running, waiting } = executor.snapshot();
      const view = ({ viewpointId, report }: (typeof running)[number]) => ({ viewpoint_id: viewpointId, ...report });
      return { replica, accepting: isAccepting, concurrency, waiting_room: waitingRoom, running: running.map(view), waiting: waiting.map(view) };
    },
  );
  done();
};
