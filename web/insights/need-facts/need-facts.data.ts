import type { MeasureName, NeedFact, NeedFactCasesReply, NeedFactSettingsBody, NeedFactSettingsReply, NeedFactsReply } from "@firsthand/server/insights/need-facts/need-facts.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { MeasureName, NeedFact, NeedFactCasesReply, NeedFactSettingsBody, NeedFactSettingsReply, NeedFactsReply };

// In the order in which they are shown; the contract itself would bring the validator along.
export const measureNames = [
  "repeated_contacts", "channel_switches", "steps_to_goal", "promise_off", "promise_late", "longest_silence", "asked_again", "time_to_remedy", "reopened",
] as const satisfies readonly MeasureName[];

const family = ["need-facts"] as const;

export const useNeedFacts = (query: Query) =>
  useQuery({ queryKey: [...family, query], queryFn: ({ signal }) => api.get<NeedFactsReply>("/api/need-facts", { query, signal }), placeholderData: keepPreviousData });

/** The cases behind a measure, worst first, page by page. */
export const useNeedFactCases = (query: Query) =>
  useInfiniteQuery({
    queryKey: [...family, "cases", query],
    queryFn: ({ pageParam, signal }) => api.get<NeedFactCasesReply>("/api/need-facts/cases", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Which facts are measured: chosen, or guessed. */
export const useNeedFactSettings = (isOpen: boolean) =>
  useQuery({ queryKey: [...family, "settings"], queryFn: ({ signal }) => api.get<NeedFactSettingsReply>("/api/need-facts/settings", { signal }), enabled: isOpen });

/** Parts left out are guessed again. */
export const saveNeedFactSettings = async (body: NeedFactSettingsBody): Promise<void> => {
  const saved = await api.put<NeedFactSettingsReply>("/api/need-facts/settings", body);
  queryClient.setQueryData([...family, "settings"], saved);
  await queryClient.invalidateQueries({ queryKey: family });
};
