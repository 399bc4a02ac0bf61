import { openWorkerPool, type Lesson, type Teaching } from "@firsthand/text";
import { listCommentsBefore, listPerceptionsBeside } from "#customers";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { lessonsFrom } from "./lessons.rules.ts";
import { packCorrection } from "./packed-correction.ts";
import { beginIn } from "./rereadings.ts";
import type { TeachingTask } from "./teaching-worker.ts";
import { baseVersion } from "./text-engine.ts";
import { insertTextModel, listTaughtParts, listTextModels } from "./text-models.queries.ts";

const PARTS_MAX = 20_000;
const TEXTS_AT_ONCE = 500;
const ANCHORS = 400;

/** Learns from everything people of a workspace have set right so far. What is learnt is used only when corrections that were kept aside are
 *  read better with it; then all comments are read anew. */
export const learnFromCorrections = async (services: Services, workspaceId: string): Promise<void> => {
  const parts = await listTaughtParts(services.db, workspaceId, PARTS_MAX);
  const ids = [...new Set(parts.map(({ perceptionId }) => perceptionId))];
  const texts = new Map<string, string>();
  for (let from = 0; from < ids.length; from += TEXTS_AT_ONCE)
    for (const { id, text } of await listPerceptionsBeside(services.db, workspaceId, ids.slice(from, from + TEXTS_AT_ONCE))) if (text !== null) texts.set(id, text);
  const lessons = lessonsFrom(parts, texts);
  const corrected = new Set(ids);
  const anchors = (await listCommentsBefore(services.db, workspaceId, null, ANCHORS)).flatMap(({ id, text }) => (corrected.has(id) ? [] : [text]));
  const taught = await teachAside({ lessons, anchors });
  if (taught === null) return;
  const before = (await listTextModels(services.db, workspaceId, 1))[0];
  const isBetter = taught.after > taught.before;
  const row = { id: newId(), number: (before?.number ?? 0) + 1, madeAt: services.clock.now(), baseVersion: baseVersion(), corrections: parts.length, heldBack: taught.heldBack, scoreBefore: taught.before, scoreAfter: taught.after };
  await transaction(services.db, async (tx) => {
    await insertTextModel(tx, workspaceId, { ...row, state: isBetter ? "in_use" : "not_better", differences: isBetter ? packCorrection(taught.correction) : null });
    if (isBetter) await beginIn(tx, services, workspaceId, "taught");
    await publish(tx, { name: "text_model.made", workspaceId, payload: { id: row.id, isBetter } });
  });
};

const teachAside = async (task: TeachingTask & { lessons: readonly Lesson[] }): Promise<Teaching | null> => {
  const pool = openWorkerPool<Teaching | "too_few">({ file: new URL("./teaching-worker.ts", import.meta.url), size: 1, stallMs: 120_000 });
  try {
    const answer = await pool.run(task);
    return answer === "too_few" ? null : answer;
  } finally {
    await pool.close();
  }
};
