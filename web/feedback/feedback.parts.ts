// Components other modules may embed.
export { useSurveyChoices } from "./surveys/surveys.data.ts";
export { AnswerList } from "./responses/AnswerList.tsx";
