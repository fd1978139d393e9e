import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';

export interface DashboardOptions {
  /** Prefix under which a proxy serves this service; empty without one. */
  rootPath: string;
}

/** Nothing but the service's own files: no inline script or style, no other site, no frame around it. */
const CONTENT_SECURITY_POLICY = "default-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
const PAGE_FILES = fileURLToPath(new URL('../dashboard/', import.meta.url));
const DOMAIN_FILES = fileURLToPath(new URL('../domain/', import.meta.url));
/** The one file of the service's own that the page computes with. */
const SHARED_FILE = 'range-adjustment.js';

/** The dashboard: its page at `/`, and under `/assets` its scripts and styles, in the folders in which they import each other. */
export const dashboard = fp(async (app: FastifyInstance, { rootPath }: DashboardOptions) => {
  const page = (await readFile(`${PAGE_FILES}index.html`, 'utf8')).replace('{{base}}', rootPath === '' ? './' : `${escaped(rootPath)}/`);
  app.get('/', { schema: { hide: true }, logLevel: 'warn' }, (_request, reply) => guarded(reply).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page));

  await app.register(fastifyStatic, {
    root: PAGE_FILES,
    prefix: '/assets/dashboard/',
    schemaHide: true,
    index: false,
    decorateReply: false,
    logLevel: 'warn',
    allowedPath: (path) => path !== '/index.html',
    maxAge: 0,
    setHeaders: (reply) => void guarded(reply),
  });
  const shared = await readFile(DOMAIN_FILES + SHARED_FILE, 'utf8');
  app.get(`/assets/domain/${SHARED_FILE}`, { schema: { hide: true }, logLevel: 'warn' }, (_request, reply) => guarded(reply).type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(shared));
});

function guarded(reply: FastifyReply): FastifyReply {
  return reply.header('content-security-policy', CONTENT_SECURITY_POLICY).header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
