import type { Queryable } from "#platform/db";
import { scoresFirst } from "../scores/first-scores.rules.ts";

export type HeldIdentifier = { customerId: string; workspaceId: string; identifierId: number; kind: string; value: string };

export const listHeldIdentifiers = async (db: Queryable, customerIds: readonly string[]): Promise<HeldIdentifier[]> => {
  const { rows } = await db.query<HeldIdentifier>(
    `select distinct assignment.customer_id as "customerId", identifier.workspace_id as "workspaceId", identifier.id as "identifierId", identifier.kind, identifier.value
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id
     where assignment.customer_id = any ($1::uuid[])
     order by identifier.id`,
    [customerIds],
  );
  return rows;
};

export type ProfileWrite = { customerId: string; workspaceId: string; isAnonymous: boolean; name: string; email: string | null; searchText: string };

export const upsertProfiles = async (tx: Queryable, profiles: readonly ProfileWrite[]): Promise<void> => {
  if (profiles.length === 0) return;
  await tx.query(
    `insert into customers.profiles (customer_id, workspace_id, is_anonymous, name, sort_name, email, search_text)
     select customer_id, workspace_id, is_anonymous, name, lower(name), email, search_text
     from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::text[], $5::text[], $6::text[])
       as given (customer_id, workspace_id, is_anonymous, name, email, search_text)
     on conflict (customer_id) do update
     set is_anonymous = excluded.is_anonymous, name = excluded.name, sort_name = excluded.sort_name, email = excluded.email, search_text = excluded.search_text
     where (profiles.is_anonymous, profiles.name, profiles.email, profiles.search_text)
       is distinct from (excluded.is_anonymous, excluded.name, excluded.email, excluded.search_text)`,
    [
      profiles.map((one) => one.customerId), profiles.map((one) => one.workspaceId), profiles.map((one) => one.isAnonymous),
      profiles.map((one) => one.name), profiles.map((one) => one.email), profiles.map((one) => one.searchText),
    ],
  );
};

/** Adds up the activity of customers from what their identifiers counted, and their last score from their perceptions. */
export const upsertActivity = async (tx: Queryable, customers: readonly { customerId: string; workspaceId: string; isAnonymous: boolean }[], lookUpScores: boolean): Promise<void> => {
  if (customers.length === 0) return;
  await tx.query(
    `insert into customers.activity (
       customer_id, workspace_id, is_anonymous, first_seen_at, last_seen_at, interactions, last_score, last_score_kind, last_score_normalised, last_score_scale_max,
       last_score_at
     )
     select given.customer_id, given.workspace_id, given.is_anonymous, coalesce(total.first_at, total.first_seen_at), coalesce(total.last_at, total.first_seen_at),
       total.interactions, score.value, score.kind, score.normalised, score.scale_max, score.at
     from unnest($1::uuid[], $2::uuid[], $3::boolean[]) as given (customer_id, workspace_id, is_anonymous)
     join lateral (
       select sum(assignment.interactions) as interactions, min(assignment.first_at) as first_at, max(assignment.last_at) as last_at,
         min(identifier.first_seen_at) as first_seen_at
       from customers.assignments assignment
       join customers.identifiers identifier on identifier.id = assignment.identifier_id
       where assignment.customer_id = given.customer_id
       having count(*) > 0
     ) total on true
     left join lateral (
       select perception.value, perception.kind, perception.normalised, perception.scale_max, perception.at
       from customers.assignments assignment
       join customers.identifiers identifier on identifier.id = assignment.identifier_id
       join customers.perceptions perception
         on perception.workspace_id = identifier.workspace_id and perception.subject = identifier.kind || ':' || identifier.value
         and perception.at >= assignment.valid_from and perception.at < assignment.valid_to
       where $4 and assignment.customer_id = given.customer_id and perception.normalised is not null and not perception.is_inferred
       order by perception.at desc, coalesce(array_position($5::text[], perception.kind), 99), perception.id desc
       limit 1
     ) score on true
     on conflict (customer_id) do update
     set is_anonymous = excluded.is_anonymous, first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at, interactions = excluded.interactions,
       last_score = excluded.last_score, last_score_kind = excluded.last_score_kind,
       last_score_normalised = excluded.last_score_normalised, last_score_scale_max = excluded.last_score_scale_max, last_score_at = excluded.last_score_at`,
    [customers.map((one) => one.customerId), customers.map((one) => one.workspaceId), customers.map((one) => one.isAnonymous), lookUpScores, scoresFirst],
  );
};

export const deleteProfiles = async (tx: Queryable, customerIds: readonly string[]): Promise<void> => {
  if (customerIds.length === 0) return;
  await tx.query("delete from customers.profiles where customer_id = any ($1::uuid[])", [customerIds]);
  await tx.query("delete from customers.activity where customer_id = any ($1::uuid[])", [customerIds]);
};

/** The newest stated score of each customer, unless a newer one is known; of one instant the one that says most. */
export const noteScores = async (
  tx: Queryable,
  scores: readonly { identifierId: number; at: Date; value: number; kind: string; normalised: number; scaleMax: number | null }[],
): Promise<void> => {
  if (scores.length === 0) return;
  await tx.query(
    `with newest as (
       select distinct on (assignment.customer_id) assignment.customer_id, given.at, given.value, given.kind, given.normalised, given.scale_max
       from unnest($1::bigint[], $2::timestamptz[], $3::float8[], $4::text[], $5::float8[], $6::float8[]) as given (identifier_id, at, value, kind, normalised, scale_max)
       join customers.assignments assignment
         on assignment.identifier_id = given.identifier_id and given.at >= assignment.valid_from and given.at < assignment.valid_to
       order by assignment.customer_id, given.at desc, coalesce(array_position($7::text[], given.kind), 99)
     )
     update customers.activity activity
     set last_score = newest.value, last_score_kind = newest.kind, last_score_normalised = newest.normalised,
       last_score_scale_max = newest.scale_max, last_score_at = newest.at
     from newest
     where activity.customer_id = newest.customer_id
       and (activity.last_score_at is null or activity.last_score_at < newest.at
         or (activity.last_score_at = newest.at and coalesce(array_position($7::text[], newest.kind), 99) <= coalesce(array_position($7::text[], activity.last_score_kind), 99)))`,
    [
      scores.map((score) => score.identifierId), scores.map((score) => score.at), scores.map((score) => score.value),
      scores.map((score) => score.kind), scores.map((score) => score.normalised), scores.map((score) => score.scaleMax), scoresFirst,
    ],
  );
};
