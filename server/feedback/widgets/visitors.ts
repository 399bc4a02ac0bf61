// Who visits a website, as far as that can be believed. The key in a page is public: with it anybody can say to be any customer.
import { createHmac, timingSafeEqual } from "node:crypto";
import { normaliseIdentifier, subjectText } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { signText } from "#platform/auth";
import { transaction } from "#platform/db";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { VisitorProof, WebsiteIdentity } from "./widgets.contract.ts";
import { findIsProofNeeded, upsertIsProofNeeded } from "./widgets.queries.ts";

/** What a page says about its visitor. */
export type NamedVisitor = { userId?: string | undefined; anonymousId?: string | undefined; proof?: string | undefined };
/** `subject` is null for somebody nobody knows. `isProven`: the organisation's own server vouches for it. */
export type Visitor = { subject: string | null; isProven: boolean };

export const showWebsiteIdentity = async (services: Services, actor: Actor): Promise<WebsiteIdentity> => ({
  secret: await secretOf(services, actor.workspaceId), isProofNeeded: await findIsProofNeeded(services.db, actor.workspaceId),
});

export const changeWebsiteIdentity = async (services: Services, actor: Actor, { isProofNeeded }: Pick<WebsiteIdentity, "isProofNeeded">): Promise<WebsiteIdentity> => {
  await transaction(services.db, async (tx) => {
    await upsertIsProofNeeded(tx, { workspaceId: actor.workspaceId, isProofNeeded, at: services.clock.now() });
    await recordAudit(tx, actor, { action: "website_identity.changed", subject: actor.workspaceId, details: { isProofNeeded } });
  });
  return showWebsiteIdentity(services, actor);
};

/** What the organisation's own server would work out for one of its users. */
export const proveVisitor = async (services: Services, actor: Actor, userId: string): Promise<VisitorProof> => ({ userId, proof: proofFor(await secretOf(services, actor.workspaceId), userId) });

/** Whom to take a visitor for. A user id without proof counts as nobody, unless the workspace believes its pages: otherwise strangers could try out
 *  who is in a segment, answer in the name of customers, and use up how often they may be asked. Anonymous ids are random and known to one device. */
export const readVisitor = async (services: Services, workspaceId: string, said: NamedVisitor): Promise<Visitor> => {
  const { userId, anonymousId, proof } = said;
  if (userId !== undefined) {
    const isProven = proof !== undefined && isProofOf(await secretOf(services, workspaceId), userId, proof);
    if (isProven || !(await findIsProofNeeded(services.db, workspaceId))) return { subject: subjectOf("user", userId), isProven };
  }
  return { subject: anonymousId === undefined ? null : subjectOf("anonymous", anonymousId), isProven: false };
};

const subjectOf = (kind: string, value: string): string | null => {
  const identifier = normaliseIdentifier(kind, value);
  return identifier === null ? null : subjectText(identifier);
};

const isProofOf = (secret: string, userId: string, proof: string): boolean => {
  const expected = Buffer.from(proofFor(secret, userId));
  const given = Buffer.from(proof);
  return expected.length === given.length && timingSafeEqual(expected, given);
};

const proofFor = (secret: string, userId: string): string => createHmac("sha256", secret).update(userId).digest("hex");

/** The secret with which an organisation's own server proves who visits its pages. */
const secretOf = async (services: Services, workspaceId: string): Promise<string> => {
  const workspace = await findWorkspace(services.db, workspaceId);
  if (workspace === null) throw new Error(`Workspace ${workspaceId} is gone.`);
  return signText(workspace.secret, "widget-user-proof");
};
