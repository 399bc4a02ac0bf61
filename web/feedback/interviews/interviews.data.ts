import type {
  Call, CallList, CallOutcomes, ChangeCallListBody, CreateCallListBody, CurrentCall, NextCall, RecordAttemptBody,
} from "@firsthand/server/feedback/interviews/interviews.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Call, CallList, CallOutcomes, CreateCallListBody, RecordAttemptBody };

const lists = ["call-lists"] as const;
const listOf = (id: string) => [...lists, "one", id] as const;
const callOf = (id: string) => ["call-of-list", id] as const;

// A list fills within seconds; after that it moves as fast as people call.
const FILLING_MS = 1_000;
const CALLING_MS = 30_000;

/** @param surveyId undefined for the lists of every survey */
export const useCallLists = (surveyId: string | undefined) =>
  useQuery({
    queryKey: [...lists, "of", surveyId ?? ""],
    queryFn: ({ signal }) => api.get<{ items: CallList[] }>("/api/call-lists", { query: { surveyId }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === "filling") === true ? FILLING_MS : CALLING_MS),
  });

export const useCallList = (id: string) =>
  useQuery({
    queryKey: listOf(id),
    queryFn: ({ signal }) => api.get<CallList>(`/api/call-lists/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === "filling" ? FILLING_MS : CALLING_MS),
  });

export const useCallOutcomes = (id: string) =>
  useQuery({ queryKey: [...listOf(id), "outcomes"], queryFn: ({ signal }) => api.get<CallOutcomes>(`/api/call-lists/${id}/outcomes`, { signal }) });

/** The call this member has now. Asked for when the screen opens and never in between: a talk may outlast the time for which the call is theirs. */
export const useCurrentCall = (id: string) =>
  useQuery({
    queryKey: callOf(id),
    queryFn: ({ signal }) => api.get<CurrentCall>(`/api/call-lists/${id}/call`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const createCallList = (given: CreateCallListBody): Promise<CallList> => refreshed(api.post<CallList>("/api/call-lists", given));

export const changeCallList = (id: string, change: ChangeCallListBody): Promise<CallList> => refreshed(api.patch<CallList>(`/api/call-lists/${id}`, change));

export const removeCallList = (id: string): Promise<void> => refreshed(api.delete<void>(`/api/call-lists/${id}`));

export const takeNextCall = async (id: string): Promise<NextCall> => {
  const next = await api.post<NextCall>(`/api/call-lists/${id}/next`);
  rememberCall(id, next.call);
  return next;
};

export const recordAttempt = async (id: string, targetId: string, body: RecordAttemptBody): Promise<void> => {
  await api.post(`/api/call-lists/${id}/targets/${targetId}/attempts`, body);
  await refreshed(Promise.resolve());
  rememberCall(id, null);
};

export const releaseCall = async (id: string, targetId: string): Promise<void> => {
  await api.delete(`/api/call-lists/${id}/targets/${targetId}/claim`);
  rememberCall(id, null);
};

/** Takes a call off the screen that is not this member's any more. */
export const forgetCall = (id: string): void => rememberCall(id, null);

const rememberCall = (id: string, call: Call | null): void => void queryClient.setQueryData(callOf(id), { call });

const refreshed = async <Reply,>(reply: Promise<Reply>): Promise<Reply> => {
  const done = await reply;
  await queryClient.invalidateQueries({ queryKey: lists });
  return done;
};
