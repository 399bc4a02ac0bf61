import type { LocalText, Question } from "../surveys/definition.contract.ts";
import type { Draft, SourceOption } from "./draft.rules.ts";
import { claimId, optionsFrom, say, textFrom, textOrStandIn, yesNoTexts } from "./draft.rules.ts";
import type { LimeQuestion, LimeSource } from "./limesurvey-tables.rules.ts";
import { cell } from "./limesurvey-tables.rules.ts";
import { limeFormula } from "./limesurvey-formula.rules.ts";
import { addQuestion, addQuestions } from "./questions.rules.ts";
import type { Row } from "./survey-file.rules.ts";
import { joinTexts } from "./texts-joined.rules.ts";

type Asked = { id: string; title: LocalText; isRequired: boolean; hint?: LocalText } & Pick<Question, "showIf" | "showIfMatch">;
export type LimePlace = { source: LimeSource; question: LimeQuestion; id: string; shown: Pick<Question, "showIf" | "showIfMatch"> };

/** Adds one question of a LimeSurvey file to the survey. */
export function addLimeQuestion(draft: Draft, place: LimePlace): void {
  const { source, question, id } = place;
  const { text: title, remark } = textOrStandIn(draft, question.code, source.words("question", question.qid, "question"), question.code);
  const hint = textFrom(draft, `${question.code} (help)`, source.words("question", question.qid, "help"));
  const asked: Asked = { id, title, isRequired: readMandatory(draft, place), ...(Object.keys(hint).length === 0 ? {} : { hint }), ...place.shown };
  const remarks = remark === null ? [] : [remark];
  noteAttributes(draft, place);
  const made = questionFor(draft, place, asked, remarks);
  if (made !== null) addQuestion(draft, question.code, made, remarks);
}

/** The question for a type that becomes one; the others are added, or noted as dropped, on the way and give null. */
function questionFor(draft: Draft, place: LimePlace, asked: Asked, remarks: string[]): Question | null {
  const { question } = place;
  switch (question.type) {
    case "5":
      return { type: "rating", ...asked, min: 1, max: 5, look: attribute(question, "slider_rating") === "1" ? "stars" : "numbers" };
    case "L": case "!": case "O": case "I":
      return choiceFor(draft, place, asked, remarks);
    case "G":
      return { type: "single", ...asked, options: optionsFrom(draft, asked.id, fixedOptions(draft, question, [["F", "Female"], ["M", "Male"]])) };
    case "Y":
      return { type: "single", ...asked, options: optionsFrom(draft, asked.id, [
        { name: `${question.code} / Y`, wanted: "y", keys: ["Y"], texts: yesNoTexts(draft, "yes") }, { name: `${question.code} / N`, wanted: "n", keys: ["N"], texts: yesNoTexts(draft, "no") },
      ]) };
    case "M": case "P":
      return multipleFor(draft, place, asked, remarks);
    case "R":
      return { type: "ranking", ...asked, options: optionsFrom(draft, asked.id, answerOptions(place, "0")), ...orderOf(draft, place) };
    case "N":
      return numberFor(draft, place, asked);
    case "S": case "T": case "U":
      return textFor(draft, place, asked);
    case "D":
      return dateFor(draft, place, asked, remarks);
    case "X":
      return { type: "statement", ...asked, isRequired: false };
    case "|":
      return fileFor(draft, place, asked, remarks);
    case "*":
      limeFormula(draft, place.source, question);
      return null;
    default:
      return tableFor(draft, place, asked);
  }
}

function readMandatory(draft: Draft, { question, id }: LimePlace): boolean {
  const mandatory = cell(question.row, "mandatory");
  if (mandatory !== "Y" && mandatory !== "S") return false;
  if (["X", "*"].includes(question.type)) return false;
  say(draft, "validation", `${question.code} (mandatory)`, mandatory === "Y" ? "mapped" : "approximated", mandatory === "Y" ? null : "A soft mandatory question may be left empty here, without being asked again.", id);
  return mandatory === "Y";
}

export const attribute = (question: LimeQuestion, name: string): string => question.attributes.get(name) ?? "";

function noteAttributes(draft: Draft, { question, id }: LimePlace): void {
  const drops: readonly (readonly [string, "validation" | "logic" | "setting", string])[] = [
    ["em_validation_q", "validation", "Checks by expression are not done here."], ["em_validation_sq", "validation", "Checks by expression are not done here."],
    ["preg", "validation", "Patterns are not checked here."], ["array_filter", "logic", "Options cannot be hidden by earlier answers here; all are shown."],
    ["array_filter_exclude", "logic", "Options cannot be hidden by earlier answers here; all are shown."], ["time_limit", "setting", "There is no time limit here."],
  ];
  for (const [name, element, why] of drops) {
    const value = name === "preg" ? cell(question.row, "preg") : attribute(question, name);
    if (value.trim() !== "") say(draft, element, `${question.code} (${name})`, "dropped", `${why} In the source: ${value}`, id);
  }
  if (attribute(question, "hidden") === "1" && question.type !== "*") say(draft, "setting", `${question.code} (hidden)`, "dropped", "The question is always hidden in the source; it is shown here. Remove it if nobody should answer it.", id);
}

function fixedOptions(draft: Draft, question: LimeQuestion, given: readonly (readonly [string, string])[]): SourceOption[] {
  return given.map(([code, label]) => ({ name: `${question.code} / ${code}`, wanted: code.toLowerCase(), keys: [code], texts: [[draft.languages[0] ?? "en", label]], remarks: draft.languages[0] === "en" ? [] : ["LimeSurvey's own word for it is not in the file; the English one stands there."] }));
}

/** Answers of one scale as options. */
export function answerOptions({ source, question }: LimePlace, scale: string): SourceOption[] {
  return question.answers.filter((row) => (cell(row, "scale_id") || "0") === scale).map((row) => {
    const code = cell(row, "code");
    const points = Number(cell(row, "assessment_value"));
    const number = code.trim() === "" ? Number.NaN : Number(code);
    const own = source.words("answer", cell(row, "aid"), "answer");
    const texts = cell(row, "aid") !== "" && own.length > 0 ? own : source.words("answer", `${question.qid}/${cell(row, "scale_id")}/${code}`, "answer");
    return { name: `${question.code} / ${code}`, wanted: code, keys: [code], texts, score: Number.isFinite(points) && points !== 0 ? points : Number.isFinite(number) ? number : null };
  });
}

export function subquestionOptions({ source, question }: LimePlace, rows: readonly Row[]): SourceOption[] {
  const exclusive = attribute(question, "exclude_all_others").split(";").map((code) => code.trim());
  return rows.map((row) => {
    const code = cell(row, "title");
    return { name: `${question.code} / ${code}`, wanted: code, keys: [code], texts: source.words("question", cell(row, "qid"), "question"), isNone: exclusive.includes(code) };
  });
}

function otherOption(draft: Draft, { question }: LimePlace): SourceOption[] {
  if (cell(question.row, "other") !== "Y") return [];
  const texts = draft.languages.map((language) => [language, attribute(question, `other_replace_text:${language}`) || (language === draft.languages[0] ? attribute(question, "other_replace_text") || "Other" : "")] as const);
  return [{ name: `${question.code} / other`, wanted: "other", keys: ["-oth-", "other"], texts, isOther: true }];
}

export function orderOf(draft: Draft, { question, id }: LimePlace): { order?: "random" } {
  const random = attribute(question, "random_order") === "1" || ["random"].includes(attribute(question, "answer_order")) || attribute(question, "subquestion_order") === "random";
  if (!random) return {};
  say(draft, "order", question.code, "mapped", null, id);
  return { order: "random" };
}

function choiceFor(draft: Draft, place: LimePlace, asked: Asked, remarks: string[]): Question | null {
  const { question } = place;
  if (question.type === "I") {
    say(draft, "question", question.code, "dropped", "The language is chosen at the top of every survey here.");
    return null;
  }
  const options = optionsFrom(draft, asked.id, [...answerOptions(place, "0"), ...otherOption(draft, place)]);
  const made: Question = { type: question.type === "!" ? "dropdown" : "single", ...asked, options, ...orderOf(draft, place) };
  if (question.type !== "O") return made;
  const comment: Question = { type: "text", ...asked, id: claimId(draft, `${asked.id}_comment`), title: joinTexts(asked.title, { en: "Comment" }), isRequired: false, isLong: true };
  draft.places.set(`${question.code}_comment`, { kind: "question", questionId: comment.id });
  addQuestions(draft, question.code, [made, comment], "The comment beside the list is a question of its own.");
  remarks.length = 0;
  return null;
}

function multipleFor(draft: Draft, place: LimePlace, asked: Asked, remarks: string[]): Question {
  const { question } = place;
  const options = optionsFrom(draft, asked.id, [...subquestionOptions(place, question.subquestions), ...otherOption(draft, place)]);
  for (const [code, optionId] of draft.options.get(asked.id) ?? []) draft.places.set(`${question.code}_${code}`, { kind: "option", questionId: asked.id, optionId });
  if (question.type === "P") remarks.push("The comments beside its options are not asked.");
  const [min, max] = [Number(attribute(question, "min_answers")), Number(attribute(question, "max_answers"))];
  for (const name of ["min_answers", "max_answers"]) if (attribute(question, name).trim() !== "") say(draft, "validation", `${question.code} (${name})`, Number(attribute(question, name)) >= 1 ? "mapped" : "dropped", Number(attribute(question, name)) >= 1 ? null : `It is worked out in the source: ${attribute(question, name)}`, asked.id);
  return { type: "multi", ...asked, options, ...orderOf(draft, place), ...(min >= 1 ? { minChoices: min } : {}), ...(max >= 1 ? { maxChoices: max } : {}) };
}

function limit(draft: Draft, { question, id }: LimePlace, name: string): number | null {
  const given = attribute(question, name).trim();
  if (given === "") return null;
  const value = Number(given);
  say(draft, "validation", `${question.code} (${name})`, Number.isFinite(value) ? "mapped" : "dropped", Number.isFinite(value) ? null : `It is worked out in the source: ${given}`, id);
  return Number.isFinite(value) ? value : null;
}

function numberFor(draft: Draft, place: LimePlace, asked: Asked): Question {
  const [min, max] = [limit(draft, place, "min_num_value_n"), limit(draft, place, "max_num_value_n")];
  const unit = textFrom(draft, `${place.question.code} (suffix)`, draft.languages.map((language) => [language, attribute(place.question, `suffix:${language}`)] as const));
  return {
    type: "number", ...asked, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }), decimals: attribute(place.question, "num_value_int_only") === "1" ? 0 : 6,
    ...(Object.keys(unit).length === 0 ? {} : { unit }),
  };
}

function textFor(draft: Draft, place: LimePlace, asked: Asked): Question {
  if (attribute(place.question, "numbers_only") === "1") return numberFor(draft, place, asked);
  const most = limit(draft, place, "maximum_chars");
  return { type: "text", ...asked, ...(place.question.type === "S" ? {} : { isLong: true }), ...(most === null || most < 1 ? {} : { maxLength: Math.trunc(most) }) };
}

function dateFor(draft: Draft, { question, id }: LimePlace, asked: Asked, remarks: string[]): Question {
  const day = (name: string): string | null => {
    const given = attribute(question, name).trim();
    if (given === "") return null;
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given));
    const isToday = given.toLowerCase() === "today" || given.toLowerCase() === "now";
    say(draft, "validation", `${question.code} (${name})`, isDay || isToday ? "mapped" : "dropped", isDay || isToday ? null : `Only a fixed day or today can be a limit. In the source: ${given}`, id);
    return isDay ? given : isToday ? "today" : null;
  };
  const [earliest, latest] = [day("date_min"), day("date_max")];
  if (/[hHMis]{1,2}:/.test(attribute(question, "date_format"))) remarks.push("Only the day is asked, not the time.");
  return { type: "date", ...asked, ...(earliest === null ? {} : { earliest }), ...(latest === null ? {} : { latest }) };
}

function fileFor(draft: Draft, place: LimePlace, asked: Asked, remarks: string[]): Question {
  const { question } = place;
  const types = attribute(question, "allowed_filetypes").toLowerCase().split(/[,;\s]+/).filter((one) => one !== "");
  const groups = { image: ["png", "gif", "jpg", "jpeg", "webp", "bmp", "heic"], pdf: ["pdf"], document: ["doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx"], audio: ["mp3", "wav", "ogg", "m4a"] } as const;
  const kinds = (["image", "pdf", "document", "audio"] as const).filter((kind) => types.length === 0 || types.some((type) => groups[kind].some((one) => one === type)));
  const unknown = types.filter((type) => !Object.values(groups).some((group) => group.some((one) => one === type)));
  if (unknown.length > 0) remarks.push(`Files of the type ${unknown.join(", ")} are not taken here${kinds.length === 0 ? "; documents are asked for instead" : ""}.`);
  const [sizeKb, most] = [limit(draft, place, "max_filesize"), limit(draft, place, "max_num_of_files")];
  const sizeMaxMb = sizeKb === null ? 10 : Math.min(25, Math.max(1, Math.round(sizeKb / 1_024)));
  return { type: "file", ...asked, kinds: kinds.length === 0 ? ["document"] : [...kinds], filesMax: most === null ? 1 : Math.min(10, Math.max(1, Math.trunc(most))), sizeMaxMb };
}

function tableFor(draft: Draft, place: LimePlace, asked: Asked): null {
  const { question, source } = place;
  const first = question.subquestions.filter((row) => (cell(row, "scale_id") || "0") === "0");
  const second = question.subquestions.filter((row) => cell(row, "scale_id") === "1");
  const fixed: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    A: [1, 2, 3, 4, 5].map((number) => [String(number), String(number)] as const), B: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => [String(number), String(number)] as const),
    C: [["Y", "Yes"], ["U", "Uncertain"], ["N", "No"]], E: [["I", "Increase"], ["S", "Same"], ["D", "Decrease"]],
  };
  const columns = fixed[question.type];
  const matrix = (id: string, given: readonly SourceOption[], isMultiple = false, title = asked.title): Question => {
    const rows = optionsFrom(draft, id, subquestionOptions(place, first), "rows", id === asked.id);
    for (const [code, row] of draft.rows.get(id) ?? []) draft.places.set(id === asked.id ? `${question.code}_${code}` : `${question.code}_${code}_1`, { kind: "question", questionId: id, row });
    return { type: "matrix", ...asked, id, title, rows, columns: optionsFrom(draft, id, given), ...orderOf(draft, place), ...(isMultiple ? { isMultiple: true } : {}) };
  };
  if (columns !== undefined) addQuestion(draft, question.code, matrix(asked.id, fixedOptions(draft, question, columns)));
  else if (question.type === "F" || question.type === "H") addQuestion(draft, question.code, matrix(asked.id, answerOptions(place, "0")), question.type === "H" ? ["Rows and columns are shown the other way round."] : []);
  else if (question.type === "1") addQuestions(draft, question.code, [matrix(asked.id, answerOptions(place, "0")), matrix(claimId(draft, `${asked.id}_2`), answerOptions(place, "1"))], "Each of the two scales is a table of its own.");
  else if (question.type === ":" && attribute(question, "multiflexible_checkbox") === "1") addQuestion(draft, question.code, matrix(asked.id, subquestionOptions(place, second), true));
  else if (question.type === "K" && (limit(draft, place, "equals_num_value") ?? 0) > 0) addQuestion(draft, question.code, { type: "constant_sum", ...asked, options: optionsFrom(draft, asked.id, subquestionOptions(place, first)), total: Number(attribute(question, "equals_num_value")) });
  else if (["K", "Q", ":", ";"].includes(question.type)) addParts(draft, place, asked, { rows: first, columns: second });
  else say(draft, "question", question.code, "dropped", `Questions of the type “${question.type}” (${cell(question.row, "question_theme_name") || "unknown"}) are not asked here.${source.file.kind === "" ? "" : ""}`);
  return null;
}

function addParts(draft: Draft, place: LimePlace, asked: Asked, parts: { rows: readonly Row[]; columns: readonly Row[] }): void {
  const { question } = place;
  const rows = optionsFrom(draft, asked.id, subquestionOptions(place, parts.rows), "rows");
  const columns = parts.columns.length === 0 ? [null] : optionsFrom(draft, asked.id, subquestionOptions(place, parts.columns));
  const isNumber = question.type === "K" || question.type === ":";
  const isSlider = attribute(question, "slider_layout") === "1";
  const made = rows.flatMap((row, at) => columns.map((column, across): Question => {
    const code = [question.code, cell(parts.rows[at], "title"), ...(column === null ? [] : [cell(parts.columns[across], "title")])].join("_");
    const id = at === 0 && across === 0 ? asked.id : claimId(draft, code);
    draft.places.set(code, { kind: "question", questionId: id });
    const title = joinTexts(asked.title, column === null ? row.label : joinTexts(row.label, column.label));
    if (!isNumber) return { type: "text", ...asked, id, title, ...(attribute(question, "maximum_chars") === "" ? {} : { maxLength: Number(attribute(question, "maximum_chars")) }) };
    if (!isSlider) return { type: "number", ...asked, id, title, decimals: 6 };
    const [min, max, step] = [Number(attribute(question, "slider_min") || 0), Number(attribute(question, "slider_max") || 100), Number(attribute(question, "slider_accuracy") || 1)];
    return { type: "slider", ...asked, id, title, min: Number.isFinite(min) ? min : 0, max: Number.isFinite(max) && max > min ? max : 100, step: step > 0 ? step : 1 };
  }));
  addQuestions(draft, question.code, made, made.length === 1 ? "Its only line is the question." : "Each line is a question of its own.");
}
