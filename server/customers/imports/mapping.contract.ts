import { z } from "zod";
import { readSettings } from "./row-source.contract.ts";

export const identifierKinds = ["user", "email", "phone", "anonymous", "external"] as const;
export const scoreKinds = ["nps", "csat", "ces", "stars", "rating"] as const;
export type ScoreKind = (typeof scoreKinds)[number];

const name = z.string().trim().min(1).max(100);

/** A score of a column. `blank` lists what means "no answer" besides the empty cell; `words` gives numbers to texts;
 *  `isReversed` turns a scale round whose low end is the good one. `touchpoint` names what the score is about. */
const scoreUse = z.object({
  use: z.literal("score"),
  kind: z.enum(scoreKinds),
  min: z.number().min(-1_000).max(1_000),
  max: z.number().min(-1_000).max(1_000),
  isReversed: z.boolean(),
  blank: z.array(z.string().max(100)).max(50),
  words: z.record(z.string().max(100), z.number()).refine((words) => Object.keys(words).length <= 50, "at most 50 words"),
  touchpoint: z.string().trim().max(200).nullable(),
});
export type ScoreUse = z.infer<typeof scoreUse>;

/** What a column of the file means. Several columns of use "time" are joined, for a date and a time of day apart. */
export const columnUse = z.discriminatedUnion("use", [
  z.object({ use: z.literal("ignore") }),
  z.object({ use: z.literal("customer"), kind: z.enum(identifierKinds) }),
  z.object({ use: z.literal("time") }),
  z.object({ use: z.literal("event") }),
  z.object({ use: z.literal("touchpoint") }),
  z.object({ use: z.literal("channel") }),
  z.object({ use: z.literal("stage") }),
  z.object({ use: z.literal("message_id") }),
  z.object({ use: z.literal("comment") }),
  z.object({ use: z.literal("weight") }),
  scoreUse,
  z.object({ use: z.literal("trait"), name }),
  z.object({ use: z.literal("property"), name }),
]);
export type ColumnUse = z.infer<typeof columnUse>;

export const mapping = z.object({
  read: readSettings,
  /** Name of where the rows come from. Customer numbers of kind "external" and row ids hold within it, so two files of one
   *  source recognise each other's rows and two sources with the same numbers do not mix. */
  source: z.string().regex(/^[\w.-]{1,60}$/, "letters, digits, dot, dash and underscore, at most 60"),
  time: z.object({
    format: z.enum(["iso", "compact", "dmy", "mdy", "dmy_or_mdy", "mdy_or_dmy", "written", "unix_seconds", "unix_milliseconds", "spreadsheet"]),
    zone: z.string().min(1).max(64),
    /** The time of every row when no column holds one; null means the time of the upload. */
    fixed: z.iso.datetime({ offset: true }).nullable(),
  }),
  /** What every row gets where no column says it. */
  event: z.string().trim().min(1).max(200),
  touchpoint: z.string().trim().max(200).nullable(),
  channel: z.string().trim().max(200).nullable(),
  columns: z.array(z.object({ column: z.string().max(200), use: columnUse })).max(2_000),
});
export type Mapping = z.infer<typeof mapping>;
export type MappedColumn = Mapping["columns"][number];
