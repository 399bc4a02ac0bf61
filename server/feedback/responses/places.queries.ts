import type { Queryable } from "#platform/db";

/** Takes a place in each quota that has one left.
 *  @returns the quotas that were full, in which no place was taken; when there are any, the caller gives the other places back */
export const takePlaces = async (
  tx: Queryable,
  survey: { workspaceId: string; surveyId: string },
  quotas: readonly { id: string; limit: number }[],
): Promise<string[]> => {
  const full: string[] = [];
  // In the order of ids, so that two people who finish at once never wait for each other crosswise.
  for (const { id, limit } of [...quotas].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    const { rowCount } = await tx.query(
      `insert into feedback.quota_counts as counted (workspace_id, survey_id, quota_id, let_in)
       values ($1, $2, $3, 1)
       on conflict (workspace_id, survey_id, quota_id) do update set let_in = counted.let_in + 1 where counted.let_in < $4`,
      [survey.workspaceId, survey.surveyId, id, limit],
    );
    if (rowCount === 0) full.push(id);
  }
  return full;
};

export const giveBackPlaces = async (tx: Queryable, given: readonly { workspaceId: string; surveyId: string; quotaId: string; count: number }[]): Promise<void> => {
  const keyOf = ({ surveyId, quotaId }: { surveyId: string; quotaId: string }): string => `${surveyId} ${quotaId}`;
  // In the same order as places are taken.
  for (const { workspaceId, surveyId, quotaId, count } of given.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))) {
    await tx.query("update feedback.quota_counts set let_in = greatest(0, let_in - $4) where workspace_id = $1 and survey_id = $2 and quota_id = $3", [workspaceId, surveyId, quotaId, count]);
  }
};

export const listQuotaCounts = async (db: Queryable, workspaceId: string, surveyId: string): Promise<{ quotaId: string; letIn: number }[]> => {
  const { rows } = await db.query<{ quotaId: string; letIn: number }>(
    `select quota_id as "quotaId", let_in as "letIn" from feedback.quota_counts where workspace_id = $1 and survey_id = $2 order by quota_id`,
    [workspaceId, surveyId],
  );
  return rows;
};

/** Notes the rights to answer that a complete response uses up.
 *  @returns those another response has used already; the caller then lets nothing stand */
export const spendClaims = async (
  tx: Queryable,
  response: { workspaceId: string; surveyId: string; id: string },
  claims: readonly string[],
  at: Date,
): Promise<string[]> => {
  if (claims.length === 0) return [];
  await tx.query(
    `insert into feedback.used_links (workspace_id, survey_id, claim, response_id, used_at)
     select $1, $2, claim, $3, $5 from unnest($4::text[]) claim order by claim
     on conflict (workspace_id, survey_id, claim) do nothing`,
    [response.workspaceId, response.surveyId, response.id, [...claims], at],
  );
  return listClaimsUsedByOthers(tx, response, claims);
};

export const listClaimsUsedByOthers = async (db: Queryable, response: { workspaceId: string; surveyId: string; id: string }, claims: readonly string[]): Promise<string[]> => {
  if (claims.length === 0) return [];
  const { rows } = await db.query<{ claim: string }>(
    "select claim from feedback.used_links where workspace_id = $1 and survey_id = $2 and claim = any ($3::text[]) and response_id <> $4 order by claim",
    [response.workspaceId, response.surveyId, [...claims], response.id],
  );
  return rows.map((row) => row.claim);
};

/** Lets devices and people of deleted responses answer again; a single-use link stays used. */
export const forgetClaims = async (tx: Queryable, workspaceId: string, responseIds: readonly string[]): Promise<void> => {
  await tx.query("delete from feedback.used_links where workspace_id = $1 and response_id = any ($2::uuid[]) and claim not like 'link:%'", [workspaceId, [...responseIds]]);
};
