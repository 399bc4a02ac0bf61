import type { Account } from "@firsthand/server/journeys/maps/accounts.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";
import { overlayFamily } from "./maps.data.ts";

export type { Account };
export type AccountDraft = Pick<Account, "stepId" | "phase" | "feeling" | "motivation" | "evidence">;

const ofMap = (id: string) => ["maps", "accounts", id] as const;

/** What one named customer felt, and what moved her, before, during and after each step. */
export const useAccounts = (mapId: string, customer: string | undefined) => {
  useLive(["map.accounts_changed"], (_, payload) => {
    if (Reflect.get(Object(payload), "mapId") === mapId) void refreshAccounts(mapId);
  });
  return useQuery({
    queryKey: [...ofMap(mapId), customer],
    queryFn: ({ signal }) => api.get<{ items: Account[] }>(`/api/maps/${mapId}/accounts`, { query: { customer }, signal }),
    enabled: customer !== undefined,
  });
};

export const addAccount = (mapId: string, customerId: string, draft: AccountDraft): Promise<void> => done(mapId, api.post(`/api/maps/${mapId}/accounts`, { customerId, ...draft }));
export const changeAccount = (mapId: string, id: string, change: Partial<Pick<AccountDraft, "feeling" | "motivation" | "evidence">>): Promise<void> => done(mapId, api.patch(`/api/maps/${mapId}/accounts/${id}`, change));
export const removeAccount = (mapId: string, id: string): Promise<void> => done(mapId, api.delete(`/api/maps/${mapId}/accounts/${id}`));

// What was told is laid on the customer's timeline, so the map's figures change as well.
const done = async (mapId: string, sent: Promise<unknown>): Promise<void> => {
  await sent;
  await refreshAccounts(mapId);
};

const refreshAccounts = async (mapId: string): Promise<void> => {
  await Promise.all([queryClient.invalidateQueries({ queryKey: ofMap(mapId) }), queryClient.invalidateQueries({ queryKey: [overlayFamily, mapId] })]);
};
