import type { Team, TeamBody, TeamsReply } from "@firsthand/server/people/teams/teams.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Team, TeamBody };

const list = ["teams"] as const;

export const useTeams = () => useQuery({ queryKey: list, queryFn: ({ signal }) => api.get<TeamsReply>("/api/teams", { signal }) });

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: list });

/** @param known the team as it was read; null for a new one */
export const saveTeam = async (known: Team | null, body: TeamBody): Promise<void> => {
  try {
    await (known === null ? api.post<Team>("/api/teams", body) : api.put<Team>(`/api/teams/${known.id}`, { ...body, changedAt: known.changedAt }));
  } finally {
    // Also after a refusal: somebody else may have changed it, which the list then shows.
    await refresh();
  }
};

export const removeTeam = async (id: string): Promise<void> => {
  await api.delete(`/api/teams/${id}`);
  await refresh();
};
