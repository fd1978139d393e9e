import { fileURLToPath } from 'node:url';
import { createConfig, formatProblems, getTotals, lint } from '@redocly/openapi-core';

/** Holds openapi.json against Redocly's recommended rules, and wants a description of every parameter; a finding fails. */
const ref = fileURLToPath(new URL('../../openapi/openapi.json', import.meta.url));
const config = await createConfig({
  extends: ['recommended'],
  rules: { 'operation-4xx-response': 'error', 'parameter-description': 'error', 'no-invalid-media-type-examples': 'error', 'no-invalid-schema-examples': 'error', 'no-invalid-parameter-examples': 'error', 'operation-description': 'error' },
});
const problems = await lint({ ref, config });
const totals = getTotals(problems);
formatProblems(problems, { format: 'stylish', totals, version: '' });
if (problems.length > 0) {
  console.error(`openapi/openapi.json: ${totals.errors} errors and ${totals.warnings} warnings of Redocly's rules.`);
  process.exitCode = 1;
}
