import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { messageOf } from '../src/domain/errors.js';
import { within } from '../src/domain/within.js';
import type { HealthCheck, RouteContext } from './context.js';
import { exampleReadiness } from './examples.js';
import { answer, problems, withExample } from './schemas.js';

/** A check that hangs counts as failed after this time, in milliseconds. */
const CHECK_LIMIT_MS = 4000;
/** Answers are used again for this long, in milliseconds, lest probes load what they probe. */
const FRESH_MS = 2000;

const Readiness = Type.Object({
  ready: Type.Boolean({ description: 'Whether this process can do its work.' }),
  checks: Type.Record(
    Type.String(),
    Type.Object({ ok: Type.Boolean({ description: 'Whether it is in order.' }), detail: Type.Union([Type.String(), Type.Null()], { description: 'Why not; null when all is well.' }) }),
    { description: 'Each thing that is needed, by name.' },
  ),
});

interface CheckResult {
  ok: boolean;
  detail: string | null;
}

/** GET /ping, /health/live, /health/ready */
export const healthRoutes: FastifyPluginCallbackTypebox<RouteContext> = (app, { healthChecks, executor }, done) => {
  app.get(
    '/ping',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'ping',
        tags: ['Operations'],
        summary: 'Tell that the service is up',
        description: 'For load balancers. Needs nothing but this process.',
        response: { 200: withExample(answer('The service is up.', Type.Object({ status: Type.Literal('OK', { description: 'OK.' }) })), { status: 'OK' }), ...problems() },
      },
    },
    () => ({ status: 'OK' as const }),
  );

  app.get(
    '/health/live',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'getLiveness',
        tags: ['Operations'],
        summary: 'Tell that the process lives',
        description: 'Answers as long as the event loop turns, whatever else is down.',
        response: { 200: withExample(answer('The process lives.', Type.Object({ live: Type.Literal(true, { description: 'True.' }) })), { live: true }), ...problems() },
      },
    },
    () => ({ live: true as const }),
  );

  let latest: { atMs: number; result: Promise<Record<string, CheckResult>> } | undefined;

  app.get(
    '/health/ready',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'getReadiness',
        tags: ['Operations'],
        summary: 'Tell whether the service can do its work',
        description: 'Tries the table, the queue, S3, the volume and the image decoder.',
        response: { 200: withExample(answer('All is well.', Readiness), exampleReadiness(null)), ...problems(), 503: withExample(answer('Something is missing; `checks` tells what.', Readiness), exampleReadiness('The volume /ts-efs-volume cannot be written to: EROFS: read-only file system')) },
      },
    },
    async (_request, reply) => {
      if (latest === undefined || performance.now() - latest.atMs > FRESH_MS) latest = { atMs: performance.now(), result: runChecks(healthChecks) };
      const checks = { ...(await latest.result), executor: acceptance(executor.snapshot().isAccepting) };
      const ready = Object.values(checks).every(({ ok }) => ok);
      return reply.code(ready ? 200 : 503).type('application/json').send({ ready, checks });
    },
  );
  done();
};

async function runChecks(healthChecks: readonly HealthCheck[]): Promise<Record<string, CheckResult>> {
  return Object.fromEntries(await Promise.all(healthChecks.map(async (check) => [check.name, await resultOf(check)] as const)));
}

async function resultOf({ check }: HealthCheck): Promise<CheckResult> {
  try {
    await within(CHECK_LIMIT_MS, check);
    return { ok: true, detail: null };
  } catch (error) {
    return { ok: false, detail: messageOf(error) };
  }
}

function acceptance(isAccepting: boolean): CheckResult {
  return { ok: isAccepting, detail: isAccepting ? null : 'shutting down' };
}
