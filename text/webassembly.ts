// The part of WebAssembly used here: its types come with those of a browser only, which this library does not have.

declare const WebAssembly: {
  Module: new (code: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object) => { exports: Record<string, unknown> };
  Memory: new (size: { initial: number }) => Memory;
};

export type Memory = { buffer: ArrayBuffer; grow(pages: number): number };
type NumberFunction = (...numbers: number[]) => number;

const PAGE_BYTES = 65_536;

/** Starts a program of WebAssembly that has a memory of its own and one function of use here.
 *  @throws Error when it exports no such function or no memory */
export const openProgram = (code: Uint8Array, name: string): { memory: Memory; run: NumberFunction } => {
  const { memory, [name]: run } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(code))).exports;
  if (!(memory instanceof WebAssembly.Memory) || !isFunction(run)) throw new Error(`This program exports no memory and ${name}.`);
  return { memory, run };
};

const isFunction = (value: unknown): value is NumberFunction => typeof value === "function";

/** Makes the memory at least so large; earlier views of it are no longer valid. */
export const growTo = (memory: Memory, size: number): void => {
  const missing = size - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
};
