import PostalMime from "postal-mime";
import type { Email } from "postal-mime";
import { stopContact } from "#customers";
import type { Actor } from "#platform/access";
import { signText } from "#platform/auth";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { defineErrors } from "#platform/http";
import { listMailStates } from "#platform/mail";
import { defineMailReader } from "#platform/mailbox";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { bounceKindOf, gravest, readDeliveryStatus, refusalKindOf } from "./bounces.rules.ts";
import type { BounceKind } from "./bounces.rules.ts";
import { channelsOf } from "./channels.rules.ts";
import type { Way } from "./channels.rules.ts";
import { enqueueWork, lockToGoOn } from "./distribution-work.ts";
import { findDistribution, wakeDistribution } from "./distributions.queries.ts";
import { findInvitation, listUnderway, lockInvitation, markDelivered, updateInvitation } from "./invitations.queries.ts";
import type { InvitationRow } from "./invitations.queries.ts";
import { findInvitationOfText } from "./texts.queries.ts";
import { bounceMarksIn, shortOf, signedText } from "./tokens.rules.ts";

const PAGE = 500;

export const bounceErrors = defineErrors("bounces", {
  message_unreadable: { status: 400, meaning: "The body is no mail message. Send it whole, with its headers, as the mail server gave it." },
  message_too_large: { status: 413, meaning: "A returned mail is at most 10 MB." },
});

export type BounceOutcome = { outcome: BounceKind; invitationId: string | null };

/** Takes a mail that came back. The address it was returned to says which invitation it was, whatever else the message holds. */
export const takeBounce = (services: Services, actor: Actor, raw: Buffer): Promise<BounceOutcome> =>
  transaction(services.db, async (tx) => {
    const { outcome, invitationId } = await takeReturned(services, tx, { workspaceId: actor.workspaceId, raw });
    return { outcome, invitationId };
  });

/** Takes from a mailbox what mail servers say of our mails. What a person answered, even to that address, is left for others. */
export const bounceReader = defineMailReader({
  name: "distributions.takeBounce",
  of: "machines",
  read: async ({ services, tx, workspaceId, raw }) => {
    const { invitationId, isReport } = await takeReturned(services, tx, { workspaceId, raw });
    return invitationId !== null && isReport ? "taken" : "not mine";
  },
});

const takeReturned = async (services: Services, tx: Queryable, { workspaceId, raw }: { workspaceId: string; raw: Buffer }): Promise<BounceOutcome & { isReport: boolean }> => {
  const email = await PostalMime.parse(raw, { attachmentEncoding: "utf8" }).catch(() => null);
  if (email === null || email.headers.length === 0) throw bounceErrors.refuse("message_unreadable", "This is no mail message. Send it whole, with its headers.");
  const invitation = await findReturned(tx, workspaceId, email, raw);
  if (invitation === null) return { outcome: "none", invitationId: null, isReport: false };
  const statuses = statusesIn(email);
  const outcome = gravest(statuses.map(bounceKindOf));
  await noteBounce(services, tx, invitation.id, outcome);
  return { outcome, invitationId: invitation.id, isReport: statuses.length > 0 };
};

const statusesIn = (email: Email) => email.attachments
  .filter(({ mimeType }) => mimeType.toLowerCase() === "message/delivery-status" || mimeType.toLowerCase() === "message/global-delivery-status")
  .flatMap(({ content }) => readDeliveryStatus(typeof content === "string" ? content : new TextDecoder().decode(content)));

const findReturned = async (db: Queryable, workspaceId: string, email: Email, raw: Buffer): Promise<InvitationRow | null> => {
  const workspace = await findWorkspace(db, workspaceId);
  const headers = email.headers.map(({ value }) => value).join("\n");
  // The envelope is gone by now; mail servers note it in one header or another, or only in the returned mail.
  for (const { id, short } of [...bounceMarksIn(headers), ...bounceMarksIn(raw.subarray(0, 500_000).toString("latin1"))].slice(0, 20)) {
    const found = await findInvitation(db, id);
    if (found !== null && workspace !== null && found.workspaceId === workspaceId && shortOf(signText(workspace.secret, signedText(id))) === short) return found;
  }
  return null;
};

/** Keeps what became of a mail: an address that will never work is not written to again, by anybody here. */
export const noteBounce = async (services: Services, tx: Queryable, invitationId: string, kind: BounceKind): Promise<void> => {
  const row = kind === "none" ? null : await lockToGoOn(tx, invitationId);
  if (row === null) return;
  const at = services.clock.now();
  if (kind === "soft") return updateInvitation(tx, { ...row, softBounces: row.softBounces + 1 });
  // Mail servers send the same notification twice, and one mail server refuses what the other one would return.
  if (row.deadChannels.includes("email")) return;
  await stopContact(tx, { workspaceId: row.workspaceId, customerId: null, address: row.email, channel: "email", source: "bounced", at });
  await leaveWay(tx, row, "email", at);
};

/** Leaves a way for good and takes the other one, where the distribution has one; else nothing more is sent. */
const leaveWay = async (tx: Queryable, before: InvitationRow, way: Way, at: Date): Promise<void> => {
  const row = { ...before, deadChannels: [...before.deadChannels, way], bouncedAt: at, ...(way === "email" ? { mailId: null } : { textId: null }) };
  // The person is on the other way already.
  if (row.channel !== way) return updateInvitation(tx, row);
  const distribution = await findDistribution(tx, row.workspaceId, row.distributionId);
  const isWanted = row.answeredAt === null && row.unsubscribedAt === null && (row.expiresAt === null || row.expiresAt > at);
  if (distribution === null || distribution.state === "stopped" || !isWanted || channelsOf(distribution.settings.channel, row).length === 0) {
    return updateInvitation(tx, { ...row, deliveredAt: null, nextAt: null });
  }
  await updateInvitation(tx, { ...row, deliveredAt: null, channel: null, step: 0, tries: row.tries + 1, nextAt: at });
  await wakeDistribution(tx, distribution);
  await enqueueWork(tx, distribution);
};

/** A text message that could not be brought: the other way is taken, where there is one. */
export const noteFailedText = (services: Services, workspaceId: string, textId: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const id = await findInvitationOfText(tx, workspaceId, textId);
    const row = id === null ? null : await lockToGoOn(tx, id);
    if (row !== null && row.textId === textId && !row.deadChannels.includes("text")) await leaveWay(tx, row, "text", services.clock.now());
  });

/** Notes which mails the mail server took or refused since the last time. */
export const noteDeliveries = async (services: Services): Promise<void> => {
  let after: string | null = null;
  for (;;) {
    const underway = await listUnderway(services.db, { after, limit: PAGE });
    const states = new Map((await listMailStates(services.db, underway.map(({ mailId }) => mailId))).map((state) => [state.id, state]));
    await markDelivered(services.db, underway.flatMap(({ id, mailId }) => {
      const at = states.get(mailId)?.sentAt ?? null;
      return at === null ? [] : [{ id, mailId, at }];
    }));
    for (const { id, mailId } of underway) {
      const refusal = states.get(mailId)?.refusal ?? null;
      if (refusal !== null) await transaction(services.db, (tx) => noteRefusal(services, tx, { id, mailId }, refusal));
    }
    const last = underway.at(-1);
    if (last === undefined || underway.length < PAGE) return;
    after = last.mailId;
  }
};

const noteRefusal = async (services: Services, tx: Queryable, { id, mailId }: { id: string; mailId: string }, refusal: string): Promise<void> => {
  if (refusalKindOf(refusal) === "hard") return noteBounce(services, tx, id, "hard");
  const row = await lockInvitation(tx, id);
  if (row !== null && row.mailId === mailId) await updateInvitation(tx, { ...row, state: "failed", reason: "mail_refused", nextAt: null });
};
