import type { Annotation, ChangeAnnotationBody, NewAnnotation } from "@firsthand/server/insights/annotations/annotations.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Annotation };

const all = ["annotations"] as const;
// As many as a page may hold; a chart with more lines than that could not be read.
const annotationsMax = 100;

/** The notes on the days of a period, latest first.
 *  @param period days of the workspace's calendar, half open */
export const useAnnotations = (period: { from: string; to: string }) => {
  useLive(["annotation.added", "annotation.changed", "annotation.removed"], () => void refresh());
  return useQuery({
    queryKey: [...all, period.from, period.to],
    queryFn: ({ signal }) => api.get<{ items: Annotation[] }>("/api/annotations", { query: { ...period, limit: annotationsMax }, signal }),
    placeholderData: keepPreviousData,
  });
};

export const addAnnotation = async (given: NewAnnotation): Promise<void> => {
  await api.post("/api/annotations", given);
  await refresh();
};

export const changeAnnotation = async (id: string, given: ChangeAnnotationBody): Promise<void> => {
  await api.patch(`/api/annotations/${id}`, given);
  await refresh();
};

/** As it was, with who wrote it. */
export const bringBackAnnotation = async (id: string): Promise<void> => {
  await api.post(`/api/annotations/${id}/restoration`, {});
  await refresh();
};

export const removeAnnotation = async (id: string): Promise<void> => {
  await api.delete(`/api/annotations/${id}`);
  await refresh();
};

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: all });
