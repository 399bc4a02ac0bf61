import type { Clause } from "./clauses.rules.ts";
import { ruleFrom } from "./clauses.rules.ts";
import { ConversionFault, refuseTooMany } from "./conversion-fault.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, redirectFrom, say, sayKept, startDraft, textFrom, traitNamed } from "./draft.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { plainText } from "./plain-text.rules.ts";
import { addBranch, shownIf } from "./questions.rules.ts";
import type { FlowStep } from "./qualtrics-flow.rules.ts";
import { readBlocks, readFlow } from "./qualtrics-flow.rules.ts";
import { withCarriedOptions } from "./qualtrics-carried.rules.ts";
import { clauseOfLogic, compareLocator, readSkip, wordsOfLogic } from "./qualtrics-logic.rules.ts";
import { addQsfQuestion } from "./qualtrics-questions.rules.ts";
import { settle } from "./settle.rules.ts";
import { entriesAt, itemsAt, memberOf, numberAt, textAt } from "./source-values.rules.ts";

export function isQualtrics(file: unknown): boolean {
  return memberOf(file, "SurveyEntry") !== undefined && Array.isArray(memberOf(file, "SurveyElements"));
}

type Source = { payloads: Map<string, unknown>; steps: FlowStep[]; tagOf: (qid: string) => string; all: readonly string[] };

/** The survey of a Qualtrics .qsf file. */
export function convertQualtrics(file: unknown): SurveyConversion {
  const elements = itemsAt(file, "SurveyElements");
  const payloadOf = (kind: string): unknown => memberOf(elements.find((one) => textAt(one, "Element") === kind), "Payload");
  const questions = elements.filter((one) => textAt(one, "Element") === "SQ");
  if (questions.length === 0) throw new ConversionFault("file_damaged", "The .qsf file holds no question.");
  refuseTooMany(questions.length);
  const payloads = new Map(questions.map((one) => [textAt(one, "PrimaryAttribute") || textAt(one, "Payload", "QuestionID"), memberOf(one, "Payload")]));
  const options = payloadOf("SO");
  const draft = startQsf(file, options, [...payloads.values()]);
  const blocks = readBlocks(payloadOf("BL"));
  const tagOf = (qid: string): string => textAt(payloads.get(qid), "DataExportTag") || qid;
  const source: Source = { payloads, steps: readFlow(payloadOf("FL"), blocks), tagOf, all: [...payloads.keys()] };
  for (const step of source.steps) if (step.kind === "question" && payloads.has(step.qid)) placeQuestion(draft, step.qid, tagOf(step.qid));
  addSteps(draft, source);
  addSkips(draft, source);
  addEnds(draft, source, options);
  addShuffles(draft, source);
  addScores(draft, source, payloadOf("SCO"));
  for (const element of elements.filter((one) => textAt(one, "Element") === "QO")) addQuota(draft, memberOf(element, "Payload"));
  for (const element of elements) noteElement(draft, element);
  const trash = new Set([...blocks.values()].filter((block) => block.isTrash).flatMap((block) => block.questions.map(({ qid }) => qid)));
  for (const qid of source.all) if (!draft.places.has(qid)) say(draft, "question", tagOf(qid), "dropped", trash.has(qid) ? "It is in the trash of the source." : "It is in no block of the survey flow.");
  return settle(draft);
}

function noteElement(draft: Draft, element: unknown): void {
  const name = textAt(element, "PrimaryAttribute");
  const kind = textAt(element, "Element");
  if (kind === "NT") say(draft, "setting", `note ${name}`, "dropped", "Notes between editors are not kept.");
  if (kind === "TR") say(draft, "setting", `trigger ${name}`, "dropped", "E-mails and other actions after a response are set up anew.");
}

function startQsf(file: unknown, options: unknown, payloads: readonly unknown[]): Draft {
  const main = languageTag(textAt(file, "SurveyEntry", "SurveyLanguage")) ?? "en";
  const codes = [...entriesAt(options, "AvailableLanguages").map(([code]) => code), ...payloads.flatMap((payload) => entriesAt(payload, "Language").filter(([, one]) => textAt(one, "QuestionText") !== "").map(([code]) => code))];
  const languages = [...new Set([main, ...codes.flatMap((code) => languageTag(code) ?? [])])];
  const draft = startDraft("qualtrics", textAt(options, "SurveyTitle") || textAt(file, "SurveyEntry", "SurveyName"), languages);
  say(draft, "survey", textAt(file, "SurveyEntry", "SurveyName") || "survey", "mapped");
  for (const language of languages) say(draft, "language", language, "mapped");
  for (const code of new Set(codes)) if (languageTag(code) === null) say(draft, "language", code, "dropped", "It names no language that is known here.");
  draft.pipe = pipeQualtrics(draft);
  return draft;
}

function pipeQualtrics(draft: Draft): Draft["pipe"] {
  return (text, put) => text.replaceAll(/\$\{([a-z]{1,4}):\/\/([^}]{1,200})\}/gi, (_whole: string, kind: string, path: string) => {
    const [first = "", second = ""] = path.split("/");
    if (kind === "q") return put(first);
    const name = kind === "m" ? first : second;
    if (kind !== "m" && kind !== "e") return put(`${kind}://${path}`);
    draft.places.set(`e:${name}`, { kind: "trait", trait: traitNamed(name) });
    return put(`e:${name}`);
  });
}

function placeQuestion(draft: Draft, qid: string, tag: string): void {
  if (!draft.places.has(qid)) draft.places.set(qid, { kind: "question", questionId: claimId(draft, tag) });
}

function idOf(draft: Draft, qid: string): string | null {
  const place = draft.places.get(qid);
  return place?.kind === "question" ? place.questionId : null;
}

function addSteps(draft: Draft, source: Source): void {
  const done = new Set<string>();
  for (const step of source.steps) {
    if (step.kind === "branch") {
      const rule = ruleFrom(draft, clauseOfLogic(draft, step.logic));
      if (rule.ok) sayKept(draft, "logic", `${step.name} (branch)`, rule.remark === null ? [] : [rule.remark]);
      else say(draft, "logic", `${step.name} (branch)`, "dropped", `${rule.why} What stands in the branch is always shown. In the source: ${wordsOfLogic(step.logic)}`);
    }
    if (step.kind === "left_out") say(draft, step.element, step.name, "dropped", step.why);
    if (step.kind !== "question" || done.has(step.qid)) continue;
    const id = idOf(draft, step.qid);
    if (id === null) continue;
    done.add(step.qid);
    const tag = source.tagOf(step.qid);
    const payload = withCarriedOptions(draft, source.payloads.get(step.qid), source.payloads, { tag, id });
    const before = draft.questions.length;
    addQsfQuestion(draft, { qid: step.qid, id, tag, payload, shown: showOf(draft, step, payload, { tag, id }) });
    if (draft.questions.length === before) draft.places.set(step.qid, { kind: "question", questionId: "" });
  }
}

// The branches a question stands under and its own display logic must hold together.
function showOf(draft: Draft, step: FlowStep & { kind: "question" }, payload: unknown, names: { tag: string; id: string }): ReturnType<typeof shownIf> {
  const logic = memberOf(payload, "DisplayLogic") ?? memberOf(payload, "InPageDisplayLogic");
  const guards = step.branches.map((one) => clauseOfLogic(draft, one)).filter((clause) => ruleFrom(draft, clause).ok);
  const guard: Clause = { kind: "all", parts: guards };
  if (logic === undefined) return membersOf(draft, guard, names);
  const own = clauseOfLogic(draft, logic);
  const both: Clause = { kind: "all", parts: [...guards, own] };
  const given = { source: `${names.tag} (display logic)`, expression: wordsOfLogic(logic), questionId: names.id };
  if (guards.length === 0 || ruleFrom(draft, both).ok || !ruleFrom(draft, own).ok) {
    const shown = shownIf(draft, { ...given, clause: guards.length > 0 && ruleFrom(draft, own).ok ? both : own });
    return ruleFrom(draft, own).ok ? shown : membersOf(draft, guard, names);
  }
  say(draft, "logic", `${names.tag} (branch)`, "dropped", "Branch and display logic cannot be joined here; only the display logic is kept.", names.id);
  return shownIf(draft, { ...given, clause: own });
}

function membersOf(draft: Draft, guard: Clause, names: { tag: string; id: string }): ReturnType<typeof shownIf> {
  const rule = ruleFrom(draft, guard);
  if (!rule.ok) say(draft, "logic", `${names.tag} (branches)`, "dropped", rule.why, names.id);
  if (!rule.ok || rule.conditions.length === 0) return {};
  return { showIf: rule.conditions, ...(rule.match === "any" ? { showIfMatch: "any" } : {}) };
}

function addSkips(draft: Draft, source: Source): void {
  const asked = source.steps.flatMap((step) => (step.kind === "question" ? [step] : []));
  asked.forEach((step, index) => {
    const own = entriesAt(source.payloads.get(step.qid), "SkipLogic").map(([, skip]) => skip);
    [...step.skips, ...own].forEach((skip, number) => {
      const { locator, comparison, right, to, words } = readSkip(skip);
      const after = idOf(draft, step.qid) ?? "";
      const clause: Clause = comparison === null ? { kind: "unknown", why: "Its comparison is not known here." } : compareLocator(draft, locator, comparison, right);
      const goal = to === "ENDOFSURVEY" ? "end" : to === "ENDOFBLOCK" ? firstAfterBlock(draft, asked, index) : idOf(draft, to);
      addBranch(draft, { source: `${source.tagOf(step.qid)} (skip logic ${number + 1})`, expression: words, clause, after, to: goal });
    });
  });
}

function firstAfterBlock(draft: Draft, asked: readonly (FlowStep & { kind: "question" })[], from: number): string {
  const block = asked[from]?.block;
  const next = asked.slice(from + 1).find((step) => step.block !== block && draft.questions.some((question) => question.id === idOf(draft, step.qid)));
  return (next === undefined ? null : idOf(draft, next.qid)) ?? "end";
}

/** Ends of the survey in the flow become endings that the question before leads to. */
function addEnds(draft: Draft, source: Source, options: unknown): void {
  let last: string | null = null;
  for (const step of source.steps) {
    if (step.kind === "question") last = draft.questions.some((question) => question.id === idOf(draft, step.qid)) ? idOf(draft, step.qid) : last;
    if (step.kind !== "end") continue;
    const name = textAt(step.element, "FlowID") || "end of survey";
    const chosen = memberOf(step.element, "Options");
    if (step.branches.length === 0) {
      readTermination(draft, name, chosen);
      continue;
    }
    const address = redirectFrom(textAt(chosen, "EOSRedirectURL"));
    const id = claimId(draft, `end_${name}`);
    const isScreenOut = /screen/i.test(textAt(chosen, "ResponseFlag"));
    draft.endings.push({ id, title: draft.thanks.title, conditions: [], ...(address === null ? {} : { redirectUrl: address }), ...(isScreenOut ? { isScreenOut: true } : {}) });
    const expression = step.branches.map(wordsOfLogic).join(" ");
    const isLed = last !== null && addBranch(draft, { source: `${name} (end of survey)`, expression, clause: { kind: "all", parts: step.branches.map((one) => clauseOfLogic(draft, one)) }, after: last, to: id });
    if (!isLed) draft.endings.pop();
    say(draft, "ending", name, isLed ? (textAt(chosen, "EOSMessage") === "" ? "mapped" : "approximated") : "dropped", isLed ? (textAt(chosen, "EOSMessage") === "" ? null : "Its message is in Qualtrics' library, not in the file; the thank-you stands instead.") : "Nothing leads to it.");
  }
  readTermination(draft, "end of survey", options);
}

function readTermination(draft: Draft, name: string, options: unknown): void {
  const address = textAt(options, "EOSRedirectURL");
  const message = textAt(options, "EOSMessage");
  if (textAt(options, "SurveyTermination") === "Redirect" && address !== "") {
    const kept = redirectFrom(address);
    if (kept !== null) draft.thanks = { ...draft.thanks, redirectUrl: kept };
    say(draft, "ending", name, kept === null ? "dropped" : "mapped", kept === null ? `It leads to ${address.slice(0, 200)}; only https addresses are led to.` : null);
  } else if (message !== "") {
    const isId = /^MS_\w+$/.test(message);
    if (!isId) draft.thanks = { ...draft.thanks, text: textFrom(draft, name, [[draft.languages[0] ?? "en", message]]) };
    say(draft, "message", name, isId ? "dropped" : "mapped", isId ? "The end message is in Qualtrics' library, not in the file. Write it anew." : null);
  }
}

function addShuffles(draft: Draft, source: Source): void {
  for (const step of source.steps) {
    if (step.kind !== "shuffled") continue;
    const ids = step.qids.flatMap((qid) => draft.questions.filter((question) => question.id === idOf(draft, qid)).map((question) => question.id));
    const places = ids.map((id) => draft.questions.findIndex((question) => question.id === id)).toSorted((one, other) => one - other);
    const isTogether = places.every((place, index) => index === 0 || place === (places[index - 1] ?? -2) + 1);
    const isTied = draft.questions.some((question) => ids.includes(question.id) && ((question.branches?.length ?? 0) > 0 || (question.showIf ?? []).some((one) => "questionId" in one && ids.includes(one.questionId))));
    const isTaken = draft.shuffle.some((group) => group.some((id) => ids.includes(id)));
    if (ids.length < 2 || !isTogether || isTied || isTaken) {
      say(draft, "order", step.name, "dropped", isTied ? "Its questions depend on each other; they come in the order of the file." : "Its questions come in the order of the file.");
      continue;
    }
    draft.shuffle.push(ids);
    sayKept(draft, "order", step.name, [...(step.remark === null ? [] : [step.remark]), ...(ids.length > 50 ? ["Only the first 50 change places."] : [])]);
  }
}

function addScores(draft: Draft, source: Source, scoring: unknown): void {
  for (const category of itemsAt(scoring, "ScoringCategories")) {
    const id = textAt(category, "ID");
    const name = plainText(textAt(category, "Name")) || id;
    const graded = source.all.filter((qid) => entriesAt(source.payloads.get(qid), "GradingData").some(([, one]) => memberOf(one, "Grades", id) !== undefined));
    const ids = graded.flatMap((qid) => draft.questions.filter((question) => question.id === idOf(draft, qid)).map((question) => question.id));
    const formula = `sum(${ids.join(", ")})`;
    if (ids.length === 0 || formula.length > 500) {
      say(draft, "calculation", name, "dropped", ids.length === 0 ? "No question counts towards it." : "It adds up too many questions for one formula.");
      continue;
    }
    draft.calculations.push({ id: claimId(draft, name), name: name.slice(0, 80), formula });
    say(draft, "calculation", name, "mapped");
  }
}

function addQuota(draft: Draft, payload: unknown): void {
  const name = plainText(textAt(payload, "Name")) || "quota";
  const limit = numberAt(payload, "Occurrences");
  const rule = ruleFrom(draft, clauseOfLogic(draft, memberOf(payload, "Logic")));
  if (limit === null || limit < 1 || !rule.ok) {
    say(draft, "quota", name, "dropped", limit === null || limit < 1 ? "It has no limit of at least one response." : rule.ok ? null : `${rule.why} In the source: ${wordsOfLogic(memberOf(payload, "Logic"))}`);
    return;
  }
  const action = textAt(payload, "QuotaAction");
  draft.quotas.push({ id: claimId(draft, name), name: name.slice(0, 80), limit: Math.min(10_000_000, Math.trunc(limit)), conditions: rule.conditions, match: rule.match });
  sayKept(draft, "quota", name, [...(rule.remark === null ? [] : [rule.remark]), ...(action === "" || action === "EndCurrentSurvey" ? [] : ["When it is full the survey ends; in the source something else happens."])]);
}
