import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

export interface OpenApiOptions {
  version: string;
  /** Prefix under which a proxy serves this service; empty without one. */
  rootPath: string;
}

export const TAGS = {
  processing: { name: 'Processing', description: 'Start viewpoints and follow them.' },
  deliveries: { name: 'Deliveries', description: 'Who was told of the end of a job.' },
  artifacts: { name: 'Artifacts', description: 'What the tile server needs to know of a READY viewpoint.' },
  webhooks: { name: 'Webhooks', description: 'Start viewpoints on events elsewhere.' },
  operations: { name: 'Operations', description: 'Health and load of this process.' },
} as const;

/** OpenAPI 3.1 of all routes that are registered after it, at /openapi.json, and Swagger UI at /docs. */
export const openApi = fp(async (app: FastifyInstance, { version, rootPath }: OpenApiOptions) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Viewpoint worker',
        version,
        summary: 'Prepares satellite and aerial images for a tile server.',
        description:
          'Downloads an image from S3, computes its statistics and overview pyramid, proves that a tile can be made, finds out where on Earth it lies, and publishes metadata, bounds, footprint and statistics as JSON.\n\nErrors are problem documents (RFC 9457) whose `code` is for programs and whose `detail` is for people.',
        license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
      },
      servers: [{ url: rootPath === '' ? '/' : rootPath, description: 'This service' }],
      tags: Object.values(TAGS),
      // A service without keys and issuer wants none.
      security: [{}, { bearer: [] }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A key of API_KEYS or a token of OIDC_ISSUER, where the service wants one.' } } },
    },
    transformObject: (document) => ('openapiObject' in document ? withCallbackTexts(withOptionalBodies(document.openapiObject)) : document.swaggerObject),
    refResolver: { buildLocalReference: (schema, _baseUri, _fragment, index) => (typeof schema.$id === 'string' ? schema.$id : `schema-${index}`) },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    indexPrefix: rootPath,
    uiConfig: { tryItOutEnabled: true, displayRequestDuration: true, docExpansion: 'list' },
    theme: { title: 'Viewpoint worker' },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
});

/** The part of an OpenAPI document that is looked at here. */
interface DocumentedBodies {
  paths?: Record<string, { post?: { requestBody?: { required?: boolean; content: Record<string, { schema?: object }> }; callbacks?: Record<string, Record<string, { post?: DocumentedCallback }>> } }>;
}

interface DocumentedCallback {
  summary?: string;
  description?: string;
  requestBody?: { description?: string };
}

/** A body none of whose members is required may be left out, unless it is one of several; the plugin calls every body required. */
function withOptionalBodies<Document extends object>(document: Document): Document {
  for (const path of Object.values((document as DocumentedBodies).paths ?? {})) {
    const body = path.post?.requestBody;
    const schema = body?.content['application/json']?.schema ?? {};
    if (body !== undefined) body.required = 'required' in schema || 'anyOf' in schema;
  }
  return document;
}

/** The plugin keeps only bodies and answers of a callback: its texts are made of its name and of what its body says of itself. */
function withCallbackTexts<Document extends object>(document: Document): Document {
  for (const path of Object.values((document as DocumentedBodies).paths ?? {})) {
    for (const [name, urls] of Object.entries(path.post?.callbacks ?? {})) {
      for (const { post } of Object.values(urls)) if (post !== undefined) Object.assign(post, { summary: `Callback: ${name}`, description: post.requestBody?.description ?? '' });
    }
  }
  return document;
}
