import type { Queryable } from "#platform/db";

export type InvitationState = "planned" | "sent" | "not_asked" | "failed" | "cancelled";
export type InvitationRow = {
  workspaceId: string; id: string; distributionId: string; surveyId: string; wave: number; customerId: string | null; subject: string | null; email: string | null; phone: string | null;
  language: string | null; timeZone: string | null; state: InvitationState; channel: "email" | "text" | null; step: number; tries: number; nextAt: Date | null;
  mailId: string | null; textId: string | null; reason: string | null; sentAt: Date | null; lastSentAt: Date | null; deliveredAt: Date | null; clickedAt: Date | null;
  answeredAt: Date | null; bouncedAt: Date | null; deadChannels: ("email" | "text")[]; softBounces: number; unsubscribedAt: Date | null; expiresAt: Date | null; responseId: string; createdAt: Date;
  /** Number of the last save of answers by a link. */
  answerRevision: number;
};

const COLUMNS = `invitation.workspace_id as "workspaceId", invitation.id, invitation.distribution_id as "distributionId", invitation.survey_id as "surveyId",
  invitation.wave, invitation.customer_id as "customerId", invitation.subject, invitation.email, invitation.phone, invitation.language, invitation.time_zone as "timeZone",
  invitation.state, invitation.channel, invitation.step, invitation.tries, invitation.next_at as "nextAt", invitation.mail_id as "mailId",
  invitation.text_id as "textId", invitation.reason, invitation.sent_at as "sentAt", invitation.last_sent_at as "lastSentAt",
  invitation.delivered_at as "deliveredAt", invitation.clicked_at as "clickedAt", invitation.answered_at as "answeredAt",
  invitation.bounced_at as "bouncedAt", invitation.dead_channels as "deadChannels", invitation.soft_bounces as "softBounces", invitation.unsubscribed_at as "unsubscribedAt",
  invitation.expires_at as "expiresAt", invitation.response_id as "responseId", invitation.created_at as "createdAt",
  invitation.answer_revision as "answerRevision"`;

export type NewInvitation = Pick<InvitationRow, "id" | "customerId" | "subject" | "email" | "phone" | "language" | "timeZone" | "nextAt" | "reason" | "responseId"> & { personKey: string };

/** Writes planned invitations, those without a time as not asked. One that is there already stays as it is.
 *  @returns how many were new */
export const insertInvitations = async (
  tx: Queryable,
  distribution: { workspaceId: string; id: string; surveyId: string; wave: number; at: Date },
  rows: readonly NewInvitation[],
): Promise<number> => {
  const { rowCount } = await tx.query(
    `insert into feedback.invitations (
       workspace_id, distribution_id, survey_id, wave, created_at, id, person_key, customer_id, email, phone, language, time_zone, next_at, reason, response_id, subject, state
     )
     select $1, $2, $3, $4, $5, given.*, case when given.next_at is null then 'not_asked' else 'planned' end
     from unnest($6::uuid[], $7::text[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::text[], $15::uuid[], $16::text[])
       given (id, person_key, customer_id, email, phone, language, time_zone, next_at, reason, response_id, subject)
     on conflict (workspace_id, distribution_id, wave, person_key) do nothing`,
    [
      distribution.workspaceId, distribution.id, distribution.surveyId, distribution.wave, distribution.at, rows.map(({ id }) => id), rows.map(({ personKey }) => personKey),
      rows.map(({ customerId }) => customerId), rows.map(({ email }) => email), rows.map(({ phone }) => phone), rows.map(({ language }) => language),
      rows.map(({ timeZone }) => timeZone), rows.map(({ nextAt }) => nextAt), rows.map(({ reason }) => reason), rows.map(({ responseId }) => responseId),
      rows.map(({ subject }) => subject),
    ],
  );
  return rowCount ?? 0;
};

/** The next invitation that is due, locked; one that another worker has is skipped. */
export const lockDueInvitation = async (tx: Queryable, distributionId: string, now: Date): Promise<InvitationRow | null> => {
  const { rows } = await tx.query<InvitationRow>(
    `select ${COLUMNS}
     from feedback.invitations invitation
     where invitation.distribution_id = $1 and invitation.next_at <= $2
     order by invitation.next_at, invitation.id
     limit 1
     for update skip locked`,
    [distributionId, now],
  );
  return rows[0] ?? null;
};

export const findNextDue = async (db: Queryable, distributionId: string): Promise<Date | null> => {
  const { rows } = await db.query<{ at: Date | null }>(
    "select min(next_at) as at from feedback.invitations where distribution_id = $1 and next_at is not null",
    [distributionId],
  );
  return rows[0]?.at ?? null;
};

/** The invitation of a link or return path, whatever its workspace; whoever asks checks the signature. */
export const findInvitation = async (db: Queryable, id: string): Promise<InvitationRow | null> => {
  const { rows } = await db.query<InvitationRow>(`select ${COLUMNS} from feedback.invitations invitation where invitation.id = $1`, [id]);
  return rows[0] ?? null;
};

export const lockInvitation = async (tx: Queryable, id: string): Promise<InvitationRow | null> => {
  const { rows } = await tx.query<InvitationRow>(`select ${COLUMNS} from feedback.invitations invitation where invitation.id = $1 for update`, [id]);
  return rows[0] ?? null;
};

export const updateInvitation = async (tx: Queryable, row: InvitationRow): Promise<void> => {
  await tx.query(
    `update feedback.invitations
     set state = $3, channel = $4, step = $5, tries = $6, next_at = $7, mail_id = $8, text_id = $9, reason = $10, sent_at = $11, last_sent_at = $12,
         delivered_at = $13, clicked_at = $14, answered_at = $15, bounced_at = $16, soft_bounces = $17, unsubscribed_at = $18, expires_at = $19, response_id = $20,
         customer_id = $21, email = $22, phone = $23, language = $24, dead_channels = $25, time_zone = $26
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.state, row.channel, row.step, row.tries, row.nextAt, row.mailId, row.textId, row.reason, row.sentAt, row.lastSentAt,
      row.deliveredAt, row.clickedAt, row.answeredAt, row.bouncedAt, row.softBounces, row.unsubscribedAt, row.expiresAt, row.responseId,
      row.customerId, row.email, row.phone, row.language, row.deadChannels, row.timeZone,
    ],
  );
};

/** Numbers the next save of answers, so that of two at once the later one stands and neither is taken for a repeat.
 *  @param expected the number of the last save as far as is known; null when it does not matter
 *  @returns null when there was another save since */
export const takeAnswerRevision = async (db: Queryable, id: string, expected: number | null): Promise<number | null> => {
  const { rows } = await db.query<{ revision: number }>(
    `update feedback.invitations invitation
     set answer_revision = 1 + greatest(answer_revision, coalesce((
       select response.revision from feedback.responses response where response.workspace_id = invitation.workspace_id and response.id = invitation.response_id
     ), 0))
     where invitation.id = $1 and ($2::integer is null or answer_revision = $2)
     returning answer_revision as revision`,
    [id, expected],
  );
  return rows[0]?.revision ?? null;
};

/** A response that was saved: its invitation needs no reminder any more.
 *  @returns the distributions they belong to */
export const markAnswered = async (tx: Queryable, answered: { workspaceId: string; responseId: string; at: Date }): Promise<InvitationRow | null> => {
  const { rows } = await tx.query<InvitationRow>(
    `update feedback.invitations invitation
     set answered_at = coalesce(answered_at, $3), next_at = null
     where invitation.workspace_id = $1 and invitation.response_id = $2
     returning ${COLUMNS}`,
    [answered.workspaceId, answered.responseId, answered.at],
  );
  return rows[0] ?? null;
};

/** Nobody of a distribution is asked any more; who was asked keeps the link. */
export const cancelInvitations = async (tx: Queryable, workspaceId: string, distributionId: string): Promise<void> => {
  await tx.query(
    `with locked as (
       select id from feedback.invitations where workspace_id = $1 and distribution_id = $2 and next_at is not null order by id for update
     )
     update feedback.invitations invitation
     set state = case when state = 'planned' then 'cancelled' else state end, next_at = null
     from locked
     where invitation.id = locked.id`,
    [workspaceId, distributionId],
  );
};

/** Asks nobody of these people any more under one distribution. */
export const cancelPending = async (tx: Queryable, workspaceId: string, distributionId: string, email: string): Promise<number> => {
  const { rowCount } = await tx.query(
    `with locked as (
       select id
       from feedback.invitations
       where workspace_id = $1 and distribution_id = $2 and (email = $3 or phone = $3) and next_at is not null
       order by id
       for update
     )
     update feedback.invitations invitation
     set state = case when state = 'planned' then 'cancelled' else state end, next_at = null
     from locked
     where invitation.id = locked.id`,
    [workspaceId, distributionId, email],
  );
  return rowCount ?? 0;
};

/** Invitations whose mail, or that of the last reminder, is on its way. */
export const listUnderway = async (db: Queryable, page: { after: string | null; limit: number }): Promise<{ id: string; mailId: string }[]> => {
  const { rows } = await db.query<{ id: string; mailId: string }>(
    `select id, mail_id as "mailId"
     from feedback.invitations
     where mail_id is not null and state = 'sent' and (delivered_at is null or (channel = 'email' and delivered_at < last_sent_at)) and ($1::uuid is null or mail_id > $1)
     order by mail_id
     limit $2`,
    [page.after, page.limit],
  );
  return rows;
};

/** A mail that came back meanwhile is none of its invitation any more. Rows are locked in the order of their ids, as by all who lock several. */
export const markDelivered = async (tx: Queryable, delivered: readonly { id: string; mailId: string; at: Date }[]): Promise<void> => {
  await tx.query(
    `with given as (
       select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) given (id, mail_id, at)
     ), locked as (
       select invitation.id, given.at
       from feedback.invitations invitation
       join given on given.id = invitation.id and given.mail_id = invitation.mail_id
       where invitation.delivered_at is null or invitation.delivered_at < invitation.last_sent_at
       order by invitation.id
       for update of invitation
     )
     update feedback.invitations invitation
     set delivered_at = greatest(locked.at, invitation.last_sent_at)
     from locked
     where invitation.id = locked.id`,
    [delivered.map(({ id }) => id), delivered.map(({ mailId }) => mailId), delivered.map(({ at }) => at)],
  );
};

/** Invitations to addresses of an erased person, known by hashes only. */
export const deleteInvitationsOf = async (tx: Queryable, workspaceId: string, person: { subjectHashes: readonly string[]; customerId: string | null }): Promise<void> => {
  await tx.query(
    `with locked as (
       select id
       from feedback.invitations
       where workspace_id = $1
         and (customer_id = $3::uuid
           or encode(sha256(convert_to(concat($1::uuid, E'\\nemail:', email), 'UTF8')), 'hex') = any ($2::text[])
           or encode(sha256(convert_to(concat($1::uuid, E'\\nphone:', phone), 'UTF8')), 'hex') = any ($2::text[]))
       order by id
       for update
     )
     delete from feedback.invitations invitation
     using locked
     where invitation.id = locked.id`,
    [workspaceId, [...person.subjectHashes], person.customerId],
  );
  await tx.query(
    `delete from feedback.distribution_addresses
     where workspace_id = $1
       and (encode(sha256(convert_to(concat($1::uuid, E'\\nemail:', address), 'UTF8')), 'hex') = any ($2::text[])
         or encode(sha256(convert_to(concat($1::uuid, E'\\nphone:', address), 'UTF8')), 'hex') = any ($2::text[]))`,
    [workspaceId, [...person.subjectHashes]],
  );
  await tx.query(
    `delete from feedback.texts
     where workspace_id = $1 and encode(sha256(convert_to(concat($1::uuid, E'\\nphone:', phone), 'UTF8')), 'hex') = any ($2::text[])`,
    [workspaceId, [...person.subjectHashes]],
  );
};
