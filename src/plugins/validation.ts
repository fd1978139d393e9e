import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { validatorOnDemand } from './compile-on-demand.js';

/** Validates requests: bodies to the letter (unknown members are errors, nothing is filled in), parameters and headers from their text. */
export const validation = fp((app: FastifyInstance, _options: object, done: () => void) => {
  const strict = withFormats(new Ajv({ allErrors: true, strict: false }));
  const coercing = withFormats(new Ajv({ useDefaults: true, allErrors: true, strict: false, coerceTypes: 'array' }));
  app.setValidatorCompiler(({ schema, httpPart }) => validatorOnDemand(httpPart === 'body' ? strict : coercing, schema as object));
  done();
});

function withFormats(ajv: Ajv): Ajv {
  ajvFormats.default(ajv);
  return ajv;
}
