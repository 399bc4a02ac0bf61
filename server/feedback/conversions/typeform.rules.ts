import type { Clause, Comparison } from "./clauses.rules.ts";
import { comparisonOf } from "./clauses.rules.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, redirectFrom, say, sayKept, startDraft, textFrom, traitNamed } from "./draft.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { addBranch } from "./questions.rules.ts";
import { settle } from "./settle.rules.ts";
import { isObject, itemsAt, itemsOf, memberOf, numberOf, textAt, textOf } from "./source-values.rules.ts";
import { addTypeformField } from "./typeform-questions.rules.ts";

const FIELDS_MAX = 5_000;
const DEPTH_MAX = 20;

type Field = { field: unknown; name: string };

/** A Typeform form: fields with a type and a ref or properties. */
export function isTypeform(file: unknown): boolean {
  const fields = itemsAt(file, "fields");
  const isField = fields.some((one) => textAt(one, "type") !== "" && (memberOf(one, "ref") !== undefined || memberOf(one, "properties") !== undefined));
  return isField || (fields.length > 0 && (memberOf(file, "thankyou_screens") !== undefined || memberOf(file, "welcome_screens") !== undefined));
}

/** The survey of a Typeform form definition. */
export function convertTypeform(file: unknown): SurveyConversion {
  const language = languageTag(textAt(file, "settings", "language") || textAt(file, "language") || "en") ?? "en";
  const draft = startDraft("typeform", textAt(file, "title"), [language]);
  say(draft, "survey", draft.name, "mapped");
  say(draft, "language", language, "mapped");
  draft.pipe = (text, put) => text.replaceAll(/\{\{(field|hidden|var|variable|thankyou):([^}\n]{1,100})\}\}/g, (_whole: string, kind: string, name: string) => put(kind === "field" ? name : `${kind}:${name}`));
  for (const hidden of itemsAt(file, "hidden")) {
    draft.places.set(`hidden:${textOf(hidden)}`, { kind: "trait", trait: traitNamed(textOf(hidden)) });
    say(draft, "setting", `hidden field ${textOf(hidden)}`, "approximated", "Values of the address are not read here; texts and conditions look at the customer's trait of this name.");
  }
  const fields = listFields(draft, itemsAt(file, "fields"));
  if (fields.length === 0) throw new ConversionFault("file_damaged", "The form has no field.");
  for (const { field, name } of fields) for (const key of [name, textAt(field, "id")]) if (key !== "" && !draft.places.has(key)) draft.places.set(key, { kind: "question", questionId: placeId(draft, field, name) });
  for (const { field, name } of fields) {
    const place = draft.places.get(name);
    addTypeformField(draft, field, { id: place?.kind === "question" ? place.questionId : claimId(draft, name), name });
  }
  addScreens(draft, file);
  addLogic(draft, file);
  return settle(draft);
}

function placeId(draft: Draft, field: unknown, name: string): string {
  const known = draft.places.get(name);
  if (known?.kind === "question") return known.questionId;
  // A ref that a person chose reads well; one that Typeform made does not, and the title then reads better.
  return claimId(draft, /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name) ? textAt(field, "title").slice(0, 24) : name);
}

function listFields(draft: Draft, given: readonly unknown[]): Field[] {
  const fields: Field[] = [];
  const walk = (list: readonly unknown[], depth: number): void => {
    for (const field of list) {
      if (!isObject(field) || fields.length >= FIELDS_MAX || depth > DEPTH_MAX) continue;
      const name = textAt(field, "ref") || textAt(field, "id") || `field ${fields.length + 1}`;
      const isGroup = ["group", "inline_group"].includes(textAt(field, "type"));
      if (!isGroup) {
        fields.push({ field, name });
        continue;
      }
      const inner = itemsAt(field, "properties", "fields");
      const before = fields.length;
      walk(inner, depth + 1);
      const first = fields[before];
      say(draft, "message", `group ${textAt(field, "title") || name}`, "dropped", "Questions of a group follow each other; its heading is left out.");
      if (first !== undefined) groupStarts.set(name, first.name);
    }
  };
  const groupStarts = new Map<string, string>();
  walk(given, 0);
  for (const [group, first] of groupStarts) groups(draft).set(group, first);
  return fields;
}

/** Jumps to a group lead to its first question; kept beside the options, under a key no question has. */
const groups = (draft: Draft): Map<string, string> => {
  const known = draft.options.get("group starts") ?? new Map<string, string>();
  draft.options.set("group starts", known);
  return known;
};

function addScreens(draft: Draft, file: unknown): void {
  const main = draft.languages[0] ?? "en";
  for (const screen of itemsAt(file, "welcome_screens")) {
    const words = [textAt(screen, "title"), textAt(screen, "properties", "description")].filter((text) => text !== "").join("\n\n");
    const intro = textFrom(draft, "welcome screen", [[main, words]]);
    const isKept = draft.intro === null && Object.keys(intro).length > 0;
    if (isKept) draft.intro = intro;
    say(draft, "message", `welcome screen ${textAt(screen, "ref")}`.trim(), isKept ? "mapped" : "dropped", isKept ? null : "There is one introduction only.");
  }
  itemsAt(file, "thankyou_screens").forEach((screen, index) => {
    const ref = textAt(screen, "ref") || `thankyou ${index + 1}`;
    const isDefault = ref === "default_tys";
    const id = claimId(draft, `end_${index + 1}`);
    const title = textFrom(draft, ref, [[main, textAt(screen, "title")]]);
    const text = textFrom(draft, ref, [[main, textAt(screen, "properties", "description")]]);
    const address = textAt(screen, "properties", "redirect_url") || (textAt(screen, "type") === "url_redirect" ? textAt(screen, "properties", "url") : "");
    const kept = address === "" ? null : redirectFrom(address);
    const parts = { ...(Object.keys(text).length === 0 ? {} : { text }), ...(kept === null ? {} : { redirectUrl: kept }) };
    const words = Object.keys(title).length === 0 ? draft.thanks.title : title;
    draft.places.set(`end:${ref}`, { kind: "question", questionId: id });
    // The first screen that nothing needs to lead to is what people see at the end.
    if (index === 0) draft.thanks = { title: words, ...parts };
    if (index === 0 || isDefault) draft.places.set(`end:${ref}`, { kind: "question", questionId: "end" });
    else draft.endings.push({ id, title: words, ...parts, conditions: [] });
    sayKept(draft, "ending", ref, [...(address !== "" && kept === null ? [`It leads to ${address.slice(0, 200)}; only https addresses are led to.`] : []), ...(isDefault && index > 0 ? ["Typeform's own end is the thank-you here."] : [])]);
  });
}

const OPERATORS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["is", "is"], ["equal", "is"], ["is_not", "is_not"], ["not_equal", "is_not"], ["lower_than", "less"], ["lower_equal_than", "at_most"], ["greater_than", "more"],
  ["greater_equal_than", "at_least"], ["contains", "contains"], ["not_contains", "not_contains"], ["answered", "answered"],
]);

function clauseOf(draft: Draft, condition: unknown, depth = 0): Clause {
  const op = textAt(condition, "op");
  const vars = itemsAt(condition, "vars");
  if (depth > DEPTH_MAX) return { kind: "unknown", why: "The condition is nested too deeply." };
  if (op === "always" || op === "") return { kind: "constant", isTrue: true };
  if (op === "and" || op === "or") return { kind: op === "and" ? "all" : "any", parts: vars.map((one) => clauseOf(draft, one, depth + 1)) };
  const comparison = OPERATORS.get(op);
  if (comparison === undefined) return { kind: "unknown", why: `The comparison “${op}” is not done here.` };
  const [left, right] = vars;
  const name = textAt(left, "type") === "field" ? textAt(left, "value") : `${textAt(left, "type") === "variable" ? "var" : textAt(left, "type")}:${textAt(left, "value")}`;
  const value = memberOf(right, "value");
  // "answered" says by its second value whether it must be so.
  if (comparison === "answered") return comparisonOf(draft, name, textOf(value) === "false" ? "not_answered" : "answered");
  return comparisonOf(draft, name, comparison, typeof value === "number" ? value : textOf(value));
}

function addLogic(draft: Draft, file: unknown): void {
  const scored: { id: string; points: number; option: string }[] = [];
  for (const one of itemsAt(file, "logic")) {
    const ref = textAt(one, "ref");
    itemsAt(one, "actions").forEach((action, index) => addAction(draft, { ref, isField: textAt(one, "type") === "field", action, source: `${ref} (logic ${index + 1})`, scored }));
  }
  if (scored.length === 0) return;
  for (const { id, option, points } of scored) {
    draft.questions = draft.questions.map((question) => (question.id === id && "options" in question
      ? { ...question, options: question.options.map((own) => (own.id === option ? { ...own, score: points } : own)) } : question));
  }
  const formula = `sum(${[...new Set(scored.map(({ id }) => id))].join(", ")})`;
  if (formula.length > 500) return say(draft, "calculation", "score", "dropped", "It adds up too many questions for one formula.");
  draft.calculations.push({ id: claimId(draft, "score"), name: "score", formula });
  say(draft, "calculation", "score", "mapped");
}

type Action = { ref: string; isField: boolean; action: unknown; source: string; scored: { id: string; points: number; option: string }[] };

function addAction(draft: Draft, { ref, isField, action, source, scored }: Action): void {
  const condition = memberOf(action, "condition");
  const expression = JSON.stringify(condition ?? null).slice(0, 500);
  const place = draft.places.get(ref);
  const kind = textAt(action, "action");
  if (kind === "add" && textAt(action, "details", "target", "value") === "score") {
    const [left, right] = itemsOf(memberOf(condition, "vars"));
    const clause = comparisonOf(draft, textAt(left, "value"), "is", textAt(right, "value"));
    const points = numberOf(memberOf(action, "details", "value", "value"));
    if (clause.kind === "condition" && "questionId" in clause.condition && typeof clause.condition.value === "string" && points !== null && ["is", "equal"].includes(textAt(condition, "op"))) {
      scored.push({ id: clause.condition.questionId, option: clause.condition.value, points });
      return say(draft, "logic", source, "mapped", null, clause.condition.questionId);
    }
  }
  if (kind !== "jump" || !isField || place?.kind !== "question") return say(draft, "logic", source, "dropped", `The action “${kind}” is not done here. In the source: ${expression}`);
  addBranch(draft, { source, expression, clause: clauseOf(draft, condition), after: place.questionId, to: goalOf(draft, memberOf(action, "details", "to")) });
}

function goalOf(draft: Draft, to: unknown): string | null {
  const value = textAt(to, "value");
  if (textAt(to, "type") === "thankyou") {
    const end = draft.places.get(`end:${value}`);
    return end?.kind === "question" ? end.questionId : value === "default_tys" ? "end" : null;
  }
  const place = draft.places.get(groups(draft).get(value) ?? value);
  return place?.kind === "question" ? place.questionId : null;
}

