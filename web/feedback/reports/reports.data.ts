import type {
  Correction, Crosstab, Groups, JoinedMetric, QuestionReport, Report, ReportBox, ReportComment, ReportScore, ScoreMetric, Waves, Weighting, WeightingBody,
} from "@firsthand/server/feedback/reports/reports.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { useFresh } from "../../shell/fresh.ts";

export type { Correction, Crosstab, Groups, JoinedMetric, QuestionReport, Report, ReportBox, ReportComment, ReportScore, ScoreMetric, Waves, Weighting, WeightingBody };

const family = (surveyId: string) => ["report", surveyId] as const;

const read = <Reply>(surveyId: string, path: string, query: Query = {}) => ({
  queryKey: [...family(surveyId), path, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(`/api/surveys/${surveyId}/${path}`, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useReport = (surveyId: string, query: Query) => useQuery(read<Report>(surveyId, "report", query));
export const useGroups = (surveyId: string, query: Query, isWanted: boolean) => useQuery({ ...read<Groups>(surveyId, "report/groups", query), enabled: isWanted });
export const useWaves = (surveyId: string, query: Query, isWanted: boolean) => useQuery({ ...read<Waves>(surveyId, "report/waves", query), enabled: isWanted });
export const useCrosstab = (surveyId: string, query: Query, isWanted: boolean) => useQuery({ ...read<Crosstab>(surveyId, "report/crosstab", query), enabled: isWanted });
export const useWeighting = (surveyId: string) => useQuery(read<Weighting>(surveyId, "weighting"));
export const useJoinedMetric = (surveyId: string, query: Query, isWanted: boolean) =>
  useQuery({
    queryKey: [...family(surveyId), "joined", query],
    queryFn: ({ signal }) => api.get<JoinedMetric>("/api/survey-metrics", { query, signal }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    retry: false,
  });

/** What people wrote at a question, newest first, page by page.
 *  @param days bounds of the period; none is all time */
export const useComments = (surveyId: string, question: string, days: Query, search: string) =>
  useInfiniteQuery({
    queryKey: [...family(surveyId), "comments", question, days, search],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: ReportComment[]; nextCursor: string | null }>(`/api/surveys/${surveyId}/report/comments`, { query: { ...days, question, search, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

const forget = (surveyId: string): Promise<void> => queryClient.invalidateQueries({ queryKey: family(surveyId) });

export const saveWeighting = async (surveyId: string, body: WeightingBody): Promise<Weighting> => {
  const saved = await api.put<Weighting>(`/api/surveys/${surveyId}/weighting`, body);
  await forget(surveyId);
  return saved;
};

export const removeWeighting = async (surveyId: string): Promise<void> => {
  await api.delete(`/api/surveys/${surveyId}/weighting`);
  await forget(surveyId);
};

/** Asks anew when the figures have moved on. */
export const useFreshReport = (surveyId: string): void => useFresh(["experience.advanced"], family(surveyId));
