import type { Queryable } from "#platform/db";

/** Which facts led to responses being asked for, where somebody did or met something and was invited because of it. */
export const listTriggersOfResponses = async (tx: Queryable, workspaceId: string, responseIds: readonly string[]): Promise<{ responseId: string; interactionId: string }[]> => {
  const { rows } = await tx.query<{ responseId: string; interactionId: string }>(
    `select invitation.response_id as "responseId", invitation.person_key as "interactionId"
     from feedback.invitations invitation
     join feedback.distributions distribution on distribution.workspace_id = invitation.workspace_id and distribution.id = invitation.distribution_id
     where invitation.workspace_id = $1 and invitation.response_id = any ($2::uuid[]) and distribution.settings -> 'schedule' ->> 'kind' = 'triggered'
     limit 1000`,
    [workspaceId, [...responseIds]],
  );
  return rows;
};

/** When the day began that it was then. */
export const findDayStart = async (tx: Queryable, at: string, timeZone: string): Promise<Date> => {
  const { rows } = await tx.query<{ start: Date }>("select date_trunc('day', $1::timestamptz, $2) as start", [at, timeZone]);
  const start = rows[0]?.start;
  if (start === undefined) throw new Error("PostgreSQL gave no start of a day.");
  return start;
};
