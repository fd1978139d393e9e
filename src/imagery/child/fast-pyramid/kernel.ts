import { KERNEL_MODULE } from './kernel-module.js';

/** The functions of kernel.as, which see; all numbers are addresses in the memory, in bytes, unless said otherwise. */
export interface KernelFunctions {
  countBytes: (from: number, pixels: number, tables: number) => void;
  countWords: (from: number, pixels: number, tables: number) => void;
  halveBytes: (from: number, to: number, count: number) => void;
  halveWords: (from: number, to: number, count: number) => void;
  joinToBytes: (rows: number, to: number, count: number, limit: number) => void;
  joinToWords: (rows: number, to: number, count: number, limit: number) => void;
  weighBytes: (from: number, to: number, count: number, kernels: number, weights: number) => void;
  weighWords: (from: number, to: number, count: number, kernels: number, weights: number) => void;
  joinRealsToBytes: (rows: number, weights: number, rowCount: number, to: number, count: number, limit: number) => void;
  joinRealsToWords: (rows: number, weights: number, rowCount: number, to: number, count: number, limit: number) => void;
  realsOfSums: (from: number, to: number, count: number, offset: number) => void;
}

/** The kernel with its memory, of fixed size until the next one is started. */
export interface Kernel {
  readonly call: KernelFunctions;
  readonly buffer: ArrayBuffer;
  /** The address of so many bytes, beyond either end of which SLACK_BYTES more may be read and written. */
  allocate: (bytes: number) => number;
  /** Takes back all that was allocated. */
  release: () => void;
}

/** Bytes beyond a row that the kernel may touch. */
export const SLACK_BYTES = 64;
const ALIGNMENT = 16;
const PAGE_BYTES = 65_536;

/** The room that `allocate` takes for so many bytes. */
export function allocatedBytes(bytes: number): number {
  return Math.ceil((bytes + 2 * SLACK_BYTES) / ALIGNMENT) * ALIGNMENT;
}

/** Of a memory with 32-bit addresses. */
const MOST_PAGES = 65_536;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** WebAssembly (W3C, JavaScript Interface), as far as it is used here; Node's type declarations leave it out. */
declare const WebAssembly: {
  validate: (bytes: Uint8Array) => boolean;
  Memory: new (descriptor: { initial: number; maximum: number }) => Memory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

interface Instance {
  readonly call: KernelFunctions;
  readonly memory: Memory;
}

/**
 * Kept, since to compile it takes longer than the work on a small image, and since a memory that is given up lies beside
 * the next one until it is collected.
 */
let instance: Instance | null = null;

/**
 * Starts a kernel with room for so many bytes in all, in the place of the one before, whose memory it takes over; null
 * where the processor lacks the vector instructions that WebAssembly's need (SSE 4.1 on x86), or the process may not
 * have so much memory.
 */
export function startKernel(bytes: number): Kernel | null {
  try {
    instance = withRoom(Math.ceil(bytes / PAGE_BYTES));
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return null;
    throw error;
  }
  if (instance === null) return null;
  const { call, memory } = instance;
  let end = 0;
  return {
    call,
    buffer: memory.buffer,
    allocate(size) {
      const address = end + SLACK_BYTES;
      end += allocatedBytes(size);
      if (end > bytes) throw new RangeError(`the kernel's memory of ${bytes} bytes is too small`);
      return address;
    },
    release() {
      end = 0;
    },
  };
}

/** @throws RangeError, TypeError where there is not so much memory. */
function withRoom(pages: number): Instance | null {
  if (instance === null) return instantiate(pages);
  const missing = pages - instance.memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) instance.memory.grow(missing);
  return instance;
}

function instantiate(pages: number): Instance | null {
  const code = Buffer.from(KERNEL_MODULE, 'base64');
  if (!WebAssembly.validate(code)) return null;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  return { call: exports as KernelFunctions, memory };
}
