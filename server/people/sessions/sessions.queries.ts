import type { Role } from "#platform/access";
import type { Queryable } from "#platform/db";

export type Account = { id: string; email: string; name: string; passwordHash: string | null };

export type SessionRow = {
  accountId: string;
  accountName: string;
  email: string;
  memberId: string;
  role: Role;
  workspaceId: string;
  workspaceName: string;
  timeZone: string;
  isDemo: boolean;
  lastUsedAt: Date;
};

export const findAccountByEmail = async (db: Queryable, email: string): Promise<Account | null> => {
  const { rows } = await db.query<Account>(`select id, email, name, password_hash as "passwordHash" from people.accounts where email = $1`, [email]);
  return rows[0] ?? null;
};

/** Whether somebody can sign in already. The members of the demo company have no password and do not count. */
export const isSetUp = async (db: Queryable): Promise<boolean> => {
  const { rows } = await db.query<{ any: boolean }>("select exists (select from people.accounts where password_hash is not null) as any");
  return rows[0]?.any === true;
};

/** Accounts that can sign in and own a workspace that is no demo. */
export const listOwnerAccounts = async (db: Queryable): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(
    `select account.id
     from people.accounts account
     where account.password_hash is not null
       and exists (
         select from people.members member
         join platform.workspaces workspace on workspace.id = member.workspace_id
         where member.account_id = account.id and member.role = 'owner' and not workspace.is_demo
       )
     order by account.created_at, account.id
     limit 1000`,
  );
  return rows.map((row) => row.id);
};

export const insertAccount = async (tx: Queryable, account: Account): Promise<void> => {
  await tx.query("insert into people.accounts (id, email, name, password_hash) values ($1, $2, $3, $4)", [account.id, account.email, account.name, account.passwordHash]);
};

export const insertMember = async (tx: Queryable, member: { id: string; workspaceId: string; accountId: string; role: Role }): Promise<void> => {
  await tx.query(
    `insert into people.members (id, workspace_id, account_id, role)
     values ($1, $2, $3, $4)
     on conflict (workspace_id, account_id) do nothing`,
    [member.id, member.workspaceId, member.accountId, member.role],
  );
};

export const updatePassword = async (tx: Queryable, accountId: string, passwordHash: string): Promise<void> => {
  await tx.query("update people.accounts set password_hash = $2 where id = $1", [accountId, passwordHash]);
  await tx.query("delete from people.sessions where account_id = $1", [accountId]);
  await tx.query("delete from people.password_resets where account_id = $1", [accountId]);
};

/** Workspaces an account belongs to, the newest membership last. */
export const listWorkspacesOf = async (db: Queryable, accountId: string): Promise<{ id: string; name: string; isDemo: boolean }[]> => {
  const { rows } = await db.query<{ id: string; name: string; isDemo: boolean }>(
    `select workspace.id, workspace.name, workspace.is_demo as "isDemo"
     from people.members member
     join platform.workspaces workspace on workspace.id = member.workspace_id
     where member.account_id = $1
     order by workspace.is_demo, workspace.created_at, workspace.id`,
    [accountId],
  );
  return rows;
};

export const insertSession = async (tx: Queryable, session: { tokenHash: string; accountId: string; workspaceId: string; expiresAt: Date }): Promise<void> => {
  await tx.query("insert into people.sessions (token_hash, account_id, workspace_id, expires_at) values ($1, $2, $3, $4)", [
    session.tokenHash,
    session.accountId,
    session.workspaceId,
    session.expiresAt,
  ]);
};

/** The session behind a cookie, with the member it stands for; null once it expired, was ended, or the member was removed. */
export const findSession = async (db: Queryable, tokenHash: string, now: Date): Promise<SessionRow | null> => {
  const { rows } = await db.query<SessionRow>(
    `select account.id as "accountId", account.name as "accountName", account.email, member.id as "memberId", member.role,
            workspace.id as "workspaceId", workspace.name as "workspaceName", workspace.time_zone as "timeZone", workspace.is_demo as "isDemo",
            session.last_used_at as "lastUsedAt"
     from people.sessions session
     join people.accounts account on account.id = session.account_id
     join people.members member on member.account_id = session.account_id and member.workspace_id = session.workspace_id
     join platform.workspaces workspace on workspace.id = session.workspace_id
     where session.token_hash = $1 and session.expires_at > $2`,
    [tokenHash, now],
  );
  return rows[0] ?? null;
};

export const touchSession = async (db: Queryable, tokenHash: string, now: Date, expiresAt: Date): Promise<void> => {
  await db.query("update people.sessions set last_used_at = $2, expires_at = $3 where token_hash = $1", [tokenHash, now, expiresAt]);
};

/** Moves a session to another workspace of the same account. */
export const moveSession = async (tx: Queryable, tokenHash: string, workspaceId: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update people.sessions session
     set workspace_id = $2
     where session.token_hash = $1
       and exists (select from people.members member where member.account_id = session.account_id and member.workspace_id = $2)`,
    [tokenHash, workspaceId],
  );
  return (rowCount ?? 0) > 0;
};

export const deleteSession = async (db: Queryable, tokenHash: string): Promise<void> => {
  await db.query("delete from people.sessions where token_hash = $1", [tokenHash]);
};

export const insertPasswordReset = async (tx: Queryable, reset: { tokenHash: string; accountId: string; expiresAt: Date }): Promise<void> => {
  await tx.query("delete from people.password_resets where account_id = $1", [reset.accountId]);
  await tx.query("insert into people.password_resets (token_hash, account_id, expires_at) values ($1, $2, $3)", [reset.tokenHash, reset.accountId, reset.expiresAt]);
};

export const takePasswordReset = async (tx: Queryable, tokenHash: string, now: Date): Promise<string | null> => {
  const { rows } = await tx.query<{ accountId: string }>(
    `delete from people.password_resets where token_hash = $1 and expires_at > $2 returning account_id as "accountId"`,
    [tokenHash, now],
  );
  return rows[0]?.accountId ?? null;
};

export const findSignInFailures = async (db: Queryable, emailHash: string): Promise<{ count: number; lastAt: Date } | null> => {
  const { rows } = await db.query<{ count: number; lastAt: Date }>(`select count, last_at as "lastAt" from people.sign_in_failures where email_hash = $1`, [emailHash]);
  return rows[0] ?? null;
};

export const noteSignInFailure = async (db: Queryable, emailHash: string, now: Date): Promise<void> => {
  await db.query(
    `insert into people.sign_in_failures (email_hash, count, last_at)
     values ($1, 1, $2)
     on conflict (email_hash) do update
     set count = case when sign_in_failures.last_at < excluded.last_at - interval '1 day' then 1 else sign_in_failures.count + 1 end, last_at = excluded.last_at`,
    [emailHash, now],
  );
};

export const forgetSignInFailures = async (db: Queryable, emailHash: string): Promise<void> => {
  await db.query("delete from people.sign_in_failures where email_hash = $1", [emailHash]);
};

export const listDemoWorkspaces = async (db: Queryable): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>("select id from platform.workspaces where is_demo order by created_at");
  return rows.map((row) => row.id);
};

/** Moves everybody who is looking at a workspace to another one of theirs, real ones first, so that its end signs nobody out. */
export const moveSessionsAway = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query(
    `update people.sessions session
     set workspace_id = (
       select member.workspace_id
       from people.members member
       join platform.workspaces workspace on workspace.id = member.workspace_id
       where member.account_id = session.account_id and member.workspace_id <> $1
       order by workspace.is_demo, workspace.created_at, workspace.id
       limit 1
     )
     where session.workspace_id = $1
       and exists (select from people.members member where member.account_id = session.account_id and member.workspace_id <> $1)`,
    [workspaceId],
  );
};

/** Deletes those of the given accounts that are a member of nothing and cannot sign in. */
export const deleteUnusedAccounts = async (tx: Queryable, emails: readonly string[]): Promise<void> => {
  await tx.query(
    `delete from people.accounts account
     where account.email = any ($1) and account.password_hash is null
       and not exists (select from people.members member where member.account_id = account.id)`,
    [[...emails]],
  );
};

/** Takes away what nobody can use any more: sessions and links past their time, failed sign-ins of days ago. */
export const deleteExpired = async (db: Queryable, now: Date): Promise<void> => {
  await db.query("delete from people.sessions where expires_at < $1", [now]);
  await db.query("delete from people.password_resets where expires_at < $1", [now]);
  await db.query("delete from people.invitations where expires_at < $1::timestamptz - interval '30 days'", [now]);
  await db.query("delete from people.sign_in_failures where last_at < $1::timestamptz - interval '2 days'", [now]);
};
