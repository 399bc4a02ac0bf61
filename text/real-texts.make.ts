// Texts that people wrote, where they lie beside the project: for tests, which do without them elsewhere.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const folders = ["text", "multilingual"].map((name) => join(import.meta.dirname, "../../shared/data", name));

/** @returns about as many from each file as asked for, spread over it; a line is a text, whatever it is written in */
export const readRealTexts = (countPerFile: number): string[] =>
  folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder).flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      const lines = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
      const step = Math.max(1, Math.floor(lines.length / countPerFile));
      return lines.filter((_, index) => index % step === 0).map((line) => line.slice(0, 4_000));
    }),
  );
