import { z } from "zod";
import type { NarrowingName } from "../metrics/metrics.contract.ts";
import { tile, tileFilters, periodChoice } from "./tiles.contract.ts";

const name = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");

/** What visitors may be let choose: all that narrows numbers and is not one person. */
export const choosableNames = ["touchpoint", "channel", "stage", "environment", "product", "survey", "source", "team", "department", "segment", "persona"] as const satisfies readonly NarrowingName[];
const choosableName = z.enum(choosableNames);
export type ChoosableName = z.infer<typeof choosableName>;

export const createShareBody = z.object({
  name: name.describe("for whom it is"),
  password: z.string().min(8).max(200).nullable().default(null),
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
  period: periodChoice,
  filters: tileFilters.default({}),
  isFilterable: z.boolean().default(false).describe("visitors may choose the period and what `choosable` names themselves, within the filters"),
  choosable: z.array(choosableName).max(choosableNames.length).default(["touchpoint", "channel", "stage"]).describe("names of groups with ten answers of five people are shown to whoever has the link"),
  showsComments: z.boolean().default(false).describe("what people wrote, without the personal data that was found in it; else such tiles are left out"),
});
export type CreateShareBody = z.output<typeof createShareBody>;

export const share = z.object({
  id: z.uuid(),
  name: z.string(),
  hasPassword: z.boolean(),
  expiresAt: z.iso.datetime().nullable(),
  isFilterable: z.boolean(),
  choosable: z.array(choosableName),
  showsComments: z.boolean(),
  filters: tileFilters,
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  openedCount: z.int(),
  lastOpenedAt: z.iso.datetime().nullable(),
});
export type Share = z.infer<typeof share>;

export const sharesReply = z.object({ items: z.array(share).describe("newest first") });
export const createdShare = share.extend({ url: z.string().describe("the link; it is not told again") });
export type CreatedShare = z.infer<typeof createdShare>;

/** What a visitor shows for the password he gave. */
const pass = z.string().max(200).optional();

export const openBody = z.object({ pass });
export const sharedBoard = z.discriminatedUnion("state", [
  z.object({ state: z.literal("locked") }),
  z.object({
    state: z.literal("open"),
    name: z.string(),
    organisation: z.string(),
    timeZone: z.string(),
    period: periodChoice,
    filters: tileFilters,
    isFilterable: z.boolean(),
    choices: z.array(z.object({ name: choosableName, values: z.array(z.object({ value: z.string(), label: z.string() })) })),
    tiles: z.array(tile),
  }),
]);
export type SharedBoard = z.infer<typeof sharedBoard>;

export const passBody = z.object({ password: z.string().max(200) });
export const passReply = z.object({ pass: z.string() });

export const askedOfShare = z.object({
  pass,
  period: periodChoice.optional().describe("days are widened to the months they lie in"),
  filters: z.partialRecord(choosableName, z.array(z.string().max(300)).max(50)).default({}).describe("what the link does not offer is left out"),
});
export type AskedOfShare = z.output<typeof askedOfShare>;
