// Who is behind answers, as conditions on the analytics copy: customers of segments, holders of a trait.
import { isInSegments, type GatheredSegment } from "#customers";
import type { AnalyticsValue } from "#platform/analytics";

/** Customers, each with a value and the time it was held, as a query takes them: lists written out, the same place in all of them belonging together. */
export type HeldRows = { count: number; holders: string; fromMs: string; toMs: string; names: string };
/** Whoever is in one of the segments now, or held what is wanted at the time. */
export type People = { segments: readonly GatheredSegment[] } | { held: HeldRows };

type Binding = { bind: (value: AnalyticsValue) => string };

/** That an answer is of one of these people. */
export const peopleWithin = (query: Binding, people: People): string => {
  if ("segments" in people) return isInSegments(people.segments);
  return `exists (select 1 from (${spanRows(query, people.held, false)}) held where held.holder = customer and ${isWithin})`;
};

/** Rows of customers with times, one text per list: a parameter per customer would take longer than the query. */
export const spanRows = (query: Binding, held: HeldRows, isNamed: boolean): string => {
  const columns = [
    `unnest(${held.count === 0 ? uuids(query, []) : writtenUuids(query, held.holders)}) as holder`,
    `unnest(cast(${query.bind(held.fromMs)} as bigint[])) as held_from`,
    `unnest(cast(${query.bind(held.toMs)} as bigint[])) as held_to`,
    ...(isNamed ? [`unnest(${writtenTexts(query, held.names)}) as held_name`] : []),
  ];
  return `select ${columns.join(", ")}`;
};

/** Whether an answer lies in the time of a span that was joined. */
export const isWithin = `epoch_ms("at") >= held_from and epoch_ms("at") < held_to`;

/** Texts as a list of the store, whatever they hold. */
export const texts = (query: Binding, values: readonly string[]): string => writtenTexts(query, JSON.stringify(values));
const writtenTexts = (query: Binding, values: string): string => `from_json(${query.bind(values)}, '["varchar"]')`;

/** Ids as a list of the store, from one text. Split and then read as ids: reading the text as a list of ids takes three times as long. */
export const uuids = (query: Binding, ids: readonly string[]): string =>
  ids.length === 0 ? "cast([] as uuid[])" : writtenUuids(query, ids.join(","));
const writtenUuids = (query: Binding, ids: string): string => `cast(string_split(${query.bind(ids)}, ',') as uuid[])`;
