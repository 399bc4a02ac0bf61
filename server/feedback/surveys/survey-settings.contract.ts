import { z } from "zod";

/** Who may answer a survey, how often, and how long answers are kept. A field that is missing has its usual value. */
export const SurveySettings = z.object({
  opensAt: z.iso.datetime({ offset: true }).nullable().default(null),
  closesAt: z.iso.datetime({ offset: true }).nullable().default(null),
  responseLimit: z.int().min(1).max(10_000_000).nullable().default(null).describe("Complete responses that count; whoever comes later finds the survey closed."),
  oneAnswerPer: z.enum(["none", "device", "person"]).default("none"),
  isAnonymous: z.boolean().default(false).describe("Nobody's identifier is kept with an answer, not even from a signed link."),
  anonymityThreshold: z.int().min(1).max(1_000).default(1).describe("Groups of fewer responses are not shown."),
  protection: z.object({
    proofOfWork: z.enum(["none", "light"]).default("none").describe("light: the page computes for a moment before it sends; what comes without is kept as flagged."),
    isPaceChecked: z.boolean().default(true).describe("Answers faster than anybody can read are kept as flagged."),
    perAddressHourly: z.int().min(1).max(100_000).default(300).describe("Complete responses from one network address in an hour; more are kept as flagged."),
  }).prefault({}),
  retention: z.object({
    months: z.int().min(1).max(240),
    action: z.enum(["anonymise", "delete"]),
  }).nullable().default(null),
});
export type SurveySettings = z.infer<typeof SurveySettings>;
