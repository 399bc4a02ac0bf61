// A new version of the program may bring a new model: then what was taught is learnt anew over it, and all comments are read anew, by themselves.
import { transaction } from "#platform/db";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { keepTraining, train } from "./learning.ts";
import { beginIn, queueOf } from "./rereadings.ts";
import { findReadingBase, hasReadingsOfOther, listReadByOther, saveReadingBase } from "./reading-bases.queries.ts";
import { baseVersion } from "./text-engine.ts";
import { findLearningStop, findPackedInUse, retireOtherBases } from "./text-models.queries.ts";

/** Has every workspace looked at when the server starts: only then can the model be another one. */
export const startRenewal = async (services: Services): Promise<{ stop: () => Promise<void> }> => {
  await enqueue(services.db, "comments.follow_model", {}, { key: "comments.follow_model" });
  return { stop: async () => undefined };
};

/** Begins the renewal of each workspace whose comments were read with another model than the one that comes with the program now. */
export const followModel = async (services: Services): Promise<void> => {
  for (const { workspaceId, isKnown } of await listReadByOther(services.db, baseVersion())) {
    // Which model it was may never have been noted: then the comments tell.
    if (isKnown || (await hasReadingsOfOther(services.db, workspaceId, baseVersion()))) await enqueue(services.db, "comments.renew", { workspaceId }, { key: `comments.renew ${workspaceId}`, queue: queueOf(workspaceId) });
    else await saveReadingBase(services.db, workspaceId, baseVersion(), services.clock.now());
  }
};

/** Learns anew what was taught over another model, measured like any training, and begins to read all comments anew. Where learning is stopped, only
 *  what had taught the training in use teaches again. */
export const renewReading = async (services: Services, workspaceId: string): Promise<void> => {
  if ((await findReadingBase(services.db, workspaceId)) === baseVersion()) return;
  const taught = await findPackedInUse(services.db, workspaceId, null);
  const isStopped = (await findLearningStop(services.db, workspaceId)) !== null;
  const isForeign = taught !== null && taught.baseVersion !== baseVersion();
  const trained = isForeign ? await train(services, workspaceId, { inUse: null, until: isStopped ? taught.madeAt : null }) : null;
  await transaction(services.db, async (tx) => {
    await retireOtherBases(tx, workspaceId, baseVersion());
    if (trained !== null) await keepTraining(tx, services, workspaceId, trained);
    await saveReadingBase(tx, workspaceId, baseVersion(), services.clock.now());
    await beginIn(tx, services, workspaceId, "new_model");
  });
};
