import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/**
 * Runs a command to its end and gives what it printed.
 * @throws Error with what it wrote to standard error when it fails or cannot be started.
 */
export async function runCommand(program: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = spawn(program, args, { env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code ?? 'a signal'}: ${stderr}`);
  return stdout;
}

/** Whether a command can be started and succeeds. */
export async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  return runCommand(program, args).then(() => true, () => false);
}
