import { z } from "zod";
import { ResponseOutcome, ResponseState } from "../responses/responses.contract.ts";

/** Which responses go into a file. */
export const ExportQuery = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  outcome: ResponseOutcome.optional(),
  state: ResponseState.optional(),
  language: z.string().max(20).optional().describe("Language of questions and options; the first language of the survey by default."),
});
export type ExportQuery = z.infer<typeof ExportQuery>;
