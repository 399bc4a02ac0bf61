// Takes out of the analytics copy what was read in comments that are gone: erased with their customer, or withdrawn with an import. The record
// forgets it in the same step, so that a comment an import brings back is read again.
import { listLivingPerceptions, listRemovedPerceptions } from "#customers";
import type { AnalyticsWriter, Projection, StepResult } from "#platform/analytics";
import type { Db } from "#platform/db";
import { deleteReadings } from "./readings.queries.ts";
import * as store from "./readings-store.queries.ts";

const STEP_REMOVALS = 2_000;

/** Follows behind the projections of readings and of themes, which copy nothing of what is gone. */
export class RemovalsProjection implements Projection {
  async step({ db, writer, horizon }: { db: Db; writer: AnalyticsWriter; horizon: string }): Promise<StepResult> {
    const after = await store.readRemovalPosition(writer.run);
    const { ids, workspaceIds, last, count } = await listRemovedPerceptions(db, after, horizon, STEP_REMOVALS);
    if (last === null) return { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
    const living = new Set(ids.length === 0 ? [] : await listLivingPerceptions(db, ids));
    const gone = ids.filter((id) => !living.has(id));
    if (gone.length > 0) await deleteReadings(db, gone);
    await writer.transaction(async () => {
      if (gone.length > 0) await store.removeReadings(writer, gone);
      await store.writeRemovalPosition(writer, last);
    });
    return { rows: gone.length, isBehind: count === STEP_REMOVALS, isPressed: false, workspaceIds };
  }

  // It keeps nothing between steps; its place is forgotten with the readings.
  forget(): void {}
}
