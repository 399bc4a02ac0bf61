// Copies what was read in comments into the analytics store. A step can be repeated: it replaces what it wrote before, and the position
// moves in the same transaction.
import { listLivingPerceptions } from "#customers";
import type { AnalyticsRow, AnalyticsWriter, Projection, StepResult } from "#platform/analytics";
import type { Db } from "#platform/db";
import * as record from "./readings.queries.ts";
import * as store from "./readings-store.queries.ts";

const STEP_READINGS = 2_000;
const LAG_COUNTED_MAX = 100_000;

export class ReadingsProjection implements Projection {
  async step({ db, writer, horizon }: { db: Db; writer: AnalyticsWriter; horizon: string }): Promise<StepResult> {
    const after = await store.readReadingPosition(writer.run);
    const rows = await record.listReadingsAfter(db, after, horizon, STEP_READINGS);
    const last = rows.at(-1);
    if (last === undefined) return { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
    const living = new Set(await listLivingPerceptions(db, rows.map(({ id }) => id)));
    await writer.transaction(async () => {
      // A comment that is gone may have been followed before what was read in it.
      await store.replaceReadings(writer, rows.filter(({ id }) => living.has(id)));
      await store.writeReadingPosition(writer, last);
    });
    return { rows: rows.length, isBehind: rows.length === STEP_READINGS, isPressed: false, workspaceIds: [...new Set(rows.map((row) => row.workspaceId))] };
  }

  // It keeps nothing between steps.
  forget(): void {}

  async empty(writer: AnalyticsWriter): Promise<void> {
    await writer.transaction(() => store.emptyReadings(writer));
  }
}

/** Readings written but not copied yet. */
export const countReadingLag = async (db: Db, read: (sql: string) => Promise<AnalyticsRow[]>): Promise<number> =>
  record.countReadingsAfter(db, await store.readReadingPosition(read), LAG_COUNTED_MAX);
