import type { Question, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";
import type { ResponseColumn } from "./response-table.rules.ts";

/** What a column is for. `part` is an option, row or field; `cell` a column of a table's row. */
export type ColumnUse =
  | { use: "answer"; questionId: string; part: string | null; cell: string | null; isText: boolean }
  | { use: "id" | "started" | "completed" | "email" | "external" | "language" | "finished" | "kind" | "ignored" | "unknown" };

const KNOWN: readonly (readonly [RegExp, Exclude<ColumnUse["use"], "answer" | "unknown">])[] = [
  [/^(response ?id|_recordid|response_id|respondent ?id|id|token|#)$/i, "id"],
  [/^(start ?date|startdate|date started|start time|landed_at|started ?at|start date \(utc\))$/i, "started"],
  [/^(end ?date|submitdate|date submitted|date modified|end time|submitted_at|recorded ?date|completed ?at|submit date \(utc\)|timestamp|datestamp|date)$/i, "completed"],
  [/^(recipient ?email|panel-recipientemail|e-?mail( ?address)?)$/i, "email"],
  [/^(external ?(data ?)?reference|panel-externaldatareference)$/i, "external"],
  [/^(user ?language|q_language|startlanguage|language|respondent language)$/i, "language"],
  [/^finished$/i, "finished"],
  [/^status$/i, "kind"],
  [/^(response ?set(id)?|ip ?address|progress|duration.*|recipient(first|last) ?name|location(latitude|longitude|accuracy)|distribution ?channel|lastpage|seed|network ?id|tags|custom data.*|collector ?id|last name|first name|refurl|panel-.*|location-.*)$/i, "ignored"],
];

/** What each column is for: known facts of a response, answers by the question's id or its words, or unknown. */
export function readColumns(definition: SurveyDefinition, columns: readonly ResponseColumn[]): ColumnUse[] {
  const names = namesIn(definition);
  const taken = new Set<string>();
  return columns.map((column): ColumnUse => {
    const answer = findAnswer(names, column);
    const fact = KNOWN.find(([pattern]) => pattern.test(column.name) || (column.importId !== "" && pattern.test(column.importId)))?.[1];
    // A survey may well have a question called "email" or "id"; with Qualtrics' ids the file itself says which it is.
    const isFact = fact !== undefined && (answer === null || !/^Q(ID)?\d/i.test(column.importId));
    if (isFact && !taken.has(fact)) {
      if (fact !== "ignored") taken.add(fact);
      return { use: fact };
    }
    if (isFact && answer === null) return { use: "ignored" };
    return answer ?? { use: "unknown" };
  });
}

type AnswerUse = ColumnUse & { use: "answer" };
type Names = {
  byName: Map<string, AnswerUse>;
  /** By name within one question: a name may mean a cell of one table and a row of another. */
  own: Map<string, Map<string, AnswerUse>>;
  /** Null for words that more than one place has. */
  byWords: Map<string, AnswerUse | null>;
  multi: ReadonlySet<string>;
};

/** What is looked at of a name of a column: longer ones name nothing here. */
const NAME_MAX = 300;
const bare = (text: string): string => text.slice(0, NAME_MAX).normalize("NFKD").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_+|_+$/g, "");
const wordsOf = (text: string): string => text.normalize("NFKD").toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");

function namesIn(definition: SurveyDefinition): Names {
  const names: Names = { byName: new Map(), own: new Map(), byWords: new Map(), multi: new Set(definition.questions.filter((question) => question.type === "multi").map((question) => question.id)) };
  const put = (name: string, words: readonly string[], use: Omit<AnswerUse, "use">): void => {
    if (!names.byName.has(name)) names.byName.set(name, { use: "answer", ...use });
    const own = names.own.get(use.questionId) ?? new Map<string, AnswerUse>();
    if (!own.has(name)) own.set(name, { use: "answer", ...use });
    names.own.set(use.questionId, own);
    for (const one of words) if (one !== "") names.byWords.set(one, isElsewhere(names.byWords.get(one), use) ? null : { use: "answer", ...use });
  };
  for (const question of definition.questions) {
    const titles = Object.values(question.title).map(wordsOf);
    const none = { questionId: question.id, cell: null, isText: false };
    put(question.id, titles, { ...none, part: null });
    for (const option of partsOf(question)) putPart(put, question, option, titles);
    if (question.type === "contact") for (const field of question.fields) put(`${question.id}_${field}`, titles.map((title) => title + wordsOf(field)), { ...none, part: field });
  }
  return names;
}

const isElsewhere = (known: AnswerUse | null | undefined, use: Omit<AnswerUse, "use">): boolean =>
  known === null || (known !== undefined && (known.questionId !== use.questionId || known.part !== use.part || known.cell !== use.cell));

const partsOf = (question: Question): readonly SurveyOption[] => ("options" in question ? question.options : question.type === "matrix" ? question.rows : []);

function putPart(put: (name: string, words: readonly string[], use: Omit<AnswerUse, "use">) => void, question: Question, option: SurveyOption, titles: readonly string[]): void {
  const labels = Object.values(option.label).map(wordsOf);
  const words = titles.flatMap((title) => labels.map((label) => title + label));
  const codes = [option.id, ...(option.score === undefined ? [] : [String(option.score)])];
  const use = { questionId: question.id, part: option.id, cell: null };
  for (const code of codes) put(`${question.id}_${bare(code)}`, words, { ...use, isText: false });
  if (option.isOther === true) {
    for (const code of codes) put(`${question.id}_${bare(code)}_text`, words.map((one) => `${one}text`), { ...use, isText: true });
    for (const suffix of ["other", "text", "other_text", "othercomment"]) put(`${question.id}_${suffix}`, [], { ...use, isText: suffix !== "other" || question.type !== "multi" });
  }
  if (question.type !== "matrix") return;
  for (const column of question.columns) {
    const cells = Object.values(column.label).map(wordsOf);
    const columnCodes = [column.id, ...(column.score === undefined ? [] : [String(column.score)])];
    for (const code of codes) for (const one of columnCodes) put(`${question.id}_${bare(code)}_${bare(one)}`, words.flatMap((text) => cells.map((cell) => text + cell)), { ...use, cell: column.id, isText: false });
  }
}

function findAnswer(names: Names, column: ResponseColumn): AnswerUse | null {
  const beside = findBeside(names, column.name);
  if (beside !== undefined) return beside;
  // Where one name stands over several columns, the words below it tell them apart.
  const below = column.importId === "" && column.label !== "" ? names.byWords.get(wordsOf(column.label)) : undefined;
  if (below !== undefined && below !== null) return below;
  for (const name of [column.name, column.name.replace(/\.\s.*$/su, ""), column.name.replace(/_TEXT$/i, "")]) {
    const found = names.byName.get(bare(name));
    if (found !== undefined) return found;
  }
  const tick = findTick(names, bare(column.name));
  if (tick !== null) return tick;
  for (const text of [column.label, column.name]) {
    const found = text === "" ? undefined : names.byWords.get(wordsOf(text)) ?? findCut(names, text);
    if (found !== undefined && found !== null) return found;
  }
  return null;
}

// Questions side by side are called Q10#1, Q10#2; the first took the name of the whole. Only its own rows are meant by what follows.
function findBeside(names: Names, name: string): AnswerUse | undefined {
  const [, base = "", number = "", rest = ""] = /^(.*?)#(\d+)(?:_(.*))?$/u.exec(name) ?? [];
  if (number === "") return undefined;
  const questionId = `${bare(base)}${number === "1" ? "" : `_${number}`}`;
  const own = names.own.get(questionId) ?? new Map<string, AnswerUse>();
  const wanted = rest === "" ? questionId : `${questionId}_${bare(rest)}`;
  const shorter = wanted.replace(/_[^_]+$/u, "");
  const found = own.get(wanted);
  if (found !== undefined || !names.multi.has(questionId)) return found;
  const tick = own.get(shorter);
  return tick === undefined || tick.part === null ? undefined : { ...tick, cell: rest.slice(rest.indexOf("_") + 1) };
}

// Qualtrics cuts long questions in its headers: "This is a matrix … really shou...-Row 1".
function findCut(names: Names, text: string): AnswerUse | undefined {
  const cut = text.indexOf("...");
  if (cut < 20) return undefined;
  const [start, end] = [wordsOf(text.slice(0, cut)), wordsOf(text.slice(cut + 3))];
  const found = [...names.byWords].filter(([words]) => words.startsWith(start) && words.endsWith(end)).map(([, use]) => use);
  const targets = new Set(found.map((use) => (use === null ? "many" : `${use.questionId}/${use.part ?? ""}/${use.cell ?? ""}`)));
  return targets.size === 1 ? found[0] ?? undefined : undefined;
}

// A table of one column became a choice of its rows; its columns still carry the number of the only column.
function findTick(names: Names, name: string): AnswerUse | null {
  const shorter = name.replace(/_[^_]+$/u, "");
  const found = names.byName.get(shorter);
  return found !== undefined && found.part !== null && names.multi.has(found.questionId) ? { ...found, cell: name.slice(shorter.length + 1) } : null;
}
