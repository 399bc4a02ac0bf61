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
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, type Query } from "../../shell/api.ts";
import { type LiveState, useLive } from "../../shell/live.ts";
import { createRefresher } from "./refresher.ts";

export type { Answer, BandName, BreakdownReply, BucketName, DimensionName, MetricName, SummaryReply, TrendReply };
export type Evidence = { metric: MetricName; band?: BandName | undefined; filters: Query };

const numbers = ["metrics"] as const;
const latest = ["latest answers"] as const;
const latestCount = 6;

const read = <Reply>(url: string, query: Query, family: readonly string[] = numbers) => ({
  queryKey: [...family, url, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(url, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useSummary = (filters: Query) => useQuery(read<SummaryReply>("/api/metrics/summary", filters));
export const useTrend = (metric: MetricName, filters: Query, bucket?: BucketName) =>
  useQuery(read<TrendReply>("/api/metrics/trend", { ...filters, metric, bucket }));
export const useBreakdown = (metric: MetricName, by: DimensionName, filters: Query) =>
  useQuery(read<BreakdownReply>("/api/metrics/breakdown", { ...filters, metric, by }));
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

/** Asks for the numbers again whenever an answer arrives, however many arrive at once. */
export const useFreshNumbers = (): LiveState => {
  const client = useQueryClient();
  const [refresher] = useState(() =>
    createRefresher({
      latest: () => void client.invalidateQueries({ queryKey: latest }),
      numbers: () => void client.invalidateQueries({ queryKey: numbers }, { cancelRefetch: false }),
    }),
  );
  useEffect(() => refresher.stop, [refresher]);
  return useLive(["response.saved", "import.finished", "import.undone", "touchpoints.renamed"], refresher.begin);
};
