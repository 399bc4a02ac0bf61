import { openWorkerPool, type InUse, type Lesson, type Teaching } from "@firsthand/text";
import { listCommentsBefore, listPerceptionsBeside } from "#customers";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { countReadingsUpTo } from "./readings.queries.ts";
import { lessonsFrom, taughtParts } from "./lessons.rules.ts";
import { packCorrection, packTrials, unpackInUse } from "./packed-correction.ts";
import { beginIn, findReadingAnew, queueOf } from "./rereadings.ts";
import type { TeachingTask } from "./teaching-worker.ts";
import { baseVersion } from "./text-engine.ts";
import { findLastUsedAt, findLearningStop, findPackedInUse, insertTextModel, listTaughtParts, lockInUse } from "./text-models.queries.ts";
import { FEW_COMMENTS, isBetterThanInUse, waitBeforeLearning } from "./trainings.rules.ts";

/** The comments that were set right last teach; more would make a training slow and change little. */
export const TEACHING_COMMENTS_MAX = 10_000;
const TEXTS_AT_ONCE = 500;
const ANCHORS = 400;
const AGAIN_MS = 60_000;

/** Learns from everything people of a workspace have set right so far. What is learnt is used only when corrections that were kept aside are
 *  read better with it than with what is in use; then all comments are read anew. */
export const learnFromCorrections = async (services: Services, workspaceId: string): Promise<void> => {
  if ((await findLearningStop(services.db, workspaceId)) !== null) return;
  const waitMs = await findWait(services, workspaceId);
  if (waitMs > 0) return enqueueLearning(services.db, workspaceId, waitMs);
  const inUse = await findPackedInUse(services.db, workspaceId, baseVersion());
  const trained = await train(services, workspaceId, { inUse: inUse === null ? null : unpackInUse(inUse), until: null });
  if (trained === null) return;
  await transaction(services.db, async (tx) => {
    // Somebody may have gone back meanwhile: then this was compared with something else.
    const standing = await lockInUse(tx, workspaceId);
    if (standing !== (inUse?.id ?? null) || (await findLearningStop(tx, workspaceId)) !== null) return;
    if (await keepTraining(tx, services, workspaceId, trained)) await beginIn(tx, services, workspaceId, "taught");
  });
};

/** Learns a moment later, once for a row of corrections. */
export const enqueueLearning = (tx: Queryable, workspaceId: string, afterMs: number): Promise<void> =>
  enqueue(tx, "comments.learn", { workspaceId }, { key: `comments.learn ${workspaceId}`, runAt: new Date(Date.now() + afterMs), queue: queueOf(workspaceId) });

// A reading of history that runs comes to its end first: begun from the newest comment each time, it would never reach the oldest.
const findWait = async (services: Services, workspaceId: string): Promise<number> => {
  if ((await findReadingAnew(services, workspaceId)).isOn) return AGAIN_MS;
  const lastUsedAt = await findLastUsedAt(services.db, workspaceId);
  return waitBeforeLearning({ lastUsedAt, comments: await countReadingsUpTo(services.db, workspaceId, FEW_COMMENTS + 1), now: services.clock.now() });
};

export type Trained = Teaching & { parts: number };

/** @param given.until corrections made later teach nothing; null: all teach
 *  @returns null where there are too few lessons */
export const train = async (services: Services, workspaceId: string, given: { inUse: InUse | null; until: Date | null }): Promise<Trained | null> => {
  const parts = await listTaughtParts(services.db, workspaceId, { parts: taughtParts, commentsMax: TEACHING_COMMENTS_MAX, until: given.until });
  const ids = [...new Set(parts.map(({ perceptionId }) => perceptionId))];
  const texts = new Map<string, string>();
  for (let from = 0; from < ids.length; from += TEXTS_AT_ONCE)
    for (const { id, text } of await listPerceptionsBeside(services.db, workspaceId, ids.slice(from, from + TEXTS_AT_ONCE))) if (text !== null) texts.set(id, text);
  const corrected = new Set(ids);
  const anchors = (await listCommentsBefore(services.db, workspaceId, null, ANCHORS)).flatMap(({ id, text }) => (corrected.has(id) ? [] : [text]));
  const taught = await teachAside({ lessons: lessonsFrom(parts, texts), anchors, inUse: given.inUse });
  return taught === null ? null : { ...taught, parts: parts.length };
};

/** Keeps what was measured of a training, and puts it to use if it is better.
 *  @returns whether it is in use now */
export const keepTraining = async (tx: Queryable, services: Services, workspaceId: string, trained: Trained): Promise<boolean> => {
  const isBetter = isBetterThanInUse(trained);
  const id = newId();
  await insertTextModel(tx, workspaceId, {
    id, madeAt: services.clock.now(), baseVersion: baseVersion(), corrections: trained.parts, heldBack: trained.heldBack, scoreBefore: trained.before, scoreAfter: trained.after,
    ...(isBetter ? { state: "in_use", differences: packCorrection(trained.correction), trials: packTrials(trained.trials) } : { state: "not_better", differences: null, trials: null }),
  });
  await publish(tx, { name: "text_model.made", workspaceId, payload: { id, isBetter } });
  return isBetter;
};

const teachAside = async (task: TeachingTask & { lessons: readonly Lesson[] }): Promise<Teaching | null> => {
  const pool = openWorkerPool<Teaching | "too_few">({ file: new URL("./teaching-worker.ts", import.meta.url), size: 1, taskMs: 120_000 });
  try {
    const answer = await pool.run(task);
    return answer === "too_few" ? null : answer;
  } finally {
    await pool.close();
  }
};
