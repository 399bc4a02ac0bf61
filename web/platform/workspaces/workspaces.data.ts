import type { WorkspaceDetail } from "@firsthand/server/platform/workspaces/workspaces.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { sessionQuery } from "../../shell/session.data.ts";

const one = ["workspace"] as const;

export const useWorkspace = () => useQuery({ queryKey: one, queryFn: ({ signal }) => api.get<WorkspaceDetail>("/api/workspace", { signal }) });

export const changeWorkspace = async (change: { name: string; timeZone: string }): Promise<void> => {
  const changed = await api.patch<WorkspaceDetail>("/api/workspace", change);
  queryClient.setQueryData(one, changed);
  await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
};
