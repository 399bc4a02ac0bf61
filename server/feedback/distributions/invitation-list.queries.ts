import type { Queryable } from "#platform/db";
import type { InvitationCounts } from "./distributions.contract.ts";

// A mail that came back is the end of an invitation only where no other way is left: none that was taken, none that is to be.
const IS_BOUNCED = `invitation.bounced_at is not null
    and (invitation.channel = any (invitation.dead_channels) or (invitation.channel is null and invitation.next_at is null and invitation.answered_at is null))`;

/** What a row shows as: the furthest an invitation has come. */
const SHOWN_STATE = `case
    when invitation.answered_at is not null then 'answered'
    when invitation.unsubscribed_at is not null then 'unsubscribed'
    when ${IS_BOUNCED} then 'bounced'
    when invitation.clicked_at is not null then 'clicked'
    when invitation.delivered_at is not null then 'delivered'
    else invitation.state
  end`;

export type ListedInvitation = {
  id: string; customerId: string | null; email: string | null; phone: string | null; channel: "email" | "text" | null; state: string; reason: string | null; step: number;
  nextAt: Date | null; sentAt: Date | null; answeredAt: Date | null; responseId: string; createdAt: Date;
};

export const listInvitations = async (
  db: Queryable,
  workspaceId: string,
  filter: { distributionId: string; state: string | null; before: { createdAt: string; id: string } | null; limit: number },
): Promise<ListedInvitation[]> => {
  const { rows } = await db.query<ListedInvitation>(
    `select invitation.id, invitation.customer_id as "customerId", invitation.email, invitation.phone, invitation.channel, ${SHOWN_STATE} as state,
            invitation.reason, invitation.step, invitation.next_at as "nextAt", invitation.sent_at as "sentAt", invitation.answered_at as "answeredAt",
            invitation.response_id as "responseId", invitation.created_at as "createdAt"
     from feedback.invitations invitation
     where invitation.workspace_id = $1 and invitation.distribution_id = $2
       and ($3::text is null or ${SHOWN_STATE} = $3)
       and ($4::timestamptz is null or (invitation.created_at, invitation.id) < ($4, $5::uuid))
     order by invitation.created_at desc, invitation.id desc
     limit $6`,
    [workspaceId, filter.distributionId, filter.state, filter.before?.createdAt ?? null, filter.before?.id ?? null, filter.limit],
  );
  return rows;
};

const COUNTS = `count(*) filter (where invitation.state = 'planned') as planned,
  count(*) filter (where invitation.sent_at is not null) as invited,
  count(*) filter (where invitation.delivered_at is not null) as delivered,
  count(*) filter (where invitation.clicked_at is not null) as clicked,
  count(*) filter (where invitation.answered_at is not null) as answered,
  count(*) filter (where ${IS_BOUNCED}) as bounced,
  count(*) filter (where invitation.unsubscribed_at is not null) as unsubscribed,
  count(*) filter (where invitation.state = 'not_asked') as "notAsked",
  count(*) filter (where invitation.state = 'failed') as failed,
  count(*) filter (where invitation.state = 'cancelled') as cancelled`;

export type CountsRow = InvitationCounts & { distributionId: string };

/** One row per distribution that has invitations. */
export const countByDistribution = async (db: Queryable, workspaceId: string, distributionIds: readonly string[]): Promise<CountsRow[]> => {
  const { rows } = await db.query<CountsRow>(
    `select invitation.distribution_id as "distributionId", ${COUNTS}
     from feedback.invitations invitation
     where invitation.workspace_id = $1 and invitation.distribution_id = any ($2::uuid[])
     group by invitation.distribution_id`,
    [workspaceId, [...distributionIds]],
  );
  return rows;
};

export const countReasons = async (db: Queryable, workspaceId: string, distributionIds: readonly string[]): Promise<{ distributionId: string; reason: string; count: number }[]> => {
  const { rows } = await db.query<{ distributionId: string; reason: string; count: number }>(
    `select invitation.distribution_id as "distributionId", coalesce(invitation.reason, 'unknown') as reason, count(*) as count
     from feedback.invitations invitation
     where invitation.workspace_id = $1 and invitation.distribution_id = any ($2::uuid[]) and invitation.state in ('not_asked', 'failed')
     group by invitation.distribution_id, invitation.reason
     order by count(*) desc, invitation.reason`,
    [workspaceId, [...distributionIds]],
  );
  return rows;
};
