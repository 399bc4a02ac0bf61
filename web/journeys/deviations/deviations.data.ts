import type { AlignedCase, AlignedCasesReply, AlignedMove, Deviation, DeviationComparison, DeviationKind, DeviationsReply } from "@firsthand/server/journeys/deviations/deviations.contract";
import type { JourneyMap } from "@firsthand/server/journeys/maps/maps.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { AlignedCase, AlignedMove, Deviation, DeviationComparison, DeviationKind, DeviationsReply };

const family = ["deviations"] as const;

/** The map itself, for its name. */
export const useMapName = (mapId: string) =>
  useQuery({ queryKey: [...family, "map", mapId], queryFn: ({ signal }) => api.get<JourneyMap>(`/api/maps/${mapId}`, { signal }), select: ({ name }) => name });

export const useDeviations = (mapId: string, query: Query) =>
  useQuery({
    queryKey: [...family, mapId, query],
    queryFn: ({ signal }) => api.get<DeviationsReply>(`/api/maps/${mapId}/deviations`, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Customers with one deviation. */
export const useDeviatingCases = (mapId: string, asked: { kind: DeviationKind; part: string }, query: Query) =>
  useQuery({
    queryKey: [...family, mapId, "cases", asked, query],
    queryFn: ({ signal }) => api.get<AlignedCasesReply>(`/api/maps/${mapId}/deviations/${asked.kind}/${encodeURIComponent(asked.part)}/customers`, { query, signal }),
    staleTime: 60_000,
  });

/** Journeys of one customer. */
export const useCustomerCases = (mapId: string, customerId: string, query: Query) =>
  useQuery({
    queryKey: [...family, mapId, "customer", customerId, query],
    queryFn: ({ signal }) => api.get<AlignedCasesReply>(`/api/maps/${mapId}/deviations/customers/${customerId}`, { query, signal }),
    staleTime: 60_000,
  });
