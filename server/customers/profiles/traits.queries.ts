import type { Queryable } from "#platform/db";

/** `prior`: value and time of the entry before this one among those written together, which the statement cannot see yet. */
export type NewTrait = {
  identifierId: number; name: string; value: string; at: Date; source: string; interactionId: string | null;
  prior: { value: string; at: Date } | null;
};

/** Adds what says something new, and its name to those known in the workspace: an entry equal to the one before it in time is left out, so repeats change
 *  nothing. Names are noted in their order, or two who note the same new ones would wait for each other.
 *  @returns how many were added */
export const insertTraits = async (tx: Queryable, traits: readonly NewTrait[]): Promise<number> => {
  if (traits.length === 0) return 0;
  const { rows } = await tx.query<{ count: number }>(
    `with added as (
       insert into customers.traits (identifier_id, name, value, at, source, interaction_id)
       select given.identifier_id, given.name, given.value, given.at, given.source, given.interaction_id
       from unnest($1::bigint[], $2::text[], $3::jsonb[], $4::timestamptz[], $5::text[], $6::uuid[], $7::jsonb[], $8::timestamptz[])
         as given (identifier_id, name, value, at, source, interaction_id, prior_value, prior_at)
       left join lateral (
         select trait.value, trait.source, trait.at
         from customers.traits trait
         where trait.identifier_id = given.identifier_id and trait.name = given.name and trait.at <= given.at
         order by trait.at desc, trait.id desc
         limit 1
       ) before on true
       where case when given.prior_at >= before.at or before.at is null then given.prior_value else before.value end is distinct from given.value
         or (before.source = 'manual') <> (given.source = 'manual')
       returning identifier_id, name
     ), noted as (
       insert into customers.trait_names (workspace_id, name)
       select distinct identifier.workspace_id, added.name
       from added
       join customers.identifiers identifier on identifier.id = added.identifier_id
       order by 1, 2
       on conflict do nothing
     )
     select count(*)::int as count from added`,
    [
      traits.map((trait) => trait.identifierId), traits.map((trait) => trait.name), traits.map((trait) => trait.value),
      traits.map((trait) => trait.at), traits.map((trait) => trait.source), traits.map((trait) => trait.interactionId),
      traits.map((trait) => trait.prior?.value ?? null), traits.map((trait) => trait.prior?.at ?? null),
    ],
  );
  return rows[0]?.count ?? 0;
};

export type TraitRow = {
  customerId: string; identifierId: number; name: string; value: unknown; at: Date; recordedAt: Date; source: string; interactionId: string | null;
  identifier: string;
};

/** Everything ever said about these customers, within the time their identifiers were theirs.
 *  @param names null for all; at most 5,000 entries a call, the newest */
export const listTraits = async (db: Queryable, customerIds: readonly string[], names: readonly string[] | null): Promise<TraitRow[]> => {
  const { rows } = await db.query<TraitRow>(
    `select assignment.customer_id as "customerId", trait.identifier_id as "identifierId", trait.name, trait.value, trait.at,
       trait.recorded_at as "recordedAt", trait.source, trait.interaction_id as "interactionId",
       identifier.kind || ':' || identifier.value as identifier
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id
     join customers.traits trait
       on trait.identifier_id = assignment.identifier_id and trait.at >= assignment.valid_from and trait.at < assignment.valid_to
     where assignment.customer_id = any ($1::uuid[])
       and ($2::text[] is null or trait.name = any ($2))
     order by trait.at desc, trait.id desc
     limit greatest(5000, cardinality($1::uuid[]) * 40)`,
    [customerIds, names],
  );
  return rows;
};

/** The newest value of each named trait of whoever holds an identifier now.
 *  @param identifier null names nobody */
export const listNewestTraits = async (
  db: Queryable,
  workspaceId: string,
  identifier: { kind: string; value: string } | null,
  names: readonly string[],
): Promise<{ name: string; value: unknown }[]> => {
  if (identifier === null || names.length === 0) return [];
  const { rows } = await db.query<{ name: string; value: unknown }>(
    `select distinct on (trait.name) trait.name, trait.value
     from customers.identifiers given
     join customers.assignments held on held.identifier_id = given.id and held.valid_to = 'infinity'
     join customers.assignments assignment on assignment.customer_id = held.customer_id
     join customers.traits trait
       on trait.identifier_id = assignment.identifier_id and trait.at >= assignment.valid_from and trait.at < assignment.valid_to
     where given.workspace_id = $1 and given.kind = $2 and given.value = $3 and trait.name = any ($4)
     order by trait.name, trait.at desc, trait.id desc`,
    [workspaceId, identifier.kind, identifier.value, [...names]],
  );
  return rows;
};
