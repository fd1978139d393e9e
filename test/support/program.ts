import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EmbeddedAws } from '../../src/embedded/embedded-aws.js';

export const SERVER = fileURLToPath(new URL('../../src/server.js', import.meta.url));
export const DEMO = fileURLToPath(new URL('../../src/demo/demo.js', import.meta.url));

/** Options of Node.js with which `npm start` starts the server. */
export function serverOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { scripts: { start: string } };
  return /exec node ((?:--\S+ )*)dist\/src\/server\.js$/.exec(scripts.start)?.[1]?.trim().split(' ') ?? [];
}

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningProgram {
  readonly pid: number;
  /** Resolves with the first line of standard output that the test wants; rejects when the program ends before. */
  line(isWanted: (line: string) => boolean): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  readonly end: Promise<End>;
}

/** What a program needs of the tests' own environment, and nothing that it could take for a setting. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TEST_RUN_MARK', 'LD_LIBRARY_PATH', 'GDAL_DATA', 'PROJ_LIB'];

/** Starts one of our programs as a process of its own. */
export function startProgram(script: string, args: readonly string[], variables: Readonly<Record<string, string>>): RunningProgram {
  const passedOn = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const options = script === SERVER ? serverOptions() : [];
  const child = spawn(process.execPath, [...options, script, ...args], { env: { ...passedOn, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const notify of watchers) notify();
  });
  const end = endOf(child, lines);

  return {
    pid: child.pid ?? 0,
    end,
    kill: (signal) => void child.kill(signal),
    line(isWanted) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(isWanted);
          if (found === undefined) return;
          watchers.delete(look);
          resolve(found);
        };
        watchers.add(look);
        look();
        void end.then(({ code, signal, stdout, stderr }) => reject(new Error(`${script} ended early with ${signal ?? `code ${code ?? 'none'}`}:\n${stdout}\n${stderr}`)));
      });
    },
  };
}

/** Runs one of our programs to its end. */
export function runProgram(script: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<End> {
  return startProgram(script, args, variables).end;
}

/** Variables of a server that works on emulated AWS services and on a volume in the folder. */
export function variablesOnAws({ endpoints, credentials }: Pick<EmbeddedAws, 'endpoints' | 'credentials'>, folder: string): Record<string, string> {
  return {
    VIEWPOINT_BACKEND: 'aws',
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    EFS_MOUNT_NAME: join(folder, 'volume').slice(1),
    RECEIVE_WAIT_SECONDS: '1',
  };
}

/** Starts the server and waits until it serves; `url` is where. */
export async function startServer(variables: Readonly<Record<string, string>>): Promise<RunningProgram & { url: string }> {
  const program = startProgram(SERVER, [], { PORT: '0', HOST: '127.0.0.1', ...variables });
  const line = await program.line((text) => text.includes('"service started"'));
  return { ...program, url: (JSON.parse(line) as { url: string }).url };
}

async function endOf(child: ChildProcess, lines: readonly string[]): Promise<End> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout: lines.join('\n'), stderr };
}
