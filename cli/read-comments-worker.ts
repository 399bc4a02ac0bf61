// Reads portions of a file of comments in a thread of its own: parsing, reading and writing, so that the main thread only moves bytes.
import { openShippedReader, serveWorkerPool, type Asked, type TextReader, type Turn, type WordReading } from "@firsthand/text";
import type { BadRow, Portion } from "./comment-file.ts";
import { writeReading } from "./comment-json.ts";
import { parseLines, type Comments } from "./comment-lines.ts";
import { countReadings, type ReadingCounts } from "./comment-summary.ts";
import { openThemes, type SharedThemes, type ThemesOf } from "./comment-themes.ts";

/** `asked` is what all comments answer, `themes` are the same for all portions of a run; null when nobody asked for them. */
export type PortionTask = { portion: Portion; isJson: boolean; asked: Asked | null; themes: SharedThemes | null };

/** Lines of JSON, when they are wanted, else counts. */
export type PortionRead = { comments: number; lines: Uint8Array | null; counts: ReadingCounts | null; badRows: BadRow[]; bad: number };

const readHealthy = (read: TextReader["readWords"], texts: readonly string[], asked: Asked | null, turn: Turn): WordReading[] => {
  const by = asked === null ? {} : { asked: texts.map(() => asked) };
  // Nothing is read in an empty text: what one that is left out gets.
  const healthy = texts.map((text, index) => (turn.isSkipped(index) ? "" : text));
  return turn.isCareful ? healthy.flatMap((text, index) => read([text], by, () => turn.at(index))) : read(healthy, by, turn.at);
};

const themeHealthy = (themesOf: ThemesOf, texts: readonly string[], turn: Turn): ReturnType<ThemesOf>[] =>
  texts.map((text, index) => {
    turn.at(index);
    return turn.isSkipped(index) ? [] : themesOf(text);
  });

const commentsOf = (portion: Portion): Comments =>
  portion.kind === "lines" ? parseLines(portion) : { texts: portion.texts, ids: portion.ids.map((id) => JSON.stringify(id)), badRows: [], bad: 0 };

serveWorkerPool((): ((task: PortionTask, turn: Turn) => { answer: PortionRead; transfer: ArrayBuffer[] }) => {
  // Nobody asks here for personal data and mentions.
  const read = openShippedReader().readWords;
  let themesOf: ThemesOf | null = null;
  return ({ portion, isJson, asked, themes }, turn) => {
    const { texts, ids, badRows, bad } = commentsOf(portion);
    const readings = readHealthy(read, texts, asked, turn);
    if (themes !== null) themesOf ??= openThemes(themes);
    const themed = themesOf === null ? null : themeHealthy(themesOf, texts, turn);
    const common = { comments: readings.length, badRows, bad };
    if (!isJson) return { answer: { ...common, lines: null, counts: countReadings(readings, themed) }, transfer: [] };
    const lines = new TextEncoder().encode(readings.map((reading, index) => writeReading(ids[index] ?? "null", reading, themed === null ? null : themed[index] ?? [])).join(""));
    return { answer: { ...common, lines, counts: null }, transfer: [lines.buffer] };
  };
});
