import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeApi } from '../../openapi/describe-api.js';

interface Media {
  schema?: { examples?: unknown[]; $ref?: string; format?: string };
  example?: unknown;
}
interface Operation {
  summary?: string;
  description?: string;
  responses: Record<string, { content?: Record<string, Media> }>;
}

const document = (await describeApi()) as { paths: Record<string, Record<string, Operation>>; components: object };

function operations(): [name: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as [string, Operation]));
}

/** Places of all schema members that say nothing of themselves. */
function undescribed(value: unknown, place: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => undescribed(each, `${place}[${index}]`));
  const { properties, ...rest } = value as Record<string, unknown>;
  const others = Object.entries(rest).filter(([name]) => name !== 'example' && name !== 'examples');
  const members = Object.entries((properties ?? {}) as Record<string, { description?: string; $ref?: string }>);
  return [
    ...members.filter(([, { description, $ref }]) => $ref === undefined && (description ?? '') === '').map(([name]) => `${place}.${name}`),
    ...members.flatMap(([name, member]) => undescribed(member, `${place}.${name}`)),
    ...others.flatMap(([name, other]) => undescribed(other, `${place}/${name}`)),
  ];
}

test('every operation has a summary and a description, and every field a description', () => {
  assert.ok(operations().length > 10);
  for (const [name, { summary, description }] of operations()) assert.ok(summary && description, name);
  assert.deepEqual(undescribed(document, ''), []);
});

test('every answer with a body shows an example of it', () => {
  const bare = operations().flatMap(([name, { responses }]) =>
    Object.entries(responses).flatMap(([status, { content = {} }]) =>
      Object.values(content)
        .filter(({ schema, example }) => schema?.format !== 'binary' && example === undefined && schema?.examples === undefined)
        .map(() => `${name} ${status}`),
    ),
  );
  assert.deepEqual(bare, []);
});
