import { z } from "zod";
import { LanguageTag } from "../surveys/definition.contract.ts";

export const DialogueChannel = z.enum(["chat", "phone"]);
export type DialogueChannel = z.infer<typeof DialogueChannel>;

/** What is said or written next. Statements of the survey stand in front of the question that follows them. */
export const DialogueTurn = z.object({
  say: z.string(),
  input: z.enum(["keys", "voice", "text", "choice"]).describe("`keys` of a phone, then #; `voice`: words said after a tone; `text`: words written; `choice`: one or more of the options, also by their key or in words."),
  options: z.array(z.object({ key: z.string(), label: z.string() })).optional(),
  attempt: z.int().describe("1 when the question is asked for the first time, up to 3."),
});
export type DialogueTurn = z.infer<typeof DialogueTurn>;

/** `completed`: everything is answered. `stopped`: the customer wanted no more. `not_understood`: a required question stayed without an answer. */
export const DialogueEnd = z.enum(["completed", "stopped", "not_understood"]);
export type DialogueEnd = z.infer<typeof DialogueEnd>;

export const DialogueReply = z.union([z.object({ turn: DialogueTurn }), z.object({ ended: DialogueEnd, say: z.string() })]);
export type DialogueReply = z.infer<typeof DialogueReply>;

export const BegunDialogue = z.object({ dialogueId: z.uuid(), turn: DialogueTurn });
export type BegunDialogue = z.infer<typeof BegunDialogue>;

export const BeginDialogueBody = z.object({
  channel: DialogueChannel,
  language: LanguageTag.default("en"),
  subject: z.string().min(3).max(300).nullable().default(null).describe("Who answers, such as phone:+4930123456; null for nobody in particular."),
  begunBy: z.enum(["customer", "organisation"]).describe("Who wrote or called first. What the organisation begins is a contact: the contact policy is asked, and the subject must be named."),
  kind: z.enum(["relationship", "transactional"]).default("transactional").describe("How the contact policy counts what the organisation begins."),
  isTrial: z.boolean().default(false).describe("Tried out: nothing is saved as a response."),
});
export type BeginDialogueBody = z.infer<typeof BeginDialogueBody>;

const words = z.string().max(4_000).regex(/^[^\0\p{Cs}]*$/u, "plain text");
export const GivenAnswer = z.union([z.object({ text: words }).strict(), z.object({ keys: z.string().max(20) }).strict(), z.object({ voice: words.describe("What was said, in writing.") }).strict()]);
export type GivenAnswer = z.infer<typeof GivenAnswer>;

export const AnswerTurnBody = z.object({ given: GivenAnswer, key: z.string().min(1).max(100).describe("Made by the sender once per turn; saying a turn again with it changes nothing.") });
export type AnswerTurnBody = z.infer<typeof AnswerTurnBody>;
