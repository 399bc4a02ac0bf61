import type { Queryable } from "#platform/db";

/** Takes away rows whose messages belonged to an erased person and came once more.
 *  @returns the ids of all rows of erased people, also of those taken away meanwhile: who read them before must forget them */
export const deleteErasedAgain = async (tx: Queryable, interactionIds: readonly string[]): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `with again as (
       delete from customers.interactions interaction
       using customers.tombstones tombstone
       where tombstone.interaction_id = any ($1::uuid[]) and interaction.id = tombstone.interaction_id
       returning interaction.id, interaction.workspace_id
     ), noted as (
       insert into customers.deletions (workspace_id, kind, record_id)
       select workspace_id, 'interaction', id from again
     )
     select interaction_id as id from customers.tombstones where interaction_id = any ($1::uuid[])`,
    [interactionIds],
  );
  return rows.map((row) => row.id);
};

export const insertTombstones = async (tx: Queryable, workspaceId: string, interactionIds: readonly string[]): Promise<void> => {
  if (interactionIds.length === 0) return;
  await tx.query(
    "insert into customers.tombstones (interaction_id, workspace_id) select unnest($2::uuid[]), $1 on conflict (interaction_id) do nothing",
    [workspaceId, interactionIds],
  );
};

/** Which of these feelings are still there: some may have been erased since they were read. */
export const listLivingPerceptions = async (tx: Queryable, ids: readonly string[]): Promise<Set<string>> => {
  const { rows } = await tx.query<{ id: string }>("select id from customers.perceptions where id = any ($1::uuid[])", [ids]);
  return new Set(rows.map((row) => row.id));
};
