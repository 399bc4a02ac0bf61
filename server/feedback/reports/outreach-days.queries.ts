import type { AskedTwice } from "#customers";
import type { Queryable } from "#platform/db";
import type { AskedDay } from "./outreach-days.contract.ts";

/** Who was asked by name: invitations that were sent and people who were called, when they were asked first. */
export type AskedFilter = {
  workspaceId: string;
  from: Date;
  to: Date;
  /** Null: whichever. Channels are email, text and interview; the empty language is "not said". */
  surveyIds: readonly string[] | null;
  channels: readonly string[] | null;
  languages: readonly string[] | null;
  customerIds: readonly string[] | null;
};

/** How days are told apart: by the workspace's clock, before and after a moment, and who was asked so long ago that all days in which an answer counts for
 *  comparisons are over. */
export type AskedTimes = { timeZone: string; splitAt: Date; settledBefore: Date; answeringDays: number };

/** People asked and those of them who answered by now, by local day, survey, way and language; few rows, however many people. */
export const countAskedByDay = async (db: Queryable, filter: AskedFilter, times: AskedTimes): Promise<AskedDay[]> => {
  const { rows } = await db.query<AskedDay>(
    `select ${DAYS}, ${COUNTS}
     from (${PEOPLE}) person
     where ${WANTED}
     group by 1, 2, 3, 4, 5
     limit 200000`,
    [...valuesOf(filter), ...timesOf(times)],
  );
  return rows;
};

/** The same for each of some groups, from one reading for all of them; a customer counts in every group they are in.
 *  @param groups how many there are, and for customers in any of them a number whose bit n is set for the group at place n of at most 50
 *  @returns `group` is the place of one */
export const countAskedByGroup = async (
  db: Queryable,
  filter: AskedFilter,
  times: AskedTimes,
  groups: { count: number; customerIds: readonly string[]; bits: readonly number[] },
): Promise<(AskedDay & { group: number })[]> => {
  const { rows } = await db.query<AskedDay & { group: number }>(
    `with counted as materialized (
       select member.bits, ${DAYS}, ${COUNTS}
       from (${PEOPLE}) person
       join unnest($12::uuid[], $13::bigint[]) member (customer_id, bits) on member.customer_id = person.customer_id
       where ${WANTED}
       group by 1, 2, 3, 4, 5, 6
     )
     select place as "group", day, "surveyId", channel, language, "isBefore", sum(asked)::int as asked, sum(answered)::int as answered,
            sum(settled)::int as settled, sum("settledAnswered")::int as "settledAnswered"
     from counted
     join generate_series(0, $14::int - 1) place on (counted.bits >> place) & 1 = 1
     group by 1, 2, 3, 4, 5, 6
     limit 1000000`,
    [...valuesOf(filter), ...timesOf(times), [...groups.customerIds], [...groups.bits], groups.count],
  );
  return rows;
};

/** Everybody known who was asked, each once, at most `limit`. */
export const listAskedCustomerIds = async (db: Queryable, filter: AskedFilter, limit: number): Promise<string[]> => {
  // One text for all: a row for each takes several times as long to bring over.
  const { rows: [found] } = await db.query<{ ids: string | null }>(
    `select string_agg(customer_id::text, ',') as ids
     from (select distinct person.customer_id from (${PEOPLE}) person where person.customer_id is not null and ${WANTED} limit $8) known`,
    [...valuesOf(filter), limit],
  );
  return found?.ids?.split(",") ?? [];
};

/** People asked, and those of them who answered within some days of it, by local day; people of the last days may yet answer. */
export const countAnsweredWithin = async (db: Queryable, filter: AskedFilter, given: { timeZone: string; days: number }): Promise<{ day: string; asked: number; answered: number }[]> => {
  const { rows } = await db.query<{ day: string; asked: number; answered: number }>(
    `select (person.at at time zone $8)::date::text as day, count(*)::int as asked,
            (count(*) filter (where person.answered_at < person.at + make_interval(days => $9)))::int as answered
     from (${PEOPLE}) person
     where ${WANTED}
     group by 1
     order by 1
     limit 40000`,
    [...valuesOf(filter), given.timeZone, given.days],
  );
  return rows;
};

/** Known customers by how often they were asked and answered within some days, in a period and in one before it; few rows, however many people.
 *  @param given `every` so-manieth customer; only who was asked before `settledBefore` */
export const countAskedTwice = async (
  db: Queryable,
  filter: AskedFilter,
  given: { previous: { from: Date; to: Date }; split: "all" | "channel" | "survey"; every: number; weekdays: { days: readonly string[]; timeZone: string } | null; settledBefore: Date; answeringDays: number },
): Promise<(AskedTwice & { name: string })[]> => {
  const { rows } = await db.query<AskedTwice & { name: string }>(
    `select name, asked1, answered1, asked0, answered0, count(*)::int as customers
     from (
       select name, (count(*) filter (where is_now))::int as asked1, (count(*) filter (where is_now and has_answered))::int as answered1,
              (count(*) filter (where not is_now))::int as asked0, (count(*) filter (where not is_now and has_answered))::int as answered0
       from (
         select ${TWICE_SPLITS[given.split]} as name, person.customer_id, person.at >= $8 and person.at < $9 as is_now,
                coalesce(person.answered_at < person.at + make_interval(days => $13), false) as has_answered
         from (${PEOPLE}) person
         where ${WANTED} and person.customer_id is not null and person.at < $12
           and ((person.at >= $8 and person.at < $9) or (person.at >= $10 and person.at < $11))
           and ($14::text[] is null or extract(isodow from person.at at time zone $15)::text = any ($14))
           and mod(uuid_hash(person.customer_id), $16) = 0
       ) asked
       group by name, customer_id
     ) customer
     group by 1, 2, 3, 4, 5
     limit 200000`,
    [
      ...valuesOf({ ...filter, from: earlierOf(filter.from, given.previous.from), to: laterOf(filter.to, given.previous.to) }),
      filter.from, filter.to, given.previous.from, given.previous.to, given.settledBefore, given.answeringDays,
      given.weekdays === null ? null : [...given.weekdays.days], given.weekdays?.timeZone ?? "UTC", given.every,
    ],
  );
  return rows;
};

const TWICE_SPLITS = { all: "''", channel: "person.channel", survey: "person.survey_id::text" } as const;

const earlierOf = (one: Date, other: Date): Date => (one < other ? one : other);
const laterOf = (one: Date, other: Date): Date => (one > other ? one : other);

export type AskedPerson = {
  id: string; at: Date; atText: string; surveyId: string; channel: string; customerId: string | null; responseId: string | null; answeredAt: Date | null;
};

/** The people behind a response rate, asked last first.
 *  @param page `after` is the last one of the page before; `isAnswered` null for all */
export const listAskedPeople = async (
  db: Queryable,
  filter: AskedFilter,
  page: { isAnswered: boolean | null; after: { at: string; id: string } | null; weekdays: { days: readonly string[]; timeZone: string } | null; limit: number },
): Promise<AskedPerson[]> => {
  const { rows } = await db.query<AskedPerson>(
    `select person.id, person.at, to_char(person.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "atText", person.survey_id as "surveyId", person.channel,
            person.customer_id as "customerId", case when person.answered_at is not null then person.response_id end as "responseId", person.answered_at as "answeredAt"
     from (${PEOPLE}) person
     where ${WANTED}
       and ($8::boolean is null or (person.answered_at is not null) = $8)
       and ($9::timestamptz is null or (person.at, person.id) < ($9, $10::uuid))
       and ($11::text[] is null or extract(isodow from person.at at time zone $12)::text = any ($11))
     order by person.at desc, person.id desc
     limit $13`,
    [
      ...valuesOf(filter), page.isAnswered, page.after?.at ?? null, page.after?.id ?? null,
      page.weekdays === null ? null : [...page.weekdays.days], page.weekdays?.timeZone ?? "UTC", page.limit,
    ],
  );
  return rows;
};

// Spoken to and answered wholly or in part count as answered. Source: AAPOR, "Standard Definitions", 10th edition 2023 (codes 1.1 and 1.2).
const PEOPLE = `
  select invitation.id, invitation.sent_at as at, invitation.survey_id, coalesce(invitation.channel, 'email') as channel, coalesce(invitation.language, '') as language,
         invitation.customer_id, invitation.response_id, invitation.answered_at
  from feedback.invitations invitation
  where invitation.workspace_id = $1 and invitation.sent_at >= $2 and invitation.sent_at < $3
  union all
  select target.id, called.first_at, list.survey_id, 'interview', '', target.customer_id, null::uuid,
         case when coalesce(target.outcome, called.outcome) in ('1.1', '1.2') then called.last_at end
  from feedback.call_lists list
  join feedback.call_targets target on target.workspace_id = list.workspace_id and target.list_id = list.id
  cross join lateral (
    select min(attempt.at) as first_at, max(attempt.at) as last_at, (array_agg(attempt.outcome order by attempt.number desc))[1] as outcome
    from feedback.call_attempts attempt
    where attempt.workspace_id = list.workspace_id and attempt.list_id = list.id and attempt.target_id = target.id
  ) called
  where list.workspace_id = $1 and called.first_at >= $2 and called.first_at < $3`;

const WANTED = `($4::uuid[] is null or person.survey_id = any ($4))
       and ($5::text[] is null or person.channel = any ($5))
       and ($6::text[] is null or person.language = any ($6))
       and ($7::uuid[] is null or person.customer_id = any ($7))`;

const DAYS = `(person.at at time zone $8)::date::text as day, person.survey_id as "surveyId", person.channel, person.language, person.at < $9 as "isBefore"`;

const COUNTS = `count(*)::int as asked, count(person.answered_at)::int as answered, (count(*) filter (where person.at < $10))::int as settled,
            (count(*) filter (where person.at < $10 and person.answered_at < person.at + make_interval(days => $11)))::int as "settledAnswered"`;

const timesOf = ({ timeZone, splitAt, settledBefore, answeringDays }: AskedTimes) => [timeZone, splitAt, settledBefore, answeringDays];

const valuesOf = (filter: AskedFilter) => [
  filter.workspaceId, filter.from, filter.to,
  filter.surveyIds === null ? null : [...filter.surveyIds], filter.channels === null ? null : [...filter.channels],
  filter.languages === null ? null : [...filter.languages], filter.customerIds === null ? null : [...filter.customerIds],
];
