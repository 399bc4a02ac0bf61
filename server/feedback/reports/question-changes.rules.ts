import type { LocalText, Question, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";
import { scaleOf } from "../surveys/answers.rules.ts";
import { textIn } from "../surveys/local-text.rules.ts";

export type ScoreType = "nps" | "csat" | "ces" | "rating";
export type QuestionChange = { kind: "wording" | "scale"; before: string; after: string };

/** How the score questions of one type differ between two versions of a survey: other words, other words at the ends, or another scale. Ratings are
 *  those of sliders and of tables whose columns carry points as well.
 *  A question that was not asked before, or is not any more, changes what the answers are about, as other words do. */
export const listQuestionChanges = (before: SurveyDefinition, after: SurveyDefinition, type: ScoreType): QuestionChange[] => {
  const [olds, news] = [askedIn(before, type), askedIn(after, type)];
  if (olds.length === 0 || news.length === 0) return [];
  const kept = news.flatMap((now) => {
    const old = olds.find(({ id }) => id === now.id);
    return old === undefined ? [] : compare(old, now);
  });
  const isOther = olds.some(({ id }) => !news.some((now) => now.id === id)) || news.some(({ id }) => !olds.some((old) => old.id === id));
  const titlesOf = (questions: readonly AskedQuestion[]): string => questions.map(({ title }) => title).join(" · ");
  return isOther ? [...kept, { kind: "wording", before: titlesOf(olds), after: titlesOf(news) }] : kept;
};

/** A question that gives scores: all that is read before an answer, and what the answers can be. */
type AskedQuestion = { id: string; title: string; words: string; scale: string };

const compare = (old: AskedQuestion, now: AskedQuestion): QuestionChange[] => [
  ...(old.words === now.words ? [] : [{ kind: "wording" as const, before: old.words, after: now.words }]),
  ...(old.scale === now.scale ? [] : [{ kind: "scale" as const, before: old.scale, after: now.scale }]),
];

const askedIn = (definition: SurveyDefinition, type: ScoreType): AskedQuestion[] =>
  definition.questions.flatMap((question) => {
    const asked = askedBy(definition, question);
    return asked === null || asked.type !== type ? [] : [asked];
  });

const askedBy = ({ languages }: SurveyDefinition, question: Question): (AskedQuestion & { type: ScoreType }) | null => {
  const say = (text: LocalText): string => textIn(text, languages[0] ?? "en", languages);
  const withWords = (beside: readonly string[]) => {
    const said = beside.filter((text) => text !== "");
    return { id: question.id, title: say(question.title), words: [say(question.title), ...(said.length === 0 ? [] : [`(${said.join(" – ")})`])].join(" ") };
  };
  const withEnds = ({ low = {}, high = {} }: { low?: LocalText | undefined; high?: LocalText | undefined }) => withWords([say(low), say(high)]);
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const { min, max } = scaleOf(question);
      return { type: question.type, ...withEnds(question), scale: `${min}-${max}` };
    }
    case "slider":
      return { type: "rating", ...withEnds(question), scale: `${question.min}-${question.max}` };
    case "matrix": {
      const scores = question.columns.flatMap(({ score }) => score ?? []);
      if (question.isMultiple === true || scores.length < 2) return null;
      const labels = (options: readonly SurveyOption[]): string => options.map(({ label }) => say(label)).join(", ");
      return { type: "rating", ...withWords([labels(question.rows), labels(question.columns)]), scale: `${Math.min(...scores)}-${Math.max(...scores)}` };
    }
    default:
      return null;
  }
};
