import type { Clause } from "./clauses.rules.ts";
import { comparisonOf, ruleFrom } from "./clauses.rules.ts";
import { ConversionFault, refuseTooMany } from "./conversion-fault.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { claimId, redirectFrom, say, sayKept, startDraft, textFrom } from "./draft.rules.ts";
import { languageTag } from "./language-tags.rules.ts";
import { clauseOfRelevance, oldConditions, pipeLime } from "./limesurvey-logic.rules.ts";
import { addLimeQuestion, attribute } from "./limesurvey-questions.rules.ts";
import type { LimeQuestion, LimeSource } from "./limesurvey-tables.rules.ts";
import { cell, readLimeSource } from "./limesurvey-tables.rules.ts";
import { TEXT_MAX, cutText } from "./plain-text.rules.ts";
import { shownIf } from "./questions.rules.ts";
import { settle } from "./settle.rules.ts";
import type { LimeFile } from "./survey-file.rules.ts";

/** The survey of a LimeSurvey .lss file; a group (.lsg) or a single question (.lsq) becomes a survey too. */
export function convertLimeSurvey(file: LimeFile): SurveyConversion {
  if (!["Survey", "Group", "Question"].includes(file.kind)) throw new ConversionFault("file_unknown", `A LimeSurvey file of the kind “${file.kind}” holds no questions. Export the survey structure (.lss).`);
  const source = readLimeSource(file);
  refuseTooMany(source.questions.length);
  const draft = startLime(source);
  for (const question of source.questions) if (!draft.places.has(question.code)) draft.places.set(question.code, { kind: "question", questionId: question.type === "*" ? "" : claimId(draft, question.code) });
  addGroups(draft, source);
  for (const row of file.tables.get("quota") ?? []) addQuota(draft, source, cell(row, "id"));
  for (const row of file.tables.get("assessments") ?? []) say(draft, "calculation", cell(row, "name") || "assessment", "dropped", "Assessments with texts by points are not done here; the points of the options are kept.");
  addThanks(draft, source);
  return settle(draft);
}

function startLime(source: LimeSource): Draft {
  const settings = source.file.tables.get("surveys_languagesettings") ?? [];
  const inLanguage = (column: string): (readonly [string, string])[] => settings.map((row) => [languageTag(cell(row, "surveyls_language")) ?? "", cell(row, column)] as const);
  const title = inLanguage("surveyls_title").find(([language, text]) => language === source.main && text !== "") ?? inLanguage("surveyls_title").find(([, text]) => text !== "");
  const draft = startDraft("limesurvey", title?.[1] ?? "", source.languages);
  draft.pipe = pipeLime(draft, source);
  const titles = textFrom(draft, "title", inLanguage("surveyls_title"));
  if (Object.keys(titles).length > 0) draft.title = { ...draft.title, ...titles };
  say(draft, "survey", title?.[1] ?? "survey", "mapped");
  for (const language of source.languages) say(draft, "language", language, "mapped");
  const welcome = textFrom(draft, "welcome text", inLanguage("surveyls_welcometext"));
  const description = textFrom(draft, "description", inLanguage("surveyls_description"));
  if (Object.keys(welcome).length > 0) say(draft, "message", "welcome text", "mapped");
  if (Object.keys(description).length > 0) say(draft, "message", "description", "mapped");
  const both = [...new Set([...Object.keys(description), ...Object.keys(welcome)])];
  draft.intro = Object.fromEntries(both.map((language) => [language, cutText([description[language], welcome[language]].filter((text) => text !== undefined).join("\n\n"), TEXT_MAX)]));
  return draft;
}

function addGroups(draft: Draft, source: LimeSource): void {
  const groups = new Map((source.file.tables.get("groups") ?? []).map((row) => [cell(row, "gid"), row]));
  const random = new Map<string, string[]>();
  const noted = new Set<string>();
  for (const question of source.questions) {
    const relevance = cell(groups.get(question.gid), "grelevance");
    const place = draft.places.get(question.code);
    const id = place?.kind === "question" ? place.questionId : "";
    const guard = clauseOfRelevance(draft, source, relevance);
    if (!noted.has(question.gid)) noteGroup(draft, source, question.gid, guard, relevance);
    noted.add(question.gid);
    const shown = question.type === "*" ? {} : showOf(draft, source, question, { id, guard });
    addLimeQuestion(draft, { source, question, id, shown });
    const group = attribute(question, "random_group");
    if (group !== "" && draft.questions.some((one) => one.id === id)) random.set(group, [...(random.get(group) ?? []), id]);
  }
  for (const [name, ids] of random) addShuffle(draft, name, ids);
}

function noteGroup(draft: Draft, source: LimeSource, gid: string, guard: Clause, relevance: string): void {
  const name = source.words("group", gid, "group_name").find(([, text]) => text !== "")?.[1] ?? gid;
  const row = (source.file.tables.get("groups") ?? []).find((one) => cell(one, "gid") === gid);
  if (cell(row, "randomization_group") !== "") say(draft, "order", `group ${name}`, "dropped", "Groups come in the order of the file.");
  if (source.words("group", gid, "description").some(([, text]) => text.trim() !== "")) say(draft, "message", `group ${name}`, "dropped", "Groups have no heading here; their description is left out.");
  if (relevance.trim() === "" || relevance.trim() === "1") return;
  const rule = ruleFrom(draft, guard);
  if (rule.ok) sayKept(draft, "logic", `group ${name} (relevance)`, rule.remark === null ? [] : [rule.remark]);
  else say(draft, "logic", `group ${name} (relevance)`, "dropped", `${rule.why} The group is always shown. In the source: ${relevance}`);
}

// The relevance of the group and that of the question must hold together.
function showOf(draft: Draft, source: LimeSource, question: LimeQuestion, given: { id: string; guard: Clause }): ReturnType<typeof shownIf> {
  const relevance = cell(question.row, "relevance");
  const isPlain = relevance.trim() === "" || relevance.trim() === "1";
  const old = isPlain ? oldConditions(draft, source, question.qid) : null;
  const own: Clause = old?.clause ?? clauseOfRelevance(draft, source, relevance);
  const guard = ruleFrom(draft, given.guard);
  const guards: Clause[] = guard.ok ? [given.guard] : [];
  if (isPlain && old === null) return guard.ok && guard.conditions.length > 0 ? { showIf: guard.conditions, ...(guard.match === "any" ? { showIfMatch: "any" } : {}) } : {};
  const both: Clause = { kind: "all", parts: [...guards, own] };
  const isJoined = ruleFrom(draft, both).ok;
  const isOwn = ruleFrom(draft, own).ok;
  if (!isJoined && isOwn) say(draft, "logic", `${question.code} (group)`, "dropped", "The relevance of the group and of the question cannot be joined here; only that of the question is kept.", given.id);
  return shownIf(draft, { source: `${question.code} (relevance)`, expression: old?.expression ?? relevance, clause: isJoined ? both : own, questionId: given.id });
}

function addShuffle(draft: Draft, name: string, ids: readonly string[]): void {
  const places = ids.map((id) => draft.questions.findIndex((question) => question.id === id));
  const isTogether = places.every((place, index) => index === 0 || place === (places[index - 1] ?? -2) + 1);
  if (ids.length < 2 || !isTogether) return say(draft, "order", `random group ${name}`, "dropped", "Its questions do not stand together; they come in the order of the file.");
  draft.shuffle.push([...ids]);
  say(draft, "order", `random group ${name}`, "mapped");
}

function addQuota(draft: Draft, source: LimeSource, id: string): void {
  const row = (source.file.tables.get("quota") ?? []).find((one) => cell(one, "id") === id);
  const name = cell(row, "name") || `quota ${id}`;
  const members = (source.file.tables.get("quota_members") ?? []).filter((one) => cell(one, "quota_id") === id);
  const byQuestion = new Map<string, Clause[]>();
  for (const member of members) {
    const question = source.questions.find((one) => one.qid === cell(member, "qid"));
    const code = cell(member, "code");
    const clause = question?.type === "M" ? comparisonOf(draft, `${question.code}_${code}`, "is", "Y") : comparisonOf(draft, question?.code ?? "", "is", code);
    byQuestion.set(cell(member, "qid"), [...(byQuestion.get(cell(member, "qid")) ?? []), clause]);
  }
  // Answers of one question are alternatives, questions must hold together.
  const rule = ruleFrom(draft, { kind: "all", parts: [...byQuestion.values()].map((parts): Clause => ({ kind: "any", parts })) });
  const limit = Math.trunc(Number(cell(row, "qlimit")));
  if (!(limit >= 1) || !rule.ok) return say(draft, "quota", name, "dropped", rule.ok ? "It has no limit of at least one response." : rule.why);
  const settings = (source.file.tables.get("quota_languagesettings") ?? []).filter((one) => cell(one, "quotals_quota_id") === id);
  const message = textFrom(draft, `quota ${name}`, settings.map((one) => [languageTag(cell(one, "quotals_language")) ?? "", cell(one, "quotals_message")] as const));
  const address = redirectFrom(cell(settings[0], "quotals_url"));
  const endingId = claimId(draft, `full_${name}`);
  draft.endings.push({ id: endingId, title: { ...draft.thanks.title, ...message }, conditions: [], isScreenOut: true, ...(address === null ? {} : { redirectUrl: address }) });
  draft.quotas.push({ id: claimId(draft, name), name: name.slice(0, 80), limit: Math.min(limit, 10_000_000), conditions: rule.conditions, match: rule.match, endingId });
  sayKept(draft, "quota", name, cell(row, "active") === "0" ? ["It is switched off in the source and counts here."] : []);
  say(draft, "ending", `quota ${name}`, "mapped");
}

function addThanks(draft: Draft, source: LimeSource): void {
  const settings = source.file.tables.get("surveys_languagesettings") ?? [];
  const text = textFrom(draft, "end message", settings.map((row) => [languageTag(cell(row, "surveyls_language")) ?? "", cell(row, "surveyls_endtext")] as const));
  const main = draft.languages[0] ?? "en";
  if (Object.keys(text).length > 0) {
    draft.thanks = { ...draft.thanks, text: text[main] === undefined ? { ...text, [main]: Object.values(text)[0] ?? "" } : text };
    say(draft, "message", "end message", "mapped");
  }
  const addresses = [...new Set(settings.map((row) => cell(row, "surveyls_url").trim()).filter((url) => url !== ""))];
  const [address] = addresses;
  if (address === undefined) return;
  const kept = redirectFrom(address);
  const isAutomatic = cell((source.file.tables.get("surveys") ?? [])[0], "autoredirect") === "Y";
  if (kept !== null) draft.thanks = { ...draft.thanks, redirectUrl: kept };
  const remarks = [...(addresses.length > 1 ? ["One address serves all languages."] : []), ...(isAutomatic ? [] : ["In the source it is a link at the end."])];
  if (kept === null) say(draft, "ending", "end address", "dropped", `It leads to ${address.slice(0, 200)}; only https addresses are led to.`);
  else sayKept(draft, "ending", "end address", remarks);
}
