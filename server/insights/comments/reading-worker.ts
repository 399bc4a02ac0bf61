// Reads comments in a thread of its own, so that no page and no event waits for a long text.
import { compileNames, openShippedReader, serveWorkerPool, type Asked, type Correction, type KnownName, type KnownNames, type Turn } from "@firsthand/text";
import { explainWith, type Explained } from "./explaining.ts";
import { nameMarked } from "./marked-words.ts";
import { readHealthy, type NamedReading } from "./read-each.ts";
import type { Highlight, Mark } from "./comments.contract.ts";

/** Names of a workspace; the key changes with them. */
export type NameList = { key: string; names: readonly KnownName[] };
/** Names are sent when the thread asks for them: they may be twenty thousand, and are the same for many portions. */
export type ReadingTask = {
  texts: readonly string[];
  /** What people marked in some of the texts, by their places in the list. */
  marked: ReadonlyMap<number, readonly Mark[]>;
  correction: Correction | null;
  /** What each text was asked for; empty where none was. */
  asked: readonly (Asked | null)[];
  namesKey: string | null;
  names: readonly KnownName[] | null;
};
export type ReadingsDone = { version: string; readings: NamedReading[] };
export type ReadingAnswer = ReadingsDone | "names_wanted" | { highlights: Highlight[][] };
/** What carried readings that are there, for a page of comments. */
export type ExplainingTask = { explained: readonly Explained[]; correction: Correction | null };

const LISTS_KEPT = 50;
const lists = new Map<string, KnownNames>();

const findNames = ({ namesKey, names }: ReadingTask): KnownNames | null | "names_wanted" => {
  if (namesKey === null) return null;
  const known = lists.get(namesKey);
  if (known !== undefined) return known;
  if (names === null) return "names_wanted";
  const [oldest] = lists.keys();
  if (lists.size >= LISTS_KEPT && oldest !== undefined) lists.delete(oldest);
  const compiled = compileNames(names);
  lists.set(namesKey, compiled);
  return compiled;
};

serveWorkerPool((): ((task: ReadingTask | ExplainingTask, turn: Turn) => { answer: ReadingAnswer }) => {
  const reader = openShippedReader();
  const explain = ({ explained, correction }: ExplainingTask, turn: Turn): Highlight[][] =>
    explained.map((one, place) => {
      turn.at(place);
      return turn.isSkipped(place) ? [] : explainWith(reader, one, correction);
    });
  return (task, turn) => {
    if ("explained" in task) return { answer: { highlights: explain(task, turn) } };
    const { texts, marked, correction, asked } = task;
    const known = findNames(task);
    if (known === "names_wanted") return { answer: known };
    const read = (some: readonly string[], from: number): NamedReading[] =>
      reader.read(some, { correction: correction ?? undefined, asked: asked.slice(from, from + some.length) }, (place, times) => turn.at(place === null && !turn.isCareful ? null : from + (place ?? 0), times)).map((reading, place) => {
        turn.at(from + place);
        return nameMarked(some[place] ?? "", reading, marked.get(from + place) ?? [], known);
      });
    return { answer: { version: reader.version, readings: readHealthy(texts, turn, read) } };
  };
});
