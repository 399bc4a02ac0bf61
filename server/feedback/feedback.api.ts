// What later modules may call.
export { findSurvey } from "./surveys/surveys.queries.ts";
export { listAllSurveyNames, listSurveyNames } from "./surveys/survey-names.queries.ts";
export { createSurvey, publishSurvey } from "./surveys/surveys.ts";
export { insertPastResponses } from "./responses/past-responses.queries.ts";
export { createSource as createReviewSource } from "./reviews/sources.ts";
export { insertPastReviews } from "./reviews/past-reviews.queries.ts";
export type { PastReview } from "./reviews/past-reviews.queries.ts";
export { answerTurn, beginDialogue } from "./dialogues/dialogues.ts";
export type { BegunDialogue, DialogueReply, DialogueTurn } from "./dialogues/dialogues.contract.ts";
export { checkSurveyFormula, listFormulaValues } from "./reports/formula-values.ts";
export type { FormulaValues } from "./reports/formula-values.ts";
export { countAnsweredWithin, countAskedByDay, countAskedByGroup, listAskedCustomerIds, listAskedPeople } from "./reports/outreach-days.queries.ts";
export type { AskedDay } from "./reports/outreach-days.contract.ts";
export type { AskedFilter, AskedPerson } from "./reports/outreach-days.queries.ts";
export { listChangesOfQuestions } from "./reports/question-changes.ts";
export type { DatedQuestionChange } from "./reports/question-changes.ts";
export { readAnswerTable, readNumericQuestions } from "./reports/answer-tables.ts";
export type { AnsweredQuestion, AnswerTable, AskedTable } from "./reports/answer-tables.ts";
