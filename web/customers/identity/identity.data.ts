import type { ClaimDecisions, IdentityPreview, RankedKind, ShownClaim } from "@firsthand/server/customers/identity/identity.contract";
import type { CustomerRow } from "@firsthand/server/customers/profiles/profiles.contract";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { IdentityPreview, RankedKind, ShownClaim };
export type Decision = ClaimDecisions["decision"];
/** Something to be confirmed with a look at what it would do. */
export type IdentityStep = { kind: "merge"; otherId: string } | { kind: "links"; claimIds: readonly number[]; decision: Decision };
export type IdentityRules = { blockedValues: string[]; perKind: Record<string, number>; priority: RankedKind[] };
type Changed = { customerId: string; customerIds: string[] };

export const useLinks = (customerId: string) =>
  useQuery({
    queryKey: ["customer", customerId, "links"],
    queryFn: ({ signal }) => api.get<{ items: ShownClaim[] }>(`/api/customers/${customerId}/links`, { signal }),
  });

/** Pairs that may be one person, the newest first. */
export const useSuggestions = () =>
  useInfiniteQuery({
    queryKey: ["suggestions"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<{ items: ShownClaim[]; nextCursor: string | null }>("/api/customers/suggestions", { query: { cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

/** What a step would do; nothing is written. */
export const usePreview = (customerId: string, step: IdentityStep | null) =>
  useQuery({
    queryKey: ["customer", customerId, "preview", step],
    enabled: step !== null,
    gcTime: 0,
    queryFn: ({ signal }) =>
      step?.kind === "merge"
        ? api.get<IdentityPreview>(`/api/customers/${customerId}/merges/preview`, { query: { otherId: step.otherId }, signal })
        : api.get<IdentityPreview>(`/api/customers/${customerId}/links/preview`, {
            query: { claimIds: step?.claimIds.join(",") ?? "", decision: step?.decision ?? "none" }, signal,
          }),
  });

/** Takes a step; every customer shown anywhere is asked for anew. */
export const useIdentityStep = (customerId: string): ((step: IdentityStep) => Promise<Changed>) => {
  const client = useQueryClient();
  return async (step) => {
    const changed = step.kind === "merge"
      ? await api.post<Changed>(`/api/customers/${customerId}/merges`, { otherId: step.otherId })
      : await api.post<Changed>(`/api/customers/${customerId}/links/decisions`, { claimIds: step.claimIds, decision: step.decision });
    await Promise.all(["customer", "customers", "suggestions"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    return changed;
  };
};

export const useIdentityRules = () =>
  useQuery({ queryKey: ["identity-rules"], queryFn: ({ signal }) => api.get<IdentityRules>("/api/customers/identity-settings", { signal }) });

export const useRulesChange = (): ((rules: IdentityRules) => Promise<void>) => {
  const client = useQueryClient();
  return async (rules) => {
    client.setQueryData(["identity-rules"], await api.put<IdentityRules>("/api/customers/identity-settings", rules));
    await Promise.all(["customer", "customers", "suggestions"].map((key) => client.invalidateQueries({ queryKey: [key] })));
  };
};

/** Customers to choose another one from. */
export const useCustomerChoice = (search: string) =>
  useQuery({
    queryKey: ["customers", "choice", search],
    enabled: search.trim().length > 1,
    queryFn: ({ signal }) => api.get<{ items: CustomerRow[] }>("/api/customers", { query: { search, who: "all", limit: 8 }, signal }),
  });
