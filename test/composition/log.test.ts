import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MODULE = fileURLToPath(new URL('../../src/composition/log.js', import.meta.url));
const SCRIPT = (format: string) =>
  `import(${JSON.stringify(MODULE)}).then(async ({ createLog }) => (await createLog({ level: "info", format: ${JSON.stringify(format)}, replica: "r", secrets: ["open sesame"] })).info({ viewpointId: "v" }, "hello open sesame"))`;
const piped = (format: string) => execFileSync(process.execPath, ['-e', SCRIPT(format)], { encoding: 'utf8' });
/** util-linux's `script` gives the program a terminal. */
const inTerminal = (format: string) => execFileSync('script', ['-qec', `${process.execPath} -e '${SCRIPT(format)}'`, '/dev/null'], { encoding: 'utf8' });

test('in a terminal the log is for people, elsewhere a JSON object a line', () => {
  const { level, msg, viewpointId } = JSON.parse(piped('auto')) as Record<string, unknown>;
  assert.deepEqual([level, msg, viewpointId], ['info', 'hello [secret]', 'v']);
  assert.match(inTerminal('auto'), /\d\d:\d\d:\d\d\.\d{3}.*INFO.*hello \[secret\].*viewpointId/);
});

test('LOG_FORMAT decides against the terminal, and against the pipe', () => {
  assert.equal((JSON.parse(inTerminal('json')) as { msg: string }).msg, 'hello [secret]');
  assert.match(piped('pretty'), /INFO.*hello \[secret\]/);
});
