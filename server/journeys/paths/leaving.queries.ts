// How far a workspace is known, to say of anybody that nothing more was heard. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import { momentColumn, startJourneyQuery } from "./selection.queries.ts";

/** Until when anything is known of the workspace at all: its last fact before a moment. A log that ended long ago says nothing of the days since. */
export const findLastMs = async (analytics: AnalyticsStore, workspaceId: string, untilMs: number): Promise<number> => {
  const query = startJourneyQuery(analytics, { workspaceId, fromMs: 0, toMs: untilMs, channels: null, customers: null });
  const [row] = await analytics.query(`select max(epoch_ms(${momentColumn})) as last_ms from experience where ${query.where} and record = 'interaction'`, query.values);
  return Number(row?.["last_ms"] ?? 0);
};
