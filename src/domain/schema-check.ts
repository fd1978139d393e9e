import { Ajv, type ErrorObject } from 'ajv';
import type { Static, TSchema } from 'typebox';

/** Compiles a schema for the first value that it looks at. */
const ajv = new Ajv({ strict: false });

export function conforms<Schema extends TSchema>(schema: Schema, value: unknown): value is Static<Schema> {
  return ajv.validate(schema, value);
}

/** The first thing that keeps the value from conforming; undefined when it conforms. */
export function firstFault(schema: TSchema, value: unknown): ErrorObject | undefined {
  return ajv.validate(schema, value) ? undefined : ajv.errors?.[0];
}
