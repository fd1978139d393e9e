import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';

type SerializerFactory = ReturnType<typeof SerializerSelector>;

/**
 * Fastify's own serializers, each compiled for the first answer that it writes: most of the refusals that routes
 * document never come, and to compile them all takes a quarter of the start.
 */
export const serializersOnDemand: SerializerFactory = (sharedSchemas, options) => {
  const compile = SerializerSelector()(sharedSchemas, options);
  return (route) => {
    let serialize: ReturnType<typeof compile> | undefined;
    return (document) => (serialize ??= compile(route))(document);
  };
};

/** A validator that is compiled for the first value that it looks at. */
export function validatorOnDemand(ajv: Ajv, schema: object): (value: unknown) => true | { error: ErrorObject[] } {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    return validate(value) ? true : { error: validate.errors ?? [] };
  };
}
