import { answerTo, checkAnswer, isEmptyAnswer, ownOf, scaleOf } from "../surveys/answers.rules.ts";
import type { Answer, Answers, Question, QuestionOf, SurveyContext, SurveyDefinition, SurveyOption } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import { listShownQuestions } from "../surveys/survey-path.rules.ts";

/** A feeling read from one answer, still without person, time and place. `choice` tells several chosen options of one question apart. */
export type AnsweredPerception = {
  questionId: string;
  kind: "nps" | "csat" | "ces" | "rating" | "choice" | "comment";
  value: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  choice: string | null;
  choiceLabel: string | null;
  text: string | null;
  /** The question as it was asked in the survey's first language, so that a perception can be read without its survey; so is the label of a choice. */
  question: string;
};

/** The feelings in a set of answers: one per score, per chosen option, per row of a matrix and per comment. Hidden, empty and invalid
 *  answers say nothing; neither do dates, addresses, files and plain numbers, which are facts.
 *  @returns in the order of the survey */
export function perceptionsIn(definition: SurveyDefinition, answers: Answers, context?: SurveyContext): AnsweredPerception[] {
  return listShownQuestions(definition, answers, context).flatMap((question) => {
    const answer = answerTo(answers, question.id);
    if (answer === undefined || isEmptyAnswer(answer) || checkAnswer(question, answer) !== null) return [];
    return perceptionsOfAnswer(question, answer, definition.languages);
  });
}

function perceptionsOfAnswer(question: Question, answer: Answer, languages: readonly string[]): AnsweredPerception[] {
  const say = (option: SurveyOption): string => textIn(option.label, languages[0] ?? "en", languages);
  const base = {
    questionId: question.id, value: null, scaleMin: null, scaleMax: null, choice: null, choiceLabel: null, text: null,
    question: textIn(question.title, languages[0] ?? "en", languages),
  };
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces":
    case "rating": {
      const scale = scaleOf(question);
      return [{ ...base, kind: question.type, value: answer.number ?? null, scaleMin: scale.min, scaleMax: scale.max }];
    }
    case "slider":
      return [{ ...base, kind: "rating", value: answer.number ?? null, scaleMin: question.min, scaleMax: question.max }];
    case "single":
    case "multi":
    case "dropdown":
    case "picture":
      return question.options
        .filter((option) => (answer.choices ?? []).includes(option.id))
        .map((option) => ({ ...base, kind: "choice", choice: option.id, choiceLabel: say(option), text: option.isOther === true ? writtenText(answer) : null }));
    case "matrix":
      return perceptionsOfMatrix(question, answer, say).map((one) => ({ ...base, ...one }));
    case "text":
      return [{ ...base, kind: "comment", text: writtenText(answer) }];
    case "ranking":
    case "constant_sum":
    case "number":
    case "date":
    case "email":
    case "phone":
    case "contact":
    case "consent":
    case "file":
    case "statement":
      return [];
  }
}

// A table whose columns carry points is a rating per row; any other is a choice per row.
function perceptionsOfMatrix(
  question: QuestionOf<"matrix">,
  answer: Answer,
  say: (option: SurveyOption) => string,
): (Pick<AnsweredPerception, "kind" | "choice" | "choiceLabel"> & Partial<AnsweredPerception>)[] {
  const scores = question.columns.map(({ score }) => score).filter((score) => score !== undefined);
  const isRated = question.isMultiple !== true && scores.length > 1;
  return question.rows.flatMap((row) => (ownOf(answer.rows, row.id) ?? []).flatMap((chosen): ReturnType<typeof perceptionsOfMatrix> => {
    const column = question.columns.find(({ id }) => id === chosen);
    if (column === undefined) return [];
    const label = `${say(row)}: ${say(column)}`;
    if (!isRated) return [{ kind: "choice", choice: `${row.id}:${column.id}`, choiceLabel: label }];
    if (column.score === undefined) return [];
    return [{ kind: "rating", choice: row.id, choiceLabel: say(row), value: column.score, scaleMin: Math.min(...scores), scaleMax: Math.max(...scores) }];
  }));
}

function writtenText(answer: Answer): string | null {
  const text = (answer.text ?? "").trim();
  return text === "" ? null : text;
}
