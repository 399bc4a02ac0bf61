// What counts as a score, and how far a workspace is known. SQL of the analytics store.
import type { AnalyticsStore } from "#platform/analytics";
import { momentColumn, startJourneyQuery } from "../paths/selection.queries.ts";
import { scoreKinds } from "./definitions.contract.ts";

/** That a row is a score customers gave. */
export const isScore = `record = 'perception' and kind in (${scoreKinds.map((kind) => `'${kind}'`).join(", ")}) and normalised is not null`;

/** That such a score says how easy something was. */
export const isOfEffort = "kind = 'ces'";

/** Until when anything is known of the workspace at all: its last fact at a moment or before, 0 when there is none. A log that ended long ago says
 *  nothing of the days since, so nobody is taken for gone in them. */
export const findLastMs = async (analytics: AnalyticsStore, workspaceId: string, untilMs: number): Promise<number> => {
  const query = startJourneyQuery(analytics, { workspaceId, fromMs: 0, toMs: untilMs + 1, channels: null, customers: null, segments: null });
  // The store keeps the least and most of every part of the table: looking for the one last row it reads a few of them, for the greatest time it would read all.
  const [row] = await analytics.query(`select epoch_ms(${momentColumn}) as last_ms from experience where ${query.where} and record = 'interaction' order by ${momentColumn} desc limit 1`, query.values);
  return Number(row?.["last_ms"] ?? 0);
};
