import { z } from "zod";
import { evidenceKind, feeling, partId, phase } from "./document.contract.ts";

const details = {
  stepId: partId,
  phase,
  feeling: feeling.nullable(),
  motivation: z.string().max(2_000),
  evidence: evidenceKind,
};

/** What one named customer felt and what moved her before, during or after a step. */
export const account = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  customerName: z.string().nullable(),
  ...details,
  stepId: z.string(),
  at: z.iso.datetime().describe("when it was said or seen"),
  isOnTimeline: z.boolean().describe("she told the feeling herself, so it stands among her perceptions"),
  memberName: z.string().nullable(),
  changedAt: z.iso.datetime(),
});
export type Account = z.infer<typeof account>;

const moment = z.iso.datetime({ offset: true });

export const newAccountBody = z.object({ customerId: z.uuid(), ...details, feeling: details.feeling.default(null), motivation: details.motivation.default(""), at: moment.optional().describe("without: now") });
export type NewAccountBody = z.infer<typeof newAccountBody>;

export const changeAccountBody = z.object({ ...details, at: moment }).partial();
export type ChangeAccountBody = z.infer<typeof changeAccountBody>;

export const accountsQuery = z.object({ customer: z.uuid().optional().describe("without: of everybody") });
