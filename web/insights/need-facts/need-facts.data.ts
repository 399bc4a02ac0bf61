import type { BucketName } from "@firsthand/server/insights/metrics/metrics.contract";
import type { MeasureName, NeedFact, NeedFactBin, NeedFactCasesReply, NeedFactCourseReply, NeedFactGroup, NeedFactGroupsReply, NeedFactSettingsBody, NeedFactSettingsReply, NeedFactSplit, NeedFactsReply } from "@firsthand/server/insights/need-facts/need-facts.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { BucketName, MeasureName, NeedFact, NeedFactBin, NeedFactCasesReply, NeedFactGroup, NeedFactSplit, NeedFactSettingsBody, NeedFactSettingsReply, NeedFactsReply };

export type NeedFactCase = NeedFactCasesReply["items"][number];
/** What is said of a measure wherever it is opened. */
export type OpenFact = Pick<NeedFact, "measure" | "unit" | "limit">;

// In the order in which they are shown; the contract itself would bring the validator along.
export const measureNames = [
  "repeated_contacts", "channel_switches", "steps_to_goal", "promise_off", "promise_late", "longest_silence", "asked_again", "time_to_remedy", "reopened",
] as const satisfies readonly MeasureName[];

export const splits = ["touchpoint", "channel", "stage", "environment", "product", "source", "team", "department", "member", "segment", "persona"] as const satisfies readonly NeedFactSplit[];
export const buckets = ["day", "week", "month"] as const satisfies readonly BucketName[];

const narrowed = ["from", "to", "trait", ...splits] as const;
/** Of what a screen is narrowed to, what counts for facts too. */
export const toFactQuery = (query: Query): Query => Object.fromEntries(narrowed.map((name) => [name, query[name]]));

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

/** One measure over time. */
export const useNeedFactCourse = (query: Query) =>
  useQuery({ queryKey: [...family, "course", query], queryFn: ({ signal }) => api.get<NeedFactCourseReply>("/api/need-facts/course", { query, signal }), placeholderData: keepPreviousData });

/** One measure by groups. */
export const useNeedFactGroups = (query: Query) =>
  useQuery({ queryKey: [...family, "groups", query], queryFn: ({ signal }) => api.get<NeedFactGroupsReply>("/api/need-facts/groups", { query, signal }) });

/** Which facts are measured: chosen, or guessed. */
export const useNeedFactSettings = (isOpen: boolean) =>
  useQuery({ queryKey: [...family, "settings"], queryFn: ({ signal }) => api.get<NeedFactSettingsReply>("/api/need-facts/settings", { signal }), enabled: isOpen });

/** Parts left out are guessed again. */
export const saveNeedFactSettings = async (body: NeedFactSettingsBody): Promise<void> => {
  const saved = await api.put<NeedFactSettingsReply>("/api/need-facts/settings", body);
  queryClient.setQueryData([...family, "settings"], saved);
  await queryClient.invalidateQueries({ queryKey: family });
};
