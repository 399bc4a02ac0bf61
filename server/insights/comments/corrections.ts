import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import type { CorrectionBody, ReadingPart } from "./comments.contract.ts";
import { insertCorrections, lockReading, rewriteReading, type CorrectableReading } from "./corrections.queries.ts";
import { applyCorrection } from "./corrections.rules.ts";
import { queueOf } from "./rereadings.ts";

const LEARN_AFTER_MS = 5_000;

/** Sets parts of what was read in a comment right. What a person said stays when comments are read anew, and teaches the workspace's model.
 *  @throws not_found */
export const correctReading = (services: Services, actor: Actor, perceptionId: string, body: CorrectionBody): Promise<void> =>
  transaction(services.db, async (tx) => {
    const { workspaceId, memberId } = actor;
    const reading = await lockReading(tx, workspaceId, perceptionId);
    if (reading === null) throw httpErrors.refuse("not_found", "There is no such comment in this workspace, or it has not been read yet.");
    const { changes, after, sentimentScore } = applyCorrection(reading, body);
    if (changes.length === 0) return;
    await insertCorrections(tx, { workspaceId, perceptionId, memberId, at: services.clock.now() }, changes.map((part) => ({ id: newId(), part, before: partOf(reading, part), after: partOf(after, part) })));
    await rewriteReading(tx, workspaceId, perceptionId, { ...after, sentimentScore });
    await recordAudit(tx, actor, { action: "comment.corrected", subject: perceptionId, details: { parts: changes } });
    // Once for a row of corrections, a moment after the last of them.
    await enqueue(tx, "comments.learn", { workspaceId }, { key: `comments.learn ${workspaceId}`, runAt: new Date(Date.now() + LEARN_AFTER_MS), queue: queueOf(workspaceId) });
    await publish(tx, { name: "comment.corrected", workspaceId, payload: { perceptionId, parts: changes } });
  });

const partOf = (reading: CorrectableReading, part: ReadingPart): unknown => (part === "urgent" ? reading.isUrgent : reading[part]);
