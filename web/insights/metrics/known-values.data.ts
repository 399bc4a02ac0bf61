import type { KnownBy, KnownValue, KnownValuesReply } from "@firsthand/server/insights/metrics/known-values.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { KnownBy, KnownValue };

/** What can be chosen for one filter: of all that is known those that fit a search, and what was chosen before with its names. */
export const useKnownValues = (by: KnownBy, search: string, chosen: readonly string[]) =>
  useQuery({
    queryKey: ["known values", by, search, chosen],
    queryFn: ({ signal }) => api.get<KnownValuesReply>("/api/metrics/values", { query: { by, search: search === "" ? undefined : search, chosen: chosen.length === 0 ? undefined : [...chosen], limit: 100 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
