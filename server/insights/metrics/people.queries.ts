// Who is behind answers, as conditions on the analytics copy: customers of segments, holders of a trait.
import { isInSegments, type GatheredSegment } from "#customers";
import type { AnalyticsValue } from "#platform/analytics";

/** Whoever is in one of the segments now, or customers, each at a time: the same place in all lists belongs together. */
export type People = { segments: readonly GatheredSegment[] } | { customers: readonly string[]; times: { fromMs: readonly number[]; toMs: readonly number[] } };

type Binding = { bind: (value: AnalyticsValue) => string };

/** That an answer is of one of these people. */
export const peopleWithin = (query: Binding, people: People): string => {
  if ("segments" in people) return isInSegments(people.segments);
  return `exists (select 1 from (${spanRows(query, people.customers, people.times)}) held where held.holder = customer and ${isWithin})`;
};

/** Rows of customers with times, one text per list: a parameter per customer would take longer than the query. */
export const spanRows = (query: Binding, customers: readonly string[], times: { fromMs: readonly number[]; toMs: readonly number[] }, names?: readonly string[]): string => {
  const columns = [
    `unnest(${uuids(query, customers)}) as holder`,
    `unnest(${whole(query, times.fromMs)}) as held_from`,
    `unnest(${whole(query, times.toMs)}) as held_to`,
    ...(names === undefined ? [] : [`unnest(${texts(query, names)}) as held_name`]),
  ];
  return `select ${columns.join(", ")}`;
};

/** Whether an answer lies in the time of a span that was joined. */
export const isWithin = `epoch_ms("at") >= held_from and epoch_ms("at") < held_to`;

/** Texts as a list of the store, whatever they hold. */
export const texts = (query: Binding, values: readonly string[]): string => `from_json(${query.bind(JSON.stringify(values))}, '["varchar"]')`;

/** Ids as a list of the store, from one text. Split and then read as ids: reading the text as a list of ids takes three times as long. */
export const uuids = (query: Binding, ids: readonly string[]): string =>
  ids.length === 0 ? "cast([] as uuid[])" : `cast(string_split(${query.bind(ids.join(","))}, ',') as uuid[])`;

const whole = (query: Binding, numbers: readonly number[]): string => `cast(${query.bind(`[${numbers.join(",")}]`)} as bigint[])`;
