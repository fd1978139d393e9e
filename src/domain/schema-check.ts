import { Ajv, type ErrorObject } from 'ajv';
import type { Static, TSchema } from 'typebox';

/** Compiles a schema for the first value that it looks at. */
const ajv = new Ajv({ strict: false });

export function conforms<Schema extends TSchema>(schema: Schema, value: unknown): value is Static<Schema> {
  return ajv.validate(schema, value);
}

/** Where in a value a fault lies, as `Records.0.s3`; empty for the value itself. */
export function faultPlace({ instancePath }: { instancePath: string }): string {
  return instancePath.slice(1).replaceAll('/', '.');
}

export interface SchemaFault {
  /** As `Records.0 must be object`. */
  text: string;
  /** The member that the schema does not know, where that is the fault. */
  unknownMember: string | undefined;
}

/** The first thing that keeps the value from conforming; undefined when it conforms. */
export function firstFault(schema: TSchema, value: unknown): SchemaFault | undefined {
  const [error]: ErrorObject[] = ajv.validate(schema, value) ? [] : (ajv.errors ?? []);
  if (error === undefined) return undefined;
  const unknownMember: unknown = error.params['additionalProperty'];
  return { text: `${faultPlace(error)} ${error.message ?? ''}`.trim(), unknownMember: typeof unknownMember === 'string' ? unknownMember : undefined };
}
