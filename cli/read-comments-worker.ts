// Reads portions of a file of comments in a thread of its own: parsing, reading and writing, so that the main thread only moves bytes.
import { openShippedReader, serveWorkerPool, unsureReading, type Turn, type WordReading } from "@firsthand/text";
import type { BadRow, Portion } from "./comment-file.ts";
import { writeReading } from "./comment-json.ts";
import { parseLines, type Comments } from "./comment-lines.ts";
import { countReadings, type ReadingCounts } from "./comment-summary.ts";
import { openThemes, type SharedThemes, type ThemesOf } from "./comment-themes.ts";

/** `themes` are the same for all portions of a run; null when nobody asked for them. */
export type PortionTask = { portion: Portion; isJson: boolean; themes: SharedThemes | null };

/** Lines of JSON, when they are wanted, else counts. */
export type PortionRead = { comments: number; lines: Uint8Array | null; counts: ReadingCounts | null; badRows: BadRow[]; bad: number };

type BulkReader = (texts: readonly string[]) => WordReading[];

/** Reads words alone: nobody asks here for personal data and mentions. */
const openBulkReader = (): BulkReader => {
  const reader = openShippedReader();
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(2 ** 21);
  return (texts) => {
    const offsets = new Uint32Array(texts.length + 1);
    let place = 0;
    texts.forEach((text, index) => {
      // No UTF-16 code unit takes more than three bytes.
      const room = place + text.length * 3;
      if (room > bytes.length) bytes = enlarged(bytes, room * 2);
      place += encoder.encodeInto(text, bytes.subarray(place)).written;
      offsets[index + 1] = place;
    });
    return reader.readBytes(bytes, offsets);
  };
};

const enlarged = (bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> => {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
};

const readOneByOne = (read: BulkReader, texts: readonly string[], turn: Turn): WordReading[] =>
  texts.map((text, index) => {
    turn.at(index);
    return turn.isSkipped(index) ? unsureReading() : (read([text])[0] ?? unsureReading());
  });

const themeOneByOne = (themesOf: ThemesOf, texts: readonly string[], turn: Turn): ReturnType<ThemesOf>[] =>
  texts.map((text, index) => {
    if (turn.isCareful) turn.at(index);
    return turn.isCareful && turn.isSkipped(index) ? [] : themesOf(text);
  });

const commentsOf = (portion: Portion): Comments =>
  portion.kind === "lines" ? parseLines(portion) : { texts: portion.texts, ids: portion.ids.map((id) => JSON.stringify(id)), badRows: [], bad: 0 };

serveWorkerPool((): ((task: PortionTask, turn: Turn) => { answer: PortionRead; transfer: ArrayBuffer[] }) => {
  const read = openBulkReader();
  let themesOf: ThemesOf | null = null;
  return ({ portion, isJson, themes }, turn) => {
    const { texts, ids, badRows, bad } = commentsOf(portion);
    const readings = turn.isCareful ? readOneByOne(read, texts, turn) : read(texts);
    if (themes !== null) themesOf ??= openThemes(themes);
    const themed = themesOf === null ? null : themeOneByOne(themesOf, texts, turn);
    const common = { comments: readings.length, badRows, bad };
    if (!isJson) return { answer: { ...common, lines: null, counts: countReadings(readings, themed) }, transfer: [] };
    const lines = new TextEncoder().encode(readings.map((reading, index) => writeReading(ids[index] ?? "null", reading, themed === null ? null : themed[index] ?? [])).join(""));
    return { answer: { ...common, lines, counts: null }, transfer: [lines.buffer] };
  };
});
