import type { ContactChannel, LedgerReason } from "@firsthand/server/customers/contact-policy/contact-policy.contract";
import type { ContactPolicy, ContactStandingShown, LedgerEntry, Outcome, PolicyPreview, QuietHours } from "@firsthand/server/customers/contact-policy/policy.contract";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { ContactChannel, ContactPolicy, ContactStandingShown, LedgerEntry, Outcome, PolicyPreview, QuietHours };
export type LedgerFilters = { customerId?: string; decision?: string; reason?: string; from?: string; until?: string };
type Shown = { policy: ContactPolicy; changedAt: string | null; timeZone: string };

export const channels: readonly ContactChannel[] = ["email", "text", "phone", "push", "web", "app", "chat", "qr", "kiosk", "in_person", "other"];
export const reasons: readonly LedgerReason[] = [
  "do_not_contact", "consent_withdrawn", "consent_missing", "held_out", "open_complaint", "relationship_first", "too_soon_survey", "too_soon_any", "budget_used", "quiet_hours", "no_address",
  "not_in_segment", "survey_closed", "bounced",
];

export const usePolicy = () => useQuery({ queryKey: ["contact-policy"], queryFn: ({ signal }) => api.get<Shown>("/api/contact-policy", { signal }) });

export const usePolicyChange = () => {
  const client = useQueryClient();
  return async (policy: ContactPolicy): Promise<void> => {
    await api.put("/api/contact-policy", policy);
    await client.invalidateQueries({ queryKey: ["contact-policy"] });
  };
};

/** What a policy would have decided; keeps showing the last answer while the next one comes. */
export const usePolicyPreview = (policy: ContactPolicy, days: number) =>
  useQuery({
    queryKey: ["contact-policy", "preview", days, policy],
    queryFn: ({ signal }) => api.post<PolicyPreview>("/api/contact-policy/previews", { policy, days }, { signal }),
    placeholderData: keepPreviousData,
  });

export const useLedger = (filters: LedgerFilters) =>
  useInfiniteQuery({
    queryKey: ["contact-ledger", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<{ items: LedgerEntry[]; nextCursor: string | null }>("/api/contact-ledger", { query: { ...filters, limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const useOutcomes = (days: number) =>
  useQuery({ queryKey: ["contact-ledger", "outcomes", days], queryFn: ({ signal }) => api.get<{ items: Outcome[] }>("/api/contact-ledger/outcomes", { query: { days }, signal }) });

/** The last contacts of one customer. */
export const useLastContacts = (customerId: string) =>
  useQuery({
    queryKey: ["customer", customerId, "contacts"],
    queryFn: ({ signal }) => api.get<{ items: LedgerEntry[] }>("/api/contact-ledger", { query: { customerId, limit: 5 }, signal }),
  });

export const useStanding = (customerId: string) =>
  useQuery({ queryKey: ["customer", customerId, "contact"], queryFn: ({ signal }) => api.get<ContactStandingShown>(`/api/customers/${customerId}/contact`, { signal }) });

export const useStop = (customerId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (stop: { channel: ContactChannel | "all"; isStopped: boolean }) => api.put<ContactStandingShown>(`/api/customers/${customerId}/contact/stops`, stop),
    onSuccess: (standing) => client.setQueryData(["customer", customerId, "contact"], standing),
  });
};

export const useConsent = (customerId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (consent: { purpose: "survey" | "campaign"; channel: ContactChannel | "all"; isGiven: boolean }) =>
      api.post<ContactStandingShown>(`/api/customers/${customerId}/contact/consents`, consent),
    onSuccess: (standing) => client.setQueryData(["customer", customerId, "contact"], standing),
  });
};

/** Keeps everybody from asking while something is open; null lifts it. */
export const useBlock = (customerId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (block: { reason: string; until: string | null } | null) =>
      block === null ? api.delete<ContactStandingShown>(`/api/customers/${customerId}/contact/blocks`) : api.put<ContactStandingShown>(`/api/customers/${customerId}/contact/blocks`, block),
    onSuccess: (standing) => client.setQueryData(["customer", customerId, "contact"], standing),
  });
};
