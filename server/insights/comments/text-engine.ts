// The text engine as the server uses it: reading in a thread of its own, explaining here, where it is asked for a page of comments.
import { openShippedReader, openWorkerPool, readJudgedSources, unsureReading, type Correction, type SourceCounts, type TextReader, type What, type WordReading, type WorkerPool } from "@firsthand/text";
import type { EmotionName, Highlight, NeedName, Polarity, SentimentName } from "./comments.contract.ts";
import { needNames } from "./comments.contract.ts";
import { expressionsOf } from "./expressions.rules.ts";
import type { NameList, ReadingAnswer, ReadingsDone, ReadingTask } from "./reading-worker.ts";

// A thread holds about 40 MB; where nothing comes in for a while it is given back.
const IDLE_MS = 60_000;

/** Reads texts in a thread of its own that is started when the first ones come. */
export class TextEngine {
  #pool: WorkerPool<ReadingAnswer> | null = null;
  #running = 0;
  #idle: NodeJS.Timeout | null = null;

  /** Reads texts, with what their workspace has taught and the names it knows; one that cannot be read at all is said to be unsure. */
  async read(texts: readonly string[], { correction, names }: { correction: Correction | null; names: NameList | null }): Promise<ReadingsDone> {
    this.#pool ??= openWorkerPool({ file: new URL("./reading-worker.ts", import.meta.url), size: 1 });
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#running += 1;
    const task: ReadingTask = { texts, correction, namesKey: names?.key ?? null, names: null };
    try {
      const answer = await this.#pool.run(task);
      const done = answer === "names_wanted" ? await this.#pool.run({ ...task, names: names?.names ?? [] }) : answer;
      return done === null || done === "names_wanted" ? { version: shippedReader().version, readings: texts.map(() => ({ ...unsureReading(), named: [] })) } : done;
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  async close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    const pool = this.#pool;
    this.#pool = null;
    await pool?.close();
  }
}

let opened: TextReader | null = null;
const shippedReader = (): TextReader => (opened ??= openShippedReader());

/** What is read of the words of one text, here: not of personal data and names, which takes long for a long text. */
export const readWords = (text: string, correction: Correction | null): WordReading => shippedReader().readWords([text], correction ?? undefined)[0] ?? unsureReading();

/** The expressions that carried what was read, a few for each need, for the feeling and for the emotion. */
export const explainReading = (
  text: string,
  reading: { sentiment: SentimentName; emotion: EmotionName | null; needs: Partial<Record<NeedName, Polarity>>; isUrgent: boolean },
  correction: Correction | null,
): Highlight[] => {
  const reader = shippedReader();
  const wordsFor = (about: Highlight["about"], sign: number, what: What): Highlight[] => {
    const words = reader.explain(text, what, correction ?? undefined).map(({ from, to, weight }) => ({ from, to, weight: sign * weight }));
    return expressionsOf(text, words).map((expression) => ({ ...expression, about }));
  };
  return [
    ...needNames.flatMap((need) => (reading.needs[need] === undefined ? [] : wordsFor(need, 1, need))),
    ...signs[reading.sentiment].flatMap((sign) => wordsFor("sentiment", sign, "sentiment")),
    ...(reading.emotion === null ? [] : wordsFor("emotion", 1, reading.emotion)),
    ...(reading.isUrgent ? wordsFor("urgent", 1, "urgent") : []),
  ];
};

/** What speaks for a feeling: of a mixed one some words are good and others bad. */
const signs: Record<SentimentName, readonly (1 | -1)[]> = { pos: [1], neg: [-1], mix: [1, -1], neu: [] };

/** Of the model that comes with the program. */
export const baseVersion = (): string => shippedReader().version;

let judged: readonly SourceCounts[] | null = null;
/** Sources in which the errors of that model were measured; none where nobody did. */
export const judgedSources = (): readonly SourceCounts[] => (judged ??= readJudgedSources(baseVersion())?.sources ?? []);
