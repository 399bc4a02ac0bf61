import type { Queryable } from "#platform/db";

/** Takes back facts and feelings that no longer stand as they were written (an edited review, one given to another customer) and notes it
 *  for the analytics copy. Whoever calls it writes what stands instead under new ids, and publishes `experience.withdrawn`.
 *  @param ids of interactions and perceptions; ids that are not there are passed over */
export const withdrawExperience = async (tx: Queryable, workspaceId: string, ids: { interactionIds: readonly string[]; perceptionIds: readonly string[] }): Promise<void> => {
  if (ids.interactionIds.length === 0 && ids.perceptionIds.length === 0) return;
  await tx.query(
    `with gone_interactions as (
       delete from customers.interactions where workspace_id = $1 and id = any ($2::uuid[]) returning id, subject
     ), gone_perceptions as (
       delete from customers.perceptions where workspace_id = $1 and id = any ($3::uuid[]) returning id, subject
     ), gone as (
       select 'interaction' as kind, id, subject from gone_interactions union all select 'perception', id, subject from gone_perceptions
     ), to_repair as (
       insert into customers.pending_repairs (workspace_id, subject)
       select distinct $1::uuid, subject from gone where subject is not null
       on conflict do nothing
     )
     insert into customers.deletions (workspace_id, kind, record_id)
     select $1, kind, id from gone`,
    [workspaceId, [...ids.interactionIds], [...ids.perceptionIds]],
  );
};
