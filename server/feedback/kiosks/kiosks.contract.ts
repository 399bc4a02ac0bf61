import { z } from "zod";
import { SurveyDefinition } from "../surveys/definition.contract.ts";

const label = z.string().trim().max(80).regex(/^[^\p{Cc}\p{Cs}<>]*$/u, "a line of plain text");
const pin = z.string().regex(/^\d{4,8}$/, "four to eight digits");
const fields = {
  name: label.min(1),
  place: label.default(""),
  touchpoint: label.nullable().default(null),
  surveyId: z.uuid(),
  idleSeconds: z.int().min(10).max(600).default(30).describe("After so many seconds without a touch it begins anew; what was answered is kept."),
};

export const CreateKioskBody = z.object({ ...fields, pin });
export type CreateKioskBody = z.infer<typeof CreateKioskBody>;

export const ChangeKioskBody = z.object({
  name: fields.name.optional(), place: label.optional(), touchpoint: label.nullable().optional(), surveyId: z.uuid().optional(), idleSeconds: z.int().min(10).max(600).optional(), pin: pin.optional(),
});
export type ChangeKioskBody = z.infer<typeof ChangeKioskBody>;

export const Kiosk = z.object({
  id: z.uuid(), name: z.string(), place: z.string(), touchpoint: z.string().nullable(), surveyId: z.uuid(), surveyName: z.string(), surveyStatus: z.enum(["draft", "open", "closed"]),
  idleSeconds: z.int(),
  state: z.enum(["unpaired", "online", "away"]).describe("`away`: not heard of for three minutes."),
  lastSeenAt: z.iso.datetime().nullable(),
  waiting: z.int().describe("Answers the device still had to send when it was last heard of."),
  refused: z.int().describe("How many of them the server refuses; the device keeps them and tries again."),
  problem: z.string().nullable().describe("Code of the last refusal."),
  hindrance: z.enum(["not_open", "file_required"]).nullable().describe("Why it asks nothing; null when it asks."),
  createdAt: z.iso.datetime(),
});
export type Kiosk = z.infer<typeof Kiosk>;

/** The code to type into a device, shown once. */
export const Pairing = z.object({ code: z.string(), address: z.string(), expiresAt: z.iso.datetime() });
export type Pairing = z.infer<typeof Pairing>;

/** All a device needs to ask without a line to the server. */
export const KioskConfig = z.object({
  kiosk: z.object({ id: z.uuid(), name: z.string(), touchpoint: z.string().nullable(), idleSeconds: z.int(), pinSalt: z.string(), pinHash: z.string() }),
  /** Null while its survey is not open: the device says so and asks nothing. */
  survey: z.object({
    slug: z.string(), version: z.int(), definition: SurveyDefinition,
    closesAt: z.iso.datetime({ offset: true }).nullable().describe("A device without a line stops asking then by its own clock."),
  }).nullable(),
});
export type KioskConfig = z.infer<typeof KioskConfig>;

/** What a device says about itself when it asks for its config. */
export const KioskStateQuery = z.object({
  waiting: z.coerce.number().int().min(0).max(1_000_000).default(0),
  refused: z.coerce.number().int().min(0).max(1_000_000).default(0),
  problem: z.string().regex(/^[a-z_]{1,60}$/).optional(),
});
export type KioskStateQuery = z.infer<typeof KioskStateQuery>;

export const PairBody = z.object({ code: z.string().max(20) });
export const PairedKiosk = z.object({ token: z.string(), config: KioskConfig });
export type PairedKiosk = z.infer<typeof PairedKiosk>;
