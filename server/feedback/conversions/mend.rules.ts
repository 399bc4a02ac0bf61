import type { Condition, Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { checkDefinition } from "../surveys/definition.rules.ts";
import type { Draft } from "./draft.rules.ts";
import { say } from "./draft.rules.ts";

type Branch = NonNullable<Question["branches"]>[number];

/** Takes out of a made definition what the checker would refuse and the source has no better word for: rules that never hold on the scale
 *  they ask about, groups in random order whose questions depend on each other, and what leads to an ending there is no room for.
 *  @returns the definition without them; each is noted */
export function mend(draft: Draft, given: SurveyDefinition): SurveyDefinition {
  let definition = withoutLostGoals(draft, given);
  for (const id of new Set(refusedIn(definition, "condition_never_holds").flatMap(({ questionId }) => questionId ?? []))) {
    definition = { ...definition, questions: definition.questions.map((question) => (question.id === id ? withoutImpossible(draft, definition, question) : question)) };
  }
  definition = withoutImpossibleEnds(draft, definition);
  const shuffle = (definition.shuffle ?? []).filter((ids) => {
    const isWrong = refusedIn({ ...definition, shuffle: [ids] }, "shuffle_wrong").length > 0;
    if (isWrong) say(draft, "order", ids.join(", "), "dropped", "These questions depend on each other or stand apart; they come in the order of the file.");
    return !isWrong;
  });
  const { shuffle: _shuffle, ...rest } = definition;
  return shuffle.length === 0 ? rest : { ...rest, shuffle };
}

/** Corrects what was noted of a rule; each rule of the source keeps one line. */
function correct(draft: Draft, rule: { questionId: string; isBranch: boolean }, outcome: "approximated" | "dropped", note: string): void {
  const isBranch = (source: string): boolean => /^trigger |\((?:skip logic|logic|otherwise|end of survey)\b/.test(source);
  const line = draft.lines.findLast((one) => one.element === "logic" && one.questionId === rule.questionId && one.outcome !== "dropped" && isBranch(one.source) === rule.isBranch);
  if (line === undefined) say(draft, "logic", `${rule.questionId} (${rule.isBranch ? "branch" : "shown if"})`, outcome, note, rule.questionId);
  else Object.assign(line, { outcome, note });
}

const refusedIn = (definition: SurveyDefinition, code: string) => checkDefinition(definition).filter((problem) => problem.severity === "error" && problem.code === code);

function withoutLostGoals(draft: Draft, definition: SurveyDefinition): SurveyDefinition {
  const known = new Set(["end", ...definition.questions.map(({ id }) => id), ...(definition.endings ?? []).map(({ id }) => id)]);
  const questions = definition.questions.map((question) => {
    const kept = (question.branches ?? []).filter(({ to }) => known.has(to));
    if (kept.length === (question.branches?.length ?? 0)) return question;
    correct(draft, { questionId: question.id, isBranch: true }, "dropped", "It leads to an ending there is no room for.");
    return withBranches(question, kept);
  });
  const quotas = definition.quotas?.map(({ endingId, ...quota }) => (endingId === undefined || !known.has(endingId) ? quota : { ...quota, endingId }));
  return { ...definition, questions, ...(quotas === undefined ? {} : { quotas }) };
}

function withBranches(question: Question, branches: Branch[]): Question {
  const { branches: _branches, ...rest } = question;
  return branches.length === 0 ? rest : { ...rest, branches };
}

function withoutImpossible(draft: Draft, definition: SurveyDefinition, question: Question): Question {
  const isImpossible = (parts: Pick<Question, "showIf" | "showIfMatch" | "branches">): boolean => {
    const { showIf: _showIf, showIfMatch: _match, branches: _branches, ...bare } = question;
    const tried = { ...definition, questions: definition.questions.map((one) => (one.id === question.id ? { ...bare, ...parts } : one)) };
    return refusedIn(tried, "condition_never_holds").some(({ questionId }) => questionId === question.id);
  };
  const kept = (question.branches ?? []).filter((branch) => !isImpossible({ branches: [branch] }));
  for (let lost = kept.length; lost < (question.branches?.length ?? 0); lost += 1) correct(draft, { questionId: question.id, isBranch: true }, "dropped", "It never holds for the answers that can be given.");
  const bare = withBranches(question, kept);
  const { showIf = [], showIfMatch, ...rest } = bare;
  if (!isImpossible({ showIf, ...(showIfMatch === undefined ? {} : { showIfMatch }) })) return bare;
  // Of several that one of is enough for, the others still say when the question is shown.
  const possible: Condition[] = showIfMatch === "any" ? showIf.filter((one) => !isImpossible({ showIf: [one] })) : [];
  const note = possible.length > 0 ? "One of its comparisons never holds for the answers that can be given and is left out." : "It never holds for the answers that can be given, in the source neither; the question is always shown here.";
  correct(draft, { questionId: question.id, isBranch: false }, possible.length > 0 ? "approximated" : "dropped", note);
  return possible.length === 0 ? rest : { ...rest, showIf: possible, showIfMatch: "any" };
}

function withoutImpossibleEnds(draft: Draft, definition: SurveyDefinition): SurveyDefinition {
  const { endings, quotas, ...rest } = definition;
  const isPossible = (one: Partial<SurveyDefinition>): boolean => refusedIn({ ...rest, ...one }, "condition_never_holds").every(({ questionId }) => questionId !== null);
  const keptQuotas = (quotas ?? []).filter((quota) => {
    const isKept = isPossible({ quotas: [quota] });
    if (!isKept) say(draft, "quota", quota.name, "dropped", "Its conditions never hold for the answers that can be given.");
    return isKept;
  });
  const keptEndings = (endings ?? []).map((ending) => {
    if (isPossible({ endings: [ending] })) return ending;
    say(draft, "setting", `${ending.id} (conditions)`, "dropped", "They never hold for the answers that can be given.");
    return { ...ending, conditions: [] };
  });
  return { ...rest, ...(keptEndings.length === 0 ? {} : { endings: keptEndings }), ...(keptQuotas.length === 0 ? {} : { quotas: keptQuotas }) };
}
