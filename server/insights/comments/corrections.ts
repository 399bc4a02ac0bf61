import { listPerceptionsBeside } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { CorrectionBody } from "./comments.contract.ts";
import { insertCorrections, lockReading, rewriteReading } from "./corrections.queries.ts";
import { applyCorrection } from "./corrections.rules.ts";
import { enqueueLearning } from "./learning.ts";
import { findTaught } from "./taught.ts";
import { readWords } from "./text-engine.ts";

const LEARN_AFTER_MS = 5_000;

/** Sets parts of what was read in a comment right, or gives them back to the reader. What a person said stays when comments are read anew, and
 *  teaches the workspace's model.
 *  @throws not_found */
export const correctReading = async (services: Services, actor: Actor, perceptionId: string, body: CorrectionBody): Promise<void> => {
  const { workspaceId, memberId } = actor;
  const text = (await listPerceptionsBeside(services.db, workspaceId, [perceptionId]))[0]?.text;
  const taught = await findTaught(services, workspaceId);
  await transaction(services.db, async (tx) => {
    const reading = await lockReading(tx, workspaceId, perceptionId);
    if (reading === null || text == null) throw httpErrors.refuse("not_found", "There is no such comment in this workspace, or it has not been read yet.");
    const read = readWords(text, taught?.correction ?? null);
    const { changes, after, sentimentScore } = applyCorrection(reading, body, read);
    if (changes.length === 0) return;
    await insertCorrections(tx, { workspaceId, perceptionId, memberId, at: services.clock.now() }, changes.map((change) => ({ id: newId(), ...change })));
    await rewriteReading(tx, workspaceId, perceptionId, { ...after, sentimentScore, isUnsure: after.corrected.length === 0 && read.isUnsure });
    const parts = changes.map(({ part }) => part);
    await recordAudit(tx, actor, { action: "comment.corrected", subject: perceptionId, details: { parts } });
    await enqueueLearning(tx, workspaceId, LEARN_AFTER_MS);
    await publish(tx, { name: "comment.corrected", workspaceId, payload: { perceptionId, parts } });
  });
};
