// The part of WebAssembly used here: its types come with those of a browser only, which this library does not have.

declare const WebAssembly: {
  Module: new (code: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports?: Imports) => { exports: Record<string, unknown> };
  Memory: new (size: { initial: number }) => Memory;
};

export type Memory = { buffer: ArrayBuffer; grow(pages: number): number };
/** What a program may call, by the name of a part and of a function. */
export type Imports = Record<string, Record<string, (...numbers: number[]) => number>>;
export type NumberFunction = (...numbers: number[]) => number;

const PAGE_BYTES = 65_536;

/** Starts a program of WebAssembly that has a memory of its own.
 *  @throws Error when it exports no memory; what is asked of `exported` throws when there is no such function */
export const openProgram = (code: Uint8Array, imports: Imports = {}): { memory: Memory; exported: (name: string) => NumberFunction } => {
  const { memory, ...others } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(code)), imports).exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("This program exports no memory.");
  const exported = (name: string): NumberFunction => {
    const found = others[name];
    if (!isFunction(found)) throw new Error(`This program exports no ${name}.`);
    return found;
  };
  return { memory, exported };
};

const isFunction = (value: unknown): value is NumberFunction => typeof value === "function";

/** Makes the memory at least so large; earlier views of it are no longer valid. */
export const growTo = (memory: Memory, size: number): void => {
  const missing = size - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
};
