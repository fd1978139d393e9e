import type { FastifyInstance, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import { accessOf, isCounted } from './access-control.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes bodies of every media type. */
    takesAnyType?: true;
  }
}

/** Statuses with which requests are refused before a route sees them. */
export type Refusal = 400 | 401 | 403 | 413 | 414 | 415 | 429;

export interface DocumentedRefusalsOptions {
  /** Descriptions of these answers, by status. */
  describe: (statuses: readonly Refusal[]) => Record<number, object>;
}

/** Adds to the description of every route that is registered after it what the service refuses on its behalf; what a route says itself counts more. */
export const documentedRefusals = fp((app: FastifyInstance, { describe }: DocumentedRefusalsOptions, done: () => void) => {
  app.addHook('onRoute', (route) => {
    const { schema } = route;
    if (schema === undefined || schema.hide === true) return;
    route.schema = { ...schema, response: { ...describe(refusalsOf(route)), ...(schema.response as object | undefined) } };
  });
  done();
});

function refusalsOf({ method, url, config }: RouteOptions): Refusal[] {
  const methods = [method].flat();
  const hasBody = methods.some((each) => each !== 'GET' && each !== 'HEAD');
  const isGuarded = methods.some((each) => accessOf(each, url, config?.access) !== 'public');
  return [
    400,
    ...(isGuarded ? ([401, 403] as const) : []),
    ...(hasBody ? ([413] as const) : []),
    ...(url.includes(':') ? ([414] as const) : []),
    ...(hasBody && config?.takesAnyType !== true ? ([415] as const) : []),
    ...(isCounted(url) ? ([429] as const) : []),
  ];
}
