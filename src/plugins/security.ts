import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

export interface SecurityOptions {
  /** Origins of pages that may call; empty: none. */
  corsOrigins: readonly string[];
}

/** The one style that Swagger UI writes into its page, allowed by its digest. */
const SWAGGER_UI_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";
const ONE_HOUR_SECONDS = 3600;

/**
 * Security headers, and CORS where origins are named. The Content Security Policy lets the service's own pages load
 * scripts and styles from files of this service alone: nothing inline, nothing from elsewhere.
 */
export const security = fp(async (app: FastifyInstance, { corsOrigins }: SecurityOptions) => {
  const isShared = corsOrigins.length > 0;
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", SWAGGER_UI_STYLE],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Over plain HTTP behind a load balancer it means nothing; over HTTPS it is wanted.
    hsts: { maxAge: 365 * 24 * ONE_HOUR_SECONDS, includeSubDomains: false },
    crossOriginResourcePolicy: { policy: isShared ? 'cross-origin' : 'same-origin' },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  if (!isShared) return;
  await app.register(cors, {
    origin: [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'if-none-match', 'prefer', 'x-request-id', 'traceparent', 'last-event-id'],
    exposedHeaders: ['etag', 'location', 'retry-after', 'www-authenticate', 'x-request-id'],
    maxAge: ONE_HOUR_SECONDS,
  });
});
