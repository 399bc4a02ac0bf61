import type { Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { Survey, SurveyListItem, SurveyTemplateItem } from "@firsthand/server/feedback/surveys/surveys.contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

type Output<Schema extends { _output: unknown }> = Schema["_output"];
export type SurveyTemplate = Output<typeof SurveyTemplateItem>;
export type { Question, Survey, SurveyDefinition, SurveyListItem };

const list = ["surveys"] as const;
const one = (id: string) => ["survey", id] as const;

export const useSurveys = () =>
  useInfiniteQuery({
    queryKey: list,
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: SurveyListItem[]; nextCursor: string | null }>("/api/surveys", { query: { cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

export const useSurvey = (id: string) => useQuery({ queryKey: one(id), queryFn: ({ signal }) => api.get<Survey>(`/api/surveys/${id}`, { signal }) });

export const useSurveyTemplates = (isWanted: boolean) =>
  useQuery({
    queryKey: ["survey-templates"],
    queryFn: ({ signal }) => api.get<{ items: SurveyTemplate[] }>("/api/survey-templates", { signal }),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });

// What a change answers is the newest state, so it goes straight into the cache.
const remember = async (survey: Survey): Promise<Survey> => {
  queryClient.setQueryData(one(survey.id), survey);
  await queryClient.invalidateQueries({ queryKey: list });
  return survey;
};

export const createSurvey = async (given: { name: string; templateId?: string }): Promise<Survey> => remember(await api.post<Survey>("/api/surveys", given));

export const saveSurvey = async (id: string, change: { name: string; draft: SurveyDefinition; draftRevision: number }): Promise<Survey> =>
  remember(await api.patch<Survey>(`/api/surveys/${id}`, change, { keepalive: JSON.stringify(change).length < 60_000 }));

export const publishSurvey = async (id: string): Promise<Survey> => remember(await api.post<Survey>(`/api/surveys/${id}/versions`));

export const closeSurvey = async (id: string): Promise<Survey> => remember(await api.post<Survey>(`/api/surveys/${id}/closure`));

export const reopenSurvey = async (id: string): Promise<Survey> => remember(await api.delete<Survey>(`/api/surveys/${id}/closure`));

export const copySurvey = async (id: string): Promise<Survey> => remember(await api.post<Survey>(`/api/surveys/${id}/copies`));

export const removeSurvey = async (id: string): Promise<void> => {
  await api.delete(`/api/surveys/${id}`);
  await queryClient.invalidateQueries({ queryKey: list });
};

export const createLink = (id: string, identifier: string): Promise<{ url: string; expiresAt: string }> => api.post(`/api/surveys/${id}/links`, { identifier });

export const reloadSurvey = (id: string): Promise<void> => queryClient.resetQueries({ queryKey: one(id) });
