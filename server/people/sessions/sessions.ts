import type { Actor } from "#platform/access";
import { hashPassword, hashToken, newToken, passwordFits } from "#platform/auth";
import { recordAudit } from "#platform/audit";
import type { Queryable } from "#platform/db";
import { newId, transaction } from "#platform/db";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { createWorkspace, saveSetUpToken } from "#platform/workspaces";
import { peopleErrors } from "../people.errors.ts";
import * as queries from "./sessions.queries.ts";
import { signInWaitSeconds } from "./sessions.rules.ts";

export const SESSION_MS = 30 * 24 * 60 * 60 * 1000;
const RESET_MS = 60 * 60 * 1000;

/** Finds the account an address and its password belong to. Every way in goes through here, so that guessing is slowed down everywhere.
 *  @throws sign_in_refused, sign_in_throttled; the refusal does not tell whether the address is known */
export const findAccountBy = async (services: Services, given: { email: string; password: string }): Promise<queries.Account> => {
  const now = services.clock.now();
  const emailHash = hashToken(given.email);
  const failures = await queries.findSignInFailures(services.db, emailHash);
  const waitSeconds = signInWaitSeconds(failures === null ? null : { count: failures.count, lastAtMs: failures.lastAt.getTime() }, now.getTime());
  if (waitSeconds > 0)
    throw peopleErrors.refuse("sign_in_throttled", `Too many failed tries for this address. Try again in ${waitSeconds} s, or reset the password.`, {
      retryAfterSeconds: waitSeconds,
    });
  const account = await queries.findAccountByEmail(services.db, given.email);
  const fits = await passwordFits(given.password, account?.passwordHash ?? null);
  if (account === null || !fits) {
    await queries.noteSignInFailure(services.db, emailHash, now);
    throw peopleErrors.refuse("sign_in_refused", "E-mail and password do not belong together. Check both, or reset the password.");
  }
  await queries.forgetSignInFailures(services.db, emailHash);
  return account;
};

/** Signs somebody in.
 *  @returns the session's token for the cookie
 *  @throws as `findAccountBy`, and no_workspace */
export const signIn = async (services: Services, given: { email: string; password: string }): Promise<string> => {
  const account = await findAccountBy(services, given);
  const [workspace] = await queries.listWorkspacesOf(services.db, account.id);
  if (workspace === undefined) throw peopleErrors.refuse("no_workspace", "This account belongs to no workspace any more. Ask an admin for an invitation.");
  return openSession(services, services.db, account.id, workspace.id);
};

/** Opens a session for an account in a workspace.
 *  @returns its token, stored only as a hash */
export const openSession = async (services: Services, tx: Queryable, accountId: string, workspaceId: string): Promise<string> => {
  const token = newToken();
  const expiresAt = new Date(services.clock.now().getTime() + SESSION_MS);
  await queries.insertSession(tx, { tokenHash: hashToken(token), accountId, workspaceId, expiresAt });
  return token;
};

/** The first steps of an installation: workspace, owner, session. Works once, with the link the server printed. */
export const setUp = async (
  services: Services,
  given: { token: string; workspaceName: string; timeZone: string; name: string; email: string; password: string },
): Promise<string> => {
  const passwordHash = await hashPassword(given.password);
  return transaction(services.db, async (tx) => {
    await lockSetUp(tx, given.token);
    const workspaceId = await createWorkspace(tx, { name: given.workspaceName, timeZone: given.timeZone, isDemo: false });
    const accountId = newId();
    await queries.insertAccount(tx, { id: accountId, email: given.email, name: given.name, passwordHash });
    const memberId = newId();
    await queries.insertMember(tx, { id: memberId, workspaceId, accountId, role: "owner" });
    await joinDemoWorkspaces(tx, accountId);
    const owner: Actor = { kind: "member", workspaceId, memberId, keyId: null, role: "owner", abilities: new Set() };
    await recordAudit(tx, owner, { action: "workspace.created", subject: workspaceId });
    return openSession(services, tx, accountId, workspaceId);
  });
};

const lockSetUp = async (tx: Queryable, token: string): Promise<void> => {
  const expected = await saveSetUpToken(tx, null);
  if (expected === null || expected !== hashToken(token))
    throw peopleErrors.refuse("set_up_link_wrong", "This set-up link is used up or not the latest. Start the server again: it prints a fresh one while nobody has been set up.");
};

// A demo loaded before the first person came would otherwise be visible to nobody.
const joinDemoWorkspaces = async (tx: Queryable, accountId: string): Promise<void> => {
  for (const workspaceId of await queries.listDemoWorkspaces(tx)) await queries.insertMember(tx, { id: newId(), workspaceId, accountId, role: "owner" });
};

/** Makes the one-time link for the first person.
 *  @returns null when somebody has been set up already */
export const makeSetUpLink = async (services: Services): Promise<string | null> => {
  if (await queries.isSetUp(services.db)) return null;
  const token = newToken();
  await saveSetUpToken(services.db, hashToken(token));
  return `${services.baseUrl()}/setup?token=${token}`;
};

/** Mails a link to choose a new password. Says nothing about whether the address is known. */
export const askPasswordReset = async (services: Services, email: string): Promise<void> => {
  const account = await queries.findAccountByEmail(services.db, email);
  if (account === null) return;
  const token = newToken();
  await transaction(services.db, async (tx) => {
    await queries.insertPasswordReset(tx, {
      tokenHash: hashToken(token),
      accountId: account.id,
      expiresAt: new Date(services.clock.now().getTime() + RESET_MS),
    });
    await sendMail(tx, {
      workspaceId: null,
      to: account.email,
      subject: "Choose a new password for Firsthand",
      text: `Hello ${account.name},\n\nopen this link within an hour to choose a new password:\n${services.baseUrl()}/reset-password?token=${token}\n\nIf you did not ask for it, ignore this mail: nothing changes.\n`,
    });
  });
};

export const resetPassword = async (services: Services, given: { token: string; password: string }): Promise<void> => {
  const passwordHash = await hashPassword(given.password);
  await transaction(services.db, async (tx) => {
    const accountId = await queries.takePasswordReset(tx, hashToken(given.token), services.clock.now());
    if (accountId === null) throw peopleErrors.refuse("link_expired", "This link is used up or older than an hour. Ask for a new one.");
    await queries.updatePassword(tx, accountId, passwordHash);
  });
};
