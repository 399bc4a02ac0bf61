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
import { useEffect, useRef } from "react";
import { api, type Query } from "../../shell/api.ts";
import { type LiveState, useLive } from "../../shell/live.ts";

export type { Answer, BandName, BreakdownReply, BucketName, DimensionName, MetricName, SummaryReply, TrendReply };
export type Evidence = { metric: MetricName; band?: BandName | undefined; filters: Query };

const all = "metrics";
const latestCount = 6;

const read = <Reply>(url: string, query: Query) => ({
  queryKey: [all, url, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(url, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useSummary = (filters: Query) => useQuery(read<SummaryReply>("/api/metrics/summary", filters));
export const useTrend = (metric: MetricName, filters: Query, bucket?: BucketName) =>
  useQuery(read<TrendReply>("/api/metrics/trend", { ...filters, metric, bucket }));
export const useBreakdown = (metric: MetricName, by: DimensionName, filters: Query) =>
  useQuery(read<BreakdownReply>("/api/metrics/breakdown", { ...filters, metric, by }));
export const useLatest = (filters: Query) => useQuery(read<LatestReply>("/api/metrics/latest", { ...filters, limit: latestCount }));
export const useSpan = () => useQuery(read<SpanReply>("/api/metrics/span", {}));

/** The answers behind a number, newest first, page by page. */
export const useAnswers = ({ metric, band, filters }: Evidence) =>
  useInfiniteQuery({
    queryKey: [all, "answers", metric, band, filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<AnswersReply>("/api/metrics/answers", { query: { ...filters, metric, band, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

// The event comes with the commit; the analytics copy follows within a tenth of a second, in bursts a little later.
const followUpsMs = [0, 250, 1500];

/** Asks for the numbers again whenever an answer arrives, however many arrive at once. */
export const useFreshNumbers = (): LiveState => {
  const client = useQueryClient();
  const timers = useRef<Set<ReturnType<typeof setTimeout>>>(new Set());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running) clearTimeout(timer);
    };
  }, []);
  return useLive(["response.saved", "perceptions.recorded", "import.finished", "import.undone"], () => {
    if (timers.current.size > 0) return;
    for (const delayMs of followUpsMs) {
      const timer = setTimeout(() => {
        timers.current.delete(timer);
        void client.invalidateQueries({ queryKey: [all] });
      }, delayMs);
      timers.current.add(timer);
    }
  });
};
