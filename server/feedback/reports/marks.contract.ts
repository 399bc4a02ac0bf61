import { z } from "zod";

/** What a mark of a response says: a score · a chosen option · a rank · a number of any size · that a question was answered (where several marks can
 *  follow) · that it was shown and passed over · that the person left there · what became of the whole response. */
export const BoxKind = z.enum(["score", "choice", "rank", "amount", "answered", "skipped", "left", "fate"]);
export type BoxKind = z.infer<typeof BoxKind>;

/** started: still being answered · partial: left half-way and counted so far · complete · the others are kept and never counted in scores. */
export const ResponseFate = z.enum(["started", "partial", "complete", "screened_out", "over_quota", "flagged"]);
export type ResponseFate = z.infer<typeof ResponseFate>;
