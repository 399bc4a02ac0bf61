import type { Driver, DriverAnswers, Drivers, DriversFault, DriverWarning, FactorPart, Missing, SurveyDrivers } from "@firsthand/server/insights/drivers/drivers.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { Driver, DriverAnswers, Drivers, DriversFault, DriverWarning, FactorPart, Missing, SurveyDrivers };

/** Measured when asked, not with every response that comes in: shares of hundreds of responses do not move with one, and reading them should not either. */
export const useDrivers = (surveyId: string | undefined, query: Query) =>
  useQuery({
    queryKey: ["drivers", surveyId, query],
    queryFn: ({ signal }) => api.get<SurveyDrivers>(`/api/surveys/${surveyId ?? ""}/drivers`, { query, signal }),
    enabled: surveyId !== undefined,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** The answers behind a part of a factor, page by page. */
export const useDriverAnswers = (surveyId: string, query: Query) =>
  useInfiniteQuery({
    queryKey: ["drivers", surveyId, "answers", query],
    queryFn: ({ pageParam, signal }) => api.get<DriverAnswers>(`/api/surveys/${surveyId}/drivers/answers`, { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
