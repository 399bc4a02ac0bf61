import type { Poster } from "@firsthand/server/feedback/posters/posters.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Poster };
export type PosterFields = { surveyId: string; place: string; touchpoint: string | null; headline: string; invitation: string };

const all = ["posters"] as const;

/** @param surveyId undefined for the posters of every survey */
export const usePosters = (surveyId: string | undefined) =>
  useQuery({ queryKey: [...all, "list", surveyId ?? ""], queryFn: ({ signal }) => api.get<{ items: Poster[] }>("/api/posters", { query: { surveyId }, signal }) });

export const usePoster = (id: string) => useQuery({ queryKey: [...all, id], queryFn: ({ signal }) => api.get<Poster>(`/api/posters/${id}`, { signal }) });

/** Where the picture of a code is. */
export const qrUrl = (id: string): string => `/api/posters/${id}/qr.svg`;

export const createPoster = async (given: PosterFields): Promise<Poster> => {
  const poster = await api.post<Poster>("/api/posters", given);
  await refresh();
  return poster;
};

export const changePoster = async (id: string, change: PosterFields): Promise<void> => {
  await api.patch(`/api/posters/${id}`, change);
  await refresh();
};

export const removePoster = async (id: string): Promise<void> => {
  await api.delete(`/api/posters/${id}`);
  await refresh();
};

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: all });
