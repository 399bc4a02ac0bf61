import type { Condition, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";

/** What went away along with something that was removed. */
export type Removed = { conditions: number; branches: number; quotas: number };
type Rule = { conditions: Condition[]; match?: "all" | "any" | undefined };

/** The definition without a question and without what pointed at it.
 *  A branch or a quota that looked at nothing else goes too: without its condition it would hold for everybody. */
export const withoutQuestion = (definition: SurveyDefinition, id: string): { definition: SurveyDefinition; removed: Removed } => {
  const questions = definition.questions.filter((question) => question.id !== id);
  const shuffle = definition.shuffle?.map((group) => group.filter((one) => one !== id)).filter((group) => group.length >= 2);
  return without({ ...definition, questions, ...(shuffle === undefined ? {} : { shuffle }) }, id, (one) => "questionId" in one && one.questionId === id);
};

/** The definition without an ending and the branches that led to it; its quotas end with the thank-you instead. */
export const withoutEnding = (definition: SurveyDefinition, id: string): { definition: SurveyDefinition; removed: Removed } => {
  const endings = (definition.endings ?? []).filter((ending) => ending.id !== id);
  const quotas = definition.quotas?.map((quota) => (quota.endingId === id ? { ...quota, endingId: undefined } : quota));
  return without({ ...definition, endings, ...(quotas === undefined ? {} : { quotas }) }, id, () => false);
};

/** The definition without a calculation and the conditions that looked at it. */
export const withoutCalculation = (definition: SurveyDefinition, id: string): { definition: SurveyDefinition; removed: Removed } => {
  const calculations = (definition.calculations ?? []).filter((calculation) => calculation.id !== id);
  return without({ ...definition, calculations }, null, (one) => "calculation" in one && one.calculation === id);
};

/** Ids of an option's question whose conditions look at that option, so that a screen can warn before it goes. */
export const conditionsOnOption = (definition: SurveyDefinition, questionId: string, optionId: string): number =>
  rulesOf(definition).flat().filter((one) => "questionId" in one && one.questionId === questionId && (one.value === optionId || one.row === optionId)).length;

const rulesOf = ({ questions, endings = [], quotas = [] }: SurveyDefinition): Condition[][] => [
  ...questions.flatMap(({ showIf = [], branches = [] }) => [showIf, ...branches.map(({ conditions }) => conditions)]),
  ...[...endings, ...quotas].map(({ conditions }) => conditions),
];

const without = (definition: SurveyDefinition, target: string | null, isGone: (condition: Condition) => boolean): { definition: SurveyDefinition; removed: Removed } => {
  const removed: Removed = { conditions: 0, branches: 0, quotas: 0 };
  const strip = (conditions: Condition[]): Condition[] => {
    const left = conditions.filter((condition) => !isGone(condition));
    removed.conditions += conditions.length - left.length;
    return left;
  };
  const stillHolds = <Kind extends Rule>(rule: Kind): Kind | null => {
    const conditions = strip(rule.conditions);
    return rule.conditions.length > 0 && conditions.length === 0 ? null : { ...rule, conditions };
  };
  const questions = definition.questions.map((question) => {
    const branches = question.branches?.filter(({ to }) => to !== target).map(stillHolds).filter((branch) => branch !== null);
    removed.branches += (question.branches?.length ?? 0) - (branches?.length ?? 0);
    return {
      ...question,
      ...(question.showIf === undefined ? {} : { showIf: strip(question.showIf) }),
      ...(branches === undefined ? {} : { branches }),
    };
  });
  const quotas = definition.quotas?.map(stillHolds).filter((quota) => quota !== null);
  removed.quotas += (definition.quotas?.length ?? 0) - (quotas?.length ?? 0);
  const endings = definition.endings?.map((ending) => ({ ...ending, conditions: strip(ending.conditions) }));
  return {
    definition: { ...definition, questions, ...(quotas === undefined ? {} : { quotas }), ...(endings === undefined ? {} : { endings }) },
    removed,
  };
};
