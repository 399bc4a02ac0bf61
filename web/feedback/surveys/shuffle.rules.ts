import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";

/** The questions from one to another, whichever comes first; at most 50, as many as a group may hold. */
export const groupBetween = (questions: readonly Question[], one: string, other: string): string[] => {
  const [from = -1, to = -1] = [one, other].map((id) => questions.findIndex((question) => question.id === id)).toSorted((a, b) => a - b);
  return from === -1 ? [] : questions.slice(from, to + 1).slice(0, 50).map(({ id }) => id);
};

/** The first two neighbours that can be put in random order: in no group yet, and neither leads on nor depends on the other.
 *  @returns null when there are none */
export const freeNeighbours = (questions: readonly Question[], groups: readonly (readonly string[])[]): string[] | null => {
  const isFree = ({ id, branches = [] }: Question): boolean => branches.length === 0 && !groups.some((group) => group.includes(id));
  for (const [index, first] of questions.entries()) {
    const second = questions[index + 1];
    if (second === undefined || !isFree(first) || !isFree(second)) continue;
    const depends = (second.showIf ?? []).some((condition) => "questionId" in condition && condition.questionId === first.id);
    if (!depends) return [first.id, second.id];
  }
  return null;
};
