import type { ChangedCustomMetric, CustomMetric, NewCustomMetric } from "@firsthand/server/insights/metrics/custom-metrics.contract";
import type { Survey } from "@firsthand/server/feedback/surveys/surveys.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { beside, custom, numbers } from "./metrics.data.ts";

export type { CustomMetric };

/** Surveys to choose from, newest first. */
export const useSurveyNames = (isNeeded = true) =>
  useQuery({
    queryKey: [...custom, "surveys"],
    queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>("/api/surveys", { query: { limit: 100 }, signal }),
    enabled: isNeeded,
  });

/** What the questions of a survey are called in formulas; those only written in count for nothing. */
export const useQuestionNames = (surveyId: string) =>
  useQuery({
    queryKey: [...custom, "questions", surveyId],
    queryFn: async ({ signal }) => {
      const { draft } = await api.get<Pick<Survey, "draft">>(`/api/surveys/${surveyId}`, { signal });
      return [...draft.questions.filter(({ type }) => !wordsOnly.has(type)), ...(draft.calculations ?? [])].map(({ id }) => id);
    },
    enabled: surveyId !== "",
  });

const wordsOnly: ReadonlySet<string> = new Set(["text", "email", "phone", "contact", "file", "date", "statement"]);

export const addCustomMetric = async (given: NewCustomMetric): Promise<void> => {
  await api.post("/api/custom-metrics", given);
  await refresh();
};

export const changeCustomMetric = async (id: string, given: ChangedCustomMetric): Promise<void> => {
  await api.patch(`/api/custom-metrics/${id}`, given);
  await Promise.all([refresh(), ...[numbers, beside].map((queryKey) => queryClient.invalidateQueries({ queryKey }))]);
};

export const removeCustomMetric = async (id: string): Promise<void> => {
  await api.delete(`/api/custom-metrics/${id}`);
  await refresh();
};

// Which metrics there are; figures are asked for by that. Whoever would ask for all at once would ask for a metric that is gone.
const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: custom });
