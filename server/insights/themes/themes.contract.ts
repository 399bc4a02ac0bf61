import { z } from "zod";
import { commentFilters, needName, sentimentName, share, shareChange } from "../comments/comments.contract.ts";

export const themeState = z.enum(["proposed", "kept", "hidden"]).describe("proposed: found by the machine; kept: stays though a later search does not find it; hidden: shown to nobody");
export type ThemeState = z.infer<typeof themeState>;
export const discoveryState = z.enum(["running", "done", "failed"]);
export type DiscoveryState = z.infer<typeof discoveryState>;
export const discoveryPhase = z.enum(["reading", "grouping", "assigning"]);
export type DiscoveryPhase = z.infer<typeof discoveryPhase>;

const name = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");
const word = z.string().trim().min(1).max(60).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");

export const discovery = z.object({
  id: z.uuid(),
  kind: z.enum(["discovery", "assignment"]).describe("discovery: themes are looked for; assignment: only given to comments anew"),
  state: discoveryState,
  phase: discoveryPhase,
  progress: z.number().describe("0-1 of the phase"),
  commentCount: z.number().int().describe("comments looked at so far"),
  themeCount: z.number().int().nullable().describe("themes found; null until they are"),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type Discovery = z.infer<typeof discovery>;

const quote = z.object({ id: z.uuid().describe("of the perception"), at: z.iso.datetime(), text: z.string().describe("personal data blacked out"), sentiment: sentimentName });
export type Quote = z.infer<typeof quote>;

const rise = z
  .object({
    kind: z.enum(["new", "rising"]).describe("new: nobody said it before; rising: more than its history explains"),
    count: z.number().int().describe("comments of the last 14 days"),
    expected: z.number().describe("comments its history leads to expect"),
    p: z.number().describe("chance of so many without a change"),
  })
  .nullable();
export type Rise = z.infer<typeof rise>;

const plainTheme = {
  id: z.uuid(),
  name: z.string(),
  words: z.array(z.string()).describe("most telling first, at most 10"),
  language: z.string().nullable().describe("of the comments it was found in; null for themes that people made"),
  state: themeState,
  madeBy: z.enum(["machine", "person"]),
  madeAt: z.iso.datetime(),
  mergedInto: z.uuid().nullable(),
};

export const theme = z.object({
  ...plainTheme,
  merged: z.array(z.object({ id: z.uuid(), name: z.string() })).describe("themes merged into this one"),
  ...share.shape,
  change: shareChange,
  positive: z.number().int(),
  negative: z.number().int(),
  netSentiment: z.number().nullable().describe("-1 to 1: share of positive minus share of negative comments; null without comments"),
  unmetNeeds: z.array(z.object({ name: needName, count: z.number().int(), share: z.number() })).describe("needs its comments say are not met, most first"),
  trend: z.array(z.number().int()).describe("comments in each of the buckets of `trendDays`"),
  rise,
  quotes: z.array(quote).describe("at most three"),
});
export type Theme = z.infer<typeof theme>;

export const themesQuery = z.object({ ...commentFilters.omit({ theme: true, mention: true }).shape, hidden: z.enum(["true", "false"]).default("false").describe("true: hidden themes only") });
export type ThemesQuery = z.output<typeof themesQuery>;

const range = z.object({ from: z.iso.datetime(), to: z.iso.datetime() });
export const themesReply = z.object({
  period: range,
  previous: range,
  count: z.number().int().describe("comments read in the period"),
  withTheme: z.number().int().describe("of them with at least one theme that is shown"),
  trendDays: z.array(z.iso.date()).describe("first day of each bucket, by the workspace's clock"),
  trendCounts: z.array(z.number().int()).describe("all comments of each bucket"),
  items: z.array(theme).describe("most comments first"),
  falseAlarmRate: z.number().describe("of the themes marked as rising or new at most this share is expected to be chance (Benjamini-Hochberg)"),
  discovery: discovery.nullable().describe("the latest search for themes, running or ended; null when there was none"),
  discoveredAt: z.iso.datetime().nullable(),
  commentsMin: z.number().int().describe("fewer read comments give no themes"),
  commentsRead: z.number().int().describe("of the workspace, counted up to `commentsMin`"),
});
export type ThemesReply = z.infer<typeof themesReply>;

/** What a change of a theme answers with: the theme without its figures. */
export const changedTheme = z.object({ ...plainTheme, isAssigning: z.boolean().describe("whether comments are being given this theme just now") });
export type ChangedTheme = z.infer<typeof changedTheme>;

export const themeBody = z.object({ name: name.optional(), state: themeState.optional() }).refine((given) => given.name !== undefined || given.state !== undefined, "Say a name or a state.");
export type ThemeBody = z.infer<typeof themeBody>;
export const newThemeBody = z.object({ name, words: z.array(word).min(1).max(40).describe("words and expressions: a comment that has one of them has the theme") });
export type NewThemeBody = z.infer<typeof newThemeBody>;
export const mergingBody = z.object({ into: z.uuid() });
