// The text engine as the server uses it: reading and explaining in threads of their own.
import { openShippedReader, openWorkerPool, readJudgedSources, unsureReading, type Asked, type Correction, type SourceCounts, type TextReader, type WordReading, type WorkerPool } from "@firsthand/text";
import type { Highlight, Mark } from "./comments.contract.ts";
import type { Explained } from "./explaining.ts";
import { unnamed, type NamedReading } from "./read-each.ts";
import type { ExplainingTask, NameList, ReadingAnswer, ReadingsDone, ReadingTask } from "./reading-worker.ts";

// A thread holds about 40 MB; where nothing comes in for a while it is given back.
const IDLE_MS = 60_000;

type ReadWith = { correction: Correction | null; asked?: readonly (Asked | null)[]; names: NameList | null; marked?: ReadonlyMap<number, readonly Mark[]> };

/** Reads texts in a thread of its own that is started when the first ones come. One text has about a second, and once more when the others are
 *  read as far as it; then a new thread goes on without it.
 *  @param file the program of the thread @param partMs the time for one text, null: the usual */
export class TextEngine {
  readonly #file: URL;
  readonly #partMs: number | undefined;
  #pool: WorkerPool<ReadingAnswer> | null = null;
  #running = 0;
  #idle: NodeJS.Timeout | null = null;

  constructor(file = new URL("./reading-worker.ts", import.meta.url), partMs?: number) {
    this.#file = file;
    this.#partMs = partMs;
  }

  /** Reads texts, with what their workspace has taught, what they were asked for, the names it knows and what people marked in some of them, by their places in the list; one
   *  that cannot be read, or not in its time, is said to be unsure. */
  async read(texts: readonly string[], { correction, asked = [], names, marked = new Map() }: ReadWith): Promise<ReadingsDone> {
    const task: ReadingTask = { texts, marked, correction, asked, namesKey: names?.key ?? null, names: null };
    const answer = await this.#run(task);
    const done = answer === "names_wanted" ? await this.#run({ ...task, names: names?.names ?? [] }) : answer;
    return done !== null && typeof done === "object" && "readings" in done ? done : { version: shippedReader().version, readings: texts.map(unnamed) };
  }

  /** The words that carried what was read, of each text; none for one that stalls the thread. */
  async explain(explained: readonly Explained[], correction: Correction | null): Promise<Highlight[][]> {
    if (explained.length === 0) return [];
    const done = await this.#run({ explained, correction });
    return done !== null && typeof done === "object" && "highlights" in done ? done.highlights : explained.map(() => []);
  }

  async #run(task: ReadingTask | ExplainingTask): Promise<ReadingAnswer | null> {
    this.#pool ??= openWorkerPool({ file: this.#file, size: 1, ...(this.#partMs === undefined ? {} : { partMs: this.#partMs }) });
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#running += 1;
    try {
      return await this.#pool.run(task);
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
export const readWords = (text: string, correction: Correction | null, asked: Asked | null): WordReading => shippedReader().readWords([text], { correction: correction ?? undefined, asked: [asked] })[0] ?? unsureReading(text);

const explainer = new TextEngine();

/** Reads one text whole, in a thread of its own. */
export const readText = async (text: string, given: Omit<ReadWith, "marked"> & { marks: readonly Mark[] }): Promise<NamedReading> =>
  (await explainer.read([text], { ...given, marked: new Map([[0, given.marks]]) })).readings[0] ?? unnamed(text);

/** The expressions that carried what was read, of each text, found in a thread of its own; none for a text that stalls it. */
export const explainReadings = (explained: readonly Explained[], correction: Correction | null): Promise<Highlight[][]> => explainer.explain(explained, correction);

/** Of the model that comes with the program. */
export const baseVersion = (): string => shippedReader().version;

let judged: readonly SourceCounts[] | null = null;
/** Sources in which the errors of that model were measured; none where nobody did. */
export const judgedSources = (): readonly SourceCounts[] => (judged ??= readJudgedSources(baseVersion())?.sources ?? []);
