import type { Effect, EffectsReply, OutcomesReply, OutcomeName, RouteEffect } from "@firsthand/server/journeys/effects/effects.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { Effect, EffectsReply, OutcomeName, OutcomesReply, RouteEffect };

const family = "path-effects";

export const useOutcomes = (query: Query | null) =>
  useQuery({ queryKey: [family, "outcomes", query], queryFn: ({ signal }) => api.get<OutcomesReply>("/api/paths/effects/outcomes", { query: query ?? {}, signal }), enabled: query !== null, staleTime: 60_000, placeholderData: keepPreviousData });

/** Figures of another outcome never stand under the name of the one just chosen. */
export const useEffects = (query: Query | null) =>
  useQuery({ queryKey: [family, query], queryFn: ({ signal }) => api.get<EffectsReply>("/api/paths/effects", { query: query ?? {}, signal }), enabled: query !== null, staleTime: 60_000 });
