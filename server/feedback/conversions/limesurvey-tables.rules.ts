import type { SourceText } from "./draft.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import type { LimeFile, Row } from "./survey-file.rules.ts";

export type LimeQuestion = { qid: string; gid: string; code: string; type: string; row: Row; subquestions: readonly Row[]; answers: readonly Row[]; attributes: ReadonlyMap<string, string>; languages: readonly string[] };
export type LimeSource = { file: LimeFile; main: string; languages: readonly string[]; questions: readonly LimeQuestion[]; words: (table: "question" | "answer" | "group", id: string, column: string) => SourceText };

export const cell = (row: Row | undefined, column: string): string => row?.get(column) ?? "";

/** The tables of a LimeSurvey file as questions in their order. Reads both ways of keeping translations: tables of their own
 *  (since version 4), and one row per language. */
export function readLimeSource(file: LimeFile): LimeSource {
  const rowsOf = (table: string): readonly Row[] => file.tables.get(table) ?? [];
  const [survey] = rowsOf("surveys");
  const codes = [cell(survey, "language") || (file.languages[0] ?? "en"), ...cell(survey, "additional_languages").split(/\s+/), ...file.languages];
  const languages = [...new Set(codes.flatMap((code) => languageTag(code) ?? []))];
  const attributes = groupBy(rowsOf("question_attributes"), "qid");
  const subquestions = groupBy(sorted(firstOf([...rowsOf("subquestions"), ...rowsOf("questions").filter((row) => !isTop(row))], "qid"), "question_order"), "parent_qid");
  const answers = groupBy(sorted(firstOf(rowsOf("answers"), "qid", "scale_id", "code"), "sortorder"), "qid");
  const places = new Map(sorted(firstOf(rowsOf("groups"), "gid"), "group_order").map((row, index) => [cell(row, "gid"), index]));
  const placeOf = (row: Row): number => places.get(cell(row, "gid")) ?? -1;
  const tops = sorted(firstOf(rowsOf("questions").filter(isTop), "qid"), "question_order");
  const inOrder = tops.toSorted((one, other) => placeOf(one) - placeOf(other));
  return {
    file, main: languages[0] ?? "en", languages: languages.length === 0 ? ["en"] : languages, words: wordsFrom(file),
    questions: inOrder.map((row) => {
      const qid = cell(row, "qid");
      return {
        qid, gid: cell(row, "gid"), code: cell(row, "title") || qid, type: cell(row, "type"), row, languages,
        subquestions: subquestions.get(qid) ?? [], answers: answers.get(qid) ?? [],
        attributes: new Map((attributes.get(qid) ?? []).map((one) => [withLanguage(one), cell(one, "value")])),
      };
    }),
  };
}

const isTop = (row: Row): boolean => ["", "0"].includes(cell(row, "parent_qid"));
const withLanguage = (row: Row): string => (cell(row, "language") === "" ? cell(row, "attribute") : `${cell(row, "attribute")}:${languageTag(cell(row, "language")) ?? ""}`);

function firstOf(rows: readonly Row[], ...keys: readonly string[]): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = keys.map((name) => cell(row, name)).join("\n");
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function sorted(rows: readonly Row[], column: string): Row[] {
  return rows.toSorted((one, other) => Number(cell(one, column)) - Number(cell(other, column)));
}

function groupBy(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(cell(row, column));
    if (group === undefined) groups.set(cell(row, column), [row]);
    else group.push(row);
  }
  return groups;
}

const TABLES = {
  question: { own: ["questions", "subquestions"], translated: "question_l10ns", id: "qid", ids: (row: Row) => cell(row, "qid") },
  answer: { own: ["answers"], translated: "answer_l10ns", id: "aid", ids: (row: Row) => `${cell(row, "qid")}/${cell(row, "scale_id")}/${cell(row, "code")}` },
  group: { own: ["groups"], translated: "group_l10ns", id: "gid", ids: (row: Row) => cell(row, "gid") },
} as const;

function wordsFrom(file: LimeFile): LimeSource["words"] {
  const index = new Map<string, Row[]>();
  const put = (key: string, row: Row): void => void index.set(key, [...(index.get(key) ?? []), row]);
  for (const [name, table] of Object.entries(TABLES)) {
    for (const row of file.tables.get(table.translated) ?? []) put(`${name}:${cell(row, table.id)}`, row);
    for (const own of table.own) for (const row of file.tables.get(own) ?? []) if (cell(row, "language") !== "") put(`${name}:${table.ids(row)}`, row);
  }
  return (table, id, column) => (index.get(`${table}:${id}`) ?? []).map((row) => [languageTag(cell(row, "language")) ?? "", cell(row, column)] as const);
}
