import { checkAnswer, scaleOf } from "../surveys/answers.rules.ts";
import type { Answer, Question, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import { listShownQuestions } from "../surveys/survey-path.rules.ts";
import { pageTextsIn } from "../survey-page/page-texts.rules.ts";
import { pointOf, scaleEndsOf } from "../survey-page/scale-ends.rules.ts";

/** One answer that can be given by a click in a mail. `meaning` says what the mark alone does not. */
export type MailAnswer = { value: string; mark: string; meaning: string };
export type MailQuestion = { question: Question; answers: MailAnswer[]; low: string; high: string; isScale: boolean };

const CHOICES_MAX = 10;

/** The first question, when one click can answer it; null when it has to be answered on the page. */
export const questionInMail = (definition: SurveyDefinition, context: SurveyContext, language: string): MailQuestion | null => {
  const question = listShownQuestions(definition, {}, context).find(({ type }) => type !== "statement");
  if (question === undefined) return null;
  const words = { language, languages: definition.languages, texts: pageTextsIn(language) };
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const scale = scaleOf(question);
      const points = Array.from({ length: scale.max - scale.min + 1 }, (_, index) => scale.min + index);
      const answers = points.map((point) => ({ value: String(point), ...pointOf(question, point, scale, words) }));
      return { question, answers: answers.map((one) => (one.mark === "★" ? { ...one, mark: `${one.value} ★` } : one)), ...scaleEndsOf(question, words), isScale: true };
    }
    case "single":
    case "dropdown": {
      if (question.options.length > CHOICES_MAX) return null;
      const answers = question.options.filter(({ isOther }) => isOther !== true)
        .map((option) => ({ value: option.id, mark: textIn(option.label, language, definition.languages) || option.id, meaning: "" }));
      return answers.length === 0 ? null : { question, answers, low: "", high: "", isScale: false };
    }
    default:
      return null;
  }
};

/** The answer a link stands for; null when it is none of this survey. */
export const answerInLink = (definition: SurveyDefinition, questionId: string, value: string): { question: Question; answer: Answer } | null => {
  const question = definition.questions.find(({ id }) => id === questionId);
  if (question === undefined) return null;
  const isChoice = question.type === "single" || question.type === "dropdown";
  if (!(isChoice ? /^[a-z0-9_-]{1,40}$/ : /^\d{1,2}$/).test(value)) return null;
  const answer: Answer = isChoice ? { choices: [value] } : { number: Number(value) };
  return checkAnswer(question, answer) === null ? { question, answer } : null;
};
