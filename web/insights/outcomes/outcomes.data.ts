import type {
  ChoicesReply, CohortsReply, Counting, FeelingName, GroupsReply, OutcomeCustomersReply, OutcomeGroup, SurvivalCustomersReply, SurvivalReply,
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

const readPages = <Page extends { nextCursor: string | null }>(url: string, query: Query) => ({
  queryKey: [...family, url, "pages", query],
  queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) => api.get<Page>(url, { query: { ...query, cursor: pageParam }, signal }),
  initialPageParam: "",
  getNextPageParam: (page: Page) => page.nextCursor ?? undefined,
});

export const useChoices = () => useQuery(read<ChoicesReply>("/api/outcomes/choices", {}));
export const useGroups = (query: Query) => useQuery(read<GroupsReply>("/api/outcomes/groups", query));
export const useSurvival = (query: Query) => useQuery(read<SurvivalReply>("/api/outcomes/survival", query));
export const useCohorts = (query: Query) => useQuery(read<CohortsReply>("/api/outcomes/cohorts", query));

/** The customers behind a group, page by page. */
export const useOutcomeCustomers = (query: Query) => useInfiniteQuery(readPages<OutcomeCustomersReply>("/api/outcomes/customers", query));
/** The customers behind a cell of the cohorts. */
export const useCohortCustomers = (query: Query) => useInfiniteQuery(readPages<OutcomeCustomersReply>("/api/outcomes/cohorts/customers", query));
/** The customers of a curve on a day. */
export const useCurveCustomers = (query: Query) => useInfiniteQuery(readPages<SurvivalCustomersReply>("/api/outcomes/survival/customers", query));
