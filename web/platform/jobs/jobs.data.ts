import type { FailedJobItem } from "@firsthand/server/platform/jobs/jobs.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { FailedJobItem };
const list = ["failed jobs"] as const;

export const useFailedJobs = () =>
  useQuery({
    queryKey: list,
    queryFn: ({ signal }) => api.get<{ items: FailedJobItem[] }>("/api/jobs/failed", { signal }),
    refetchInterval: 10_000,
  });

export const retryJob = async (id: string): Promise<void> => {
  await api.post(`/api/jobs/failed/${id}/retry`);
  await queryClient.invalidateQueries({ queryKey: list });
};
