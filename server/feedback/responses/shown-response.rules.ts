import type { Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/definition.rules.ts";
import type { ResponseState, ShownAnswer, SurveyResponse } from "./responses.contract.ts";

type StoredResponse = {
  id: string; surveyId: string; surveyName: string; version: number; state: ResponseState; language: string; channel: string;
  touchpoint: string | null; source: string | null; campaign: string | null; subject: string | null;
  startedAt: Date; savedAt: Date; completedAt: Date | null; definition: SurveyDefinition;
};
type StoredAnswer = { questionId: string; questionType: string; number: number | null; choices: string[] | null; text: string | null; isShown: boolean };

/** A response with its questions and options in words, in the survey's first language. */
export const shownResponse = (response: StoredResponse, answers: readonly StoredAnswer[], customer: { id: string; name: string } | null): SurveyResponse => ({
  id: response.id, surveyId: response.surveyId, surveyName: response.surveyName, version: response.version, state: response.state,
  language: response.language, channel: response.channel, touchpoint: response.touchpoint, source: response.source, campaign: response.campaign,
  subject: response.subject, customer, startedAt: response.startedAt.toISOString(), savedAt: response.savedAt.toISOString(),
  completedAt: response.completedAt?.toISOString() ?? null,
  answers: answers.map((answer) => shownAnswer(response.definition, answer)),
});

const shownAnswer = (definition: SurveyDefinition, answer: StoredAnswer): ShownAnswer => {
  const question = definition.questions.find((one) => one.id === answer.questionId);
  const { languages } = definition;
  return {
    questionId: answer.questionId, questionType: answer.questionType,
    question: textIn(question?.title, languages[0] ?? "en", languages) || answer.questionId,
    number: answer.number,
    choices: (answer.choices ?? []).map((id) => ({ id, label: labelOf(question, id, languages) })),
    text: answer.text, isCounted: answer.isShown,
  };
};

const labelOf = (question: Question | undefined, id: string, languages: readonly string[]): string => {
  const options = question !== undefined && "options" in question ? question.options : [];
  return textIn(options.find((option) => option.id === id)?.label, languages[0] ?? "en", languages) || id;
};
