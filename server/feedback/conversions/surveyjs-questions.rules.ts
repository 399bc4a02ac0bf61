import type { LocalText, Question } from "../surveys/definition.contract.ts";
import type { Draft, SourceOption } from "./draft.rules.ts";
import { claimId, optionsFrom, say, textFrom, textOrStandIn, yesNoTexts } from "./draft.rules.ts";
import { addCalculation, formulaFrom, formulaName } from "./formulas.rules.ts";
import { addQuestion, addQuestions, asksToRecommend, endsFrom } from "./questions.rules.ts";
import { entriesOf, isObject, isOn, itemsAt, memberOf, numberAt, numberOf, textAt, textOf } from "./source-values.rules.ts";
import { wordsOf } from "./surveyjs-logic.rules.ts";
import { joinTexts } from "./texts-joined.rules.ts";

export type JsQuestion = { id: string; name: string; element: unknown; shown: Pick<Question, "showIf" | "showIfMatch"> };
type Asked = { id: string; title: LocalText; isRequired: boolean; hint?: LocalText } & Pick<Question, "showIf" | "showIfMatch">;

/** Adds one question of a SurveyJS form to the survey. */
export function addJsQuestion(draft: Draft, question: JsQuestion): void {
  const { element, name, id } = question;
  const type = textAt(element, "type");
  const source = memberOf(element, "title") ?? (type === "html" ? memberOf(element, "html") : undefined);
  // SurveyJS itself shows the name where there is no title.
  const { text: title, remark } = source === undefined ? { text: { [draft.languages[0] ?? "en"]: name === "" ? "…" : name.slice(0, 200) }, remark: null } : textOrStandIn(draft, name, wordsOf(draft, source), name);
  const hint = textFrom(draft, `${name} (description)`, wordsOf(draft, memberOf(element, "description")));
  const isRequired = isOn(memberOf(element, "isRequired"));
  if (isRequired) say(draft, "validation", `${name} (required)`, "mapped", null, id);
  const asked: Asked = { id, title, isRequired, ...(Object.keys(hint).length === 0 ? {} : { hint }), ...question.shown };
  noteSettings(draft, question);
  const remarks = remark === null ? [] : [remark];
  const made = choiceFor(draft, question, asked, type, remarks) ?? plainFor(draft, question, asked, type, remarks);
  if (made !== null) addQuestion(draft, name, made, remarks);
  else if (!addTable(draft, question, asked, type)) say(draft, "question", name, "dropped", type === "expression" || type === "" ? "It shows something worked out and asks nothing." : `Questions of the type “${type}” are not asked here.`);
}

function noteSettings(draft: Draft, { element, name, id }: JsQuestion): void {
  for (const key of ["enableIf", "requiredIf", "choicesVisibleIf", "columnsVisibleIf", "rowsVisibleIf", "resetValueIf", "setValueIf"]) {
    const expression = textAt(element, key);
    if (expression !== "") say(draft, "logic", `${name} (${key})`, "dropped", `Only whole questions are shown or hidden by conditions here. In the source: ${expression}`, id);
  }
  for (const key of ["choicesByUrl", "choicesFromQuestion", "defaultValueExpression", "valueName"]) {
    const value = memberOf(element, key);
    if (value !== undefined && textOf(value) + String(entriesOf(value).length) !== "0") say(draft, "setting", `${name} (${key})`, "dropped", key.startsWith("choices") ? "Options from elsewhere are not loaded here." : "It is not done here.", id);
  }
  if (memberOf(element, "visible") === false) say(draft, "setting", `${name} (visible: false)`, "dropped", "It is hidden in the source and shown here. Remove it if nobody should answer it.", id);
  for (const validator of itemsAt(element, "validators")) {
    const kind = textAt(validator, "type").replace(/validator$/, "");
    const isKept = ["numeric", "text", "email", "answercount"].includes(kind);
    say(draft, "validation", `${name} (${kind})`, isKept ? "mapped" : "dropped", isKept ? null : `This check is not done here. In the source: ${textAt(validator, "expression") || textAt(validator, "regex") || kind}`, id);
  }
}

function validatorOf(element: unknown, kind: string): unknown {
  return itemsAt(element, "validators").find((one) => textAt(one, "type").startsWith(kind));
}

function choicesFrom(draft: Draft, question: JsQuestion, key: string, label = "choice"): SourceOption[] {
  return itemsAt(question.element, key).map((item) => {
    const value = isObject(item) ? textAt(item, "value") || textAt(item, "name") : textOf(item);
    const text = isObject(item) ? (memberOf(item, "text") ?? memberOf(item, "title") ?? value) : value;
    if (isObject(item) && textAt(item, "visibleIf") !== "") say(draft, "logic", `${question.name} / ${value} (visibleIf)`, "dropped", `Options cannot be hidden by a condition here. In the source: ${textAt(item, "visibleIf")}`, question.id);
    return { name: `${question.name} / ${label} ${value}`, wanted: value, keys: [value], texts: wordsOf(draft, text), score: numberAt(item, "score") ?? numberOf(value) };
  });
}

function special(draft: Draft, question: JsQuestion): SourceOption[] {
  const { element, name } = question;
  const on = (...keys: readonly string[]): boolean => keys.some((key) => isOn(memberOf(element, key)));
  const made: SourceOption[] = [];
  const words = (key: string, fallback: string) => wordsOf(draft, memberOf(element, key) ?? fallback);
  if (on("hasOther", "showOtherItem")) made.push({ name: `${name} / other`, wanted: "other", keys: ["other"], texts: words("otherText", "Other (describe)"), isOther: true });
  if (on("hasNone", "showNoneItem")) made.push({ name: `${name} / none`, wanted: "none", keys: ["none"], texts: words("noneText", "None"), isNone: true });
  if (on("showRefuseItem")) made.push({ name: `${name} / refused`, wanted: "refused", keys: ["refused"], texts: words("refuseText", "Refuse to answer"), isNone: true });
  if (on("showDontKnowItem")) made.push({ name: `${name} / dontknow`, wanted: "dontknow", keys: ["dontknow"], texts: words("dontKnowText", "Don't know"), isNone: true });
  if (on("hasSelectAll", "showSelectAllItem")) say(draft, "setting", `${name} (select all)`, "dropped", "There is no “select all” here.", question.id);
  return made;
}

function orderFrom(draft: Draft, { element, name, id }: JsQuestion, key: string): { order?: "random" } {
  const order = textAt(element, key);
  if (order === "" || order === "none" || order === "initial") return {};
  say(draft, "order", name, order === "random" ? "mapped" : "dropped", order === "random" ? null : `Options stand in the order of the file. In the source: ${order}`, id);
  return order === "random" ? { order: "random" } : {};
}

function choiceFor(draft: Draft, question: JsQuestion, asked: Asked, type: string, remarks: string[]): Question | null {
  const { element, id } = question;
  const options = () => optionsFrom(draft, id, [...choicesFrom(draft, question, "choices"), ...special(draft, question)]);
  const plain = () => options().map(({ isNone: _isNone, ...option }) => option);
  const counts = validatorOf(element, "answercount");
  const [min, max] = [numberAt(element, "minSelectedChoices") ?? numberAt(counts, "minCount"), numberAt(element, "maxSelectedChoices") ?? numberAt(counts, "maxCount")];
  const order = () => orderFrom(draft, question, "choicesOrder");
  switch (type) {
    case "radiogroup": case "buttongroup":
      return { type: "single", ...asked, options: plain(), ...order() };
    case "dropdown":
      return { type: "dropdown", ...asked, options: plain(), ...order() };
    case "checkbox": case "tagbox":
      return { type: "multi", ...asked, options: options(), ...order(), ...(min === null || min < 1 ? {} : { minChoices: min }), ...(max === null || max < 1 ? {} : { maxChoices: max }) };
    case "ranking":
      return { type: "ranking", ...asked, options: plain(), ...order() };
    case "imagepicker":
      remarks.push("The pictures are not in the file; add them again.");
      return { type: isOn(memberOf(element, "multiSelect")) ? "multi" : "single", ...asked, options: plain(), ...order() };
    case "boolean": {
      const words = (key: string, which: "yes" | "no") => (memberOf(element, key) === undefined ? yesNoTexts(draft, which) : wordsOf(draft, memberOf(element, key)));
      const value = (key: string, fallback: string) => textAt(element, key) || fallback;
      return { type: "single", ...asked, options: optionsFrom(draft, id, [
        { name: `${question.name} / true`, wanted: "yes", keys: [value("valueTrue", "true"), "true", "yes"], texts: words("labelTrue", "yes") },
        { name: `${question.name} / false`, wanted: "no", keys: [value("valueFalse", "false"), "false", "no"], texts: words("labelFalse", "no") },
      ]) };
    }
    default:
      return null;
  }
}

function plainFor(draft: Draft, question: JsQuestion, asked: Asked, type: string, remarks: string[]): Question | null {
  const { element } = question;
  switch (type) {
    case "text":
      return textFor(draft, question, asked, remarks);
    case "comment":
      return { type: "text", ...asked, isLong: true, ...lengths(element) };
    case "rating":
      return ratingFor(draft, question, asked, remarks);
    case "slider":
      if (textAt(element, "sliderType") === "range") remarks.push("One value is asked, not a range.");
      return { type: "slider", ...asked, min: numberAt(element, "min") ?? 0, max: Math.max(numberAt(element, "max") ?? 100, (numberAt(element, "min") ?? 0) + 1), step: Math.max(numberAt(element, "step") ?? 1, 1e-6) };
    case "html": case "image":
      if (type === "image") remarks.push("The picture is left out.");
      return { type: "statement", ...asked, isRequired: false };
    case "file": {
      const size = numberAt(element, "maxSize");
      return { type: "file", ...asked, kinds: ["image", "pdf", "document", "audio"], filesMax: isOn(memberOf(element, "allowMultiple")) ? 10 : 1, sizeMaxMb: size === null || size <= 0 ? 10 : Math.min(25, Math.max(1, Math.round(size / 1024 ** 2))) };
    }
    default:
      return null;
  }
}

function lengths(element: unknown): { minLength?: number; maxLength?: number } {
  const words = validatorOf(element, "text");
  const max = numberAt(element, "maxLength") ?? numberAt(words, "maxLength");
  const min = numberAt(words, "minLength");
  return { ...(min === null || min < 1 ? {} : { minLength: min }), ...(max === null || max < 1 ? {} : { maxLength: max }) };
}

function textFor(draft: Draft, question: JsQuestion, asked: Asked, remarks: string[]): Question {
  const { element } = question;
  const day = (key: string) => (/^\d{4}-\d{2}-\d{2}$/.test(textAt(element, key)) ? { [key === "min" ? "earliest" : "latest"]: textAt(element, key) } : {});
  const numeric = validatorOf(element, "numeric");
  switch (textAt(element, "inputType")) {
    case "email":
      return { type: "email", ...asked };
    case "tel":
      return { type: "phone", ...asked };
    case "url":
      return { type: "text", ...asked, format: "url", ...lengths(element) };
    case "date":
      return { type: "date", ...asked, ...day("min"), ...day("max") };
    case "datetime": case "datetime-local": case "month": case "week":
      remarks.push("A day is asked.");
      return { type: "date", ...asked };
    case "number": case "range": {
      const [min, max] = [numberAt(element, "min") ?? numberAt(numeric, "minValue"), numberAt(element, "max") ?? numberAt(numeric, "maxValue")];
      const step = numberAt(element, "step");
      return { type: "number", ...asked, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }), decimals: step !== null && Number.isInteger(step) ? 0 : 6 };
    }
    default: {
      if (validatorOf(element, "email") !== undefined) return { type: "email", ...asked };
      const [min, max] = [numberAt(numeric, "minValue"), numberAt(numeric, "maxValue")];
      if (numeric !== undefined) return { type: "number", ...asked, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }), decimals: 6 };
      if (!["", "text"].includes(textAt(element, "inputType"))) remarks.push(`A field for “${textAt(element, "inputType")}” is plain text here.`);
      return { type: "text", ...asked, ...lengths(element) };
    }
  }
}

function ratingFor(draft: Draft, question: JsQuestion, asked: Asked, remarks: string[]): Question {
  const { element, name, id } = question;
  const values = itemsAt(element, "rateValues");
  const ends = endsFrom(textFrom(draft, name, wordsOf(draft, memberOf(element, "minRateDescription"))), textFrom(draft, name, wordsOf(draft, memberOf(element, "maxRateDescription"))));
  const numbers = values.map((one) => numberOf(isObject(one) ? memberOf(one, "value") : one));
  const count = numberAt(element, "rateCount");
  const min = values.length > 0 ? Math.min(...numbers.map((one) => one ?? Number.NaN)) : numberAt(element, "rateMin") ?? 1;
  const max = values.length > 0 ? Math.max(...numbers.map((one) => one ?? Number.NaN)) : numberAt(element, "rateMax") ?? (count === null ? 5 : min + count - 1);
  const step = values.length > 0 ? 1 : numberAt(element, "rateStep") ?? 1;
  const isPlain = (min === 0 || min === 1) && Number.isInteger(max) && max >= 2 && max <= 10 && step === 1 && (values.length === 0 || values.length === max - min + 1);
  if (!isPlain) {
    const steps = values.length > 0 ? choicesFrom(draft, question, "rateValues", "rate") : stepsOf(name, min, max, step);
    remarks.push("The steps of the rating are the options of a single choice.");
    return { type: "single", ...asked, options: optionsFrom(draft, id, steps) };
  }
  if (min === 0 && max === 10 && asksToRecommend(asked.title)) return { type: "nps", ...asked, ...ends };
  if (values.some((one) => isObject(one) && memberOf(one, "text") !== undefined)) remarks.push("The words of its single steps are left out.");
  const look = textAt(element, "rateType") || textAt(element, "rateDisplayMode");
  return { type: "rating", ...asked, ...ends, min, max, ...(look === "stars" || look === "smileys" ? { look } : {}) };
}

function stepsOf(name: string, min: number, max: number, step: number): SourceOption[] {
  if (!Number.isFinite(min) || !Number.isFinite(max) || step <= 0) return [];
  const count = Math.min(200, Math.floor((max - min) / step) + 1);
  return Array.from({ length: Math.max(0, count) }, (_none, index) => {
    const value = String(Number((min + index * step).toFixed(6)));
    return { name: `${name} / ${value}`, wanted: value, keys: [value], texts: [["en", value]], score: Number(value) };
  });
}

/** Tables and questions of several fields. @returns whether it was one */
function addTable(draft: Draft, question: JsQuestion, asked: Asked, type: string): boolean {
  const { element, name, id } = question;
  if (type === "matrix") {
    const rows = optionsFrom(draft, id, choicesFrom(draft, question, "rows", "row"), "rows");
    for (const [key, row] of draft.rows.get(id) ?? []) draft.places.set(`${name}.${key}`, { kind: "question", questionId: id, row });
    const columns = optionsFrom(draft, id, choicesFrom(draft, question, "columns", "column"));
    const isMultiple = textAt(element, "cellType") === "checkbox";
    addQuestion(draft, name, { type: "matrix", ...asked, rows, columns, ...orderFrom(draft, question, "rowsOrder"), ...(isMultiple ? { isMultiple } : {}) });
    return true;
  }
  if (type === "multipletext") {
    const parts = itemsAt(element, "items").map((item, index): Question => {
      const partId = index === 0 ? id : claimId(draft, `${id}_${textAt(item, "name")}`);
      draft.places.set(`${name}.${textAt(item, "name")}`, { kind: "question", questionId: partId });
      const { text } = textOrStandIn(draft, name, wordsOf(draft, memberOf(item, "title") ?? textAt(item, "name")), textAt(item, "name"));
      return textFor(draft, { ...question, element: item }, { ...asked, id: partId, title: joinTexts(asked.title, text), isRequired: asked.isRequired || isOn(memberOf(item, "isRequired")) }, []);
    });
    addQuestions(draft, name, parts, "Each field is a question of its own.");
    return true;
  }
  if (type === "matrixdropdown") return addMatrixDropdown(draft, question, asked);
  if (type !== "expression") return false;
  const expression = textAt(element, "expression");
  const formula = formulaFrom(expression, /\{([^{}]{1,200})\}/u, (one) => formulaName(draft, one));
  if (formula === null) return false;
  addCalculation(draft, { source: name, expression, formula });
  say(draft, "question", name, "approximated", "What it shows is a calculated field and is not shown by itself.");
  return true;
}

function addMatrixDropdown(draft: Draft, question: JsQuestion, asked: Asked): boolean {
  const { element, name, id } = question;
  const shared = memberOf(element, "choices");
  const parts = itemsAt(element, "columns").map((column, index): Question => {
    const partId = index === 0 ? id : claimId(draft, `${id}_${textAt(column, "name")}`);
    const own: JsQuestion = { ...question, id: partId, element: { rows: memberOf(element, "rows"), choices: memberOf(column, "choices") ?? shared } };
    const { text } = textOrStandIn(draft, name, wordsOf(draft, memberOf(column, "title") ?? textAt(column, "name")), textAt(column, "name"));
    const rows = optionsFrom(draft, partId, choicesFrom(draft, own, "rows", "row"), "rows", index === 0);
    const columns = optionsFrom(draft, partId, choicesFrom(draft, own, "choices"));
    return { type: "matrix", ...asked, id: partId, title: joinTexts(asked.title, text), rows, columns, ...(textAt(column, "cellType") === "checkbox" ? { isMultiple: true } : {}) };
  });
  addQuestions(draft, name, parts, "Each column is a table of its own.");
  return true;
}
