// Themes of the comments of one file. They are found in a sample, by a pass of its own, and then given to each comment as it is read: what people
// write about is not known before all of them were heard.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ThemeAssigner, type ThemeModel } from "@firsthand/text";
import type { CommentFile, Portion } from "./comment-file.ts";
import { parseLines } from "./comment-lines.ts";

/** Themes as bytes all threads see: the words of fifty of them handed over with each portion would take longer than reading it. */
export type SharedThemes = SharedArrayBuffer;

type FoundThemes = { names: string[]; sampled: number; shared: SharedThemes };

export type NamedTheme = ThemeModel & { name: string };

const sampleMost = 20_000;
// Of about 900 comments each. Of a longer file at least half as many are kept.
const portionsMost = 48;
/** More of one comment tells no more about what it is about. */
const textMost = 4_000;
/** As workers of the pool have them: else rubbish of a hundred megabytes lies about. */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1_024 };

/** The themes of a file's comments; none where fewer than 200 are of one language. */
export const findThemes = async (file: CommentFile): Promise<FoundThemes> => {
  const sample = evenly((await keepEvenly(file.portions)).flatMap(textsOf), sampleMost);
  const worker = new Worker(new URL("./comment-themes-worker.ts", import.meta.url), { workerData: sample, resourceLimits });
  const [themes]: NamedTheme[][] = await once(worker, "message");
  await worker.terminate();
  return { names: (themes ?? []).map(({ name }) => name), sampled: sample.length, shared: share(themes ?? []) };
};

// Every portion, then every second, every fourth: nobody knows how long a packed file is before its end.
const keepEvenly = async (portions: AsyncIterable<Portion>): Promise<Portion[]> => {
  let kept: Portion[] = [];
  let step = 1;
  let place = 0;
  for await (const portion of portions) {
    if (place % step === 0) kept.push(portion);
    place += 1;
    if (kept.length <= portionsMost) continue;
    kept = kept.filter((_portion, index) => index % 2 === 0);
    step *= 2;
  }
  return kept;
};

const textsOf = (portion: Portion): string[] => (portion.kind === "lines" ? parseLines(portion).texts : portion.texts).filter((text) => text.trim() !== "");

const evenly = (texts: readonly string[], most: number): string[] => {
  const chosen = Math.min(most, texts.length);
  return Array.from({ length: chosen }, (_, index) => (texts[Math.floor((index * texts.length) / chosen)] ?? "").slice(0, textMost));
};

const share = (themes: readonly NamedTheme[]): SharedThemes => {
  const bytes = new TextEncoder().encode(JSON.stringify(themes));
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  return shared;
};

/** The themes of one comment, surest first, and how sure each is. */
export type ThemesOf = (text: string) => { name: string; sure: number }[];

/** Opened once in each thread. */
export const openThemes = (shared: SharedThemes): ThemesOf => {
  // Decoders refuse bytes that others may change.
  const themes: NamedTheme[] = JSON.parse(new TextDecoder().decode(new Uint8Array(shared).slice()));
  const assigner = new ThemeAssigner(themes);
  return (text) => assigner.assign(text).map(({ theme, sure }) => ({ name: themes[theme]?.name ?? "", sure }));
};
