import { scaleText } from "./answer-marks.rules.ts";
import type { Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";

export type ScoreType = "nps" | "csat" | "ces" | "rating";
export type QuestionChange = { kind: "wording" | "scale"; before: string; after: string };

/** How the score questions of one type differ between two versions of a survey: other words, other words at the ends, or another scale.
 *  A question that was not asked before, or is not any more, changes what the answers are about, as other words do. */
export const listQuestionChanges = (before: SurveyDefinition, after: SurveyDefinition, type: ScoreType): QuestionChange[] => {
  const [olds, news] = [questionsOf(before, type), questionsOf(after, type)];
  if (olds.length === 0 || news.length === 0) return [];
  const kept = news.flatMap((now) => {
    const old = olds.find(({ id }) => id === now.id);
    return old === undefined ? [] : compare({ before, after }, old, now);
  });
  const isOther = olds.some(({ id }) => !news.some((now) => now.id === id)) || news.some(({ id }) => !olds.some((old) => old.id === id));
  const asked = (definition: SurveyDefinition, questions: readonly ScoreQuestion[]): string => questions.map((question) => titleOf(definition, question)).join(" · ");
  return isOther ? [...kept, { kind: "wording", before: asked(before, olds), after: asked(after, news) }] : kept;
};

type ScoreQuestion = Extract<Question, { type: ScoreType }>;

const compare = (versions: { before: SurveyDefinition; after: SurveyDefinition }, old: ScoreQuestion, now: ScoreQuestion): QuestionChange[] => {
  const words = [wordsOf(versions.before, old), wordsOf(versions.after, now)] as const;
  const scales = [scaleText(old), scaleText(now)] as const;
  return [
    ...(words[0] === words[1] ? [] : [{ kind: "wording" as const, before: words[0], after: words[1] }]),
    ...(scales[0] === scales[1] ? [] : [{ kind: "scale" as const, before: scales[0], after: scales[1] }]),
  ];
};

const questionsOf = ({ questions }: SurveyDefinition, type: ScoreType): ScoreQuestion[] =>
  questions.flatMap((question) => ((question.type === "nps" || question.type === "csat" || question.type === "ces" || question.type === "rating") && question.type === type ? [question] : []));

const titleOf = ({ languages }: SurveyDefinition, { title }: ScoreQuestion): string => textIn(title, languages[0] ?? "en", languages);

const wordsOf = (definition: SurveyDefinition, question: ScoreQuestion): string => {
  const { languages } = definition;
  const ends = [question.low, question.high].flatMap((end) => (end === undefined ? [] : [textIn(end, languages[0] ?? "en", languages)])).filter((text) => text !== "");
  return [titleOf(definition, question), ...(ends.length === 0 ? [] : [`(${ends.join(" – ")})`])].join(" ");
};
