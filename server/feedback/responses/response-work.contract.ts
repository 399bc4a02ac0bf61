import { z } from "zod";
import { Answer } from "../surveys/definition.contract.ts";
import { Tag } from "./response-list.contract.ts";

const reason = z.string().trim().max(500).regex(/^[^\0\p{Cs}]*$/u);

/** Tags put on and taken off many responses at once. */
export const TagResponsesBody = z.object({
  ids: z.array(z.uuid()).min(1).max(500),
  add: z.array(Tag).max(20).default([]),
  remove: z.array(Tag).max(20).default([]),
});

export const DeleteResponsesBody = z.object({
  ids: z.array(z.uuid()).min(1).max(500),
  isConfirmed: z.literal(true).describe("Deleting cannot be undone: the answers, files and everything they said go."),
});

export const CorrectAnswerBody = z.object({
  answer: Answer.nullable().describe("The answer as it should be; null takes it away."),
  reason: reason.min(1).describe("Why: stands in the history of the response."),
});

export const FlagResponseBody = z.object({ reason: reason.default("") });

export const NoteBody = z.object({ text: z.string().trim().min(1).max(4_000).regex(/^[^\0\p{Cs}]*$/u) });

const who = z.object({ id: z.uuid(), name: z.string() }).nullable().describe("Null: not a member any more, or a key.");

export const ResponseNote = z.object({ id: z.uuid(), text: z.string(), member: who, createdAt: z.iso.datetime() });
export type ResponseNote = z.infer<typeof ResponseNote>;

/** One thing a member did to a response, with what stood there before. */
export const ResponseChange = z.object({
  id: z.uuid(),
  kind: z.enum(["answer_corrected", "flagged", "unflagged", "anonymised"]),
  questionId: z.string().nullable(),
  question: z.string().nullable(),
  before: z.string().nullable().describe("In words; null where nothing stood."),
  after: z.string().nullable(),
  reason: z.string().nullable(),
  member: who,
  at: z.iso.datetime(),
});
export type ResponseChange = z.infer<typeof ResponseChange>;

/** What a rule of retention does, or would do. */
export const RetentionRun = z.object({
  isDryRun: z.boolean(),
  action: z.enum(["anonymise", "delete"]),
  before: z.iso.datetime().describe("Responses begun before this time."),
  responses: z.int(),
  named: z.int().describe("How many of them say whose they are."),
  oldestAt: z.iso.datetime().nullable(),
});
