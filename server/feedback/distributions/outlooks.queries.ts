import type { Queryable } from "#platform/db";

export type OutlookRow = { waveAt: Date | null; begunAt: Date; stage: "invited" | "coming" | "done"; position: string | null; planned: number; people: number };
type Named = { workspaceId: string; id: string };

export const findOutlook = async (db: Queryable, distribution: Named): Promise<OutlookRow | null> => {
  const { rows } = await db.query<OutlookRow>(
    `select wave_at as "waveAt", begun_at as "begunAt", stage, position, planned, people
     from feedback.distribution_outlooks
     where workspace_id = $1 and distribution_id = $2`,
    [distribution.workspaceId, distribution.id],
  );
  return rows[0] ?? null;
};

export const upsertOutlook = async (tx: Queryable, distribution: Named, row: OutlookRow): Promise<void> => {
  await tx.query(
    `insert into feedback.distribution_outlooks (workspace_id, distribution_id, wave_at, begun_at, stage, position, planned, people)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (workspace_id, distribution_id) do update
     set wave_at = excluded.wave_at, begun_at = excluded.begun_at, stage = excluded.stage, position = excluded.position, planned = excluded.planned, people = excluded.people`,
    [distribution.workspaceId, distribution.id, row.waveAt, row.begunAt, row.stage, row.position, row.planned, row.people],
  );
};

/** Every distribution of a survey tells anew whom it is to ask. */
export const deleteOutlooks = async (tx: Queryable, { workspaceId, surveyId }: { workspaceId: string; surveyId: string }): Promise<void> => {
  await tx.query(
    `with locked as (
       select outlook.distribution_id
       from feedback.distribution_outlooks outlook
       join feedback.distributions distribution on distribution.workspace_id = outlook.workspace_id and distribution.id = outlook.distribution_id
       where outlook.workspace_id = $1 and distribution.survey_id = $2
       order by outlook.distribution_id
       for update of outlook
     )
     delete from feedback.distribution_outlooks outlook
     using locked
     where outlook.workspace_id = $1 and outlook.distribution_id = locked.distribution_id`,
    [workspaceId, surveyId],
  );
};

/** People of a distribution who have an invitation that is due later, in the order of ids. */
export const listInvitedAhead = async (
  db: Queryable,
  distributionId: string,
  page: { now: Date; after: string | null; limit: number },
): Promise<{ id: string; customerId: string; dueAt: Date }[]> => {
  const { rows } = await db.query<{ id: string; customerId: string; dueAt: Date }>(
    `select invitation.id, invitation.customer_id as "customerId", invitation.next_at as "dueAt"
     from feedback.invitations invitation
     where invitation.distribution_id = $1 and invitation.next_at > $2 and invitation.state = 'planned' and invitation.customer_id is not null
       and ($3::uuid is null or invitation.id > $3)
     order by invitation.id
     limit $4`,
    [distributionId, page.now, page.after, page.limit],
  );
  return rows;
};
