import type { Contribution, Explanation } from "@firsthand/server/insights/explanations/explanations.contract";
import { useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { Contribution, Explanation };

/** Every way in which a panel splits a change. */
const splitsMax = 12;

export const useExplanation = (metric: string, filters: Query) =>
  useQuery({
    queryKey: ["metrics", "explanation", metric, filters],
    queryFn: ({ signal }) => api.get<Explanation>("/api/explanations", { query: { ...filters, metric, top: splitsMax }, signal }),
  });
