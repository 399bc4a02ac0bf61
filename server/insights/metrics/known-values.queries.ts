import type { AnalyticsStore } from "#platform/analytics";
import type { DimensionName } from "./metrics.contract.ts";
import { dimensions } from "./metrics.queries.ts";

/** Names of one kind that any fact, score or comment carries, whenever it was, those met most often first; the empty name where there is none. */
export const listSeenNames = async (analytics: AnalyticsStore, workspaceId: string, { by, search, limit }: { by: DimensionName; search: string; limit: number }): Promise<string[]> => {
  const rows = await analytics.query(
    `select ${dimensions[by]} as name, count(*) as count
     from experience
     where workspace_id = cast($1 as uuid) ${search === "" ? "" : `and contains(lower(${dimensions[by]}), lower($2))`}
     group by ${dimensions[by]}
     order by count desc, name
     limit ${Math.trunc(limit)}`,
    search === "" ? [workspaceId] : [workspaceId, search],
  );
  return rows.map((row) => String(row["name"]));
};
