import type { Driver, Drivers, DriversFault, DriverWarning, Missing, SurveyDrivers } from "@firsthand/server/insights/drivers/drivers.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { Driver, Drivers, DriversFault, DriverWarning, Missing, SurveyDrivers };

/** Measured when asked, not with every response that comes in: shares of hundreds of responses do not move with one, and reading them should not either. */
export const useDrivers = (surveyId: string | undefined, query: Query) =>
  useQuery({
    queryKey: ["drivers", surveyId, query],
    queryFn: ({ signal }) => api.get<SurveyDrivers>(`/api/surveys/${surveyId ?? ""}/drivers`, { query, signal }),
    enabled: surveyId !== undefined,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
