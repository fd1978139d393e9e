// Compiles the pyramid's kernel to the kernel-module.ts that is checked in beside it, when run as a program:
// `node dist/test/imagery/fast-pyramid/compile-kernel.js`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../../src/imagery/child/fast-pyramid/', import.meta.url);
export const MODULE_PATH = fileURLToPath(new URL('kernel-module.ts', FOLDER));
const LINE_CHARACTERS = 120;
const OPTIONS = ['--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd', '--importMemory', '--initialMemory', '0'];

interface Compiler {
  main(options: string[], environment: object): Promise<{ error: Error | null; stderr: { toString(): string } }>;
}

/** The text of kernel-module.ts for what AssemblyScript makes of kernel.as; null where AssemblyScript is not installed. */
export async function compileKernel(): Promise<string | null> {
  const compiler = await loadCompiler();
  if (compiler === null) return null;
  // The compiler wants names that end in .ts, which TypeScript's own compiler would claim.
  const sources: Record<string, string> = { 'kernel.ts': readFileSync(new URL('kernel.as', FOLDER), 'utf8') };
  const written: Uint8Array[] = [];
  const { error, stderr } = await compiler.main(['kernel.ts', '--outFile', 'kernel.wasm', ...OPTIONS], {
    readFile: (name: string) => sources[name] ?? null,
    writeFile: (_name: string, content: Uint8Array) => written.push(content),
    listFiles: () => [],
  });
  const [module] = written;
  if (error !== null || module === undefined) throw new Error(`kernel.as does not compile:\n${stderr.toString()}`, { cause: error });
  return sourceOf(module);
}

/** A module of TypeScript, since the compiler brings those, and no other files, to where the program runs. */
function sourceOf(module: Uint8Array): string {
  const lines = Buffer.from(module).toString('base64').match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g')) ?? [];
  return [
    '// Made of kernel.as by compile-kernel in the tests; not for editing.',
    '/** The WebAssembly module of the kernel, in base64. */',
    'export const KERNEL_MODULE =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}

async function loadCompiler(): Promise<Compiler | null> {
  // By a variable, since the package need not be there for the rest to compile.
  const name = 'assemblyscript/asc';
  try {
    return ((await import(name)) as { default: Compiler }).default;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const module = await compileKernel();
  if (module === null) throw new Error('The package assemblyscript is not installed.');
  writeFileSync(MODULE_PATH, module);
}
