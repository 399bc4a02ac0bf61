// Who is behind answers, as conditions on the analytics copy: customers of a segment, holders of a trait.
import type { AnalyticsValue } from "#platform/analytics";

/** Customers, and for each the time it is about; the same place in all lists belongs together. Null times: at any time. */
export type PeopleSpans = { customers: readonly string[]; times: { fromMs: readonly number[]; toMs: readonly number[] } | null };

type Binding = { bind: (value: AnalyticsValue) => string };

/** That an answer is of one of these customers, at the time said for them. */
export const peopleWithin = (query: Binding, { customers, times }: PeopleSpans): string => {
  if (times === null) return `customer in (select unnest(${uuids(query, customers)}))`;
  return `exists (select 1 from (${spanRows(query, customers, times)}) held where held.holder = customer and ${isWithin})`;
};

/** Rows of customers with times, one text per list: a parameter per customer would take longer than the query. */
export const spanRows = (query: Binding, customers: readonly string[], times: { fromMs: readonly number[]; toMs: readonly number[] }, names?: readonly string[]): string => {
  const columns = [
    `unnest(${uuids(query, customers)}) as holder`,
    `unnest(${whole(query, times.fromMs)}) as held_from`,
    `unnest(${whole(query, times.toMs)}) as held_to`,
    ...(names === undefined ? [] : [`unnest(from_json(${query.bind(JSON.stringify(names))}, '["varchar"]')) as held_name`]),
  ];
  return `select ${columns.join(", ")}`;
};

/** Whether an answer lies in the time of a span that was joined. */
export const isWithin = `epoch_ms("at") >= held_from and epoch_ms("at") < held_to`;

/** Ids as a list of the store, from one text. Split and then read as ids: reading the text as a list of ids takes three times as long. */
export const uuids = (query: Binding, ids: readonly string[]): string =>
  ids.length === 0 ? "cast([] as uuid[])" : `cast(string_split(${query.bind(textOf(ids))}, ',') as uuid[])`;

// The people of a segment are handed to several queries of one screen; their text is made once.
const texts = new WeakMap<readonly string[], string>();
const textOf = (ids: readonly string[]): string => {
  const known = texts.get(ids);
  if (known !== undefined) return known;
  const text = ids.join(",");
  texts.set(ids, text);
  return text;
};

const whole = (query: Binding, numbers: readonly number[]): string => `cast(${query.bind(`[${numbers.join(",")}]`)} as bigint[])`;
