import type { Queryable } from "#platform/db";

export type OutreachFilter = {
  workspaceId: string; surveyId: string;
  /** When they were asked first, half open; null ends are open. */
  from: Date | null; to: Date | null;
  /** Null: whatever language, wave or customer. Waves as `<distribution>/<number>`. */
  languages: readonly string[] | null; waves: readonly string[] | null; customerIds: readonly string[] | null;
};
export type InvitedRow = { channel: "email" | "text"; asked: number; delivered: number; opened: number; answered: number };

/** Invitations by the way they were sent last. A person without a language of their own was written to in the first language of the survey, which
 *  is not known here: they fit no language. Carried by invitations_survey_id_sent_at_index. */
export const countInvited = async (db: Queryable, filter: OutreachFilter): Promise<InvitedRow[]> => {
  const { rows } = await db.query<InvitedRow>(
    `select coalesce(invitation.channel, 'email') as channel, count(*)::int as asked, count(*) filter (where invitation.delivered_at is not null)::int as delivered,
            count(*) filter (where invitation.clicked_at is not null)::int as opened, count(*) filter (where invitation.answered_at is not null)::int as answered
     from feedback.invitations invitation
     where invitation.workspace_id = $1 and invitation.survey_id = $2 and invitation.sent_at is not null
       and ($3::timestamptz is null or invitation.sent_at >= $3)
       and ($4::timestamptz is null or invitation.sent_at < $4)
       and ($5::text[] is null or invitation.language = any ($5))
       and ($6::text[] is null or invitation.distribution_id || '/' || invitation.wave = any ($6))
       and ($7::uuid[] is null or invitation.customer_id = any ($7))
     group by 1
     order by 1`,
    [filter.workspaceId, filter.surveyId, filter.from, filter.to, filter.languages, filter.waves, filter.customerIds],
  );
  return rows;
};

/** People of call lists who were called, by what came of it last; carried by call_lists_survey_id_index and the key of attempts. */
export const countCalled = async (db: Queryable, filter: OutreachFilter): Promise<{ code: string; count: number }[]> => {
  const { rows } = await db.query<{ code: string; count: number }>(
    `select coalesce(target.outcome, last.outcome) as code, count(*)::int as count
     from feedback.call_lists list
     join feedback.call_targets target on target.workspace_id = list.workspace_id and target.list_id = list.id
     cross join lateral (
       select min(attempt.at) as first_at, (array_agg(attempt.outcome order by attempt.number desc))[1] as outcome
       from feedback.call_attempts attempt
       where attempt.workspace_id = list.workspace_id and attempt.list_id = list.id and attempt.target_id = target.id
     ) last
     where list.workspace_id = $1 and list.survey_id = $2 and last.first_at is not null
       and ($3::timestamptz is null or last.first_at >= $3)
       and ($4::timestamptz is null or last.first_at < $4)
       and ($5::uuid[] is null or target.customer_id = any ($5))
     group by 1
     order by 1`,
    [filter.workspaceId, filter.surveyId, filter.from, filter.to, filter.customerIds],
  );
  return rows;
};
