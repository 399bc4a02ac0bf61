import { z } from "zod";
import { SurveyDefinition } from "../surveys/definition.contract.ts";

export const SurveyFormat = z.enum(["qualtrics", "limesurvey", "surveyjs", "typeform", "formbricks", "xlsform", "firsthand"]);
export type SurveyFormat = z.infer<typeof SurveyFormat>;

/** What a survey file is made of, as a person would count it. */
export const SourceElement = z.enum([
  "survey", "language", "question", "option", "logic", "validation", "order", "piping", "calculation", "quota", "ending", "message", "setting",
]);
export type SourceElement = z.infer<typeof SourceElement>;

/** `mapped`: says and does the same here. `approximated`: kept, with a difference that `note` names. `dropped`: not in the survey, for the reason in `note`. */
export const Outcome = z.enum(["mapped", "approximated", "dropped"]);
export type Outcome = z.infer<typeof Outcome>;

/** What became of one element of the source. */
export const FidelityLine = z.object({
  element: SourceElement,
  source: z.string().describe("The element's name in the source, such as QID4 or G01Q02."),
  outcome: Outcome,
  note: z.string().nullable().describe("What differs, or why it was left out; null for what is mapped."),
  questionId: z.string().nullable().describe("Question of the new survey that it became or belongs to."),
});
export type FidelityLine = z.infer<typeof FidelityLine>;

export const OutcomeCounts = z.object({ mapped: z.int(), approximated: z.int(), dropped: z.int() });
export type OutcomeCounts = z.infer<typeof OutcomeCounts>;

const sizes = z.object({ questions: z.int(), options: z.int(), languages: z.int(), logic: z.int() });

export const FidelityReport = z.object({
  format: SurveyFormat,
  name: z.string().describe("Name of the survey in the source."),
  source: sizes.describe("What the source has."),
  survey: sizes.describe("What the new survey has. A question of many parts can become several, so there can be more."),
  counts: OutcomeCounts,
  byElement: z.partialRecord(SourceElement, OutcomeCounts),
  lines: z.array(FidelityLine),
  problems: z.array(z.object({
    severity: z.enum(["error", "warning"]), code: z.string(), questionId: z.string().nullable(), message: z.string(), language: z.string().optional(),
  })).describe("What the checker says of the new survey."),
});
export type FidelityReport = z.infer<typeof FidelityReport>;

export const SurveyConversion = z.object({ definition: SurveyDefinition, report: FidelityReport });
export type SurveyConversion = z.infer<typeof SurveyConversion>;
