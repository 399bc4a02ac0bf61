import { z } from "zod";
import { pageQuery } from "../../platform/http/paging.contract.ts";
import { LanguageTag } from "../surveys/definition.contract.ts";
import { ResponseOutcome, ResponseState, SurveyChannel, SurveyResponse } from "./responses.contract.ts";

export const Tag = z.string().trim().min(1).max(40).regex(/^[^\p{Cc}\p{Cs}<>,]+$/u);

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).describe("A time, or the beginning of a day of the workspace's clock.");

/** Which responses of a survey, or of all, are meant; everything missing is not asked for. */
export const WantedResponses = z.object({
  search: z.string().trim().max(200).optional().describe("Words of comments and chosen options, in any order, also their beginnings; case and accents do not matter."),
  surveyId: z.uuid().optional(),
  state: ResponseState.optional(),
  outcome: ResponseOutcome.optional(),
  channel: SurveyChannel.optional(),
  language: LanguageTag.optional(),
  tag: Tag.optional(),
  scoreMin: z.coerce.number().optional(),
  scoreMax: z.coerce.number().optional(),
  hasComment: flag.optional(),
  subject: z.string().max(300).optional(),
  customerId: z.uuid().optional(),
  from: moment.optional().describe("Answered from then on: when the response was completed, or saved last while it is not."),
  to: moment.optional(),
});
export type WantedResponses = z.infer<typeof WantedResponses>;

/** What a list of responses is asked for. */
export const ResponseQuery = z.object({ ...pageQuery, ...WantedResponses.shape });
export type ResponseQuery = z.infer<typeof ResponseQuery>;

export const ResponsePage = z.object({
  items: z.array(SurveyResponse),
  nextCursor: z.string().nullable(),
  isTooFewToShow: z.boolean().describe("True when the group asked for is smaller than the survey's anonymity threshold, so that nothing is shown."),
});
