import type { Actor } from "#platform/access";
import { hashToken, newToken } from "#platform/auth";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import * as queries from "./keys.queries.ts";

const SHOWN_CHARACTERS = 4;

/** Makes a key. An API key's token is returned this once and stored as a hash.
 *  @throws not_allowed when it would be able to do more than its maker */
export const createKey = async (
  services: Services,
  actor: Actor,
  given: { kind: "api" | "write"; name: string; abilities: readonly string[] },
): Promise<{ id: string; token: string; shown: string }> => {
  const excess = given.abilities.filter((ability) => !actor.abilities.has(ability));
  if (excess.length > 0) throw httpErrors.refuse("not_allowed", `You cannot give a key abilities you do not have: ${excess.join(", ")}.`, { abilities: excess });
  const token = newToken(given.kind === "api" ? "fhk_" : "fhw_");
  const id = newId();
  const shown = given.kind === "write" ? token : `…${token.slice(-SHOWN_CHARACTERS)}`;
  await transaction(services.db, async (tx) => {
    await queries.insertKey(tx, {
      id,
      workspaceId: actor.workspaceId,
      kind: given.kind,
      name: given.name,
      tokenHash: hashToken(token),
      shown,
      abilities: given.kind === "write" ? [] : given.abilities,
      createdBy: actor.memberId,
    });
    await recordAudit(tx, actor, { action: "key.created", subject: id, details: { kind: given.kind, abilities: given.abilities } });
  });
  return { id, token, shown };
};

export const revokeKey = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    if (!(await queries.revokeKey(tx, actor.workspaceId, id, services.clock.now()))) throw httpErrors.refuse("not_found", "There is no such key in this workspace.");
    await recordAudit(tx, actor, { action: "key.revoked", subject: id });
    await publish(tx, { name: "key.revoked", workspaceId: actor.workspaceId, payload: { keyId: id } });
  });
};

/** The workspace a write key sends interactions into; null for an unknown or revoked key. */
export const findWriteKey = async (services: Services, token: string): Promise<{ keyId: string; workspaceId: string } | null> => {
  const key = await queries.findKey(services.db, hashToken(token), "write");
  if (key === null) return null;
  await queries.noteKeyUse(services.db, key.id, services.clock.now());
  return { keyId: key.id, workspaceId: key.workspaceId };
};

/** What an API key may do and where; null for an unknown or revoked one. For the wire formats of others, which carry keys in their own ways. */
export const findApiKey = async (services: Services, token: string): Promise<{ keyId: string; workspaceId: string; abilities: string[] } | null> => {
  const key = await queries.findKey(services.db, hashToken(token), "api");
  if (key === null) return null;
  await queries.noteKeyUse(services.db, key.id, services.clock.now());
  return { keyId: key.id, workspaceId: key.workspaceId, abilities: key.abilities };
};
