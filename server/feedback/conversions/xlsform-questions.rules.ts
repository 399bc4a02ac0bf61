import type { FileKind, LocalText, Question } from "../surveys/definition.contract.ts";
import type { Draft, SourceOption } from "./draft.rules.ts";
import { optionsFrom, say, sayKept, textFrom, textOrStandIn } from "./draft.rules.ts";
import { addQuestion, asksToRecommend } from "./questions.rules.ts";
import { isOn, numberOf } from "./source-values.rules.ts";
import type { Row } from "./survey-file.rules.ts";
import type { Limits } from "./xlsform-logic.rules.ts";
import { limitsOf } from "./xlsform-logic.rules.ts";
import { cell, wordsIn } from "./xlsform-rows.rules.ts";

export type XlsQuestion = { row: Row; id: string; name: string; choices: readonly Row[]; shown: Pick<Question, "showIf" | "showIfMatch"> };
type Asked = { id: string; title: LocalText; isRequired: boolean; hint?: LocalText } & Pick<Question, "showIf" | "showIfMatch">;

const NOT_ASKED = /^(begin|end)[ _]|^(calculate|start|end|today|deviceid|subscriberid|simserial|phonenumber|username|email|audit|start-geopoint|background-audio|csv-external|xml-external|hidden)$/i;

/** Whether a row of the sheet asks or says something. */
export const isAsked = (type: string): boolean => type.trim() !== "" && !NOT_ASKED.test(type.trim());

/** Adds one row of the sheet "survey" to the survey. */
export function addXlsQuestion(draft: Draft, question: XlsQuestion): void {
  const { row, id, name } = question;
  const { text: title, remark } = textOrStandIn(draft, name, wordsIn(draft, row, "label"), name);
  const hint = textFrom(draft, `${name} (hint)`, wordsIn(draft, row, "hint"));
  const required = cell(row, "required");
  const isRequired = isOn(required);
  if (required !== "" && !["no", "false", "false()", "0"].includes(required.toLowerCase())) {
    say(draft, "validation", `${name} (required)`, isRequired ? "mapped" : "dropped", isRequired ? null : `Only always or never can an answer be required. In the source: ${required}`, id);
  }
  const asked: Asked = { id, title, isRequired, ...(Object.keys(hint).length === 0 ? {} : { hint }), ...question.shown };
  const remarks = remark === null ? [] : [remark];
  if ([...row.keys()].some((key) => key.startsWith("media::") && cell(row, key) !== "")) remarks.push("Its picture, sound or film is left out.");
  noteRest(draft, question);
  const limits = readConstraint(draft, question);
  const made = choiceFor(draft, question, asked, limits) ?? fieldFor(question, asked, limits, remarks);
  if (made === null) say(draft, "question", name, "dropped", `Questions of the type “${cell(row, "type")}” are not asked here.`);
  else addQuestion(draft, name, made, remarks);
}

function noteRest(draft: Draft, { row, id, name }: XlsQuestion): void {
  if (cell(row, "choice_filter") !== "") say(draft, "logic", `${name} (choice_filter)`, "dropped", `Options cannot be hidden by earlier answers here; all are shown. In the source: ${cell(row, "choice_filter")}`, id);
  if (cell(row, "default") !== "") say(draft, "setting", `${name} (default)`, "dropped", "Nothing is filled in before here.", id);
  if (cell(row, "calculation") !== "") say(draft, "calculation", `${name} (calculation)`, "dropped", `Answers are not filled in by a formula here. In the source: ${cell(row, "calculation")}`, id);
}

function readConstraint(draft: Draft, { row, id, name }: XlsQuestion): Limits {
  const none: Limits = { min: null, max: null, minLength: null, maxLength: null, minCount: null, maxCount: null };
  const constraint = cell(row, "constraint");
  if (constraint === "") return none;
  const limits = limitsOf(constraint);
  const hasMessage = [...row.keys()].some((key) => key.startsWith("constraint_message"));
  if (limits === null) say(draft, "validation", `${name} (constraint)`, "dropped", `This check is not done here. In the source: ${constraint}`, id);
  else sayKept(draft, "validation", `${name} (constraint)`, hasMessage ? ["The message is that of this product, not the one of the source."] : [], id);
  return limits ?? none;
}

function choiceFor(draft: Draft, question: XlsQuestion, asked: Asked, limits: Limits): Question | null {
  const { row, name, choices } = question;
  const found = /^(select[ _]one|select[ _]multiple|select1|select[ _]all[ _]that[ _]apply(?: from)?|rank)(?:_from_file)?\s+(\S+)(\s+or[ _]other)?\s*$/i.exec(cell(row, "type").trim());
  if (found === null) return null;
  const [, kind = "", list = "", other] = found;
  const isMultiple = /multiple|all/i.test(kind);
  const own = choices.filter((choice) => (cell(choice, "list_name") || cell(choice, "list name")) === list);
  const options = own.map((choice): SourceOption => {
    const code = cell(choice, "name") || cell(choice, "value");
    return { name: `${name} / ${code}`, wanted: code, keys: [code], texts: wordsIn(draft, choice, "label"), score: numberOf(code) };
  });
  if (other !== undefined) options.push({ name: `${name} / other`, wanted: "other", keys: ["other"], texts: draft.languages.map((language) => [language, language === draft.languages[0] ? "Other" : ""] as const), isOther: true });
  const made = optionsFrom(draft, asked.id, options);
  const isRandom = /randomize\s*=\s*true/i.test(cell(row, "parameters"));
  if (isRandom) say(draft, "order", name, "mapped", null, asked.id);
  const order = isRandom ? { order: "random" as const } : {};
  if (/^rank$/i.test(kind)) return { type: "ranking", ...asked, options: made, ...order };
  if (isMultiple) return { type: "multi", ...asked, options: made, ...order, ...(limits.minCount === null ? {} : { minChoices: limits.minCount }), ...(limits.maxCount === null ? {} : { maxChoices: limits.maxCount }) };
  return { type: /minimal|autocomplete/.test(cell(row, "appearance")) ? "dropdown" : "single", ...asked, options: made, ...order };
}

function fieldFor({ row }: XlsQuestion, asked: Asked, limits: Limits, remarks: string[]): Question | null {
  const type = cell(row, "type").toLowerCase();
  const appearance = cell(row, "appearance").toLowerCase();
  const range = { ...(limits.min === null ? {} : { min: limits.min }), ...(limits.max === null ? {} : { max: limits.max }) };
  const length = { ...(limits.minLength === null ? {} : { minLength: limits.minLength }), ...(limits.maxLength === null ? {} : { maxLength: limits.maxLength }) };
  const file = (kinds: FileKind[], isPhoto = false): Question => ({ type: "file", ...asked, kinds, filesMax: 1, sizeMaxMb: 10, ...(isPhoto ? { isPhoto } : {}) });
  switch (type) {
    case "text": case "string":
      return { type: "text", ...asked, ...(/multiline/.test(appearance) ? { isLong: true } : {}), ...(/numbers/.test(appearance) ? { format: "digits" as const } : {}), ...length };
    case "integer": case "int":
      return { type: "number", ...asked, ...range, decimals: 0 };
    case "decimal":
      return { type: "number", ...asked, ...range, decimals: 6 };
    case "range":
      return rangeFor(row, asked);
    case "note":
      return { type: "statement", ...asked, isRequired: false };
    case "date":
      return { type: "date", ...asked };
    case "datetime": case "time":
      remarks.push("A day is asked, without the time.");
      return { type: "date", ...asked };
    case "acknowledge": case "trigger":
      return { type: "consent", ...asked, statement: { [Object.keys(asked.title)[0] ?? "en"]: "OK" } };
    case "image": case "photo":
      return file(["image"], true);
    case "audio":
      return file(["audio"]);
    case "file":
      return file(["image", "pdf", "document", "audio"]);
    case "barcode":
      remarks.push("The code is typed, not scanned.");
      return { type: "text", ...asked };
    default:
      return null;
  }
}

function rangeFor(row: Row, asked: Asked): Question {
  const parameter = (name: string): number | null => numberOf(new RegExp(`${name}\\s*=\\s*(-?[\\d.]+)`, "i").exec(cell(row, "parameters"))?.[1]);
  const [start, end, step] = [parameter("start") ?? 1, parameter("end") ?? 10, parameter("step") ?? 1];
  const [min, max] = [Math.min(start, end), Math.max(start, end)];
  if (min === 0 && max === 10 && step === 1 && asksToRecommend(asked.title)) return { type: "nps", ...asked };
  return { type: "slider", ...asked, min, max: max > min ? max : min + 1, step: step > 0 ? step : 1 };
}
