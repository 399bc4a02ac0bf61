import { z } from "zod";

/** Clients of dynamic languages send numbers, texts and truth values as they come. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String).pipe(z.string().max(4_000).regex(/^[^\0\p{Cs}]*$/u));
const properties = z.record(z.string().max(100), z.union([text, z.null(), z.array(text).max(50)])).nullish();
const moment = z.coerce.number().min(0).max(4_102_444_800).nullish().describe("Seconds since 1970.");
const isTrue = z.union([z.boolean(), z.string()]).nullish().transform((value) => value !== false && value !== "false");
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const PersonBody = z.object({
  email: text.nullish(), phone_number: text.nullish(), name: text.nullish(), properties, channel: z.enum(["email", "sms"]).nullish(), delay: z.coerce.number().min(0).max(7_776_000).nullish(),
  send: isTrue, last_sent_at: moment, locale: text.nullish(),
});
export type PersonBody = z.infer<typeof PersonBody>;

export const ResponseBody = z.object({
  person: id, score: z.coerce.number().int().min(0).max(10), comment: text.nullish(), person_properties: properties, created_at: moment, tags: z.array(text).max(20).nullish(),
});
export type ResponseBody = z.infer<typeof ResponseBody>;

export const ChangedResponseBody = z.object({
  id: z.uuid().optional(), score: z.coerce.number().int().min(0).max(10).nullish(), comment: text.nullish(), person_properties: properties, tags: z.array(text).max(20).nullish(),
});
export type ChangedResponseBody = z.infer<typeof ChangedResponseBody>;

export const UnsubscribeBody = z.object({ person_email: text });
export const MembershipBody = z.object({ person_id: id.nullish(), person_email: text.nullish(), person_phone_number: text.nullish(), properties });

export const Paging = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1), per_page: z.coerce.number().int().min(1).max(100).default(20), since: moment, until: moment });
export type Paging = z.infer<typeof Paging>;

/** A person under the number clients know, an answer and a membership, as they are kept. */
export type PersonRow = { id: number; email: string | null; phone: string | null; name: string | null; properties: Record<string, unknown>; unsubscribedAt: Date | null; createdAt: Date };
export type ListedPerson = PersonRow & { lastSentAt: Date | null; lastRespondedAt: Date | null; nextAt: Date | null; stoppedAt: Date | null; bouncedAt: Date | null };
export type MembershipRow = { personId: number; properties: Record<string, unknown>; nextAt: Date; createdAt: Date; updatedAt: Date };
export type ListedResponse = {
  id: string; score: number; comment: string | null; tags: string[]; properties: Record<string, unknown>; createdAt: Date; updatedAt: Date;
  personId: number | null; email: string | null; phone: string | null; name: string | null; personCreatedAt: Date | null;
};
