import type { Question, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { Survey, SurveyListItem, SurveyTemplateItem, SurveyVersion } from "@firsthand/server/feedback/surveys/surveys.contract";
import { useInfiniteQuery, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { addressOf, api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

type Output<Schema extends { _output: unknown }> = Schema["_output"];
export type SurveyTemplate = Output<typeof SurveyTemplateItem>;
export type { Question, Survey, SurveyDefinition, SurveyListItem, SurveyVersion };

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

/** Published versions with their questions, newest first; `isWanted` spares the request until somebody looks. */
export const useSurveyVersions = (id: string, isWanted: boolean) =>
  useInfiniteQuery({
    queryKey: ["survey-versions", id],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: SurveyVersion[]; nextCursor: string | null }>(`/api/surveys/${id}/versions`, { query: { cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    enabled: isWanted,
    // How many are answering changes by the minute.
    staleTime: 0,
  });

// What a change answers is the newest state, so it goes straight into the cache.
const remember = async (survey: Survey): Promise<Survey> => {
  queryClient.setQueryData(one(survey.id), survey);
  await queryClient.invalidateQueries({ queryKey: list });
  return survey;
};

/** Surveys to choose from, as the server lists them. */
export const useSurveyChoices = (): UseQueryResult<SurveyListItem[]> =>
  useQuery({
    queryKey: ["surveys", "choices"],
    queryFn: ({ signal }) => api.get<{ items: SurveyListItem[] }>("/api/surveys", { query: { limit: 100 }, signal }),
    select: ({ items }) => items,
  });

export const createSurvey = async (given: { name: string; templateId?: string; definition?: unknown }): Promise<Survey> => remember(await api.post<Survey>("/api/surveys", given));

export const saveSurvey = async (id: string, change: { name: string; draft: SurveyDefinition; draftRevision: number }): Promise<Survey> =>
  remember(await api.patch<Survey>(`/api/surveys/${id}`, change, { keepalive: JSON.stringify(change).length < 60_000 }));

export const publishSurvey = async (id: string): Promise<Survey> => {
  const published = await remember(await api.post<Survey>(`/api/surveys/${id}/versions`));
  await queryClient.invalidateQueries({ queryKey: ["survey-versions", id] });
  return published;
};

export const closeSurvey = async (id: string): Promise<Survey> => remember(await api.post<Survey>(`/api/surveys/${id}/closure`));

export const reopenSurvey = async (id: string): Promise<Survey> => remember(await api.delete<Survey>(`/api/surveys/${id}/closure`));

export const copySurvey = async (id: string): Promise<Survey> => remember(await api.post<Survey>(`/api/surveys/${id}/copies`));

export const removeSurvey = async (id: string): Promise<void> => {
  await api.delete(`/api/surveys/${id}`);
  await queryClient.invalidateQueries({ queryKey: list });
};

export const createLink = (id: string, link: { identifier: string; isSingleUse: boolean }): Promise<{ url: string; expiresAt: string }> => api.post(`/api/surveys/${id}/links`, link);

export const createSingleUseLinks = async (id: string, count: number): Promise<{ url: string; expiresAt: string }[]> =>
  (await api.post<{ items: { url: string; expiresAt: string }[] }>(`/api/surveys/${id}/single-use-links`, { count })).items;

export const reloadSurvey = (id: string): Promise<void> => queryClient.resetQueries({ queryKey: one(id) });

// As bytes of no kind: the server looks into the picture itself and believes no name.
export const uploadPicture = (id: string, file: File): Promise<{ id: string }> =>
  api.upload(`/api/surveys/${id}/files`, new Blob([file], { type: "application/octet-stream" }), { query: { name: file.name.slice(0, 200) } });

/** Address of the code to scan; `where` says where it hangs. */
export const qrAddress = (id: string, where: { touchpoint: string; source: string; campaign: string; member: string; product: string }): string => addressOf(`/api/surveys/${id}/qr.svg`, where);
