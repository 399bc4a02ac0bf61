import type {
  Answer,
  AnswersReply,
  BandName,
  BreakdownReply,
  BreaksReply,
  BucketName,
  LatestReply,
  MetricKey,
  SpanReply,
  SplitKey,
  SummaryReply,
  TrendBreak,
  TrendReply,
} from "@firsthand/server/insights/metrics/metrics.contract";
import type { ChangesReply, LevelChange } from "@firsthand/server/insights/changes/changes.contract";
import type { CustomMetric } from "@firsthand/server/insights/metrics/custom-metrics.contract";
import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, type Query } from "../../shell/api.ts";
import { type LiveState, useLive } from "../../shell/live.ts";
import { createRefresher } from "../../shell/refresher.ts";
import { longerBucket, usualBucket } from "./steps.ts";

export type { Answer, BandName, BreakdownReply, BucketName, CustomMetric, LevelChange, MetricKey, SplitKey, SummaryReply, TrendBreak, TrendReply };
type Named = { id: string; name: string };
export type Evidence = { metric: MetricKey; band?: BandName | undefined; filters: Query };

export const numbers = ["metrics"] as const;
const latest = ["latest answers"] as const;
// Below the scores that are looked at first: they may come a moment later.
export const beside = ["other metrics"] as const;
const besideEveryMs = 5_000;
const besideAfterMs = 1_000;
// What does not change with every answer.
const slow = ["beside metrics"] as const;
export const custom = ["custom metrics"] as const;
const latestCount = 6;
const instead: Partial<Record<MetricKey, readonly [MetricKey, MetricKey]>> = { nps: ["csat", "ces"], csat: ["nps", "ces"], ces: ["csat", "nps"] };
const hasNames = ({ groups }: BreakdownReply): boolean => groups.some(({ value }) => value !== null);

const read = <Reply>(url: string, query: Query, family: readonly string[] = numbers) => ({
  queryKey: [...family, url, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(url, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useSummary = (filters: Query) => useQuery(read<SummaryReply>("/api/metrics/summary", filters));
/** Other metrics beside the three of Home; asked once these are there. */
export const useMoreSummaries = (metrics: readonly MetricKey[], filters: Query, isNeeded: boolean) =>
  useQuery({ ...readMore(metrics, filters), enabled: isNeeded && metrics.length > 0 });
/** The same of more metrics than one request may name: as many requests as it takes. */
export const useSummariesOfMany = (portions: readonly (readonly MetricKey[])[], filters: Query, isNeeded: boolean): SummaryReply["metrics"] =>
  useQueries({ queries: portions.map((metrics) => ({ ...readMore(metrics, filters), enabled: isNeeded })) }).flatMap(({ data }) => data?.metrics ?? []);
const readMore = (metrics: readonly MetricKey[], filters: Query) => read<SummaryReply>("/api/metrics/summary", { ...filters, metrics }, beside);
/** What moved by the eyes of alerts, in as many requests as it takes. `isPending`: not all of it is known for what is chosen now; `failed`: metrics of which it
 *  could not be asked, with what went wrong (`error`, else null). */
export const useChanges = (portions: readonly (readonly MetricKey[])[], filters: Query): Changes => {
  const replies = useQueries({ queries: portions.map((metrics) => read<ChangesReply>("/api/changes", { ...filters, metrics }, beside)) });
  return {
    changes: replies.flatMap(({ data }) => data?.changes ?? []),
    isTooLong: replies.some(({ data }) => data?.isTooLong === true),
    isPending: replies.some(({ isPending, isPlaceholderData }) => isPending || isPlaceholderData),
    failed: portions.flatMap((metrics, place) => (replies[place]?.isError ? metrics : [])),
    error: replies.find(({ isError }) => isError)?.error ?? null,
    retry: () => replies.filter(({ isError }) => isError).forEach(({ refetch }) => void refetch()),
  };
};
type Changes = { changes: LevelChange[]; isTooLong: boolean; isPending: boolean; failed: MetricKey[]; error: Error | null; retry: () => void };
/** Where the trend must not be read across. */
export const useBreaks = (metric: MetricKey, filters: Query, bucket: BucketName, isNeeded: boolean) =>
  useQuery({ ...read<BreaksReply>("/api/metrics/breaks", { ...filters, metric, bucket }, slow), enabled: isNeeded });
export const useCustomMetrics = () => useQuery(read<{ items: CustomMetric[] }>("/api/custom-metrics", {}, custom));
/** Names of traits that are known, and segments; whoever may not see them has none to choose. */
export const useTraitNames = (isNeeded: boolean) => useQuery({ ...read<{ traits: string[] }>("/api/segments/suggestions", {}, slow), retry: false, enabled: isNeeded });
export const useSegments = (isNeeded = true) => useQuery({ ...read<{ items: (Named & { story: string | null })[] }>("/api/segments", { limit: 100 }, slow), retry: false, enabled: isNeeded });
export const useMembers = (isNeeded: boolean) => useQuery({ ...read<{ items: Named[] }>("/api/members", { limit: 100 }, slow), retry: false, enabled: isNeeded });
export const useTeams = (isNeeded: boolean) => useQuery({ ...read<{ items: Named[] }>("/api/teams", {}, slow), retry: false, enabled: isNeeded });
export const useTrend = (metric: MetricKey, filters: Query, bucket?: BucketName, isNeeded = true) =>
  useQuery({ ...read<TrendReply>("/api/metrics/trend", { ...filters, metric, bucket }), enabled: isNeeded });
/** The trend by the step that was chosen; where none was, by the usual one, or by longer steps where most have too few answers to be shown. */
export const useSteadyTrend = (metric: MetricKey, filters: Query, chosen: BucketName | undefined): { trend: UseQueryResult<TrendReply>; step: BucketName } => {
  const usual = chosen ?? usualBucket(filters);
  const asked = useTrend(metric, filters, usual);
  const longer = chosen === undefined ? longerOf(asked, usual, filters) : null;
  const next = useTrend(metric, filters, longer ?? usual, longer !== null);
  const longest = longer === null ? null : longerOf(next, longer, filters);
  const last = useTrend(metric, filters, longest ?? usual, longest !== null);
  if (longer === null) return { trend: asked, step: usual };
  return longest === null ? { trend: next, step: longer } : { trend: last, step: longest };
};
const longerOf = ({ data, isPlaceholderData }: UseQueryResult<TrendReply>, step: BucketName, filters: Query): BucketName | null =>
  data === undefined || isPlaceholderData ? null : longerBucket(step, data.points.map(({ count }) => count), filters);
export const useBreakdown = (metric: MetricKey, by: SplitKey, filters: Query, isNeeded = true) =>
  useQuery({ ...read<BreakdownReply>("/api/metrics/breakdown", { ...filters, metric, by }), enabled: isNeeded });
/** The breakdown of a metric, or, when no answer of it is in a named group, of the next metric that has some. */
export const useNamedBreakdown = (metric: MetricKey, by: SplitKey, filters: Query): UseQueryResult<BreakdownReply> => {
  const others = instead[metric];
  const [second, third] = others ?? [metric, metric];
  const asked = useBreakdown(metric, by, filters);
  const isUnnamed = others !== undefined && asked.data !== undefined && !hasNames(asked.data);
  const next = useBreakdown(second, by, filters, isUnnamed);
  const last = useBreakdown(third, by, filters, isUnnamed && next.data !== undefined && !hasNames(next.data));
  if (!isUnnamed) return asked;
  return [next, last].find(({ data, isLoading }) => isLoading || (data !== undefined && hasNames(data))) ?? asked;
};
/** What there is to choose from; not asked again with every answer. */
export const useSurveyGroups = (metric: MetricKey, filters: Query) =>
  useQuery(read<BreakdownReply>("/api/metrics/breakdown", { ...filters, metric, by: "survey" }, ["surveys to choose"]));
export const useLatest = (filters: Query) => useQuery(read<LatestReply>("/api/metrics/latest", { ...filters, limit: latestCount }, latest));
export const useSpan = () => useQuery(read<SpanReply>("/api/metrics/span", {}));

/** The answers behind a number, newest first, page by page. */
export const useAnswers = ({ metric, band, filters }: Evidence) =>
  useInfiniteQuery({
    queryKey: [...numbers, "answers", metric, band, filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<AnswersReply>("/api/metrics/answers", { query: { ...filters, metric, band, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** Asks for everything again at once when the figures have moved on, however many answers arrive. */
export const useFreshNumbers = (): LiveState => {
  const client = useQueryClient();
  const [refresher] = useState(() =>
    createRefresher(() => {
      // A page nobody sees catches up when it is looked at again.
      const refetchType = document.hidden ? "none" : "active";
      return Promise.all([latest, numbers].map((queryKey) => client.invalidateQueries({ queryKey, refetchType })));
    }),
  );
  const [later] = useState(() => createRefresher(() => client.invalidateQueries({ queryKey: beside, refetchType: document.hidden ? "none" : "active" }), besideEveryMs));
  const beginAll = useCallback(() => {
    refresher.begin();
    setTimeout(later.begin, besideAfterMs);
  }, [refresher, later]);
  useEffect(() => () => [refresher, later].forEach(({ stop }) => stop()), [refresher, later]);
  const live = useLive(["experience.advanced", "import.finished", "import.undone", "touchpoints.renamed"], beginAll);
  // What moved on while the line was broken is not told again.
  const wasLost = useRef(false);
  useEffect(() => {
    if (live === "live" && wasLost.current) beginAll();
    wasLost.current = live === "lost";
  }, [live, beginAll]);
  return live;
};
