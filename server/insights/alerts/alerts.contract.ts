import { z } from "zod";
import type { NarrowingName } from "../metrics/metrics.contract.ts";

export const levelNames = [
  "nps", "csat", "ces", "stars", "rating", "custom", "sentiment", "unmet_easy", "unmet_expect", "unmet_promise", "unmet_inform", "unmet_individ", "unmet_right",
  "met_easy", "met_expect", "met_promise", "met_inform", "met_individ", "met_right", "theme_share", "response_rate", "fact_repeated_contacts", "fact_channel_switches", "fact_steps_to_goal",
  "fact_promise_off", "fact_promise_late", "fact_longest_silence", "fact_asked_again", "fact_time_to_remedy", "fact_reopened",
] as const;
export type LevelName = (typeof levelNames)[number];
export const volumeNames = ["answers", "comments", "urgent_comments", "theme_comments", "interactions"] as const;
export type VolumeName = (typeof volumeNames)[number];
export const watchedNames = [...levelNames, ...volumeNames] as const;
export const watchedName = z
  .enum(watchedNames)
  .describe(
    "a score; `custom`: the formula of your own that the filters name; `unmet_…`, `met_…`: the share of comments in which a need is unmet, or met; `fact_…`: of the cases of a need measured from facts, the share over its limit; `theme_share`: the share of comments with the theme of the filters; `response_rate`: of the people asked by name on a day, the share that answered within three days; or how many answers, comments, urgent comments, comments with the theme of the filters or interactions come in",
  );
export type WatchedName = z.infer<typeof watchedName>;

export const sensitivityName = z
  .enum(["rarely", "normal", "often"])
  .describe("false alarms of this rule at most, while nothing changes: rarely one in two years, normal two a year, often six a year");
export const directionName = z.enum(["up", "down", "both"]);
export type DirectionName = z.infer<typeof directionName>;

const several = <Value extends z.ZodType>(value: Value) => z.array(value).min(1).max(50);
const names = several(z.string().max(300));
const ids = several(z.union([z.uuid(), z.literal("")]));
const places = {
  touchpoint: names, channel: names, stage: names, environment: names, product: names, source: names, department: names, survey: ids, team: ids, member: ids,
  segment: several(z.uuid()).describe("customers who are in one of them at each look"),
  persona: several(z.uuid()).describe("the same of segments that are personas"),
  trait: several(z.string().max(300).regex(/^[^=]+=/u)).describe("`name=value`: customers who had this value then; values of one name are alternatives"),
} satisfies Record<NarrowingName, z.ZodType>;
/** Where and at whom a rule looks: what narrows metrics, under the same names. The empty text means "not named". */
export const alertFilters = z.strictObject({
  ...z.object(places).partial().shape,
  theme: z.uuid().optional().describe("for `theme_share` and `theme_comments`, which need one: comments with this theme, or one merged into it"),
  metric: z.uuid().optional().describe("for `custom`, which needs one: id of a formula of your own"),
});
export type AlertFilters = z.infer<typeof alertFilters>;

export const mailName = z.enum(["now", "daily", "weekly", "never"]);
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u);
export const told = z.object({
  owners: mailName.describe("mail to the owners of the workspace"),
  members: z.array(z.object({ memberId: z.uuid(), mail: mailName })).max(100).describe("further members; everyone with the ability alerts.read sees alerts in the app"),
  quiet: z.object({ from: hour, to: hour }).nullable().describe("hours, by the workspace's clock, in which mails, webhooks and chats wait"),
});
export type Told = z.infer<typeof told>;

export const chatServices = ["slack", "mattermost", "rocketchat", "google_chat", "teams", "discord"] as const;
const chatService = z.enum(chatServices).describe("whose incoming webhook it is");
export type ChatService = z.infer<typeof chatService>;
export const chatAddress = z.object({ service: chatService, url: z.url({ protocol: /^https?$/u }).max(2_000).describe("of the incoming webhook; kept sealed and never shown") });
export type ChatAddress = z.infer<typeof chatAddress>;
export const chatTrialReply = z.object({ fault: z.string().nullable().describe("why the chat did not take the message; null: it did") });
export type ChatTrialReply = z.infer<typeof chatTrialReply>;

const ruleFields = {
  name: z.string().trim().min(1).max(120),
  what: watchedName,
  filters: alertFilters,
  direction: directionName,
  sensitivity: sensitivityName,
  smallestChange: z.number().min(0).max(100).describe("points, percent or values of the scale; percent of what is expected where things are counted: less is not told however sure it is"),
  told,
  hookUrl: z.url({ protocol: /^https?$/u }).max(2_000).nullable().describe("where a signed message is posted, kept sealed and never shown: header x-firsthand-signature, `t=<seconds>,v1=<hex>`, HMAC-SHA256 of \"<t>.<body>\""),
  chat: chatAddress.nullable().describe("a chat that each alert is written into"),
  isOn: z.boolean(),
};
export const newRule = z.object({
  ...ruleFields,
  name: ruleFields.name.optional().describe("without it: said in words what it watches"),
  filters: alertFilters.default({}),
  sensitivity: sensitivityName.default("rarely"),
  smallestChange: ruleFields.smallestChange.optional().describe("without it: a usual size for what is watched"),
  told: told.default({ owners: "never", members: [], quiet: null }),
  hookUrl: ruleFields.hookUrl.default(null),
  chat: ruleFields.chat.default(null),
  isOn: z.boolean().default(true),
});
export type NewRule = z.infer<typeof newRule>;
export const ruleChange = z.object(ruleFields).partial();
export type RuleChange = z.infer<typeof ruleChange>;
export const tryRule = z.object({
  what: watchedName, filters: alertFilters.default({}), direction: directionName, sensitivity: sensitivityName.default("rarely"), smallestChange: ruleFields.smallestChange.optional(),
});
export type TryRule = z.infer<typeof tryRule>;

export const deliveryWays = ["hook", "chat"] as const;
export type DeliveryWay = (typeof deliveryWays)[number];
export const delivery = z.object({
  way: z.enum(deliveryWays),
  open: z.number().int().describe("alerts that are on their way: not taken yet, and tried again by themselves"),
  givenUp: z.number().int().describe("alerts that were tried for four days and not taken"),
  attempts: z.number().int().describe("most tries of one that is on its way"),
  fault: z.string().nullable().describe("why the last try of one of these failed"),
  triedAt: z.iso.datetime().nullable().describe("when that was"),
  sentAt: z.iso.datetime().nullable().describe("when an alert was taken last"),
});
export type Delivery = z.infer<typeof delivery>;
export const redelivered = z.object({
  sent: z.number().int().describe("messages on their way once more"),
  left: z.number().int().describe("further ones that were tried and not taken: ask again for them"),
});
export type Redelivered = z.infer<typeof redelivered>;

const { hookUrl: _sealed, ...shownFields } = ruleFields;
export const rule = z.object({
  id: z.uuid(),
  ...shownFields,
  hookHost: z.string().nullable().describe("where a signed message is posted; the address itself is not shown"),
  chat: z.object({ service: chatService, host: z.string() }).nullable().describe("the chat that each alert is written into; its address is not shown"),
  deliveries: z.array(delivery).describe("how alerts get to its webhook and chat; empty while none was sent"),
  isPreset: z.boolean().describe("one of those every workspace begins with"),
  snoozedUntil: z.iso.datetime().nullable(),
  lookedAt: z.iso.datetime().nullable().describe("the end of the last day or hour that was looked at"),
  turned: z.object({ at: z.iso.datetime(), before: z.string(), after: z.string() }).nullable()
    .describe("when the past was last read again, quietly, because the formula or the facts behind a need had become others (chosen, or guessed anew): what it was counted from before and since"),
  words: z.string().describe("what the rule does, in a sentence"),
  raised: z.object({ count: z.number().int().describe("alerts in the last 365 days"), useful: z.number().int(), notUseful: z.number().int() }),
  precision: z
    .object({ share: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe("of the opinions given, the share that found it useful, 0-1, with Wilson's 95 % interval; null while nobody has said"),
});
export type Rule = z.infer<typeof rule>;
export const rulesReply = z.object({
  items: z.array(rule),
  falseAlarmsPerYear: z.number().describe("at most so many false alarms a year by all rules together that are on, while nothing changes"),
});
export const madeRule = rule.extend({ hookSecret: z.string().nullable().describe("what messages are signed with; shown this once") });

const toneName = z.enum(["good", "bad", "plain"]).describe("plain: whether more of it is good depends, as with what comments are about");
export type ToneName = z.infer<typeof toneName>;

const point = z.object({
  at: z.iso.datetime().describe("start of the day, or of the 24 hours"),
  value: z.number().nullable().describe("null: nothing came"),
  low: z.number().nullable().describe("what is usual, give or take chance"),
  high: z.number().nullable(),
});
export const evidence = z.object({
  unit: z.enum(["points", "percent", "scale", "count"]),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  count: z.number().int(),
  countBefore: z.number().int(),
  value: z.number(),
  expected: z.number(),
  difference: z.number(),
  low: z.number().describe("95 % interval of the difference"),
  high: z.number(),
  isLowGood: z.boolean().optional().describe("where the scale has its good end below, as 5–1 has"),
  yearsBetween: z.number().describe("years until chance alone does this once, at most 1,000"),
  points: z.array(point).max(100),
});
export type Evidence = z.infer<typeof evidence>;

export const alert = z.object({
  id: z.uuid(),
  ruleId: z.uuid(),
  ruleName: z.string(),
  what: watchedName,
  direction: z.enum(["up", "down"]),
  tone: toneName,
  title: z.string().describe("what happened"),
  detail: z.string().describe("against what, how sure, and how often chance does this"),
  state: z.enum(["raised", "seen", "over"]).describe("as it is for who asks"),
  raisedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  endReason: z.enum(["back", "worse", "new_level", "history"]).nullable().describe("back: as before; worse: it went on so far that a later alert tells it anew; new_level: it lasted eight weeks and is usual now; history: older records came in and changed what is usual"),
  isQuiet: z.boolean(),
  isFromHistory: z.boolean().describe("found when the rule looked back over what was there before it"),
  snoozedUntil: z.iso.datetime().nullable(),
  evidence,
  link: z.string().describe("address in the app of the answers, comments or customers behind it"),
  opinions: z.object({ useful: z.number().int(), notUseful: z.number().int(), mine: z.boolean().nullable() }),
});
export type Alert = z.infer<typeof alert>;
export const alertsQuery = z.object({
  state: z.enum(["open", "over"]).optional(),
  rule: z.uuid().optional(),
  from: z.iso.datetime({ offset: true }).optional().describe("with to: what moved within this stretch, or was not over yet when it began"),
  to: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type AlertsQuery = z.output<typeof alertsQuery>;
export const alertsReply = z.object({ items: z.array(alert).describe("newest first"), nextCursor: z.string().nullable() });
export type AlertsReply = z.infer<typeof alertsReply>;
export const unseenReply = z.object({ unseen: z.number().int().describe("alerts you have not seen, at most 100") });
export type UnseenReply = z.infer<typeof unseenReply>;
export const opinionBody = z.object({ isUseful: z.boolean().nullable() });
export const snoozeBody = z.object({ until: z.iso.datetime({ offset: true }).nullable() });
export const seenBody = z.object({ ids: z.array(z.uuid()).max(100).optional().describe("without it: all") });
export const trialReply = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  count: z.number().int(),
  alerts: z.array(z.object({ title: z.string(), detail: z.string(), at: z.iso.datetime(), endedAt: z.iso.datetime().nullable(), tone: toneName })).describe("newest first, at most 50"),
  isTooLittle: z.boolean().describe("there were never 30 answers in eight weeks: a rule needs those, and two weeks, to know what is usual"),
});
export type TrialReply = z.infer<typeof trialReply>;
