import type { SurveySettings } from "@firsthand/server/feedback/surveys/survey-settings.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { SurveySettings };
export type RetentionRun = { isDryRun: boolean; action: "anonymise" | "delete"; before: string; responses: number; named: number; oldestAt: string | null };

const one = (id: string) => ["survey", id, "settings"] as const;

export const useSettings = (id: string) => useQuery({ queryKey: one(id), queryFn: ({ signal }) => api.get<SurveySettings>(`/api/surveys/${id}/settings`, { signal }) });

/** @returns the settings as they are stored now */
export const saveSettings = async (id: string, settings: SurveySettings): Promise<SurveySettings> => {
  const saved = await api.put<SurveySettings>(`/api/surveys/${id}/settings`, settings);
  queryClient.setQueryData(one(id), saved);
  return saved;
};

export const runRetention = (id: string, isDryRun: boolean): Promise<RetentionRun> => api.post(`/api/surveys/${id}/retention-runs`, undefined, { query: isDryRun ? { dryRun: "true" } : {} });
