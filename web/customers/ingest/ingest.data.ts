import type { DeadLetterDetail, DeadLetterItem } from "@firsthand/server/customers/ingest/dead-letters.contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { DeadLetterDetail, DeadLetterItem };
export type LetterState = DeadLetterItem["state"];
type ReasonCount = { reason: string; meaning: string; count: number };

const root = "refused events";
const askAgainMs = 10_000;

export const useDeadLetters = (filter: { state: LetterState; reason: string | undefined }) =>
  useInfiniteQuery({
    queryKey: [root, "list", filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ items: DeadLetterItem[]; nextCursor: string | null }>("/api/dead-letters", {
        query: { state: filter.state, reason: filter.reason, cursor: pageParam === "" ? undefined : pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: askAgainMs,
  });

export const useReasons = () =>
  useQuery({
    queryKey: [root, "reasons"],
    queryFn: ({ signal }) => api.get<{ items: ReasonCount[] }>("/api/dead-letters/reasons", { signal }),
    refetchInterval: askAgainMs,
  });

export const useDeadLetter = (id: string | undefined) =>
  useQuery({
    queryKey: [root, "one", id],
    queryFn: ({ signal }) => api.get<DeadLetterDetail>(`/api/dead-letters/${id}`, { signal }),
    enabled: id !== undefined,
  });

export const replayLetter = async (id: string, payload: string): Promise<DeadLetterDetail> => {
  const letter = await api.post<DeadLetterDetail>(`/api/dead-letters/${id}/replays`, { payload });
  queryClient.setQueryData([root, "one", id], letter);
  await refresh();
  return letter;
};

export const replayLetters = async (ids: readonly string[]): Promise<{ replayed: number; stillRefused: number }> => {
  const result = await api.post<{ replayed: number; stillRefused: number }>("/api/dead-letters/replays", { ids });
  await refresh();
  return result;
};

export const discardLetters = async (ids: readonly string[]): Promise<{ discarded: number }> => {
  const result = await api.post<{ discarded: number }>("/api/dead-letters/discards", { ids });
  await refresh();
  return result;
};

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: [root] });
