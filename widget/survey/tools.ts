import type { SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { SurveyTools } from "./survey-tools.ts";

export type { SurveyTools } from "./survey-tools.ts";

/** Loads what a survey needs beyond drawing its questions one after the other: conditions, formulas, places in texts to fill in, an order of its own for each person.
 *  @returns null when it needs none of that */
export const toolsFor = async (definition: SurveyDefinition): Promise<SurveyTools | null> => (needsTools(definition) ? (await import("./survey-tools.ts")).surveyTools : null);

/** Whether a survey branches, calculates, fills in places of its texts, or has anything in random order. */
export const needsTools = ({ questions, calculations = [], shuffle = [], endings = [], ...rest }: SurveyDefinition): boolean =>
  calculations.length > 0 || shuffle.length > 0 || endings.some(({ conditions }) => conditions.length > 0)
  || questions.some(({ showIf = [], branches = [], ...question }) => showIf.length > 0 || branches.length > 0 || ("order" in question && question.order === "random"))
  || JSON.stringify([questions, endings, rest]).includes("{{");
