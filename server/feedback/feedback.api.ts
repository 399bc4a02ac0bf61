// What later modules may call.
export { findSurvey } from "./surveys/surveys.queries.ts";
