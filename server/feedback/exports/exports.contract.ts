import { z } from "zod";
import { WantedResponses } from "../responses/response-list.contract.ts";
import { LanguageTag } from "../surveys/definition.contract.ts";

/** Which responses go into a file: the same choice as in the list of responses, of one survey. */
export const ExportQuery = z.object({
  ...WantedResponses.omit({ surveyId: true, language: true }).shape,
  answeredIn: LanguageTag.optional().describe("Only responses given in this language."),
  language: z.string().max(20).optional().describe("Language of questions and options; the first language of the survey by default."),
});
export type ExportQuery = z.infer<typeof ExportQuery>;
