import type { Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";

/** One thing that differs between two versions of a survey. */
export type VersionChange =
  | { kind: "added" | "removed"; question: Question }
  | { kind: "moved"; question: Question; from: number; to: number }
  | { kind: "changed"; question: Question; parts: QuestionPart[] }
  | { kind: "survey"; part: "languages" | "title" | "intro" | "thanks" | "endings" | "quotas" | "calculations" | "shuffle" | "theme" };
export type QuestionPart = "kind" | "wording" | "answers" | "required" | "logic";

const SURVEY_PARTS = ["languages", "title", "intro", "thanks", "endings", "quotas", "calculations", "shuffle", "theme"] as const;

/** What changed from one version to another: the questions in their new order, removed ones after them, then the survey as a whole.
 *  A question counts as moved only when it changed places with another one that both have. */
export const changesBetween = (before: SurveyDefinition, after: SurveyDefinition): VersionChange[] => [
  ...after.questions.flatMap((question): VersionChange[] => {
    const old = before.questions.find(({ id }) => id === question.id);
    if (old === undefined) return [{ kind: "added", question }];
    const parts = changedParts(old, question);
    return parts.length === 0 ? [] : [{ kind: "changed", question, parts }];
  }),
  ...listMoved(before, after),
  ...before.questions.filter(({ id }) => !after.questions.some((question) => question.id === id)).map((question): VersionChange => ({ kind: "removed", question })),
  ...SURVEY_PARTS.filter((part) => !isSame(before[part] ?? [], after[part] ?? [])).map((part): VersionChange => ({ kind: "survey", part })),
];

/** Changes after which answers given before mean something else: they are worth a second look before publishing. */
export const breaksComparison = (change: VersionChange): boolean =>
  change.kind === "removed" || (change.kind === "changed" && change.parts.some((part) => part === "kind" || part === "answers"));

const changedParts = (before: Question, after: Question): QuestionPart[] => {
  const parts: QuestionPart[] = [];
  if (before.type !== after.type) parts.push("kind");
  if (!isSame([before.title, before.hint, before.spoken], [after.title, after.hint, after.spoken])) parts.push("wording");
  if (!isSame(withoutAsked(before), withoutAsked(after))) parts.push("answers");
  if (before.isRequired !== after.isRequired) parts.push("required");
  const logicOf = ({ showIf = [], showIfMatch = "all", branches = [] }: Question) => ({ showIf, showIfMatch: showIf.length > 1 ? showIfMatch : "all", branches });
  if (!isSame(logicOf(before), logicOf(after))) parts.push("logic");
  return parts;
};

const withoutAsked = (question: Question): object => {
  const { id: _id, type: _type, title: _title, hint: _hint, spoken: _spoken, isRequired: _isRequired, showIf: _showIf, showIfMatch: _match, branches: _branches, ...rest } = question;
  return rest;
};

const listMoved = (before: SurveyDefinition, after: SurveyDefinition): VersionChange[] => {
  const idsOf = (definition: SurveyDefinition, other: SurveyDefinition): string[] =>
    definition.questions.map(({ id }) => id).filter((id) => other.questions.some((question) => question.id === id));
  const old = idsOf(before, after);
  const stayed = new Set(longestRun(idsOf(after, before).map((id) => old.indexOf(id))));
  return after.questions.flatMap((question, to): VersionChange[] => {
    const place = old.indexOf(question.id);
    if (place === -1 || stayed.has(place)) return [];
    return [{ kind: "moved", question, from: before.questions.findIndex(({ id }) => id === question.id) + 1, to: to + 1 }];
  });
};

// The most questions that kept their order; whatever is not among them was moved.
const longestRun = (places: readonly number[]): number[] => {
  const runs: number[][] = [];
  for (const [index, place] of places.entries()) {
    const best = runs.slice(0, index).filter((run) => (run.at(-1) ?? -1) < place).reduce<number[]>((longest, run) => (run.length > longest.length ? run : longest), []);
    runs.push([...best, place]);
  }
  return runs.reduce<number[]>((longest, run) => (run.length > longest.length ? run : longest), []);
};

// Keys in any order and undefined ones left out, as JSON would keep them.
const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => a.localeCompare(b))) : inner) ?? "";
