import { z } from "zod";
import { Answer, Answers, LanguageTag } from "../surveys/definition.contract.ts";

/** Ways a survey reaches a person. The link's `channel` parameter says which; without it, it was the web. */
export const SurveyChannel = z.enum(["web", "email", "text", "qr", "kiosk", "chat", "phone", "app", "store", "widget", "interview", "api", "import"]);
export type SurveyChannel = z.infer<typeof SurveyChannel>;

export const ResponseState = z.enum(["partial", "complete"]);
export type ResponseState = z.infer<typeof ResponseState>;

const label = z.string().trim().max(80).regex(/^[^\p{Cc}\p{Cs}<>]*$/u);
const DAYS_30_MS = 30 * 86_400_000;
const elapsedMs = z.number().min(0).max(DAYS_30_MS);

/** One save of a response. Every save carries all answers so far, so that one that gets lost does no harm. */
export const SaveResponseBody = z.object({
  id: z.uuid().describe("Made by the sender once per response; repeating a save with it changes nothing."),
  slug: z.string().regex(/^[a-z0-9]{1,40}$/),
  version: z.int().min(1),
  revision: z.int().min(1).max(10_000).describe("Counts the sender's saves; an older one that arrives late is left out."),
  language: LanguageTag,
  isComplete: z.boolean(),
  answers: Answers,
  // Time that passed instead of times of day: the clock of a phone may be years off.
  openedAgoMs: elapsedMs.default(0),
  answeredAgoMs: elapsedMs.default(0),
  channel: SurveyChannel.default("web"),
  touchpoint: label.optional(),
  source: label.optional(),
  campaign: label.optional(),
  member: label.optional().describe("Who served: id, e-mail address or name of a member."),
  product: label.optional().describe("What it is about."),
  link: z.string().max(1_000).optional().describe("Token of a signed link; a wrong one makes the response anonymous."),
  device: z.string().regex(/^[\w-]{16,64}$/).optional().describe("Random text the sender's device keeps, for surveys that take one answer per device."),
  proof: z.object({ challenge: z.string().max(500), counter: z.int().min(0) }).optional().describe("Solution of the challenge that came with the page."),
  website: z.string().max(1_000).optional().describe("Must stay empty: only programs that fill in everything write here."),
});
export type SaveResponseBody = z.infer<typeof SaveResponseBody>;

/** `counted` enters scores. The others are kept and shown but count nowhere: not of those asked, too many already, or not a person. */
export const ResponseOutcome = z.enum(["counted", "screened_out", "over_quota", "flagged"]);
export type ResponseOutcome = z.infer<typeof ResponseOutcome>;

export const SavedResponse = z.object({
  id: z.uuid(), state: ResponseState, revision: z.int(),
  endingId: z.string().nullable().describe("Ending to show; null for the thank-you of the survey; \"*\" when all places were taken meanwhile and the survey has no ending for that."),
});
export type SavedResponse = z.infer<typeof SavedResponse>;

/** An answer with the question it answers, as it was asked. */
export const ShownAnswer = z.object({
  questionId: z.string(),
  questionType: z.string(),
  question: z.string(),
  number: z.number().nullable(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })),
  text: z.string().nullable(),
  words: z.string().describe("The answer as a person would read it, whatever the kind of question."),
  parts: Answer.pick({ rows: true, amounts: true, fields: true }).describe("What does not fit a number, choices or a text: rows of a table, shares of a sum, fields of an address."),
  files: z.array(z.object({ id: z.uuid(), name: z.string() })),
  isCounted: z.boolean().describe("False for an answer to a question that a later answer hid again."),
});
export type ShownAnswer = z.infer<typeof ShownAnswer>;

export const SurveyResponse = z.object({
  id: z.uuid(),
  surveyId: z.uuid(),
  surveyName: z.string(),
  version: z.int(),
  state: ResponseState,
  outcome: ResponseOutcome,
  flags: z.array(z.string()).describe("Why it is flagged, such as too_fast."),
  endingId: z.string().nullable(),
  calculations: z.record(z.string(), z.number().nullable()),
  language: z.string(),
  channel: z.string(),
  touchpoint: z.string().nullable(),
  source: z.string().nullable(),
  campaign: z.string().nullable(),
  servedBy: z.string().nullable().describe("Who served, as the link said."),
  product: z.string().nullable(),
  subject: z.string().nullable().describe("Identifier of the person, such as user:42; null when nobody said who it is."),
  customer: z.object({ id: z.uuid(), name: z.string() }).nullable().describe("Who that is now; null when nobody is known."),
  startedAt: z.iso.datetime(),
  savedAt: z.iso.datetime(),
  completedAt: z.iso.datetime().nullable(),
  tags: z.array(z.string()),
  notes: z.int().describe("How many notes members wrote beside it."),
  corrections: z.int().describe("How many answers members corrected; the history says which."),
  isAnonymised: z.boolean(),
  answers: z.array(ShownAnswer),
});
export type SurveyResponse = z.infer<typeof SurveyResponse>;
