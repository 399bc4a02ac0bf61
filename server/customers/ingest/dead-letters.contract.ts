import { z } from "zod";

export const deadLetterState = z.enum(["open", "replayed", "discarded"]);

export const deadLetterItem = z.object({
  id: z.uuid(),
  receivedAt: z.iso.datetime(),
  source: z.string(),
  reason: z.string().describe("Stable code of why the event was refused."),
  detail: z.string().describe("The same in words."),
  preview: z.string().describe("The first 300 characters of what was sent."),
  sizeCharacters: z.number().int(),
  state: deadLetterState,
  resolvedAt: z.iso.datetime().nullable(),
  interactionId: z.uuid().nullable().describe("The interaction it became when it was replayed."),
});
export type DeadLetterItem = z.infer<typeof deadLetterItem>;

export const deadLetterDetail = deadLetterItem.extend({ payload: z.string().describe("What was sent, as JSON text.") });
export type DeadLetterDetail = z.infer<typeof deadLetterDetail>;

export const reasonCount = z.object({ reason: z.string(), meaning: z.string(), count: z.number().int() });

/** One replay: with `payload` the edited event is sent instead of the original. */
export const replayBody = z.object({ payload: z.string().max(100_000).optional() });

export const manyLetters = z.object({ ids: z.array(z.uuid()).min(1).max(500) });
export const replayResult = z.object({ replayed: z.number().int(), stillRefused: z.number().int() });
export const discardResult = z.object({ discarded: z.number().int() });
