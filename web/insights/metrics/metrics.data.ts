import type {
  Answer,
  AnswersReply,
  BandName,
  BreakdownReply,
  BucketName,
  DimensionName,
  LatestReply,
  MetricName,
  SpanReply,
  SummaryReply,
  TrendReply,
} from "@firsthand/server/insights/metrics/metrics.contract";
import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, type Query } from "../../shell/api.ts";
import { type LiveState, useLive } from "../../shell/live.ts";
import { createRefresher } from "./refresher.ts";

export type { Answer, BandName, BreakdownReply, BucketName, DimensionName, MetricName, SummaryReply, TrendReply };
export type Evidence = { metric: MetricName; band?: BandName | undefined; filters: Query };

const numbers = ["metrics"] as const;
const latest = ["latest answers"] as const;
const latestCount = 6;
const instead = { nps: ["csat", "ces"], csat: ["nps", "ces"], ces: ["csat", "nps"] } as const satisfies Record<MetricName, readonly [MetricName, MetricName]>;
const hasNames = ({ groups }: BreakdownReply): boolean => groups.some(({ value }) => value !== null);

const read = <Reply>(url: string, query: Query, family: readonly string[] = numbers) => ({
  queryKey: [...family, url, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(url, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useSummary = (filters: Query) => useQuery(read<SummaryReply>("/api/metrics/summary", filters));
export const useTrend = (metric: MetricName, filters: Query, bucket?: BucketName) =>
  useQuery(read<TrendReply>("/api/metrics/trend", { ...filters, metric, bucket }));
export const useBreakdown = (metric: MetricName, by: DimensionName, filters: Query, isNeeded = true) =>
  useQuery({ ...read<BreakdownReply>("/api/metrics/breakdown", { ...filters, metric, by }), enabled: isNeeded });
/** The breakdown of a metric, or, when no answer of it is in a named group, of the next metric that has some. */
export const useNamedBreakdown = (metric: MetricName, by: DimensionName, filters: Query): UseQueryResult<BreakdownReply> => {
  const [second, third] = instead[metric];
  const asked = useBreakdown(metric, by, filters);
  const isUnnamed = asked.data !== undefined && !hasNames(asked.data);
  const next = useBreakdown(second, by, filters, isUnnamed);
  const last = useBreakdown(third, by, filters, isUnnamed && next.data !== undefined && !hasNames(next.data));
  if (!isUnnamed) return asked;
  return [next, last].find(({ data, isLoading }) => isLoading || (data !== undefined && hasNames(data))) ?? asked;
};
/** What there is to choose from; not asked again with every answer. */
export const useSurveyGroups = (metric: MetricName, filters: Query) =>
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
  useEffect(() => refresher.stop, [refresher]);
  const live = useLive(["experience.advanced", "import.finished", "import.undone", "touchpoints.renamed"], refresher.begin);
  // What moved on while the line was broken is not told again.
  const wasLost = useRef(false);
  useEffect(() => {
    if (live === "live" && wasLost.current) refresher.begin();
    wasLost.current = live === "lost";
  }, [live, refresher]);
  return live;
};
