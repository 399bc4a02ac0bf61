import type { ContactField, LocalText, Question } from "../surveys/definition.contract.ts";
import type { Draft, SourceOption, SourceText } from "./draft.rules.ts";
import { optionsFrom, say, textFrom, textOrStandIn } from "./draft.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { addQuestion, endsFrom } from "./questions.rules.ts";
import { entriesAt, entriesOf, isObject, isOn, itemsAt, memberOf, numberAt, textAt, textOf } from "./source-values.rules.ts";

type Asked = { id: string; title: LocalText; isRequired: boolean; hint?: LocalText };

/** A text of Formbricks: a string, or an object by language where `default` is the main one. */
export function wordsOf(draft: Draft, value: unknown): SourceText {
  const [main = "en"] = draft.languages;
  if (!isObject(value)) return [[main, textOf(value)]];
  return entriesOf(value).map(([code, text]) => [code === "default" ? main : (languageTag(code) ?? ""), textOf(text)] as const);
}

/** Adds one question of a Formbricks survey to the survey. */
export function addFormbricksQuestion(draft: Draft, question: unknown, given: { id: string; name: string }): void {
  const { id, name } = given;
  const type = textAt(question, "type");
  const { text: title, remark } = textOrStandIn(draft, name, wordsOf(draft, memberOf(question, "headline")), name);
  const below = type === "consent" || type === "cta" ? memberOf(question, "html") ?? memberOf(question, "subheader") : memberOf(question, "subheader");
  const hint = textFrom(draft, `${name} (subheader)`, wordsOf(draft, below));
  const isRequired = isOn(memberOf(question, "required"));
  if (isRequired && type !== "cta") say(draft, "validation", `${name} (required)`, "mapped", null, id);
  const asked: Asked = { id, title, isRequired, ...(Object.keys(hint).length === 0 ? {} : { hint }) };
  const remarks = remark === null ? [] : [remark];
  if (textAt(question, "imageUrl") !== "" || textAt(question, "videoUrl") !== "") remarks.push("Its picture or film is left out.");
  const made = choiceFor(draft, question, asked, name, remarks) ?? fieldFor(draft, question, asked, name, remarks);
  if (made === null) say(draft, "question", name, "dropped", `Questions of the type “${type}” are not asked here.`);
  else addQuestion(draft, name, made, remarks);
}

function choicesFrom(draft: Draft, question: unknown, name: string, key: string): SourceOption[] {
  return itemsAt(question, key).map((choice, index): SourceOption => {
    const isPlain = memberOf(choice, "label") === undefined;
    const id = textAt(choice, "id") || String(index);
    const texts = wordsOf(draft, isPlain ? choice : memberOf(choice, "label"));
    const label = texts[0]?.[1] ?? "";
    const isSpecial = id === "other" || id === "none";
    // Made-up ids of 24 signs say nothing; the words do. Logic of tables counts the rows from 0.
    return { name: `${name} / ${isPlain ? label : isSpecial ? id : label || id}`, wanted: isSpecial || (id.length <= 12 && !isPlain) ? id : label, keys: [id], texts, isOther: id === "other", isNone: id === "none" };
  });
}

function orderFrom(draft: Draft, question: unknown, name: string, id: string): { order?: "random" } {
  const shuffle = textAt(question, "shuffleOption");
  if (shuffle === "" || shuffle === "none") return {};
  say(draft, "order", name, shuffle === "all" ? "mapped" : "approximated", shuffle === "all" ? null : "In the source the last option keeps its place.", id);
  return { order: "random" };
}

function choiceFor(draft: Draft, question: unknown, asked: Asked, name: string, remarks: string[]): Question | null {
  const options = () => optionsFrom(draft, asked.id, choicesFrom(draft, question, name, "choices"));
  const plain = () => options().map(({ isNone: _isNone, ...option }) => option);
  const order = () => orderFrom(draft, question, name, asked.id);
  switch (textAt(question, "type")) {
    case "multipleChoiceSingle":
      return { type: textAt(question, "displayType") === "dropdown" ? "dropdown" : "single", ...asked, options: plain(), ...order() };
    case "multipleChoiceMulti":
      return { type: "multi", ...asked, options: options(), ...order() };
    case "ranking":
      return { type: "ranking", ...asked, options: plain().map(({ isOther: _isOther, ...option }) => option), ...order() };
    case "pictureSelection": {
      remarks.push("The pictures are not in the file; add them again.");
      const pictures = itemsAt(question, "choices").map((choice, index): SourceOption => ({ name: `${name} / picture ${index + 1}`, wanted: String(index + 1), keys: [textAt(choice, "id")], texts: [[draft.languages[0] ?? "en", `Picture ${index + 1}`]] }));
      return { type: isOn(memberOf(question, "allowMulti")) ? "multi" : "single", ...asked, options: optionsFrom(draft, asked.id, pictures) };
    }
    case "matrix": {
      const rows = optionsFrom(draft, asked.id, choicesFrom(draft, question, name, "rows"), "rows");
      rows.forEach((row, index) => draft.places.set(`${name}.${index}`, { kind: "question", questionId: asked.id, row: row.id }));
      itemsAt(question, "rows").forEach((row, index) => {
        const rowId = rows[index]?.id;
        if (rowId !== undefined && textAt(row, "id") !== "") draft.places.set(`${name}.${textAt(row, "id")}`, { kind: "question", questionId: asked.id, row: rowId });
      });
      return { type: "matrix", ...asked, rows, columns: optionsFrom(draft, asked.id, choicesFrom(draft, question, name, "columns")), ...order() };
    }
    default:
      return null;
  }
}

function fieldFor(draft: Draft, question: unknown, asked: Asked, name: string, remarks: string[]): Question | null {
  const words = (key: string): LocalText => textFrom(draft, name, wordsOf(draft, memberOf(question, key)));
  const ends = () => endsFrom(words("lowerLabel"), words("upperLabel"));
  switch (textAt(question, "type")) {
    case "openText":
      return textFor(draft, question, asked, name);
    case "nps":
      return { type: "nps", ...asked, ...ends() };
    case "csat":
      return { type: "csat", ...asked, ...ends() };
    case "ces":
      if (numberAt(question, "range") === 5) return { type: "rating", ...asked, ...ends(), min: 1, max: 5 };
      return { type: "ces", ...asked, ...ends() };
    case "rating": {
      const scale = textAt(question, "scale");
      return { type: "rating", ...asked, ...ends(), min: 1, max: Math.min(10, Math.max(2, numberAt(question, "range") ?? 5)), look: scale === "star" ? "stars" : scale === "smiley" ? "smileys" : "numbers" };
    }
    case "cta":
      if (isOn(memberOf(question, "buttonExternal"))) remarks.push(`Its button leads to ${textAt(question, "buttonUrl").slice(0, 200)} in the source; here it goes on.`);
      return { type: "statement", ...asked, isRequired: false };
    case "consent": {
      const label = textOrStandIn(draft, `${name} (label)`, wordsOf(draft, memberOf(question, "label")), "I agree").text;
      return { type: "consent", ...asked, statement: label };
    }
    case "date":
      return { type: "date", ...asked };
    case "fileUpload": {
      const size = numberAt(question, "maxSizeInMB");
      if (itemsAt(question, "allowedFileExtensions").length > 0) remarks.push("Pictures, PDF, documents and sound are taken, not single file types.");
      return { type: "file", ...asked, kinds: ["image", "pdf", "document", "audio"], filesMax: isOn(memberOf(question, "allowMultipleFiles")) ? 10 : 1, sizeMaxMb: size === null ? 10 : Math.min(25, Math.max(1, Math.round(size))) };
    }
    case "address": case "contactInfo":
      return contactFor(question, asked);
    default:
      return null;
  }
}

function textFor(draft: Draft, question: unknown, asked: Asked, name: string): Question {
  switch (textAt(question, "inputType")) {
    case "email":
      return { type: "email", ...asked };
    case "phone":
      return { type: "phone", ...asked };
    case "number": {
      const [min, max] = [numberAt(question, "charLimit", "min"), numberAt(question, "charLimit", "max")];
      return { type: "number", ...asked, decimals: 6, ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
    }
    default: {
      const isLimited = isOn(memberOf(question, "charLimit", "enabled"));
      const [min, max] = isLimited ? [numberAt(question, "charLimit", "min"), numberAt(question, "charLimit", "max")] : [null, null];
      if (isLimited) say(draft, "validation", `${name} (length)`, "mapped", null, asked.id);
      const isLong = memberOf(question, "longAnswer") !== false;
      return {
        type: "text", ...asked, ...(isLong ? { isLong: true } : {}), ...(textAt(question, "inputType") === "url" ? { format: "url" as const } : {}),
        ...(min === null || min < 1 ? {} : { minLength: min }), ...(max === null || max < 1 ? {} : { maxLength: max }),
      };
    }
  }
}

function contactFor(question: unknown, asked: Asked): Question {
  const known: readonly (readonly [string, ContactField])[] = [
    ["firstName", "first_name"], ["lastName", "last_name"], ["email", "email"], ["phone", "phone"], ["company", "company"],
    ["addressLine1", "street"], ["addressLine2", "street"], ["city", "city"], ["zip", "postal_code"], ["country", "country"],
  ];
  const own = new Set(entriesAt(question).map(([key]) => key));
  const shown = known.filter(([key]) => own.has(key) && memberOf(question, key, "show") !== false);
  const required = shown.filter(([key]) => isOn(memberOf(question, key, "required"))).map(([, field]) => field);
  const fields = [...new Set(shown.map(([, field]) => field))];
  return { type: "contact", ...asked, fields: fields.length === 0 ? ["first_name", "last_name", "email"] : fields, ...(required.length === 0 ? {} : { requiredFields: [...new Set(required)] }) };
}

