import { SCALES, answerTo, checkAnswer, isEmptyAnswer, listShownQuestions } from "../surveys/answers.rules.ts";
import type { Answer, Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/definition.rules.ts";

/** A feeling read from one answer, still without person, time and place. `choice` tells several chosen options of one question apart. */
export type AnsweredPerception = {
  questionId: string;
  kind: "nps" | "csat" | "ces" | "choice" | "comment";
  value: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  choice: string | null;
  choiceLabel: string | null;
  text: string | null;
  /** The question as it was asked in the survey's first language, so that a perception can be read without its survey; so is the label of a choice. */
  question: string;
};

/** The feelings in a set of answers: one per score, per chosen option and per comment; hidden, empty and invalid answers say nothing.
 *  @returns in the order of the survey */
export function perceptionsIn(definition: SurveyDefinition, answers: Answers): AnsweredPerception[] {
  return listShownQuestions(definition, answers).flatMap((question) => {
    const answer = answerTo(answers, question.id);
    if (answer === undefined || isEmptyAnswer(answer) || checkAnswer(question, answer) !== null) return [];
    return perceptionsOfAnswer(question, answer, definition.languages);
  });
}

function perceptionsOfAnswer(question: Question, answer: Answer, languages: readonly string[]): AnsweredPerception[] {
  const base = {
    questionId: question.id, value: null, scaleMin: null, scaleMax: null, choice: null, choiceLabel: null, text: null,
    question: textIn(question.title, languages[0] ?? "en", languages),
  };
  switch (question.type) {
    case "nps":
    case "csat":
    case "ces": {
      const scale = SCALES[question.type];
      return [{ ...base, kind: question.type, value: answer.number ?? null, scaleMin: scale.min, scaleMax: scale.max }];
    }
    case "single":
    case "multi":
      return question.options
        .filter((option) => (answer.choices ?? []).includes(option.id))
        .map((option) => ({
          ...base, kind: "choice", choice: option.id, choiceLabel: textIn(option.label, languages[0] ?? "en", languages),
          text: option.isOther === true ? writtenText(answer) : null,
        }));
    case "text":
      return [{ ...base, kind: "comment", text: writtenText(answer) }];
  }
}

function writtenText(answer: Answer): string | null {
  const text = (answer.text ?? "").trim();
  return text === "" ? null : text;
}
