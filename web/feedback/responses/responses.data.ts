import type { ResponseChange, ResponseNote } from "@firsthand/server/feedback/responses/response-work.contract";
import type { ShownAnswer, SurveyResponse } from "@firsthand/server/feedback/responses/responses.contract";
import type { Answer, Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { addressOf, api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Answer, Question, ResponseChange, ResponseNote, ShownAnswer, SurveyResponse };

/** What the list is asked for, under the names of the API. */
export type ResponseFilters = Readonly<Partial<Record<
  "search" | "surveyId" | "state" | "outcome" | "channel" | "language" | "tag" | "scoreMin" | "scoreMax" | "hasComment" | "subject" | "customerId" | "from" | "to", string
>>>;

export const CHANNELS = ["web", "email", "text", "qr", "kiosk", "chat", "phone", "app", "store", "widget", "interview", "api", "import"] as const;

type Page = { items: SurveyResponse[]; nextCursor: string | null; isTooFewToShow: boolean };

const list = ["responses"] as const;
const tags = ["response-tags"] as const;
const one = (id: string) => ["response", id] as const;

/** Newest first, page by page. */
export const useResponses = (filters: ResponseFilters) =>
  useInfiniteQuery({
    queryKey: [...list, filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page>("/api/responses", { query: { ...filters, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    // What was shown stays while the next letters of a search are looked up.
    placeholderData: keepPreviousData,
  });

export const useResponse = (id: string) =>
  useQuery({ queryKey: one(id), queryFn: ({ signal }) => api.get<SurveyResponse>(`/api/responses/${id}`, { signal }), enabled: id !== "" });

export const useNotes = (id: string) =>
  useQuery({ queryKey: [...one(id), "notes"], queryFn: ({ signal }) => api.get<{ items: ResponseNote[] }>(`/api/responses/${id}/notes`, { signal }) });

export const useHistory = (id: string) =>
  useQuery({ queryKey: [...one(id), "history"], queryFn: ({ signal }) => api.get<{ items: ResponseChange[] }>(`/api/responses/${id}/history`, { signal }) });

/** The questions as they were asked; needed only to correct an answer. */
export const useQuestions = (id: string, isWanted: boolean) =>
  useQuery({
    queryKey: [...one(id), "questions"],
    queryFn: ({ signal }) => api.get<{ languages: string[]; questions: Question[] }>(`/api/responses/${id}/questions`, { signal }),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useTags = () =>
  useQuery({ queryKey: tags, queryFn: ({ signal }) => api.get<{ items: { tag: string; count: number }[] }>("/api/response-tags", { signal }) });

export const fileAddress = (responseId: string, fileId: string): string => `/api/responses/${responseId}/files/${fileId}`;

/** A file of what the list shows of one survey. The file takes `language` for its own words. */
export const exportAddress = (surveyId: string, { surveyId: _, language, ...filters }: ResponseFilters): string =>
  addressOf(`/api/surveys/${surveyId}/responses.csv`, { ...filters, answeredIn: language });

// What was changed shows in the list, in the response and in its history.
const refresh = async (ids: readonly string[]): Promise<void> => {
  await Promise.all([queryClient.invalidateQueries({ queryKey: list }), queryClient.invalidateQueries({ queryKey: tags }), ...ids.map((id) => queryClient.invalidateQueries({ queryKey: one(id) }))]);
};

export const tagResponses = async (ids: readonly string[], change: { add?: string[]; remove?: string[] }): Promise<void> => {
  await api.post("/api/responses/tags", { ids, ...change });
  await refresh(ids);
};

export const flagResponses = async (ids: readonly string[], reason: string): Promise<void> => {
  for (const id of ids) await api.put(`/api/responses/${id}/flag`, { reason });
  await refresh(ids);
};

export const unflagResponses = async (ids: readonly string[]): Promise<void> => {
  for (const id of ids) await api.delete(`/api/responses/${id}/flag`);
  await refresh(ids);
};

export const deleteResponses = async (ids: readonly string[]): Promise<void> => {
  await api.post("/api/responses/deletions", { ids, isConfirmed: true });
  await Promise.all([queryClient.invalidateQueries({ queryKey: list }), queryClient.invalidateQueries({ queryKey: tags })]);
};

export const correctAnswer = async (id: string, questionId: string, given: { answer: Answer | null; reason: string }): Promise<void> => {
  await api.put(`/api/responses/${id}/answers/${questionId}`, given);
  await refresh([id]);
};

export const addNote = async (id: string, text: string): Promise<void> => {
  await api.post(`/api/responses/${id}/notes`, { text });
  await refresh([id]);
};

export const deleteNote = async (id: string, noteId: string): Promise<void> => {
  await api.delete(`/api/responses/${id}/notes/${noteId}`);
  await refresh([id]);
};
