import type {
  ChoicesReply, CohortsReply, Counting, FeelingName, GroupsReply, OutcomeCustomersReply, OutcomeGroup, SurvivalReply,
} from "@firsthand/server/insights/outcomes/outcomes.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { ChoicesReply, CohortsReply, Counting, FeelingName, GroupsReply, OutcomeCustomersReply, OutcomeGroup, SurvivalReply };
export type OutcomeCurve = SurvivalReply["curves"][number];

// In the order in which they are shown; the contract itself would bring the validator along.
export const feelingNames = ["nps", "csat", "ces", "stars", "needs", "need_easy", "need_expect", "need_promise", "need_inform", "need_individ", "need_right"] as const satisfies readonly FeelingName[];

const family = ["outcomes"] as const;

const read = <Reply>(url: string, query: Query) => ({
  queryKey: [...family, url, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(url, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useChoices = () => useQuery(read<ChoicesReply>("/api/outcomes/choices", {}));
export const useGroups = (query: Query) => useQuery(read<GroupsReply>("/api/outcomes/groups", query));
export const useSurvival = (query: Query) => useQuery(read<SurvivalReply>("/api/outcomes/survival", query));
export const useCohorts = (query: Query) => useQuery(read<CohortsReply>("/api/outcomes/cohorts", query));

/** The customers behind a group, page by page. */
export const useOutcomeCustomers = (query: Query) =>
  useInfiniteQuery({
    queryKey: [...family, "customers", query],
    queryFn: ({ pageParam, signal }) => api.get<OutcomeCustomersReply>("/api/outcomes/customers", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
