import type { ShownAnswer, SurveyResponse } from "@firsthand/server/feedback/responses/responses.contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { ShownAnswer, SurveyResponse };
export type ResponseFilters = { surveyId?: string; state?: string; channel?: string; subject?: string };

export const CHANNELS = ["web", "email", "text", "qr", "kiosk", "chat", "phone", "app", "store"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Newest first, page by page. */
export const useResponses = (filters: ResponseFilters) =>
  useInfiniteQuery({
    queryKey: ["responses", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: SurveyResponse[]; nextCursor: string | null }>("/api/responses", { query: { ...filters, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

export const useResponse = (id: string) =>
  useQuery({ queryKey: ["response", id], queryFn: ({ signal }) => api.get<SurveyResponse>(`/api/responses/${id}`, { signal }) });
