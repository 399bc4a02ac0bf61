import type { DemoStatus } from "@firsthand/server/insights/demo/demo.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { switchWorkspace } from "../../shell/session.data.ts";

export type { DemoStatus };

const status = ["demo"] as const;
const askEveryMs = 700;

/** Where the demo company stands; asks again while it comes or goes. */
export const useDemo = () =>
  useQuery({
    queryKey: status,
    queryFn: ({ signal }) => api.get<DemoStatus>("/api/demo", { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "loading" || state.data?.state === "removing" ? askEveryMs : false),
  });

export const loadDemo = async (): Promise<void> => {
  queryClient.setQueryData(status, await api.post<DemoStatus>("/api/demo", {}));
};

export const openDemo = (workspaceId: string): Promise<void> => switchWorkspace(workspaceId);

/** Begins the removal; the server moves this session to another workspace of the member. */
export const removeDemo = async (): Promise<void> => {
  await api.delete("/api/demo");
  window.location.assign("/");
};
