import type { Actor } from "#platform/access";
import { listContexts, listOffsets, listSegmentNames } from "#customers";
import type { Services } from "#platform/services";
import { LEFT_AFTER_DAYS } from "../definitions/definitions.contract.ts";
import { findLastMs } from "../definitions/definitions.queries.ts";
import { readJourneySelection, showJourneyPeriod, type AskedJourney } from "../paths/selection.ts";
import type { JourneySelection } from "../paths/selection.queries.ts";
import { listTouchpoints } from "../touchpoints/touchpoints.queries.ts";
import type { ActivityReply, ChannelsQuery, ChannelsReply, DevicesReply, EffortReply, SwitchesQuery, SwitchesReply } from "./channels.contract.ts";
import { countMeetings, listDropOff, listEffort, listHours, listMoves, listSample, listTouchpointsMet, listUse, listWays } from "./channels.queries.ts";
import { fillWeek, isMobile, sortTouchpoints, type Sorting } from "./channels.rules.ts";

const CHANNELS_MAX = 50;
const DRAWN_CHANNELS_MAX = 20;
const TOUCHPOINTS_MAX = 10_000;
const CONTACT_TOUCHPOINTS_MAX = 500;
const MOVES_MAX = 5_000;
const SEGMENTS_SHOWN = 8;
const SAMPLE_PER_CHANNEL = 200;
const SAMPLE_MAX = 5_000;
// A second contact within a week is about the same thing (usual in service reports).
const REPEAT_DAYS = 7;
// Messages of one talk; the longest talks that pause over a lunch stay one.
const SAME_CONTACT_HOURS = 4;
const HOUR_MS = 3_600_000;

const findLastKnown = async ({ analytics, clock }: Services, workspaceId: string): Promise<number | null> => (await findLastMs(analytics, workspaceId, clock.now().getTime())) || null;

/** How much each channel is used, by whom alone, and where customers were last seen. */
export const readUse = async (services: Services, workspaceId: string, filters: ChannelsQuery): Promise<ChannelsReply> => {
  const { selection } = await readJourneySelection(services, workspaceId, filters);
  const { analytics } = services;
  const lastMs = await findLastKnown(services, workspaceId);
  const totals = await countMeetings(analytics, selection);
  const use = await listUse(analytics, selection, CHANNELS_MAX);
  const { met, sorting } = await readMet(services, selection);
  const left = new Map((lastMs === null ? [] : await listDropOff(analytics, selection, { lastMs, silentDays: LEFT_AFTER_DAYS })).map((row) => [row.way, row]));
  const sorts = countSorts({ met, sorting });
  return {
    period: showJourneyPeriod(selection),
    observedUntil: lastMs === null ? null : new Date(lastMs).toISOString(),
    silentDays: LEFT_AFTER_DAYS,
    meetings: totals.meetings,
    customers: totals.customers,
    channels: use.map((row) => ({
      channel: row.way, meetings: row.meetings, customers: row.customers, loneCustomers: row.lone,
      selfService: sorts.get(row.way)?.selfService ?? 0, human: sorts.get(row.way)?.human ?? 0,
      lastSeenBefore: left.get(row.way)?.judged ?? 0, droppedOff: left.get(row.way)?.left ?? 0,
    })),
    otherChannels: totals.ways - use.length,
    touchpointsRead: { read: met.reduce((sum, { meetings }) => sum + meetings, 0), all: totals.meetings },
  };
};

/** Which channel follows which within a journey. */
export const readSwitches = async (services: Services, workspaceId: string, { gapDays, ...filters }: SwitchesQuery): Promise<SwitchesReply> => {
  const { selection } = await readJourneySelection(services, workspaceId, filters);
  const moves = await listMoves(services.analytics, selection, { gapDays, limit: MOVES_MAX });
  const weights = new Map<string, number>();
  for (const { way, earlier, moves: count } of moves) for (const name of new Set([way, earlier])) weights.set(name, (weights.get(name) ?? 0) + count);
  const channels = [...weights].toSorted(([name, one], [otherName, other]) => other - one || (name < otherName ? -1 : 1)).slice(0, DRAWN_CHANNELS_MAX).map(([name]) => name);
  const drawn = new Set(channels);
  const isDrawn = (row: { way: string; earlier: string }): boolean => drawn.has(row.way) && drawn.has(row.earlier);
  return {
    period: showJourneyPeriod(selection), gapDays, channels,
    moves: moves.filter(isDrawn).map(({ way, earlier, ...counts }) => ({ from: earlier, to: way, ...counts })),
    otherMoves: moves.filter((row) => !isDrawn(row)).reduce((sum, row) => sum + row.moves, 0),
  };
};

/** How often customers have to get in touch, and how often again soon afterwards. */
export const readEffort = async (services: Services, workspaceId: string, filters: ChannelsQuery): Promise<EffortReply> => {
  const { selection } = await readJourneySelection(services, workspaceId, filters);
  const { met, sorting } = await readMet(services, selection);
  const touchpoints = [...new Set(met.map(({ touchpoint }) => touchpoint))].filter(sorting.isContact).slice(0, CONTACT_TOUCHPOINTS_MAX);
  const totals = await countMeetings(services.analytics, selection);
  const lastMs = await findLastKnown(services, workspaceId);
  const rows = lastMs === null ? [] : await listEffort(services.analytics, selection, { touchpoints, sameMs: SAME_CONTACT_HOURS * HOUR_MS, repeatMs: REPEAT_DAYS * 24 * HOUR_MS, lastMs });
  const { way: _all, ...all } = rows.find(({ way }) => way === null) ?? { way: null, contacts: 0, customers: 0, judged: 0, repeated: 0 };
  return {
    period: showJourneyPeriod(selection), repeatDays: REPEAT_DAYS, sameContactHours: SAME_CONTACT_HOURS, activeCustomers: totals.customers, all,
    channels: rows.flatMap(({ way, ...counts }) => (way === null ? [] : [{ channel: way, ...counts }])),
    touchpoints,
  };
};

/** How much of each channel comes from telephones and tablets, in a sample of the latest meetings. */
export const readDevices = async (services: Services, workspaceId: string, filters: ChannelsQuery): Promise<DevicesReply> => {
  const { selection } = await readJourneySelection(services, workspaceId, filters);
  const sample = await listSample(services.analytics, selection, { perWay: SAMPLE_PER_CHANNEL, limit: SAMPLE_MAX });
  const contexts = new Map((await listContexts(services.db, workspaceId, sample.map(({ id }) => id))).map(({ id, context }) => [id, context]));
  const channels = [...Map.groupBy(sample, ({ way }) => way)].map(([channel, rows]) => {
    const devices = rows.map(({ id }) => isMobile(contexts.get(id), channel));
    return { channel, sampled: rows.length, known: devices.filter((device) => device !== null).length, mobile: devices.filter((device) => device === true).length };
  });
  return { period: showJourneyPeriod(selection), perChannel: SAMPLE_PER_CHANNEL, channels: channels.slice(0, CHANNELS_MAX) };
};

/** Where and when customers are active: everybody, and segment by segment. */
export const readActivity = async (services: Services, { workspaceId, abilities }: Actor, { segment, ...period }: ChannelsQuery): Promise<ActivityReply> => {
  const everybody = await readJourneySelection(services, workspaceId, period);
  const ids = segment?.filter((id) => id !== "") ?? [];
  // A key that may not see segments learns no names of them here.
  const named = !abilities.has("segments.read") ? [] : ids.length > 0 ? ids : (await listSegmentNames(services.db, workspaceId, SEGMENTS_SHOWN)).map(({ id }) => id);
  const groups = [await readGroup(services, everybody)];
  // One after the other: they would only wait for each other in the store.
  for (const id of named) groups.push(await readGroup(services, await readJourneySelection(services, workspaceId, { ...period, segment: [id] })));
  return {
    period: showJourneyPeriod(everybody.selection), timeZone: everybody.timeZone,
    channels: groups[0]?.byChannel.map(({ channel }) => channel) ?? [],
    groups,
  };
};

const readGroup = async ({ analytics }: Services, { selection, timeZone, segments }: AskedJourney): Promise<ActivityReply["groups"][number]> => {
  const segment = segments[0] ?? null;
  const { customers, meetings } = await countMeetings(analytics, selection);
  const ways = await listWays(analytics, selection, DRAWN_CHANNELS_MAX);
  const hours = await listHours(analytics, selection, listOffsets(selection, timeZone));
  return { segment, customers, meetings, byChannel: ways.map(({ way, ...counts }) => ({ channel: way, ...counts })), byHour: fillWeek(hours) };
};

type Met = { met: Awaited<ReturnType<typeof listTouchpointsMet>>; sorting: Sorting };

const readMet = async (services: Services, selection: JourneySelection): Promise<Met> => ({
  met: await listTouchpointsMet(services.analytics, selection, TOUCHPOINTS_MAX),
  sorting: sortTouchpoints(await listTouchpoints(services.db, selection.workspaceId)),
});

const countSorts = ({ met, sorting }: Met): Map<string, { selfService: number; human: number }> => {
  const sums = new Map<string, { selfService: number; human: number }>();
  for (const { way, touchpoint, meetings } of met) {
    const { selfService, human } = sums.get(way) ?? { selfService: 0, human: 0 };
    const sort = sorting.sortOf(touchpoint);
    sums.set(way, { selfService: selfService + (sort === "self_service" ? meetings : 0), human: human + (sort === "human" ? meetings : 0) });
  }
  return sums;
};
