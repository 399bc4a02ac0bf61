import type { Driver, Drivers, DriversFault, DriverWarning, Missing, SurveyDrivers } from "@firsthand/server/insights/drivers/drivers.contract";
import type { SurveyListItem } from "@firsthand/server/feedback/surveys/surveys.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { Driver, Drivers, DriversFault, DriverWarning, Missing, SurveyDrivers };

/** Surveys to choose from, those with the most complete responses first. */
export const useSurveyChoices = () =>
  useQuery({
    queryKey: ["drivers", "surveys"],
    queryFn: ({ signal }) => api.get<{ items: SurveyListItem[] }>("/api/surveys", { query: { limit: 100 }, signal }),
    select: ({ items }) => items.toSorted((one, other) => other.completeCount - one.completeCount),
  });

/** Contact lists and live segments to choose from; none for whoever may not see them. */
export const useListChoices = (): readonly { value: string; label: string }[] =>
  useQuery({
    queryKey: ["segments", "choices"],
    queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>("/api/segments", { query: { limit: 100 }, signal }),
    retry: false,
    staleTime: 60_000,
  }).data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];

/** Measured when asked, not with every response that comes in: shares of hundreds of responses do not move with one, and reading them should not either. */
export const useDrivers = (surveyId: string | undefined, query: Query) =>
  useQuery({
    queryKey: ["drivers", surveyId, query],
    queryFn: ({ signal }) => api.get<SurveyDrivers>(`/api/surveys/${surveyId ?? ""}/drivers`, { query, signal }),
    enabled: surveyId !== undefined,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
