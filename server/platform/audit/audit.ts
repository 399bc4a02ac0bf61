import type { Actor } from "../access/access.api.ts";
import type { Queryable } from "../db/db.api.ts";
import { newId } from "../db/db.api.ts";
import { insertAuditEntry } from "./audit.queries.ts";

/** Notes who did what, in the transaction that does it.
 *  @param entry action in the past tense (`member.invited`), subject an id or a plain name of the thing, details without personal data of customers */
export const recordAudit = (
  tx: Queryable,
  actor: Actor,
  entry: { action: string; subject: string; details?: Record<string, unknown> },
): Promise<void> =>
  insertAuditEntry(tx, {
    id: newId(),
    workspaceId: actor.workspaceId,
    actorKind: actor.kind,
    actorId: actor.memberId ?? actor.keyId,
    action: entry.action,
    subject: entry.subject,
    details: entry.details ?? {},
  });
