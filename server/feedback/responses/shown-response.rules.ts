import { wordsOfAnswer } from "../surveys/answer-words.rules.ts";
import type { Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { textIn } from "../surveys/local-text.rules.ts";
import type { ResponseOutcome, ResponseState, ShownAnswer, SurveyResponse } from "./responses.contract.ts";
import { answerFrom } from "./stored-answers.rules.ts";
import type { StoredAnswer } from "./stored-answers.rules.ts";

type StoredResponse = {
  id: string; surveyId: string; surveyName: string; version: number; state: ResponseState; outcome: ResponseOutcome; flags: string[];
  endingId: string | null; calculations: Record<string, number | null> | null; language: string; channel: string;
  touchpoint: string | null; source: string | null; campaign: string | null; servedBy: string | null; product: string | null; subject: string | null;
  startedAt: Date; savedAt: Date; completedAt: Date | null; definition: SurveyDefinition;
  tags: string[]; notes: number; corrections: number; anonymisedAt: Date | null;
};

/** A response with its questions and options in words, in the survey's first language. */
export const shownResponse = (response: StoredResponse, answers: readonly StoredAnswer[], customer: { id: string; name: string } | null): SurveyResponse => ({
  id: response.id, surveyId: response.surveyId, surveyName: response.surveyName, version: response.version, state: response.state,
  outcome: response.outcome, flags: response.flags, endingId: response.endingId, calculations: response.calculations ?? {},
  language: response.language, channel: response.channel, touchpoint: response.touchpoint, source: response.source, campaign: response.campaign,
  servedBy: response.servedBy, product: response.product,
  subject: response.subject, customer, startedAt: response.startedAt.toISOString(), savedAt: response.savedAt.toISOString(),
  completedAt: response.completedAt?.toISOString() ?? null,
  tags: response.tags, notes: response.notes, corrections: response.corrections, isAnonymised: response.anonymisedAt !== null,
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
    words: question === undefined ? (answer.text ?? "") : wordsOfAnswer(question, answerFrom(answer), languages[0] ?? "en", languages),
    parts: partsOf(answer), files: answer.details?.files ?? [],
  };
};

const partsOf = ({ details }: StoredAnswer): ShownAnswer["parts"] => {
  const { files: _, ...parts } = details ?? {};
  return parts;
};

const labelOf = (question: Question | undefined, id: string, languages: readonly string[]): string => {
  const options = question !== undefined && "options" in question ? question.options : [];
  return textIn(options.find((option) => option.id === id)?.label, languages[0] ?? "en", languages) || id;
};
