import type { Clause } from "./clauses.rules.ts";
import { ruleFrom } from "./clauses.rules.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, say, sayKept, startDraft } from "./draft.rules.ts";
import { addCalculation, formulaFrom, formulaName } from "./formulas.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { shownIf } from "./questions.rules.ts";
import { settle } from "./settle.rules.ts";
import type { Row } from "./survey-file.rules.ts";
import { REFERENCE, clauseOfRelevant, pipeXlsForm } from "./xlsform-logic.rules.ts";
import { addXlsQuestion, isAsked } from "./xlsform-questions.rules.ts";
import { cell } from "./xlsform-rows.rules.ts";

export type Sheets = ReadonlyMap<string, readonly Row[]>;
type Guard = { name: string; expression: string };

const METADATA = ["start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit", "start-geopoint", "background-audio", "csv-external", "xml-external", "hidden"];

/** A workbook with the sheets of an XLSForm. */
export function isXlsForm(sheets: Sheets): boolean {
  const [first] = sheets.get("survey") ?? [];
  return first !== undefined && (sheets.get("survey") ?? []).some((row) => row.has("type") && row.has("name"));
}

/** The survey of an XLSForm workbook. */
export function convertXlsForm(sheets: Sheets): SurveyConversion {
  const rows = (sheets.get("survey") ?? []).filter((row) => cell(row, "type") !== "");
  const [settings] = sheets.get("settings") ?? [];
  const columns = new Set([...(sheets.get("survey") ?? []), ...(sheets.get("choices") ?? [])].flatMap((row) => [...row.keys()]));
  const draft = startXls(settings, columns);
  const asked = rows.filter((row) => isAsked(cell(row, "type")));
  if (asked.length === 0) throw new ConversionFault("file_damaged", "The sheet “survey” has no question.");
  for (const row of asked) if (!draft.places.has(cell(row, "name"))) draft.places.set(cell(row, "name"), { kind: "question", questionId: claimId(draft, cell(row, "name")) });
  addRows(draft, rows, sheets.get("choices") ?? []);
  return settle(draft);
}

function startXls(settings: Row | undefined, columns: ReadonlySet<string>): Draft {
  const named = [...columns].flatMap((column) => (/^(label|hint)::/.test(column) ? [column.slice(column.indexOf("::") + 2)] : []));
  const tags = named.flatMap((name) => languageTag(name) ?? []);
  const wanted = languageTag(cell(settings, "default_language"));
  const hasPlain = columns.has("label");
  const main = wanted !== null && (hasPlain || tags.includes(wanted)) ? wanted : hasPlain ? "en" : (tags[0] ?? wanted ?? "en");
  const languages = [...new Set([main, ...tags])];
  const draft = startDraft("xlsform", cell(settings, "form_title") || cell(settings, "form_id"), languages);
  draft.pipe = pipeXlsForm();
  say(draft, "survey", draft.name, "mapped");
  for (const language of languages) say(draft, "language", language, "mapped");
  for (const name of new Set(named)) if (languageTag(name) === null) say(draft, "language", name, "dropped", "It names no language that is known here. Write it as “Name (code)”.");
  return draft;
}

function addRows(draft: Draft, rows: readonly Row[], choices: readonly Row[]): void {
  const guards: Guard[] = [];
  for (const row of rows) {
    const type = cell(row, "type").toLowerCase().replaceAll(/\s+/g, " ");
    const name = cell(row, "name");
    if (/^begin[ _](group|repeat)/.test(type)) {
      guards.push({ name, expression: cell(row, "relevant") });
      noteGroup(draft, row, type);
    } else if (/^end[ _](group|repeat)/.test(type)) guards.pop();
    else if (type === "calculate") addCalculation(draft, { source: name, expression: cell(row, "calculation"), formula: formulaFrom(cell(row, "calculation"), REFERENCE, (one) => formulaName(draft, one)) });
    else if (METADATA.includes(type)) say(draft, "setting", `${name || type} (${type})`, "dropped", "Times and devices are kept anyway or not at all.");
    else addRow(draft, row, guards, choices);
  }
}

function noteGroup(draft: Draft, row: Row, type: string): void {
  const name = cell(row, "name");
  if (type.endsWith("repeat")) say(draft, "setting", `${name} (repeat)`, "dropped", "Questions cannot repeat here; each is asked once.");
  const expression = cell(row, "relevant");
  if (expression === "") return;
  const rule = ruleFrom(draft, clauseOfRelevant(draft, expression));
  if (rule.ok) sayKept(draft, "logic", `group ${name} (relevant)`, rule.remark === null ? [] : [rule.remark]);
  else say(draft, "logic", `group ${name} (relevant)`, "dropped", `${rule.why} The group is always shown. In the source: ${expression}`);
}

function addRow(draft: Draft, row: Row, guards: readonly Guard[], choices: readonly Row[]): void {
  const name = cell(row, "name");
  const place = draft.places.get(name);
  const id = place?.kind === "question" ? place.questionId : "";
  if (draft.questions.some((question) => question.id === id)) return say(draft, "question", name, "dropped", "A question of this name comes before.");
  const kept = guards.filter(({ expression }) => expression !== "").map(({ expression }) => clauseOfRelevant(draft, expression)).filter((clause) => ruleFrom(draft, clause).ok);
  addXlsQuestion(draft, { row, id, name, choices, shown: showOf(draft, row, id, kept) });
}

function showOf(draft: Draft, row: Row, id: string, guards: readonly Clause[]): ReturnType<typeof shownIf> {
  const expression = cell(row, "relevant");
  const all: Clause = { kind: "all", parts: guards };
  if (expression === "") {
    const rule = ruleFrom(draft, all);
    return rule.ok && rule.conditions.length > 0 ? { showIf: rule.conditions, ...(rule.match === "any" ? { showIfMatch: "any" } : {}) } : {};
  }
  const own = clauseOfRelevant(draft, expression);
  const both: Clause = { kind: "all", parts: [all, own] };
  const isJoined = ruleFrom(draft, both).ok;
  if (!isJoined && ruleFrom(draft, own).ok) say(draft, "logic", `${cell(row, "name")} (group)`, "dropped", "The conditions of the group and of the question cannot be joined here; only that of the question is kept.", id);
  return shownIf(draft, { source: `${cell(row, "name")} (relevant)`, expression, clause: isJoined ? both : own, questionId: id });
}
