import { useInfiniteQuery } from "@tanstack/react-query";
import type { HistoryLine } from "@firsthand/server/journeys/maps/maps.contract";
import { api } from "../../shell/api.ts";

export type { HistoryLine };

/** Who drew what when, newest first. */
export const useHistory = (mapId: string, revision: number, isNeeded: boolean) =>
  useInfiniteQuery({
    queryKey: ["maps", "history", mapId, revision],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<{ items: HistoryLine[]; nextCursor: string | null }>(`/api/maps/${mapId}/history`, { query: { cursor: pageParam, limit: 50 }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    enabled: isNeeded,
  });
