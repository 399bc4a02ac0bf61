import type { Role } from "#platform/access";
import type { Queryable } from "#platform/db";

export type MemberRow = { id: string; accountId: string; name: string; email: string; role: Role; createdAt: Date };
export type InvitationRow = { id: string; workspaceId: string; workspaceName: string; email: string; role: Role; createdAt: Date; expiresAt: Date };

const MEMBER = `member.id, member.account_id as "accountId", account.name, account.email, member.role, member.created_at as "createdAt"`;
const INVITATION = `invitation.id, invitation.workspace_id as "workspaceId", workspace.name as "workspaceName", invitation.email, invitation.role,
  invitation.created_at as "createdAt", invitation.expires_at as "expiresAt"`;

export const listMembers = async (db: Queryable, workspaceId: string): Promise<MemberRow[]> => {
  const { rows } = await db.query<MemberRow>(
    `select ${MEMBER}
     from people.members member
     join people.accounts account on account.id = member.account_id
     where member.workspace_id = $1
     order by account.name, member.id
     limit 1000`,
    [workspaceId],
  );
  return rows;
};

/** Locks the workspace's owners too, so that two admins cannot remove the last two at once. */
export const lockMember = async (tx: Queryable, workspaceId: string, id: string): Promise<{ member: MemberRow | null; owners: number }> => {
  const { rows: owners } = await tx.query("select id from people.members where workspace_id = $1 and role = 'owner' for update", [workspaceId]);
  const { rows } = await tx.query<MemberRow>(
    `select ${MEMBER}
     from people.members member
     join people.accounts account on account.id = member.account_id
     where member.workspace_id = $1 and member.id = $2
     for update of member`,
    [workspaceId, id],
  );
  return { member: rows[0] ?? null, owners: owners.length };
};

export const updateRole = async (tx: Queryable, workspaceId: string, id: string, role: Role): Promise<void> => {
  await tx.query("update people.members set role = $3 where workspace_id = $1 and id = $2", [workspaceId, id, role]);
};

export const deleteMember = async (tx: Queryable, workspaceId: string, member: MemberRow): Promise<void> => {
  await tx.query("delete from people.members where workspace_id = $1 and id = $2", [workspaceId, member.id]);
  await tx.query("delete from people.sessions where workspace_id = $1 and account_id = $2", [workspaceId, member.accountId]);
};

export const findMemberByEmail = async (db: Queryable, workspaceId: string, email: string): Promise<string | null> => {
  const { rows } = await db.query<{ id: string }>(
    `select member.id
     from people.members member
     join people.accounts account on account.id = member.account_id
     where member.workspace_id = $1 and account.email = $2`,
    [workspaceId, email],
  );
  return rows[0]?.id ?? null;
};

export const listInvitations = async (db: Queryable, workspaceId: string): Promise<InvitationRow[]> => {
  const { rows } = await db.query<InvitationRow>(
    `select ${INVITATION}
     from people.invitations invitation
     join platform.workspaces workspace on workspace.id = invitation.workspace_id
     where invitation.workspace_id = $1
     order by invitation.created_at desc, invitation.id
     limit 500`,
    [workspaceId],
  );
  return rows;
};

/** A second invitation of the same address replaces the first: its link stops working. */
export const upsertInvitation = async (
  tx: Queryable,
  invitation: { id: string; workspaceId: string; email: string; role: Role; tokenHash: string; invitedBy: string | null; expiresAt: Date },
): Promise<string> => {
  const { rows } = await tx.query<{ id: string }>(
    `insert into people.invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, email) do update
     set role = excluded.role, token_hash = excluded.token_hash, invited_by = excluded.invited_by, created_at = now(), expires_at = excluded.expires_at
     returning id`,
    [invitation.id, invitation.workspaceId, invitation.email, invitation.role, invitation.tokenHash, invitation.invitedBy, invitation.expiresAt],
  );
  return rows[0]?.id ?? invitation.id;
};

export const findInvitation = async (db: Queryable, tokenHash: string, now: Date): Promise<InvitationRow | null> => {
  const { rows } = await db.query<InvitationRow>(
    `select ${INVITATION}
     from people.invitations invitation
     join platform.workspaces workspace on workspace.id = invitation.workspace_id
     where invitation.token_hash = $1 and invitation.expires_at > $2`,
    [tokenHash, now],
  );
  return rows[0] ?? null;
};

export const deleteInvitation = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from people.invitations where workspace_id = $1 and id = $2", [workspaceId, id]);
  return (rowCount ?? 0) > 0;
};
