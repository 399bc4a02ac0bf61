import { ConversionFault } from "./conversion-fault.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, redirectFrom, say, sayKept, startDraft, textFrom, traitNamed } from "./draft.rules.ts";
import { readActions } from "./formbricks-logic.rules.ts";
import { addFormbricksQuestion, wordsOf } from "./formbricks-questions.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { addBranch } from "./questions.rules.ts";
import { settle } from "./settle.rules.ts";
import { entriesOf, isObject, isOn, itemsAt, itemsOf, memberOf, textAt, textOf } from "./source-values.rules.ts";

const QUESTIONS_MAX = 5_000;

/** A Formbricks survey, as the app exports it or its API gives it (`data` around it, or a list). */
export function isFormbricks(file: unknown): boolean {
  return questionsOf(surveyIn(file)).some((one) => memberOf(one, "headline") !== undefined);
}

function surveyIn(file: unknown): unknown {
  const inner = memberOf(file, "data") ?? file;
  return Array.isArray(inner) ? itemsOf(inner)[0] : inner;
}

function questionsOf(survey: unknown): readonly unknown[] {
  const blocks = itemsAt(survey, "blocks").flatMap((block) => itemsAt(block, "elements"));
  return (blocks.length > 0 ? blocks : itemsAt(survey, "questions")).slice(0, QUESTIONS_MAX);
}

/** The survey of a Formbricks JSON file. */
export function convertFormbricks(file: unknown): SurveyConversion {
  const survey = surveyIn(file);
  const draft = startFormbricks(survey);
  const questions = questionsOf(survey);
  if (questions.length === 0) throw new ConversionFault("file_damaged", "The survey has no question.");
  const named = questions.map((question, index) => ({ question, name: textAt(question, "id") || `question ${index + 1}` }));
  for (const { question, name } of named) if (!draft.places.has(name)) draft.places.set(name, { kind: "question", questionId: claimId(draft, readableName(name, question)) });
  for (const { question, name } of named) addFormbricksQuestion(draft, question, { id: placeOf(draft, name) ?? "", name });
  addEndings(draft, survey);
  addLogic(draft, survey, named);
  const colour = textAt(survey, "styling", "brandColor", "light");
  if (/^#[0-9a-fA-F]{6}$/.test(colour)) draft.accent = colour;
  return settle(draft);
}

// Ids made by a machine say nothing in an export; the beginning of the question does.
function readableName(name: string, question: unknown): string {
  const isMade = /^[a-z0-9]{20,}$/.test(name);
  const headline = memberOf(question, "headline");
  const words = isObject(headline) ? textAt(headline, "default") : textOf(headline);
  return isMade && /[a-z]/i.test(words) ? words.slice(0, 1_000).replaceAll(/<[^>]*>/g, "").slice(0, 24) : name;
}

function placeOf(draft: Draft, name: string): string | null {
  const place = draft.places.get(name);
  return place?.kind === "question" ? place.questionId : null;
}

function startFormbricks(survey: unknown): Draft {
  const listed = itemsAt(survey, "languages").map((one) => ({ code: textAt(one, "language", "code") || textAt(one, "code"), isDefault: isOn(memberOf(one, "default")), isEnabled: memberOf(one, "enabled") !== false }));
  const main = languageTag(listed.find((one) => one.isDefault)?.code ?? textAt(survey, "language")) ?? "en";
  const keys = new Set<string>();
  for (const question of questionsOf(survey)) for (const [key] of entriesOf(memberOf(question, "headline"))) if (key !== "default") keys.add(key);
  const others = isObject(memberOf(questionsOf(survey)[0], "headline")) ? [...keys] : [];
  const languages = [...new Set([main, ...[...listed.map((one) => one.code), ...others].flatMap((code) => languageTag(code) ?? [])])];
  const draft = startDraft("formbricks", textAt(survey, "name"), languages);
  draft.pipe = (text, put) => text.replaceAll(/#recall:([\w-]{1,60})\/fallback:([^#]{0,200})#/g, (_whole: string, name: string) => put(draft.places.has(name) ? name : draft.places.has(`hidden:${name}`) ? `hidden:${name}` : `var:${name}`));
  say(draft, "survey", draft.name, "mapped");
  for (const language of languages) {
    const isOff = listed.some((one) => languageTag(one.code) === language && !one.isEnabled);
    sayKept(draft, "language", language, isOff ? ["It is switched off in the source."] : []);
  }
  for (const field of itemsAt(survey, "hiddenFields", "fieldIds")) {
    draft.places.set(`hidden:${textOf(field)}`, { kind: "trait", trait: traitNamed(textOf(field)) });
    say(draft, "setting", `hidden field ${textOf(field)}`, "approximated", "Values of the address are not read here; texts and conditions look at the customer's trait of this name.");
  }
  for (const variable of itemsAt(survey, "variables")) say(draft, "calculation", `variable ${textAt(variable, "name")}`, "dropped", "Variables that logic changes are not kept here.");
  addWelcome(draft, survey);
  return draft;
}

function addWelcome(draft: Draft, survey: unknown): void {
  const card = memberOf(survey, "welcomeCard");
  if (!isOn(memberOf(card, "enabled"))) return;
  const headline = textFrom(draft, "welcome card", wordsOf(draft, memberOf(card, "headline")));
  const below = textFrom(draft, "welcome card", wordsOf(draft, memberOf(card, "html") ?? memberOf(card, "subheader")));
  const languages = [...new Set([...Object.keys(headline), ...Object.keys(below)])];
  if (Object.keys(headline).length > 0) draft.title = { ...draft.title, ...headline };
  draft.intro = Object.fromEntries(languages.map((language) => [language, (below[language] ?? "").slice(0, 2_000)] as const).filter(([, text]) => text !== ""));
  say(draft, "message", "welcome card", "mapped");
}

function addEndings(draft: Draft, survey: unknown): void {
  const old = memberOf(survey, "thankYouCard");
  const endings = itemsAt(survey, "endings").length > 0 ? itemsAt(survey, "endings") : isOn(memberOf(old, "enabled")) ? [old] : [];
  endings.forEach((ending, index) => {
    const name = textAt(ending, "id") || "end";
    const title = textFrom(draft, `ending ${index + 1}`, wordsOf(draft, memberOf(ending, "headline") ?? memberOf(ending, "label")));
    const text = textFrom(draft, `ending ${index + 1}`, wordsOf(draft, memberOf(ending, "subheader")));
    const isRedirect = textAt(ending, "type") === "redirectToUrl";
    const address = isRedirect ? textAt(ending, "url") : "";
    const kept = address === "" ? null : redirectFrom(address);
    const parts = { ...(Object.keys(text).length === 0 ? {} : { text }), ...(kept === null ? {} : { redirectUrl: kept }) };
    const words = isRedirect ? draft.thanks.title : { ...draft.thanks.title, ...title };
    const remarks = [
      ...(address !== "" && kept === null ? [`It leads to ${address.slice(0, 200)}; only https addresses are led to.`] : []),
      ...(textAt(ending, "buttonLink") === "" ? [] : [`Its button to ${textAt(ending, "buttonLink").slice(0, 200)} is left out.`]),
    ];
    // People who nothing leads elsewhere see the first ending.
    if (index === 0) {
      draft.thanks = { title: words, ...parts };
      draft.places.set(`end:${name}`, { kind: "question", questionId: "end" });
    } else {
      const id = claimId(draft, /^[a-z0-9]{20,}$/.test(name) ? `end_${index + 1}` : name);
      draft.endings.push({ id, title: words, ...parts, conditions: [] });
      draft.places.set(`end:${name}`, { kind: "question", questionId: id });
    }
    sayKept(draft, "ending", `ending ${index + 1}`, remarks);
  });
}

function addLogic(draft: Draft, survey: unknown, named: readonly { question: unknown; name: string }[]): void {
  const blocks = itemsAt(survey, "blocks");
  const holders = blocks.length === 0
    ? named.map(({ question, name }) => ({ holder: question, name }))
    : blocks.flatMap((block) => {
      const last = itemsAt(block, "elements").at(-1);
      if (textAt(block, "id") !== "") blockStart(draft, textAt(block, "id"), textAt(itemsAt(block, "elements")[0], "id"));
      return last === undefined ? [] : [{ holder: block, name: textAt(last, "id") }];
    });
  for (const { holder, name } of holders) {
    readActions(draft, name, holder).forEach(({ clause, expression, kind, target }, index) => {
      const source = `${name} (logic ${index + 1})`;
      if (kind !== "jumpToQuestion" && kind !== "jumpToBlock") return say(draft, "logic", source, "dropped", `The action “${kind}” is not done here. In the source: ${expression}`, placeOf(draft, name));
      addBranch(draft, { source, expression, clause: clause(), after: placeOf(draft, name) ?? "", to: goalOf(draft, target) });
    });
    const fallback = textAt(holder, "logicFallback");
    if (fallback !== "") addBranch(draft, { source: `${name} (otherwise)`, expression: fallback, clause: { kind: "constant", isTrue: true }, after: placeOf(draft, name) ?? "", to: goalOf(draft, fallback) });
  }
}

function blockStart(draft: Draft, block: string, first: string): void {
  const id = placeOf(draft, first);
  if (id !== null) draft.places.set(`block:${block}`, { kind: "question", questionId: id });
}

function goalOf(draft: Draft, target: string): string | null {
  return target === "end" ? "end" : placeOf(draft, `end:${target}`) ?? placeOf(draft, `block:${target}`) ?? placeOf(draft, target);
}
