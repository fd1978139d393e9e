import { Type } from 'typebox';

/** The schema, or null; its description is that of both. */
export const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()], 'description' in schema ? { description: schema.description as string } : {});
