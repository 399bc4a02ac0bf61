import { LESSONS_MIN } from "@firsthand/text";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction } from "#platform/db";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { TextModels } from "./comments.contract.ts";
import { isReaderBehind } from "./comment-reader.ts";
import { beginIn, showRereading } from "./rereadings.ts";
import { enqueueLearning, TEACHING_COMMENTS_MAX } from "./learning.ts";
import { baseVersion } from "./text-engine.ts";
import { countTaughtParts, deleteLearningStop, findLearningStop, insertLearningStop, listTextModels, withdrawTextModel } from "./text-models.queries.ts";

const SHOWN_MAX = 20;

/** What the workspace has taught the reader of its comments. */
export const listTaughtModels = async (services: Services, workspaceId: string): Promise<TextModels> => {
  const models = await listTextModels(services.db, workspaceId, SHOWN_MAX);
  const counted = await countTaughtParts(services.db, workspaceId);
  return {
    baseVersion: baseVersion(),
    corrections: counted.parts,
    correctedComments: counted.comments,
    teachingCommentsMin: LESSONS_MIN,
    teachingCommentsMax: TEACHING_COMMENTS_MAX,
    learningStoppedAt: (await findLearningStop(services.db, workspaceId))?.toISOString() ?? null,
    items: models.map(({ madeAt, baseVersion: _base, ...model }) => ({ ...model, madeAt: madeAt.toISOString() })),
    rereading: await showRereading(services, workspaceId),
    isBehind: await isReaderBehind(services),
  };
};

/** Goes back from the last training that helped to the one before it, or to the plain model, and reads all comments anew. That holds: nothing more is
 *  learnt until somebody says so.
 *  @throws not_found when nothing taught is in use */
export const withdrawModel = async (services: Services, actor: Actor): Promise<TextModels> => {
  const { workspaceId } = actor;
  await transaction(services.db, async (tx) => {
    if (!(await withdrawTextModel(tx, workspaceId, baseVersion()))) throw httpErrors.refuse("not_found", "Nothing taught is in use: comments are read with the plain model.");
    await recordAudit(tx, actor, { action: "text_model.withdrawn", subject: workspaceId });
    await insertLearningStop(tx, workspaceId, { at: services.clock.now(), memberId: actor.memberId });
    await beginIn(tx, services, workspaceId, "withdrawn");
  });
  return listTaughtModels(services, workspaceId);
};

/** Lets the reader learn from what people set right, or keeps it as it is. */
export const setLearning = async (services: Services, actor: Actor, isOn: boolean): Promise<TextModels> => {
  const { workspaceId, memberId } = actor;
  await transaction(services.db, async (tx) => {
    if (isOn) {
      await deleteLearningStop(tx, workspaceId);
      await enqueueLearning(tx, workspaceId, 0);
    } else await insertLearningStop(tx, workspaceId, { at: services.clock.now(), memberId });
    await recordAudit(tx, actor, { action: isOn ? "comment_learning.started" : "comment_learning.stopped", subject: workspaceId });
  });
  return listTaughtModels(services, workspaceId);
};
