import type { Queryable } from "#platform/db";
import type { StoredSecrets } from "#platform/secrets";
import type { GatewayKind, SentText } from "./texts.contract.ts";

export type GatewayRow = { workspaceId: string; kind: GatewayKind; settings: unknown; secrets: StoredSecrets; hook: string };
const GATEWAY = `workspace_id as "workspaceId", kind, settings, secrets, hook`;

export const findGateway = async (db: Queryable, workspaceId: string): Promise<GatewayRow | null> => {
  const { rows } = await db.query<GatewayRow>(`select ${GATEWAY} from feedback.text_gateways where workspace_id = $1`, [workspaceId]);
  return rows[0] ?? null;
};

export const findGatewayByHook = async (db: Queryable, hook: string): Promise<GatewayRow | null> => {
  const { rows } = await db.query<GatewayRow>(`select ${GATEWAY} from feedback.text_gateways where hook = $1`, [hook]);
  return rows[0] ?? null;
};

export const upsertGateway = async (tx: Queryable, row: GatewayRow & { at: Date }): Promise<void> => {
  await tx.query(
    `insert into feedback.text_gateways (workspace_id, kind, settings, secrets, hook, changed_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id) do update set kind = excluded.kind, settings = excluded.settings, secrets = excluded.secrets, changed_at = excluded.changed_at`,
    [row.workspaceId, row.kind, JSON.stringify(row.settings), JSON.stringify(row.secrets), row.hook, row.at],
  );
};

export type TextRow = { workspaceId: string; id: string; phone: string; body: string; state: SentText["state"]; providerId: string | null; error: string | null; createdAt: Date; sentAt: Date | null };
const TEXT = `workspace_id as "workspaceId", id, phone, body, state, provider_id as "providerId", error, created_at as "createdAt", sent_at as "sentAt"`;

/** @returns the id of the message; of the one that is there when the key was used already */
export const insertText = async (tx: Queryable, row: { workspaceId: string; id: string; key: string; phone: string; body: string; at: Date }): Promise<{ id: string; isNew: boolean }> => {
  const { rowCount } = await tx.query(
    `insert into feedback.texts (workspace_id, id, key, phone, body, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (workspace_id, key) do nothing`,
    [row.workspaceId, row.id, row.key, row.phone, row.body, row.at],
  );
  if (rowCount === 1) return { id: row.id, isNew: true };
  const { rows } = await tx.query<{ id: string }>("select id from feedback.texts where workspace_id = $1 and key = $2", [row.workspaceId, row.key]);
  return { id: rows[0]?.id ?? row.id, isNew: false };
};

/** Takes a waiting message; from here on only its taker knows whether the gateway has it. */
export const claimText = async (db: Queryable, workspaceId: string, id: string): Promise<TextRow | null> => {
  const { rows } = await db.query<TextRow>(
    `update feedback.texts set state = 'handing_over', claimed_at = now() where workspace_id = $1 and id = $2 and state = 'waiting' returning ${TEXT}`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** Notes how far a message has come. A gateway may report the end before it has answered that it took the message: the end stays.
 *  @returns the state now; null when the message is gone */
export const updateText = async (
  db: Queryable,
  row: { workspaceId: string; id: string; state: SentText["state"]; providerId: string | null; error: string | null; at: Date },
): Promise<SentText["state"] | null> => {
  const { rows } = await db.query<{ state: SentText["state"] }>(
    `update feedback.texts
     set provider_id = coalesce($4, provider_id),
         state = case when state in ('delivered', 'failed') then state else $3 end,
         error = case when state in ('delivered', 'failed') then error else $5 end,
         sent_at = case when state in ('delivered', 'failed') then sent_at when $3 in ('sent', 'delivered') then coalesce(sent_at, $6::timestamptz) end
     where workspace_id = $1 and id = $2
     returning state`,
    [row.workspaceId, row.id, row.state, row.providerId, row.error, row.at],
  );
  return rows[0]?.state ?? null;
};

export const findText = async (db: Queryable, workspaceId: string, id: string): Promise<TextRow | null> => {
  const { rows } = await db.query<TextRow>(`select ${TEXT} from feedback.texts where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Whether a message is being handed to the gateway, whose name for it is not known yet. */
export const hasTextInHand = async (db: Queryable, workspaceId: string): Promise<boolean> => {
  const { rows } = await db.query<{ found: boolean }>("select exists (select from feedback.texts where workspace_id = $1 and state = 'handing_over') as found", [workspaceId]);
  return rows[0]?.found ?? false;
};

export const findTextByProviderId = async (db: Queryable, workspaceId: string, providerId: string): Promise<TextRow | null> => {
  const { rows } = await db.query<TextRow>(`select ${TEXT} from feedback.texts where workspace_id = $1 and provider_id = $2`, [workspaceId, providerId]);
  return rows[0] ?? null;
};

/** Messages whose taker died with the gateway perhaps having them: sent twice would be worse than never. */
export const settleDoubtfulTexts = async (db: Queryable): Promise<void> => {
  await db.query("update feedback.texts set state = 'doubtful' where state = 'handing_over' and claimed_at < now() - interval '5 minutes'");
};

export const listForgottenTexts = async (db: Queryable, limit: number): Promise<{ workspaceId: string; id: string }[]> => {
  const { rows } = await db.query<{ workspaceId: string; id: string }>(
    `select workspace_id as "workspaceId", id from feedback.texts where state = 'waiting' and created_at < now() - interval '5 minutes' order by created_at, id limit $1`,
    [limit],
  );
  return rows;
};

export const listTexts = async (db: Queryable, workspaceId: string, page: { before: { createdAt: string; id: string } | null; limit: number }): Promise<TextRow[]> => {
  const { rows } = await db.query<TextRow>(
    `select ${TEXT}
     from feedback.texts
     where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
     order by created_at desc, id desc
     limit $4`,
    [workspaceId, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
};

/** The invitation a message belongs to is delivered. */
export const markTextDelivered = async (tx: Queryable, workspaceId: string, textId: string, at: Date): Promise<void> => {
  await tx.query("update feedback.invitations set delivered_at = coalesce(delivered_at, $3) where workspace_id = $1 and text_id = $2", [workspaceId, textId, at]);
};

export const findInvitationOfText = async (db: Queryable, workspaceId: string, textId: string): Promise<string | null> => {
  const { rows } = await db.query<{ id: string }>("select id from feedback.invitations where workspace_id = $1 and text_id = $2", [workspaceId, textId]);
  return rows[0]?.id ?? null;
};

/** Everybody asked at a number in this workspace is asked no more by reminders. */
export const markPhoneUnsubscribed = async (tx: Queryable, workspaceId: string, phone: string, at: Date): Promise<void> => {
  await tx.query(
    `with locked as (
       select id
       from feedback.invitations
       where workspace_id = $1 and phone = $2 and channel = 'text' and answered_at is null
       order by id
       for update
     )
     update feedback.invitations invitation
     set unsubscribed_at = coalesce(unsubscribed_at, $3), next_at = null
     from locked
     where invitation.id = locked.id`,
    [workspaceId, phone, at],
  );
};
