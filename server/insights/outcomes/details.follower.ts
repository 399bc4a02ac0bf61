// Copies amounts, promised dates and matters of facts into the analytics store. A step writes its rows and its position in one
// transaction, so each comes once; rows taken from the record are taken from the copy as well.
import type { AnalyticsRow, AnalyticsWriter, Projection, StepResult } from "#platform/analytics";
import { countInteractionsAfter, listDeletionsAfter, listPropertiesAfter } from "#customers";
import type { Db } from "#platform/db";
import { pickDetails } from "./details.rules.ts";
import * as store from "./details-store.queries.ts";

const STEP_ROWS = 4_000;
const LAG_COUNTED_MAX = 100_000;

export class DetailsProjection implements Projection {
  async step({ db, writer, horizon }: { db: Db; writer: AnalyticsWriter; horizon: string }): Promise<StepResult> {
    const after = { facts: await store.readDetailPosition(writer.run, "interactions"), gone: await store.readDetailPosition(writer.run, "deletions") };
    const facts = await listPropertiesAfter(db, after.facts, horizon, STEP_ROWS);
    const lastFact = facts.at(-1);
    // What is taken away waits until everything is copied, so that nothing is copied after it was taken away.
    const gone = facts.length === STEP_ROWS ? [] : await listDeletionsAfter(db, after.gone, horizon, STEP_ROWS);
    const lastGone = gone.at(-1);
    if (lastFact === undefined && lastGone === undefined) return { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
    const details = facts.flatMap(({ id, workspaceId, seq, properties }) => pickDetails(properties).map((detail) => ({ ...detail, id, workspaceId, seq: Number(seq) })));
    await writer.transaction(async () => {
      await store.appendDetails(writer, details);
      if (lastFact !== undefined) await store.writeDetailPosition(writer, "interactions", lastFact);
      await store.removeDetails(writer, gone.flatMap(({ recordId, livingSeq }) => (recordId === null ? [] : [{ id: recordId, livingSeq }])));
      if (lastGone !== undefined) await store.writeDetailPosition(writer, "deletions", lastGone);
    });
    const isBehind = facts.length === STEP_ROWS || gone.length === STEP_ROWS;
    return { rows: details.length + gone.length, isBehind, isPressed: false, workspaceIds: [...new Set(details.map(({ workspaceId }) => workspaceId))] };
  }

  // It keeps nothing between steps.
  forget(): void {}

  async empty(writer: AnalyticsWriter): Promise<void> {
    await writer.transaction(() => store.emptyDetails(writer));
  }
}

/** Facts whose details are not copied yet. */
export const countDetailLag = async (db: Db, read: (sql: string) => Promise<AnalyticsRow[]>): Promise<number> =>
  countInteractionsAfter(db, await store.readDetailPosition(read, "interactions"), LAG_COUNTED_MAX);
