import type { BoardNumbers, PeriodChoice, TileFilters } from "./dashboards.data.ts";
import type { ChoosableName, CreatedShare, CreateShareBody, Share, SharedBoard } from "@firsthand/server/insights/dashboards/shares.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { ChoosableName, CreatedShare, Share, SharedBoard };

/** What visitors may be let choose. */
export const choosableNames = ["touchpoint", "channel", "stage", "environment", "product", "survey", "source", "team", "department", "segment", "persona"] as const satisfies readonly ChoosableName[];

const all = ["dashboard shares"] as const;

export const useShares = (dashboardId: string) =>
  useQuery({ queryKey: [...all, dashboardId], queryFn: ({ signal }) => api.get<{ items: Share[] }>(`/api/dashboards/${dashboardId}/shares`, { signal }) });

export const createShare = async (dashboardId: string, given: CreateShareBody): Promise<CreatedShare> => {
  const made = await api.post<CreatedShare>(`/api/dashboards/${dashboardId}/shares`, given);
  await queryClient.invalidateQueries({ queryKey: all });
  return made;
};

export const revokeShare = async (id: string): Promise<void> => {
  await api.delete<undefined>(`/api/dashboard-shares/${id}`);
  await queryClient.invalidateQueries({ queryKey: all });
};

const refreshMs = 60_000;

export const useSharedBoard = (secret: string, pass: string | undefined) =>
  useQuery({ queryKey: ["shared board", secret, pass], queryFn: ({ signal }) => api.post<SharedBoard>(`/api/public/boards/${secret}`, { pass }, { signal }), placeholderData: keepPreviousData, refetchOnWindowFocus: false });

export const askPass = async (secret: string, password: string): Promise<string> => (await api.post<{ pass: string }>(`/api/public/boards/${secret}/pass`, { password })).pass;

type Asked = { pass: string | undefined; period?: PeriodChoice; filters: TileFilters };

/** A stranger's page has no live line; it asks again every minute. */
export const useSharedNumbers = (secret: string, asked: Asked) =>
  useQuery({
    queryKey: ["shared board", secret, "numbers", asked],
    queryFn: ({ signal }) => api.post<BoardNumbers>(`/api/public/boards/${secret}/data`, asked, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
