import type { Queryable } from "#platform/db";
import type { ProfileWrite } from "../profiles/profiles.queries.ts";

export type Stranger = { identifierId: number; customerId: string; interactions: number; firstAt: Date; lastAt: Date; profile: ProfileWrite };

/** Customer, home, assignment, profile and activity of identifiers nobody has seen before, in one statement. */
export const insertStrangers = async (tx: Queryable, workspaceId: string, strangers: readonly Stranger[]): Promise<void> => {
  if (strangers.length === 0) return;
  await tx.query(
    `with given as materialized (
       select *
       from unnest($2::bigint[], $3::uuid[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::boolean[], $8::text[], $9::text[], $10::text[])
         as given (identifier_id, customer_id, interactions, first_at, last_at, is_anonymous, name, email, search_text)
     ), made as (
       insert into customers.customers (id, workspace_id) select customer_id, $1 from given
     ), housed as (
       update customers.identifiers identifier set home_customer_id = given.customer_id from given where identifier.id = given.identifier_id
     ), assigned as (
       insert into customers.assignments (identifier_id, customer_id, interactions, first_at, last_at)
       select identifier_id, customer_id, interactions, first_at, last_at from given
     ), described as (
       insert into customers.profiles (customer_id, workspace_id, is_anonymous, name, sort_name, email, search_text)
       select customer_id, $1, is_anonymous, name, lower(name), email, search_text from given
     )
     insert into customers.activity (customer_id, workspace_id, is_anonymous, first_seen_at, last_seen_at, interactions)
     select customer_id, $1, is_anonymous, first_at, last_at, interactions from given`,
    [
      workspaceId, strangers.map((one) => one.identifierId), strangers.map((one) => one.customerId), strangers.map((one) => one.interactions),
      strangers.map((one) => one.firstAt), strangers.map((one) => one.lastAt), strangers.map((one) => one.profile.isAnonymous),
      strangers.map((one) => one.profile.name), strangers.map((one) => one.profile.email), strangers.map((one) => one.profile.searchText),
    ],
  );
};
