// The model that comes with the program.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openReader, type TextReader } from "./reader.ts";
import { teach, type Lesson, type Teaching } from "./teaching.ts";

/** Opens the model that comes with the program, for one thread; takes about a tenth of a second. */
export const openShippedReader = (): TextReader => openReader(read("model.bin"), read("kernel.wasm"));

const read = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, name));

/** Learns from what people set right, over the model that comes with the program. */
export const teachShippedReader = (lessons: readonly Lesson[], anchors: readonly string[]): Teaching | null => teach(read("model.bin"), read("kernel.wasm"), lessons, anchors);
