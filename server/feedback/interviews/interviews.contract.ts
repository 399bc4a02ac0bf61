import { z } from "zod";

const line = z.string().trim().max(80).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");
const script = z.string().trim().max(4_000).regex(/^[^\0\p{Cs}]*$/u, "plain text");
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day such as 09:00");
const days = z.array(z.int().min(1).max(7)).min(1).max(7);

export const CallListStatus = z.enum(["filling", "open", "paused", "closed"]);

const fields = {
  name: line.min(1),
  script: script.default(""),
  hoursFrom: hour.default("09:00").describe("In the time zone of who is called."),
  hoursTo: hour.default("20:00"),
  days: days.default([1, 2, 3, 4, 5]).describe("1 is Monday."),
  attemptsMax: z.int().min(1).max(15).default(5),
  pauseHours: z.int().min(1).max(720).default(20).describe("Least time between two tries of one person."),
};

export const CreateCallListBody = z.object({ ...fields, surveyId: z.uuid(), segmentId: z.uuid(), kind: z.enum(["relationship", "transactional"]).default("relationship") });
export type CreateCallListBody = z.infer<typeof CreateCallListBody>;

export const ChangeCallListBody = z.object({
  name: fields.name.optional(), script: script.optional(), hoursFrom: hour.optional(), hoursTo: hour.optional(), days: days.optional(),
  attemptsMax: z.int().min(1).max(15).optional(), pauseHours: z.int().min(1).max(720).optional(), status: z.enum(["open", "paused", "closed"]).optional(),
});
export type ChangeCallListBody = z.infer<typeof ChangeCallListBody>;

export const CallList = z.object({
  id: z.uuid(), surveyId: z.uuid(), surveyName: z.string(), segmentId: z.uuid(), name: z.string(), status: CallListStatus, script: z.string(), kind: z.string(),
  hoursFrom: z.string(), hoursTo: z.string(), days: z.array(z.int()), attemptsMax: z.int(), pauseHours: z.int(), createdAt: z.iso.datetime(),
  people: z.int(), done: z.int(), callbacks: z.int().describe("People who asked to be called at a time that is still to come."),
});
export type CallList = z.infer<typeof CallList>;

export const Attempt = z.object({ number: z.int(), outcome: z.string(), note: z.string(), callbackAt: z.iso.datetime().nullable(), at: z.iso.datetime() });

/** Somebody to call now. */
export const Call = z.object({
  targetId: z.uuid(), customerId: z.uuid(), name: z.string(), phone: z.string(), timeZone: z.string().describe("Of who is called."), localTime: z.string().describe("There, now, such as 14:05."),
  language: z.string().nullable(), isCallback: z.boolean(), attempts: z.array(Attempt), surveyUrl: z.string().describe("The survey for this person; answers given there belong to this call."),
  claimedUntil: z.iso.datetime(),
});
export type Call = z.infer<typeof Call>;

/** `call` is null when there is nobody to call now; `nextAt` says when to look again, null when the list is done. */
export const NextCall = z.object({ call: Call.nullable(), nextAt: z.iso.datetime().nullable(), skipped: z.int().describe("People passed over: no number, or the contact policy says no.") });
export type NextCall = z.infer<typeof NextCall>;

/** The call an interviewer has taken and not yet written down, so that a page that is loaded again goes on with it. */
export const CurrentCall = z.object({ call: Call.nullable() });
export type CurrentCall = z.infer<typeof CurrentCall>;

export const RecordAttemptBody = z.object({
  outcome: z.string().max(10), note: script.default(""), callbackAt: z.iso.datetime({ offset: true }).optional().describe("Only with an outcome that is not final."),
});
export type RecordAttemptBody = z.infer<typeof RecordAttemptBody>;

/** Why somebody on a list was passed over at an hour to call. */
export const SkipReason = z.enum([
  "no_number", "do_not_contact", "consent_withdrawn", "consent_missing", "held_out", "open_complaint", "quiet_hours", "too_soon_any", "too_soon_survey", "budget_used", "relationship_first",
]);
export type SkipReason = z.infer<typeof SkipReason>;

export const CallOutcomes = z.object({
  outcomes: z.array(z.object({ code: z.string(), name: z.string(), group: z.string(), isFinal: z.boolean(), people: z.int() })),
  notCalled: z.int(),
  notCalledBecause: z.array(z.object({ reason: SkipReason, people: z.int() })).describe("Those among them who were passed over, by the last reason. They stay in the rates as not called."),
  rates: z.record(z.string(), z.number().nullable()).describe("RR1 to RR6 and e of AAPOR, as shares."),
});
export type CallOutcomes = z.infer<typeof CallOutcomes>;
