import type { abilityItem, createdKey, KeyItem } from "@firsthand/server/people/keys/keys.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { KeyItem };
export type CreatedKey = (typeof createdKey)["_output"];
export type AbilityItem = (typeof abilityItem)["_output"];

const list = ["keys"] as const;
const askEveryMs = 2000;

export const useKeys = () => useQuery({ queryKey: list, queryFn: ({ signal }) => api.get<{ items: KeyItem[] }>("/api/keys", { signal }) });

/** Whether anything was ever sent with a key; asks again until it was. */
export const useFirstUse = (keyId: string): boolean => {
  const used = useQuery({
    queryKey: [...list, "first use", keyId],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: KeyItem[] }>("/api/keys", { signal });
      return items.some(({ id, lastUsedAt }) => id === keyId && lastUsedAt !== null);
    },
    refetchInterval: (query) => (query.state.data ? false : askEveryMs),
  });
  return used.data ?? false;
};

export const useAbilities = () =>
  useQuery({
    queryKey: ["abilities"],
    queryFn: ({ signal }) => api.get<{ items: AbilityItem[] }>("/api/abilities", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const createKey = async (given: { kind: "api" | "write"; name: string; abilities: string[] }): Promise<CreatedKey> => {
  const created = await api.post<CreatedKey>("/api/keys", given);
  await queryClient.invalidateQueries({ queryKey: list });
  return created;
};

export const revokeKey = async (id: string): Promise<void> => {
  await api.delete(`/api/keys/${id}`);
  await queryClient.invalidateQueries({ queryKey: list });
};
