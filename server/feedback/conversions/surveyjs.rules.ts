import type { Clause } from "./clauses.rules.ts";
import { ruleFrom } from "./clauses.rules.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, redirectFrom, say, sayKept, startDraft, textFrom } from "./draft.rules.ts";
import { addCalculation, formulaFrom, formulaName } from "./formulas.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { addBranch, shownIf } from "./questions.rules.ts";
import { settle } from "./settle.rules.ts";
import { entriesOf, isObject, itemsAt, memberOf, textAt, textOf } from "./source-values.rules.ts";
import { clauseOfVisibleIf, pipeSurveyJs, wordsOf } from "./surveyjs-logic.rules.ts";
import { addJsQuestion } from "./surveyjs-questions.rules.ts";

const ELEMENTS_MAX = 5_000;
const DEPTH_MAX = 20;

type Guard = { name: string; expression: string };
type Item = { element: unknown; name: string; guards: readonly Guard[] };

/** A SurveyJS form: pages of elements, or elements alone, each with a type. */
export function isSurveyJs(file: unknown): boolean {
  const elements = [...itemsAt(file, "pages").flatMap((page) => [...itemsAt(page, "elements"), ...itemsAt(page, "questions")]), ...itemsAt(file, "elements"), ...itemsAt(file, "questions")];
  return elements.some((one) => textAt(one, "type") !== "" && textAt(one, "name") !== "" && memberOf(one, "headline") === undefined);
}

/** The survey of a SurveyJS JSON form. */
export function convertSurveyJs(file: unknown): SurveyConversion {
  const draft = startJs(file);
  const items = listItems(draft, file);
  if (items.length === 0) throw new ConversionFault("file_damaged", "The form has no question.");
  for (const { name } of items) if (!draft.places.has(name)) draft.places.set(name, { kind: "question", questionId: claimId(draft, name) });
  const intro = textFrom(draft, "description", wordsOf(draft, memberOf(file, "description")));
  draft.intro = Object.keys(intro).length === 0 ? null : intro;
  const noted = new Set<string>();
  for (const item of items) addItem(draft, item, noted);
  for (const one of itemsAt(file, "calculatedValues")) {
    const expression = textAt(one, "expression");
    addCalculation(draft, { source: textAt(one, "name"), expression, formula: formulaFrom(expression, /\{([^{}]{1,200})\}/u, (name) => formulaName(draft, name)) });
  }
  itemsAt(file, "triggers").forEach((trigger, index) => addTrigger(draft, trigger, index + 1));
  addEnds(draft, file);
  return settle(draft);
}

function startJs(file: unknown): Draft {
  const main = languageTag(textAt(file, "locale") || "en") ?? "en";
  const codes = new Set<string>();
  collectLocales(file, codes, 0);
  const languages = [...new Set([main, ...[...codes].flatMap((code) => languageTag(code) ?? [])])];
  const title = memberOf(file, "title");
  const draft = startDraft("surveyjs", isObject(title) ? textAt(title, "default") || textOf(entriesOf(title)[0]?.[1]) : textOf(title), languages);
  draft.pipe = pipeSurveyJs(draft);
  draft.title = { ...draft.title, ...textFrom(draft, "title", wordsOf(draft, title)) };
  say(draft, "survey", draft.name, "mapped");
  for (const language of languages) say(draft, "language", language, "mapped");
  return draft;
}

// Locales are not listed anywhere: they are the keys of texts that have a "default" beside them.
function collectLocales(value: unknown, found: Set<string>, depth: number): void {
  if (depth > DEPTH_MAX || typeof value !== "object" || value === null) return;
  const entries = entriesOf(value);
  const isText = isObject(value) && entries.length > 0 && entries.every(([key, text]) => typeof text === "string" && (key === "default" || /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(key)));
  const isLocalised = isText && (entries.some(([key]) => key === "default") || entries.length > 1);
  if (isLocalised) for (const [key] of entries) if (key !== "default") found.add(key);
  if (!isText) for (const [, inner] of entries) collectLocales(inner, found, depth + 1);
}

function listItems(draft: Draft, file: unknown): Item[] {
  const items: Item[] = [];
  const walk = (elements: readonly unknown[], guards: readonly Guard[], depth: number): void => {
    for (const element of elements) {
      if (items.length >= ELEMENTS_MAX || depth > DEPTH_MAX || !isObject(element)) return;
      const name = textAt(element, "name") || `question ${items.length + 1}`;
      if (textAt(element, "type") === "panel") walk([...itemsAt(element, "elements"), ...itemsAt(element, "questions")], withGuard(guards, element, name), depth + 1);
      else if (textAt(element, "type") === "paneldynamic") {
        say(draft, "setting", `${name} (repeated panel)`, "dropped", "Questions cannot repeat here; each is asked once.");
        walk(itemsAt(element, "templateElements"), withGuard(guards, element, name), depth + 1);
      } else items.push({ element, name, guards });
    }
  };
  for (const page of itemsAt(file, "pages")) {
    const order = textAt(page, "questionsOrder") || textAt(page, "questionOrder");
    if (order === "random") say(draft, "order", `page ${textAt(page, "name")}`, "dropped", "The questions of a page come in the order of the file.");
    walk([...itemsAt(page, "elements"), ...itemsAt(page, "questions")], withGuard([], page, `page ${textAt(page, "name")}`), 0);
  }
  walk([...itemsAt(file, "elements"), ...itemsAt(file, "questions")], [], 0);
  return items;
}

function withGuard(guards: readonly Guard[], element: unknown, name: string): readonly Guard[] {
  const expression = textAt(element, "visibleIf");
  return expression === "" ? guards : [...guards, { name, expression }];
}

function addItem(draft: Draft, item: Item, noted: Set<string>): void {
  const place = draft.places.get(item.name);
  const id = place?.kind === "question" ? place.questionId : "";
  if (draft.questions.some((question) => question.id === id)) return say(draft, "question", item.name, "dropped", "A question of this name comes before.");
  const kept: Clause[] = [];
  for (const guard of item.guards) {
    const clause = clauseOfVisibleIf(draft, guard.expression);
    const rule = ruleFrom(draft, clause);
    if (rule.ok) kept.push(clause);
    if (noted.has(`${guard.name}\n${guard.expression}`)) continue;
    noted.add(`${guard.name}\n${guard.expression}`);
    if (rule.ok) sayKept(draft, "logic", `${guard.name} (visibleIf)`, rule.remark === null ? [] : [rule.remark]);
    else say(draft, "logic", `${guard.name} (visibleIf)`, "dropped", `${rule.why} What stands in it is always shown. In the source: ${guard.expression}`);
  }
  addJsQuestion(draft, { id, name: item.name, element: item.element, shown: showOf(draft, item, id, kept) });
}

function showOf(draft: Draft, item: Item, id: string, guards: readonly Clause[]): ReturnType<typeof shownIf> {
  const expression = textAt(item.element, "visibleIf");
  const all: Clause = { kind: "all", parts: guards };
  if (expression === "") {
    const rule = ruleFrom(draft, all);
    return rule.ok && rule.conditions.length > 0 ? { showIf: rule.conditions, ...(rule.match === "any" ? { showIfMatch: "any" } : {}) } : {};
  }
  const own = clauseOfVisibleIf(draft, expression);
  const both: Clause = { kind: "all", parts: [all, own] };
  const isJoined = ruleFrom(draft, both).ok;
  if (!isJoined && ruleFrom(draft, own).ok) say(draft, "logic", `${item.name} (panel)`, "dropped", "The conditions of page or panel and of the question cannot be joined here; only that of the question is kept.", id);
  return shownIf(draft, { source: `${item.name} (visibleIf)`, expression, clause: isJoined ? both : own, questionId: id });
}

function addTrigger(draft: Draft, trigger: unknown, number: number): void {
  const type = textAt(trigger, "type").replace(/trigger$/, "");
  const expression = textAt(trigger, "expression");
  const source = `trigger ${number} (${type})`;
  const clause = clauseOfVisibleIf(draft, expression);
  const rule = ruleFrom(draft, clause);
  const last = rule.ok ? rule.conditions.flatMap((one) => ("questionId" in one ? [draft.questions.findIndex((question) => question.id === one.questionId)] : [])).toSorted((one, other) => other - one)[0] : undefined;
  const after = last === undefined ? undefined : draft.questions[last];
  const goal = draft.places.get(textAt(trigger, "gotoName"));
  if ((type !== "complete" && type !== "skip") || after === undefined) return say(draft, "logic", source, "dropped", `This trigger is not done here. In the source: ${expression}`);
  addBranch(draft, { source, expression, clause, after: after.id, to: type === "complete" ? "end" : goal?.kind === "question" ? goal.questionId : null });
}

function addEnds(draft: Draft, file: unknown): void {
  const html = textFrom(draft, "completedHtml", wordsOf(draft, memberOf(file, "completedHtml")));
  if (Object.keys(html).length > 0) {
    const main = draft.languages[0] ?? "en";
    draft.thanks = { ...draft.thanks, title: Object.fromEntries(Object.entries({ [main]: Object.values(html)[0] ?? "", ...html })) };
    say(draft, "message", "completedHtml", "mapped");
  }
  const address = textAt(file, "navigateToUrl");
  const kept = address === "" ? null : redirectFrom(address);
  if (kept !== null) draft.thanks = { ...draft.thanks, redirectUrl: kept };
  if (address !== "") say(draft, "ending", "navigateToUrl", kept === null ? "dropped" : "mapped", kept === null ? `It leads to ${address.slice(0, 200)}; only https addresses are led to.` : null);
  const ends = [...itemsAt(file, "completedHtmlOnCondition").map((one) => ({ one, text: memberOf(one, "html"), url: "" })), ...itemsAt(file, "navigateToUrlOnCondition").map((one) => ({ one, text: undefined, url: textAt(one, "url") }))];
  ends.forEach(({ one, text, url }, index) => {
    const rule = ruleFrom(draft, clauseOfVisibleIf(draft, textAt(one, "expression")));
    const source = `end on condition ${index + 1}`;
    if (!rule.ok || rule.conditions.length === 0) return say(draft, "ending", source, "dropped", `${rule.ok ? "It always holds." : rule.why} In the source: ${textAt(one, "expression")}`);
    const title = textFrom(draft, source, wordsOf(draft, text));
    const redirect = redirectFrom(url);
    draft.endings.push({ id: claimId(draft, `end_${index + 1}`), title: { ...draft.thanks.title, ...title }, conditions: rule.conditions, match: rule.match, ...(redirect === null ? {} : { redirectUrl: redirect }) });
    sayKept(draft, "ending", source, rule.remark === null ? [] : [rule.remark]);
  });
}
