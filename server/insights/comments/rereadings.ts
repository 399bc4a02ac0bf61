import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { listCommentsBefore } from "#customers";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import { enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { readComments } from "./comment-reader.ts";
import type { Rereading } from "./comments.contract.ts";
import { differs } from "./comments.rules.ts";
import { listReadings, writeReadings, type NewReading } from "./readings.queries.ts";
import { advanceRereading, beginRereading, endRereading, findRereading, type RereadingReason, type RereadingRow } from "./rereadings.queries.ts";
import { TextEngine } from "./text-engine.ts";

const PORTION_COMMENTS = 1_000;
// A job gives way to others after this long and goes on in the next one, from where it came to.
const TURN_MS = 10_000;

/** How far the last reading of history is; null when there was none. */
export const showRereading = async (services: Services, workspaceId: string): Promise<Rereading | null> => {
  const found = await findRereading(services.db, workspaceId);
  return found === null ? null : shown(found);
};

// A portion takes seconds, and a job that failed is tried again within minutes.
const STALE_MS = 30 * 60_000;

/** Whether history is being read anew: some comments have what was read before still, and shares would jump at the seam. And when that last ended. */
export const findReadingAnew = async (services: Services, workspaceId: string): Promise<{ isOn: boolean; endedAt: Date | null }> => {
  const last = await findRereading(services.db, workspaceId);
  return { isOn: last !== null && last.state === "running" && last.movedAt.getTime() > services.clock.now().getTime() - STALE_MS, endedAt: last?.endedAt ?? null };
};

/** Reads all comments of the workspace anew, newest first, in the background. What people have set stays. */
export const startRereading = (services: Services, actor: Actor): Promise<Rereading> =>
  transaction(services.db, async (tx) => {
    await beginIn(tx, services, actor.workspaceId, "asked");
    await recordAudit(tx, actor, { action: "comments.reread", subject: actor.workspaceId });
    const begun = await findRereading(tx, actor.workspaceId);
    if (begun === null) throw new Error("A rereading that was begun is there.");
    return shown(begun);
  });

export const beginIn = async (tx: Queryable, services: Services, workspaceId: string, reason: RereadingReason): Promise<void> => {
  const id = newId();
  await beginRereading(tx, workspaceId, { id, reason, begunAt: services.clock.now() });
  await enqueue(tx, "comments.reread", { workspaceId, id }, { queue: queueOf(workspaceId) });
};

/** Stops it; what was read anew stays so.
 *  @throws not_found when none runs */
export const stopRereading = (services: Services, actor: Actor): Promise<void> =>
  transaction(services.db, async (tx) => {
    const running = await findRereading(tx, actor.workspaceId);
    const isStopped = running !== null && (await endRereading(tx, actor.workspaceId, running.id, "stopped", services.clock.now()));
    if (!isStopped) throw httpErrors.refuse("not_found", "No reading of history is running.");
    await recordAudit(tx, actor, { action: "comments.reread_stopped", subject: actor.workspaceId });
  });

/** One turn of the job: reads portions until the time is up or all is read. Each portion and the place reached are one transaction. */
export const rereadOn = async (services: Services, workspaceId: string, id: string): Promise<void> => {
  const engine = new TextEngine();
  const endsMs = performance.now() + TURN_MS;
  try {
    for (;;) {
      const rereading = await findRereading(services.db, workspaceId);
      if (rereading === null || rereading.id !== id || rereading.state !== "running") return;
      if (!(await rereadPortion(services, engine, workspaceId, rereading))) return;
      if (performance.now() > endsMs) return await enqueue(services.db, "comments.reread", { workspaceId, id }, { queue: queueOf(workspaceId) });
    }
  } finally {
    await engine.close();
  }
};

const rereadPortion = async (services: Services, engine: TextEngine, workspaceId: string, { id, positionAt, positionId }: RereadingRow): Promise<boolean> => {
  const before = positionAt === null || positionId === null ? null : { at: positionAt, id: positionId };
  const comments = await listCommentsBefore(services.db, workspaceId, before, PORTION_COMMENTS);
  const last = comments.at(-1);
  const rows = await readComments(services, engine, comments);
  return transaction(services.db, async (tx) => {
    if (last === undefined) {
      const isEnded = await endRereading(tx, workspaceId, id, "done", services.clock.now());
      if (isEnded) await publish(tx, { name: "comments.reread", workspaceId, payload: { id } });
      return false;
    }
    const changed = await countChanged(tx, workspaceId, rows);
    const modelVersion = rows[0]?.modelVersion ?? "";
    if (!(await advanceRereading(tx, workspaceId, { id, read: comments.length, changed, modelVersion, position: { at: last.at, id: last.id }, now: services.clock.now() }))) return false;
    await writeReadings(tx, rows);
    return true;
  });
};

const countChanged = async (tx: Queryable, workspaceId: string, rows: readonly NewReading[]): Promise<number> => {
  const before = new Map((await listReadings(tx, workspaceId, rows.map(({ perceptionId }) => perceptionId))).map((reading) => [reading.id, reading]));
  return rows.filter(({ perceptionId, reading }) => {
    const was = before.get(perceptionId);
    return was === undefined || differs(was, reading);
  }).length;
};

// One after the other for each workspace: learning and reading anew.
export const queueOf = (workspaceId: string): string => `comments ${workspaceId}`;

const shown = ({ positionAt: _at, positionId: _id, movedAt: _movedAt, begunAt, endedAt, ...row }: RereadingRow): Rereading => ({
  ...row, begunAt: begunAt.toISOString(), endedAt: endedAt === null ? null : endedAt.toISOString(),
});
