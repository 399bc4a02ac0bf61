import { z } from "zod";

export const keyKind = z.enum(["api", "write"]);

export const keyItem = z.object({
  id: z.uuid(),
  kind: keyKind,
  name: z.string(),
  shown: z.string().describe("The whole write key, or the end of an API key."),
  abilities: z.array(z.string()),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type KeyItem = z.infer<typeof keyItem>;

export const newKey = z.object({
  kind: keyKind,
  name: z.string().trim().min(1).max(100),
  abilities: z.array(z.string().max(60)).max(200).default([]).describe("What an API key may do; only what its maker may do. A write key needs none."),
});

export const createdKey = keyItem.extend({ token: z.string().describe("Shown this once.") });
export const abilityItem = z.object({ ability: z.string(), feature: z.string(), meaning: z.string() });
