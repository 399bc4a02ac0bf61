import type { Actor, Role } from "#platform/access";
import { hashPassword, hashToken, newToken } from "#platform/auth";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { httpErrors } from "#platform/http";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { peopleErrors } from "../people.errors.ts";
import { findAccountByEmail, insertAccount, insertMember } from "../sessions/sessions.queries.ts";
import { findAccountBy, openSession } from "../sessions/sessions.ts";
import * as queries from "./members.queries.ts";
import type { InvitationRow } from "./members.queries.ts";
import { insertFormerMember } from "../teams/teams.queries.ts";
import { hashAddress } from "../teams/staffing.ts";
import { sayStaffingChanged } from "../teams/teams.ts";
import { mayGiveRole } from "./members.rules.ts";

const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

const checkRole = (actor: Actor, role: Role): void => {
  if (!mayGiveRole(actor.role, role)) throw peopleErrors.refuse("role_too_high", `Your role does not let you give or change the role "${role}".`);
};

/** Invites somebody by mail.
 *  @returns the invitation and its link */
export const inviteMember = async (services: Services, actor: Actor, given: { email: string; role: Role }): Promise<{ id: string; link: string; expiresAt: Date }> => {
  checkRole(actor, given.role);
  const token = newToken();
  const link = `${services.baseUrl()}/invitation?token=${token}`;
  const expiresAt = new Date(services.clock.now().getTime() + INVITATION_MS);
  const workspace = await findWorkspace(services.db, actor.workspaceId);
  const id = await transaction(services.db, async (tx) => {
    if ((await queries.findMemberByEmail(tx, actor.workspaceId, given.email)) !== null)
      throw peopleErrors.refuse("member_exists", `${given.email} is a member of this workspace already.`);
    const invitationId = await queries.upsertInvitation(tx, {
      id: newId(),
      workspaceId: actor.workspaceId,
      email: given.email,
      role: given.role,
      tokenHash: hashToken(token),
      invitedBy: actor.memberId,
      expiresAt,
    });
    await sendMail(tx, {
      workspaceId: actor.workspaceId,
      to: given.email,
      subject: `Join ${workspace?.name ?? "a workspace"} on Firsthand`,
      text: `Hello,\n\nyou are invited to ${workspace?.name ?? "a workspace"} on Firsthand. Open this link within seven days:\n${link}\n`,
    });
    await recordAudit(tx, actor, { action: "member.invited", subject: invitationId, details: { role: given.role } });
    return invitationId;
  });
  return { id, link, expiresAt };
};

export const findValidInvitation = async (services: Services, token: string): Promise<InvitationRow> => {
  const invitation = await queries.findInvitation(services.db, hashToken(token), services.clock.now());
  if (invitation === null) throw peopleErrors.refuse("link_expired", "This invitation is used up, withdrawn or older than seven days. Ask for a new one.");
  return invitation;
};

/** Makes the invited person a member, with a new account or their existing one.
 *  @returns the token of a session in that workspace */
export const acceptInvitation = async (services: Services, given: { token: string; name?: string | undefined; password: string }): Promise<string> => {
  const invitation = await findValidInvitation(services, given.token);
  const isKnown = (await findAccountByEmail(services.db, invitation.email)) !== null;
  const account = isKnown ? await findAccountBy(services, { email: invitation.email, password: given.password }) : null;
  const passwordHash = account === null ? await hashPassword(given.password) : null;
  return transaction(services.db, async (tx) => {
    if (!(await queries.deleteInvitation(tx, invitation.workspaceId, invitation.id))) throw peopleErrors.refuse("link_expired", "This invitation was used meanwhile.");
    const accountId = account?.id ?? newId();
    if (account === null) await insertAccount(tx, { id: accountId, email: invitation.email, name: given.name ?? invitation.email, passwordHash });
    const memberId = newId();
    await insertMember(tx, { id: memberId, workspaceId: invitation.workspaceId, accountId, role: invitation.role });
    const actor: Actor = { kind: "member", workspaceId: invitation.workspaceId, memberId, keyId: null, role: invitation.role, abilities: new Set() };
    // What is known already may name the new member.
    await sayStaffingChanged(tx, invitation.workspaceId);
    await recordAudit(tx, actor, { action: "member.joined", subject: memberId, details: { role: invitation.role } });
    return openSession(services, tx, accountId, invitation.workspaceId);
  });
};

export const withdrawInvitation = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    if (!(await queries.deleteInvitation(tx, actor.workspaceId, id))) throw httpErrors.refuse("not_found", "There is no such invitation in this workspace.");
    await recordAudit(tx, actor, { action: "invitation.withdrawn", subject: id });
  });
};

export const changeRole = async (services: Services, actor: Actor, id: string, role: Role): Promise<void> => {
  checkRole(actor, role);
  await transaction(services.db, async (tx) => {
    const { member, owners } = await queries.lockMember(tx, actor.workspaceId, id);
    if (member === null) throw httpErrors.refuse("not_found", "There is no such member in this workspace.");
    checkRole(actor, member.role);
    if (member.role === "owner" && role !== "owner" && owners === 1) throw peopleErrors.refuse("last_owner", "Make somebody else an owner first.");
    await queries.updateRole(tx, actor.workspaceId, id, role);
    await recordAudit(tx, actor, { action: "member.role_changed", subject: id, details: { from: member.role, to: role } });
  });
};

export const removeMember = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    const { member, owners } = await queries.lockMember(tx, actor.workspaceId, id);
    if (member === null) throw httpErrors.refuse("not_found", "There is no such member in this workspace.");
    checkRole(actor, member.role);
    if (member.role === "owner" && owners === 1) throw peopleErrors.refuse("last_owner", "Make somebody else an owner first.");
    await queries.deleteMember(tx, actor.workspaceId, member);
    await insertFormerMember(tx, actor.workspaceId, { id, name: member.name, emailHash: hashAddress(member.email), leftAt: services.clock.now() });
    // Words may mean somebody else now: of two members of one name, the one who stays.
    await sayStaffingChanged(tx, actor.workspaceId);
    await recordAudit(tx, actor, { action: "member.removed", subject: id });
  });
};
