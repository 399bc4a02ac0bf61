import { type TimeFormat, guessTimeFormat, isKnownZone, readTimeAs } from "../../customers/imports/times.rules.ts";
import type { Answers, SurveyDefinition } from "../surveys/definition.contract.ts";
import { languageTag } from "./language-tags.rules.ts";
import { answersOf } from "./response-answers.rules.ts";
import type { ColumnUse } from "./response-columns.rules.ts";
import { readColumns } from "./response-columns.rules.ts";
import type { ImportColumn, ResponsePreview } from "./response-imports.contract.ts";
import type { ResponseTable } from "./response-table.rules.ts";

/** One response of the file, ready to be written. `sourceId` is the same each time the same file is read. */
export type PastRow = { sourceId: string; startedAt: Date; completedAt: Date; isComplete: boolean; language: string; email: string | null; external: string | null; answers: Answers };
export type PastRows = { rows: PastRow[]; preview: ResponsePreview };

const DAY_MS = 86_400_000;

/** Reads every row of a file of responses against a survey.
 *  @param given `zone` for times that name none, UTC when it is not known; `now` refuses times to come; `hash` makes an id of a row that has none */
export function readPastRows(definition: SurveyDefinition, table: ResponseTable, given: { zone: string; now: Date; hash: (text: string) => string }): PastRows {
  const uses = readColumns(definition, table.columns);
  const times = timeReader(table, uses, isKnownZone(given.zone) ? given.zone : "UTC");
  const tally = new Map<number, Map<string, number>>();
  const refusals = new Map<string, number>();
  const refuse = (reason: string): null => {
    refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
    return null;
  };
  const rows = table.rows.flatMap((row, index) => {
    const read = readRow(definition, { table, uses, row, index }, { ...given, times, refuse });
    for (const { column, value } of read?.unmatched ?? []) {
      const values = tally.get(column) ?? new Map<string, number>();
      if (values.size < 1_000 || values.has(value)) values.set(value, (values.get(value) ?? 0) + 1);
      tally.set(column, values);
    }
    return read === null ? [] : [read.row];
  });
  return { rows, preview: previewOf(table, uses, { rows, tally, refusals }) };
}

type Times = (value: string) => number | null;

function timeReader(table: ResponseTable, uses: readonly ColumnUse[], zone: string): Times {
  const columns = uses.flatMap((use, index) => (use.use === "started" || use.use === "completed" ? [index] : []));
  const samples = table.rows.slice(0, 200).flatMap((row) => columns.flatMap((column) => row[column]?.[0] ?? []));
  const guessed = guessTimeFormat(samples);
  // Day and month are told apart by the file as a whole; where both fit, American tools write the month first.
  const formats: TimeFormat[] = ["iso", ...(guessed === null ? [] : [guessed.isAmbiguous ? ("mdy" as const) : guessed.format])];
  return (value) => {
    for (const format of formats) {
      const at = readTimeAs(value, format, zone);
      if (at !== null) return at;
    }
    return null;
  };
}

type RowPlace = { table: ResponseTable; uses: readonly ColumnUse[]; row: readonly (readonly string[])[]; index: number };
type Reading = { now: Date; hash: (text: string) => string; times: Times; refuse: (reason: string) => null };

function readRow(definition: SurveyDefinition, place: RowPlace, reading: Reading): { row: PastRow; unmatched: { column: number; value: string }[] } | null {
  const cell = (use: ColumnUse["use"]): string => {
    const column = place.uses.findIndex((one) => one.use === use);
    return column < 0 ? "" : (place.row[column]?.[0] ?? "");
  };
  if (/preview|^1$|spam|^8$/i.test(cell("kind")) && place.table.kind === "qualtrics") return reading.refuse("It is a preview or spam in the source.");
  const completed = reading.times(cell("completed")) ?? reading.times(cell("started"));
  if (completed === null) return reading.refuse("It has no time.");
  if (completed > reading.now.getTime() + DAY_MS) return reading.refuse("Its time is in the future.");
  const started = reading.times(cell("started")) ?? completed;
  const { answers, unmatched } = answersOf(definition, place.uses, place.row, place.table.kind === "qualtrics");
  if (Object.keys(answers).length === 0) return reading.refuse("It answers no question of this survey.");
  const id = cell("id");
  const tag = languageTag(cell("language"));
  const isComplete = !/^(0|false|no|n)$/i.test(cell("finished"));
  return {
    unmatched,
    row: {
      sourceId: id === "" ? `row:${place.index}:${reading.hash(JSON.stringify(place.row))}` : id,
      startedAt: new Date(Math.min(started, completed)), completedAt: new Date(completed), isComplete,
      language: tag !== null && definition.languages.includes(tag) ? tag : (definition.languages[0] ?? "en"),
      email: cell("email") === "" ? null : cell("email"), external: cell("external") === "" ? null : cell("external"), answers,
    },
  };
}

function previewOf(table: ResponseTable, uses: readonly ColumnUse[], found: { rows: readonly PastRow[]; tally: ReadonlyMap<number, ReadonlyMap<string, number>>; refusals: ReadonlyMap<string, number> }): ResponsePreview {
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { completedAt } of found.rows) {
    earliest = Math.min(earliest, completedAt.getTime());
    latest = Math.max(latest, completedAt.getTime());
  }
  const columns = table.columns.map((column, index): ImportColumn => {
    const use = uses[index] ?? { use: "unknown" };
    const values = [...(found.tally.get(index) ?? [])].toSorted(([, one], [, other]) => other - one).slice(0, 5);
    return {
      name: column.name.slice(0, 300), label: column.label.slice(0, 300), use: use.use, questionId: use.use === "answer" ? use.questionId : null,
      answers: table.rows.filter((row) => (row[index] ?? []).length > 0).length, unmatched: values.map(([value, count]) => ({ value, count })),
    };
  });
  return {
    kind: table.kind, rows: table.rows.length, usable: found.rows.length, refused: [...found.refusals].map(([reason, count]) => ({ reason, count })),
    earliest: found.rows.length === 0 ? null : new Date(earliest).toISOString(), latest: found.rows.length === 0 ? null : new Date(latest).toISOString(), columns,
  };
}
