import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { SurveyTools } from "./survey-tools.ts";

export type { SurveyTools } from "./survey-tools.ts";

/** Loads what a survey needs beyond drawing questions: formulas, places in texts to fill in, an order of its own for each person.
 *  @returns null when it needs none of that, as most surveys do */
export const toolsFor = async (definition: SurveyDefinition): Promise<SurveyTools | null> => (needsTools(definition) ? (await import("./survey-tools.ts")).surveyTools : null);

/** Whether a survey calculates, fills in places of its texts, or has anything in random order. */
export const needsTools = (definition: SurveyDefinition): boolean =>
  (definition.calculations ?? []).length > 0 || (definition.shuffle ?? []).length > 0
  || definition.questions.some((question) => "order" in question && question.order === "random") || JSON.stringify(definition).includes("{{");
