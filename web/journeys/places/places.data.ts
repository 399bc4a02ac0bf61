import type {
  CreateEntryBody, EntriesReply, EntryKind, EntryProposal, ListedEntry, RegisterEntry, StagePhase,
} from "@firsthand/server/journeys/places/places.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { EntriesReply, EntryKind, EntryProposal, ListedEntry, StagePhase };
export type EntryDraft = CreateEntryBody;

const family = ["places"] as const;
const keyOf = (kind: EntryKind) => [...family, kind] as const;

export const useEntries = (kind: EntryKind) =>
  useQuery({ queryKey: keyOf(kind), queryFn: ({ signal }) => api.get<EntriesReply>("/api/places", { query: { kind }, signal }) });

export const refreshEntries = (): Promise<void> => queryClient.invalidateQueries({ queryKey: family });

/** Registers one after the other, in the order they are given. @returns how to take them back */
export const createEntries = async (drafts: readonly (Pick<EntryDraft, "kind" | "name"> & Partial<EntryDraft>)[]): Promise<() => Promise<void>> => {
  const made: string[] = [];
  try {
    for (const draft of drafts) made.push((await api.post<RegisterEntry>("/api/places", draft)).id);
  } finally {
    await refreshEntries();
  }
  return async () => {
    for (const id of made) await api.delete(`/api/places/${id}`);
    await refreshEntries();
  };
};

export const changeEntry = async (id: string, { kind: _kind, ...change }: Partial<EntryDraft>): Promise<void> => {
  await api.patch(`/api/places/${id}`, change);
  await refreshEntries();
};

export const removeEntry = async (id: string): Promise<void> => {
  await api.delete(`/api/places/${id}`);
  await refreshEntries();
};

/** Saves an order. The list shows it at once and falls back to the server's when it is refused. */
export const orderEntries = async (kind: EntryKind, items: readonly ListedEntry[]): Promise<void> => {
  queryClient.setQueryData<EntriesReply>(keyOf(kind), (before) => (before === undefined ? before : { ...before, items: [...items] }));
  try {
    await api.put("/api/place-order", { kind, ids: items.map(({ id }) => id) });
  } finally {
    await refreshEntries();
  }
};
