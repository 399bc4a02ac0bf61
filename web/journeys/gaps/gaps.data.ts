import type { AssignGapBody, ChangeGapBody, Gap, GapAssignment, GapHistoryReply, GapPlacesReply, GapsReply, GapStatus } from "@firsthand/server/journeys/gaps/gaps.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type GapPlaces = GapPlacesReply;
export type { AssignGapBody, ChangeGapBody, Gap, GapAssignment, GapHistoryReply, GapsReply, GapStatus };

const family = ["gaps"] as const;
// Not of the family: the history of what was let go a moment ago must not be asked for.
const historyFamily = ["gap-history"] as const;

export const useGaps = (query: Query) =>
  useQuery({ queryKey: [...family, query], queryFn: ({ signal }) => api.get<GapsReply>("/api/gaps", { query, signal }), staleTime: 10_000, placeholderData: keepPreviousData });

export const useGapPlaces = (query: Query, touchpoint: string) =>
  useQuery({ queryKey: [...family, "places", query, touchpoint], queryFn: ({ signal }) => api.get<GapPlacesReply>("/api/gaps/places", { query: { ...query, touchpoint }, signal }), staleTime: 10_000 });

export const useHistory = (id: string) =>
  useQuery({ queryKey: [...historyFamily, id], queryFn: ({ signal }) => api.get<GapHistoryReply>(`/api/gap-assignments/${id}/history`, { signal }) });

export const refreshGaps = (): Promise<void> => queryClient.invalidateQueries({ queryKey: family });

export const assignGap = async (given: AssignGapBody): Promise<void> => {
  await api.post<GapAssignment>("/api/gap-assignments", given);
  await refreshGaps();
};

export const changeGap = async (id: string, given: ChangeGapBody): Promise<void> => {
  await api.patch(`/api/gap-assignments/${id}`, given);
  await Promise.all([refreshGaps(), queryClient.invalidateQueries({ queryKey: historyFamily })]);
};

export const releaseGap = async (id: string): Promise<void> => {
  await api.delete(`/api/gap-assignments/${id}`);
  await refreshGaps();
};
