import { useQuery } from "@tanstack/react-query";
import { api } from "../shell/api.ts";

export type Choice = { value: string; label: string };

/** Segments and contact lists to choose from, by name; none for whoever may not see them. */
export const useSegmentChoices = (isWanted = true): readonly Choice[] =>
  useQuery({
    queryKey: ["segments", "choices"],
    queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>("/api/segments", { query: { limit: 100 }, signal }),
    select: ({ items }) => items.map(({ id, name }) => ({ value: id, label: name })),
    enabled: isWanted,
    retry: false,
    staleTime: 60_000,
  }).data ?? [];
