import { z } from "zod";
import { journeyFilters, shownPeriod } from "../paths/selection.contract.ts";

const { from, to, segment } = journeyFilters;

/** Every channel is shown beside the others, so there is no filter by channel. */
export const channelsQuery = z.object({ from, to, segment });
export type ChannelsQuery = z.infer<typeof channelsQuery>;

export const switchesQuery = channelsQuery.extend({
  gapDays: z.coerce.number().int().min(1).max(365).default(7).describe("meetings further apart belong to two journeys"),
});
export type SwitchesQuery = z.infer<typeof switchesQuery>;

const count = z.number().int();
const channelName = z.string().describe("as its senders wrote it; the empty text for meetings that name no channel");

/** Meetings are facts with a touchpoint; who somebody is and notes of members are none. */
export const channelUse = z.object({
  channel: channelName,
  meetings: count,
  customers: count,
  loneCustomers: count.describe("customers who were met through no other channel in this period"),
  selfService: count.describe("meetings at touchpoints of the kind self-service"),
  human: count.describe("meetings at touchpoints of the kind support, or where a human being meets the customer"),
  lastSeenBefore: count.describe("customers whose last meeting through this channel is long enough ago to say whether they came back"),
  droppedOff: count.describe("of those, customers who met nothing afterwards, through any channel, for `silentDays`"),
});
export type ChannelUse = z.infer<typeof channelUse>;

export const channelsReply = z.object({
  period: shownPeriod,
  observedUntil: z.iso.datetime().nullable().describe("the last fact of the workspace: nothing is known of later"),
  silentDays: count,
  meetings: count,
  customers: count,
  channels: z.array(channelUse).describe("most met first, at most 50"),
  otherChannels: count.describe("channels that are left out"),
  touchpointsRead: z.object({ read: count, all: count }).describe("touchpoints of which the kind was looked up, those with most meetings first"),
});
export type ChannelsReply = z.infer<typeof channelsReply>;

export const switchesReply = z.object({
  period: shownPeriod,
  gapDays: count,
  channels: z.array(z.string()).describe("in the order of the moves they take part in, at most 20"),
  moves: z.array(z.object({ from: z.string(), to: z.string(), moves: count, customers: count })).describe("also from a channel to itself"),
  otherMoves: count.describe("moves from or to channels that are left out"),
});
export type SwitchesReply = z.infer<typeof switchesReply>;

export const effort = z.object({
  contacts: count,
  customers: count,
  judged: count.describe("contacts long enough ago to say whether another one followed"),
  repeated: count.describe("of those, contacts after which the same customer got in touch again within `repeatDays`"),
});
export const effortReply = z.object({
  period: shownPeriod,
  repeatDays: count,
  sameContactHours: count.describe("meetings through the same channel that are closer together are one contact"),
  activeCustomers: count.describe("customers met at all in this period"),
  all: effort,
  channels: z.array(effort.extend({ channel: channelName })).describe("by the channel a contact came through, most contacts first, at most 50"),
  touchpoints: z.array(z.string()).describe("the touchpoints whose meetings count as contacts"),
});
export type EffortReply = z.infer<typeof effortReply>;

export const devicesReply = z.object({
  period: shownPeriod,
  perChannel: count.describe("meetings of each channel that are looked at, those that arrived last, at most"),
  channels: z.array(z.object({ channel: channelName, sampled: count, known: count.describe("meetings that say which device it was, themselves or by a channel called after one"), mobile: count })),
});
export type DevicesReply = z.infer<typeof devicesReply>;

export const activityReply = z.object({
  period: shownPeriod,
  timeZone: z.string(),
  channels: z.array(channelName).describe("most met first, at most 20"),
  groups: z.array(z.object({
    segment: z.object({ id: z.uuid(), name: z.string() }).nullable().describe("null for everybody"),
    customers: count,
    meetings: count,
    byChannel: z.array(z.object({ channel: channelName, customers: count, meetings: count })),
    byHour: z.array(count).length(168).describe("meetings per hour of the week, from Monday 0:00 by the workspace's clock"),
  })).describe("everybody, then the segments asked for, else the first eight"),
});
export type ActivityReply = z.infer<typeof activityReply>;
