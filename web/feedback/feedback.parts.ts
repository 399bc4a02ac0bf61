// Components other modules may embed.
export { useSurveyChoices } from "./surveys/surveys.data.ts";
export { type Circumstance, circumstances, type Dimension, dimensions } from "./reports/response-groups.ts";
export { AnswerList } from "./responses/AnswerList.tsx";
