// Who was asked and answered, as metrics count it: invitations and call lists know, the analytics copy does not.
import { listSegmentCustomerIds, listSegmentMembersAmong, type AskedTwice, type Period } from "#customers";
import { countAnsweredWithin, countAskedByDay, countAskedByGroup, countAskedTwice, listAskedCustomerIds, listAskedPeople, type AskedDay, type AskedFilter, type AskedPerson } from "#feedback";
import type { Services } from "#platform/services";
import type { BandName, MetricFilters } from "./metrics.contract.ts";
import type { Selection } from "./metrics.queries.ts";
import { answeringDays, weekdayOf } from "./outreach-parts.rules.ts";
import type { People } from "./people.queries.ts";
import { metricsErrors } from "./selection.ts";

type Asked = { selection: Selection; filters: Pick<MetricFilters, "language">; timeZone: string };

/** People asked from the start of the earlier period to the end of the later one, told apart at the start of the latter. */
export const readAskedDays = async (services: Services, asked: Asked, previous: Period | null): Promise<AskedDay[]> => {
  const { selection } = asked;
  const filter = await filterOf(services, asked);
  const times = timesOf(services, asked);
  const touches = previous === null || previous.toMs === selection.fromMs;
  const days = await countAskedByDay(services.db, touches && previous !== null ? { ...filter, from: new Date(previous.fromMs) } : filter, times);
  // A period to compare with that lies elsewhere is read by itself, all of it before the end of time.
  const others = touches || previous === null
    ? []
    : await countAskedByDay(services.db, { ...filter, from: new Date(previous.fromMs), to: new Date(previous.toMs) }, { ...times, splitAt: new Date(previous.toMs) });
  return onWeekdays(asked, [...days, ...others]);
};

const timesOf = ({ clock }: Services, { selection, timeZone }: Asked) =>
  ({ timeZone, splitAt: new Date(selection.fromMs), settledBefore: new Date(clock.now().getTime() - answeringDays * 86_400_000), answeringDays });

/** Most people asked whose segments are looked up for one figure: their ids are in memory at once, however many segments there are. */
const ASKED_MAX = 200_000;

/** The same of one period by segments, each under its id: one question, however many there are.
 *  @throws people_too_many */
export const readAskedDaysOf = async (services: Services, asked: Asked, segments: readonly { id: string; name: string }[]): Promise<(AskedDay & { name: string })[]> => {
  const filter = await filterOf(services, asked);
  const customerIds = await listAskedCustomerIds(services.db, filter, ASKED_MAX + 1);
  if (customerIds.length > ASKED_MAX) throw metricsErrors.refuse("people_too_many", `More than ${ASKED_MAX} people were asked in this period: too many to look up the segments of. Choose a shorter period, a survey or a channel.`);
  const groups = await findGroups(services, asked.selection.workspaceId, customerIds, segments);
  const days = await countAskedByGroup(services.db, filter, timesOf(services, asked), { ...groups, count: segments.length });
  return onWeekdays(asked, days).map(({ group, ...day }) => ({ ...day, name: segments[group]?.id ?? "" }));
};

// A number for each customer, with a bit for each segment they are in: half a hundred lists of them would not fit into memory.
const findGroups = async ({ db }: Services, workspaceId: string, customerIds: readonly string[], segments: readonly { id: string }[]): Promise<{ customerIds: string[]; bits: number[] }> => {
  const bits = new Map<string, number>();
  for (const [place, { id }] of segments.entries())
    for (const customerId of await listSegmentMembersAmong(db, workspaceId, id, customerIds)) bits.set(customerId, (bits.get(customerId) ?? 0) + 2 ** place);
  return { customerIds: [...bits.keys()], bits: [...bits.values()] };
};

const onWeekdays = <Day extends AskedDay>({ selection }: Asked, all: Day[]): Day[] => {
  const weekdays = selection.weekday?.days;
  return weekdays === undefined ? all : all.filter(({ day }) => weekdays.includes(String(weekdayOf(day))));
};

/** People asked on each local day, and those of them who answered within some days of it. */
export const readAnsweredWithin = async (services: Services, asked: Asked, days: number): Promise<{ day: string; asked: number; answered: number }[]> =>
  countAnsweredWithin(services.db, await filterOf(services, asked), { timeZone: asked.timeZone, days });

/** Customers by whether they were asked and answered in this period and the one before, by way or survey: of those who had all the days for it. */
export const readAskedTwice = async (services: Services, asked: Asked, given: { previous: Period; split: "all" | "channel" | "survey"; every: number }): Promise<(AskedTwice & { name: string })[]> => {
  const { selection, timeZone } = asked;
  const { fromMs, toMs } = given.previous;
  const { settledBefore } = timesOf(services, asked);
  return countAskedTwice(services.db, await filterOf(services, asked), {
    ...given, previous: { from: new Date(fromMs), to: new Date(toMs) }, weekdays: selection.weekday === undefined ? null : { days: selection.weekday.days, timeZone }, settledBefore, answeringDays,
  });
};

/** The people behind a response rate, asked last first. */
export const listAsked = async (
  services: Services,
  asked: Asked,
  page: { band: BandName | undefined; value: number | undefined; after: { at: string; id: string } | null; limit: number },
): Promise<AskedPerson[]> => {
  const wanted = page.band === undefined ? null : page.band === "answered";
  const isAnswered = page.value === undefined ? wanted : page.value === 1;
  const { weekday } = asked.selection;
  return listAskedPeople(services.db, await filterOf(services, asked), { ...page, isAnswered, weekdays: weekday === undefined ? null : { days: weekday.days, timeZone: asked.timeZone } });
};

const filterOf = async (services: Services, { selection, filters }: Asked): Promise<AskedFilter> => {
  const lists = await Promise.all((selection.people ?? []).map((people) => listPeople(services, selection.workspaceId, people)));
  return {
    workspaceId: selection.workspaceId,
    from: new Date(selection.fromMs),
    to: new Date(selection.toMs),
    surveyIds: selection.survey?.filter((id) => id !== "") ?? null,
    channels: selection.channel ?? null,
    languages: filters.language ?? null,
    customerIds: lists.length === 0 ? null : lists.reduce((some, others) => { const known = new Set(others); return some.filter((id) => known.has(id)); }),
  };
};

/** Most customers of a segment that are handed over to a query of the record. */
const PEOPLE_MAX = 500_000;

const listPeople = async (services: Services, workspaceId: string, people: People): Promise<readonly string[]> =>
  "held" in people ? people.held.holders.split(",").filter((id) => id !== "") : [...new Set((await Promise.all(people.segments.map((segment) => listMembers(services, workspaceId, segment)))).flat())];

// Invitations lie in the record, and so does who is in a segment: the copy is not asked.
const listMembers = async ({ db }: Services, workspaceId: string, segment: { id: string; name: string }): Promise<string[]> => {
  const customers = await listSegmentCustomerIds(db, workspaceId, segment.id, PEOPLE_MAX + 1);
  if (customers.length > PEOPLE_MAX) throw metricsErrors.refuse("people_too_many", `"${segment.name}" has more than ${PEOPLE_MAX} customers. Choose a smaller segment.`);
  return customers;
};
