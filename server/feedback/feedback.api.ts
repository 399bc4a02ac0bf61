// What later modules may call.
export { findSurvey } from "./surveys/surveys.queries.ts";
export { listSurveyNames } from "./surveys/survey-names.queries.ts";
export { createSurvey, publishSurvey } from "./surveys/surveys.ts";
export { insertPastResponses } from "./responses/past-responses.queries.ts";
export { answerTurn, beginDialogue } from "./dialogues/dialogues.ts";
export type { BegunDialogue, DialogueReply, DialogueTurn } from "./dialogues/dialogues.contract.ts";
export { readAnswerTable, readNumericQuestions } from "./reports/answer-tables.ts";
export type { AnsweredQuestion, AnswerTable, AskedTable } from "./reports/answer-tables.ts";
