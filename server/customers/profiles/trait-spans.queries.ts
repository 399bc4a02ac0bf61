import type { Queryable } from "#platform/db";

export type TraitStatement = { customerId: string; value: unknown; at: Date; recordedAt: Date; source: string };

/** Everything ever said about one trait of anybody, within the time identifiers were theirs, customer by customer; the index on (name, value) leads there. */
export const listTraitStatements = async (db: Queryable, workspaceId: string, name: string, limit: number): Promise<TraitStatement[]> => {
  const { rows } = await db.query<TraitStatement>(
    `select assignment.customer_id as "customerId", trait.value, trait.at, trait.recorded_at as "recordedAt", trait.source
     from customers.traits trait
     join customers.identifiers identifier on identifier.id = trait.identifier_id and identifier.workspace_id = $1
     join customers.assignments assignment on assignment.identifier_id = identifier.id and trait.at >= assignment.valid_from and trait.at < assignment.valid_to
     where trait.name = $2
     order by assignment.customer_id
     limit $3`,
    [workspaceId, name, limit],
  );
  return rows;
};
