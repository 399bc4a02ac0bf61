import type { ContactField, LocalText, Question } from "../surveys/definition.contract.ts";
import type { Draft, SourceOption } from "./draft.rules.ts";
import { optionsFrom, say, textFrom, textOrStandIn, yesNoTexts } from "./draft.rules.ts";
import { addQuestion, asksToRecommend, endsFrom } from "./questions.rules.ts";
import { isOn, itemsAt, memberOf, numberAt, numberOf, textAt } from "./source-values.rules.ts";

type Asked = { id: string; title: LocalText; isRequired: boolean; hint?: LocalText };

const main = (draft: Draft): string => draft.languages[0] ?? "en";

/** Adds one field of a Typeform form to the survey. */
export function addTypeformField(draft: Draft, field: unknown, given: { id: string; name: string }): void {
  const { id, name } = given;
  const { text: title, remark } = textOrStandIn(draft, name, [[main(draft), textAt(field, "title")]], name);
  const hint = textFrom(draft, `${name} (description)`, [[main(draft), textAt(field, "properties", "description")]]);
  const isRequired = isOn(memberOf(field, "validations", "required"));
  if (isRequired) say(draft, "validation", `${name} (required)`, "mapped", null, id);
  const asked: Asked = { id, title, isRequired, ...(Object.keys(hint).length === 0 ? {} : { hint }) };
  const remarks = remark === null ? [] : [remark];
  if (memberOf(field, "attachment") !== undefined) remarks.push("Its picture or film is left out.");
  const made = choiceFor(draft, field, asked, name, remarks) ?? fieldFor(draft, field, asked, name, remarks);
  if (made === null) say(draft, "question", name, "dropped", `Questions of the type “${textAt(field, "type")}” are not asked here.`);
  else addQuestion(draft, name, made, remarks);
}

function choicesFrom(draft: Draft, field: unknown, name: string): SourceOption[] {
  const options = itemsAt(field, "properties", "choices").map((choice): SourceOption => {
    const label = textAt(choice, "label");
    return { name: `${name} / ${label}`, wanted: textAt(choice, "ref").length <= 12 && textAt(choice, "ref") !== "" ? textAt(choice, "ref") : label, keys: [textAt(choice, "ref"), textAt(choice, "id")].filter((key) => key !== ""), texts: [[main(draft), label]] };
  });
  if (!isOn(memberOf(field, "properties", "allow_other_choice"))) return options;
  return [...options, { name: `${name} / other`, wanted: "other", keys: ["other"], texts: [[main(draft), "Other"]], isOther: true }];
}

function orderFrom(draft: Draft, field: unknown, name: string, id: string): { order?: "random" } {
  if (isOn(memberOf(field, "properties", "alphabetical_order"))) say(draft, "order", `${name} (alphabetical)`, "dropped", "Options stand in the order of the file.", id);
  if (!isOn(memberOf(field, "properties", "randomize"))) return {};
  say(draft, "order", name, "mapped", null, id);
  return { order: "random" };
}

function choiceFor(draft: Draft, field: unknown, asked: Asked, name: string, remarks: string[]): Question | null {
  const options = () => optionsFrom(draft, asked.id, choicesFrom(draft, field, name));
  const order = () => orderFrom(draft, field, name, asked.id);
  const [min, max] = [numberAt(field, "validations", "min_selection"), numberAt(field, "validations", "max_selection")];
  const isMultiple = isOn(memberOf(field, "properties", "allow_multiple_selection"));
  switch (textAt(field, "type")) {
    case "multiple_choice": case "picture_choice": case "checkbox":
      if (textAt(field, "type") === "picture_choice") remarks.push("The pictures are not in the file; add them again.");
      if (!isMultiple && textAt(field, "type") !== "checkbox") return { type: "single", ...asked, options: options(), ...order() };
      return { type: "multi", ...asked, options: options(), ...order(), ...(min === null || min < 1 ? {} : { minChoices: min }), ...(max === null || max < 1 ? {} : { maxChoices: max }) };
    case "dropdown":
      return { type: "dropdown", ...asked, options: options(), ...order() };
    case "ranking":
      return { type: "ranking", ...asked, options: options(), ...order() };
    case "yes_no":
      return { type: "single", ...asked, options: optionsFrom(draft, asked.id, [
        { name: `${name} / yes`, wanted: "yes", keys: ["true", "yes"], texts: yesNoTexts(draft, "yes") }, { name: `${name} / no`, wanted: "no", keys: ["false", "no"], texts: yesNoTexts(draft, "no") },
      ]) };
    case "matrix":
      return matrixFor(draft, field, asked, name);
    default:
      return null;
  }
}

function matrixFor(draft: Draft, field: unknown, asked: Asked, name: string): Question {
  const rows = itemsAt(field, "properties", "fields");
  const columns = rows.flatMap((row) => itemsAt(row, "properties", "choices"));
  const labels = [...new Set(columns.map((column) => textAt(column, "label")))];
  const made = optionsFrom(draft, asked.id, rows.map((row): SourceOption => ({ name: `${name} / row ${textAt(row, "title")}`, wanted: textAt(row, "title"), keys: [textAt(row, "ref"), textAt(row, "id")], texts: [[main(draft), textAt(row, "title")]] })), "rows");
  rows.forEach((row, index) => {
    const rowId = made[index]?.id;
    if (rowId !== undefined) draft.places.set(textAt(row, "ref") || textAt(row, "id"), { kind: "question", questionId: asked.id, row: rowId });
  });
  const options = optionsFrom(draft, asked.id, labels.map((label): SourceOption => ({
    name: `${name} / column ${label}`, wanted: label, keys: columns.filter((column) => textAt(column, "label") === label).flatMap((column) => [textAt(column, "ref"), textAt(column, "id")]), texts: [[main(draft), label]],
  })));
  const isMultiple = rows.some((row) => isOn(memberOf(row, "properties", "allow_multiple_selection")));
  return { type: "matrix", ...asked, rows: made, columns: options, ...(isMultiple ? { isMultiple } : {}) };
}

function fieldFor(draft: Draft, field: unknown, asked: Asked, name: string, remarks: string[]): Question | null {
  const words = (key: string): LocalText => textFrom(draft, name, [[main(draft), textAt(field, "properties", "labels", key)]]);
  const most = numberAt(field, "validations", "max_length");
  switch (textAt(field, "type")) {
    case "short_text":
      return { type: "text", ...asked, ...(most === null || most < 1 ? {} : { maxLength: most }) };
    case "long_text":
      return { type: "text", ...asked, isLong: true, ...(most === null || most < 1 ? {} : { maxLength: most }) };
    case "statement":
      return { type: "statement", ...asked, isRequired: false };
    case "email":
      return { type: "email", ...asked };
    case "phone_number":
      return { type: "phone", ...asked };
    case "website":
      return { type: "text", ...asked, format: "url" };
    case "date":
      return { type: "date", ...asked };
    case "legal":
      return { type: "consent", ...asked, statement: asked.hint ?? { [main(draft)]: "I accept" } };
    case "number": {
      const [min, max] = [numberAt(field, "validations", "min_value"), numberAt(field, "validations", "max_value")];
      return { type: "number", ...asked, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }), decimals: 6 };
    }
    case "nps":
      return { type: "nps", ...asked, ...endsFrom(words("left"), words("right")) };
    case "rating": {
      const shape = textAt(field, "properties", "shape");
      if (shape !== "" && shape !== "star") remarks.push(`It looks like stars instead of “${shape}”.`);
      return { type: "rating", ...asked, min: 1, max: Math.min(10, Math.max(2, numberAt(field, "properties", "steps") ?? 5)), look: "stars" };
    }
    case "opinion_scale":
      return scaleFor(field, asked, { ...endsFrom(words("left"), words("right")), hasCentre: Object.keys(words("center")).length > 0 }, remarks);
    case "file_upload":
      return { type: "file", ...asked, kinds: ["image", "pdf", "document", "audio"], filesMax: 1, sizeMaxMb: 10 };
    case "address": case "contact_info":
      return contactFor(field, asked, remarks);
    default:
      return null;
  }
}

function scaleFor(field: unknown, asked: Asked, words: { low?: LocalText; high?: LocalText; hasCentre: boolean }, remarks: string[]): Question {
  const min = isOn(memberOf(field, "properties", "start_at_one")) ? 1 : 0;
  const steps = Math.min(11, Math.max(3, numberOf(memberOf(field, "properties", "steps")) ?? 11));
  const { hasCentre, ...ends } = words;
  if (hasCentre) remarks.push("The words in the middle of the scale are left out.");
  if (min === 0 && steps === 11 && asksToRecommend(asked.title)) return { type: "nps", ...asked, ...ends };
  const max = min + steps - 1;
  if (max > 10) remarks.push("A scale here ends at 10.");
  return { type: "rating", ...asked, ...ends, min, max: Math.min(10, max) };
}

function contactFor(field: unknown, asked: Asked, remarks: string[]): Question {
  const known: Readonly<Record<string, ContactField>> = {
    first_name: "first_name", last_name: "last_name", email: "email", phone_number: "phone", company: "company", address: "street", address_line_2: "street",
    city: "city", zip_code: "postal_code", zip: "postal_code", postal_code: "postal_code", country: "country",
  };
  const parts = itemsAt(field, "properties", "fields");
  const names = parts.map((part) => textAt(part, "subfield_key") || textAt(part, "type"));
  const fields = [...new Set(names.flatMap((name) => (Object.hasOwn(known, name) ? [known[name]] : [])).filter((name) => name !== undefined))];
  const lost = names.filter((name) => !Object.hasOwn(known, name));
  if (lost.length > 0) remarks.push(`The fields ${lost.join(", ")} are left out.`);
  const all = fields.length > 0 ? fields : textAt(field, "type") === "address" ? (["street", "postal_code", "city", "country"] as const) : (["first_name", "last_name", "email", "phone"] as const);
  const required = parts.filter((part) => isOn(memberOf(part, "validations", "required"))).flatMap((part) => {
    const name = textAt(part, "subfield_key") || textAt(part, "type");
    return Object.hasOwn(known, name) && known[name] !== undefined ? [known[name]] : [];
  });
  return { type: "contact", ...asked, isRequired: asked.isRequired || required.length > 0, fields: [...all], ...(required.length === 0 ? {} : { requiredFields: [...new Set(required)] }) };
}
