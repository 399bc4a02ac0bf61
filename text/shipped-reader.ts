// The model that comes with the program.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openReader, type TextReader } from "./reader.ts";
import type { JudgedModel } from "./judged-sources.ts";
import { teach, type InUse, type Lesson, type Teaching } from "./teaching.ts";

/** Opens the model that comes with the program, for one thread; takes about a tenth of a second. */
export const openShippedReader = (): TextReader => openReader(read("model.bin"), read("kernel.wasm"));

/** How the model that comes with the program reads comments of sources it has not seen; null where nobody measured this very model.
 *  @param version of the reader */
export const readJudgedSources = (version: string): JudgedModel | null => {
  const file = join(import.meta.dirname, JUDGED_FILE);
  if (!existsSync(file)) return null;
  const judged: JudgedModel = JSON.parse(readFileSync(file, "utf8"));
  return judged.model === version ? judged : null;
};

/** Written beside the model by bench/text/train.ts. */
const JUDGED_FILE = "judged-sources.json";
const read = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, name));

/** Learns from what people set right, over the model that comes with the program.
 *  @param inUse of that very model */
export const teachShippedReader = (lessons: readonly Lesson[], anchors: readonly string[], inUse: InUse | null = null): Teaching | null =>
  teach(read("model.bin"), read("kernel.wasm"), lessons, anchors, inUse);
