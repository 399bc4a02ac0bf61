import type { SurveyDefinition } from "../surveys/definition.contract.ts";
import { checkDefinition } from "../surveys/definition.rules.ts";
import type { SurveyConversion } from "./conversions.contract.ts";
import type { Draft } from "./draft.rules.ts";
import { say, startDraft } from "./draft.rules.ts";
import { settle, sizesOf } from "./settle.rules.ts";
import { isObject, memberOf, textAt } from "./source-values.rules.ts";

/** Our own definition in a file: alone, or as `definition`, `draft` or `survey` of an object around it; null when there is none. */
export function ownDefinitionIn(file: unknown): unknown {
  const candidates = [file, memberOf(file, "definition"), memberOf(file, "draft"), memberOf(file, "survey"), memberOf(file, "survey", "definition"), memberOf(file, "survey", "draft")];
  return candidates.find((one) => isObject(one) && memberOf(one, "format") === 1 && Array.isArray(memberOf(one, "questions")) && Array.isArray(memberOf(one, "languages"))) ?? null;
}

/** A report for a definition of ours, which stays as it is. Pictures are files of the survey they came from and do not travel in it.
 *  @param definition as the schema has read it */
export function convertFirsthand(file: unknown, definition: SurveyDefinition): SurveyConversion {
  const name = textAt(file, "name") || textAt(file, "survey", "name") || Object.values(definition.title)[0] || "Imported survey";
  const draft = startDraft("firsthand", name, definition.languages);
  say(draft, "survey", name, "mapped");
  for (const language of definition.languages) say(draft, "language", language, "mapped");
  for (const question of definition.questions) noteQuestion(draft, question);
  for (const ending of definition.endings ?? []) say(draft, "ending", ending.id, "mapped");
  for (const ending of definition.endings ?? []) if (ending.conditions.length > 0) say(draft, "logic", `${ending.id} (conditions)`, "mapped");
  for (const quota of definition.quotas ?? []) say(draft, "quota", quota.name, "mapped");
  for (const calculation of definition.calculations ?? []) say(draft, "calculation", calculation.name, "mapped");
  definition.shuffle?.forEach((_ids, index) => say(draft, "order", `shuffle ${index + 1}`, "mapped"));
  const { report } = settle(draft);
  return { definition, report: { ...report, survey: sizesOf(definition), problems: checkDefinition(definition) } };
}

function noteQuestion(draft: Draft, question: SurveyDefinition["questions"][number]): void {
  say(draft, "question", question.id, "mapped", null, question.id);
  const options = "options" in question ? question.options : question.type === "matrix" ? [...question.rows, ...question.columns] : [];
  for (const option of options) say(draft, "option", `${question.id} / ${option.id}`, "mapped", null, question.id);
  if ((question.showIf?.length ?? 0) > 0) say(draft, "logic", `${question.id} (shown if)`, "mapped", null, question.id);
  question.branches?.forEach((_branch, index) => say(draft, "logic", `${question.id} (branch ${index + 1})`, "mapped", null, question.id));
}
