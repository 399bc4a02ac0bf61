import type { CreateScheduleBody, Recipient, Rhythm, Schedule, Subscription } from "@firsthand/server/insights/dashboards/schedules.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { CreateScheduleBody, Recipient, Rhythm, Schedule, Subscription };

const all = ["dashboard schedules"] as const;
type Someone = { id: string; name: string };

export const useSchedules = (dashboardId: string) =>
  useQuery({ queryKey: [...all, dashboardId], queryFn: ({ signal }) => api.get<{ items: Schedule[] }>(`/api/dashboards/${dashboardId}/schedules`, { signal }) });

/** Those who may be sent a board without being asked. */
export const useMailMembers = () =>
  useQuery({ queryKey: ["members", "for mails"], queryFn: ({ signal }) => api.get<{ items: Someone[] }>("/api/members", { signal }) });

export const createSchedule = (dashboardId: string, given: CreateScheduleBody): Promise<void> => done(api.post<Schedule>(`/api/dashboards/${dashboardId}/schedules`, given));
export const pauseSchedule = (id: string, isPaused: boolean): Promise<void> => done(api.patch<undefined>(`/api/dashboard-schedules/${id}`, { isPaused }));
export const removeSchedule = (id: string): Promise<void> => done(api.delete<undefined>(`/api/dashboard-schedules/${id}`));
export const sendScheduleNow = (id: string): Promise<void> => done(api.post<object>(`/api/dashboard-schedules/${id}/sendings`));

const done = async (reply: Promise<unknown>): Promise<void> => {
  await reply;
  await queryClient.invalidateQueries({ queryKey: all });
};

export const useSubscription = (secret: string) =>
  useQuery({ queryKey: ["board mails", secret], queryFn: ({ signal }) => api.get<Subscription>(`/api/public/board-mails/${secret}`, { signal }), refetchOnWindowFocus: false });

export const subscribe = async (secret: string, wants: boolean): Promise<void> => {
  queryClient.setQueryData(["board mails", secret], await api.post<Subscription>(`/api/public/board-mails/${secret}`, { wants }));
};
