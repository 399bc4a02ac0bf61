// Copies the themes of comments into the analytics store. A step can be repeated: it replaces what it wrote before, and the position
// moves in the same transaction.
import { listLivingPerceptions } from "#customers";
import type { AnalyticsRow, AnalyticsWriter, Projection, StepResult } from "#platform/analytics";
import type { Db } from "#platform/db";
import * as record from "./assignments.queries.ts";
import * as store from "./theme-store.queries.ts";

const STEP_COMMENTS = 2_000;
const LAG_COUNTED_MAX = 100_000;

export class ThemesProjection implements Projection {
  async step({ db, writer, horizon }: { db: Db; writer: AnalyticsWriter; horizon: string }): Promise<StepResult> {
    const after = await store.readThemePosition(writer.run);
    const rows = await record.listAssignmentsAfter(db, after, horizon, STEP_COMMENTS);
    const last = rows.at(-1);
    if (last === undefined) return { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
    const living = new Set(await listLivingPerceptions(db, rows.map(({ id }) => id)));
    await writer.transaction(async () => {
      await store.replaceCommentThemes(writer, rows.filter(({ id }) => living.has(id)));
      await store.writeThemePosition(writer, last);
    });
    return { rows: rows.length, isBehind: rows.length === STEP_COMMENTS, isPressed: false, workspaceIds: [...new Set(rows.map((row) => row.workspaceId))] };
  }

  // It keeps nothing between steps.
  forget(): void {}

  async empty(writer: AnalyticsWriter): Promise<void> {
    await writer.transaction(() => store.emptyCommentThemes(writer));
  }
}

/** Comments that were given themes but are not copied yet. */
export const countThemeLag = async (db: Db, read: (sql: string) => Promise<AnalyticsRow[]>): Promise<number> =>
  record.countAssignmentsAfter(db, await store.readThemePosition(read), LAG_COUNTED_MAX);
