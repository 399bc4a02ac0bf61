import type { CustomerDetail, CustomerRow, CustomerSort, CustomerTrait, ErasureReport, NewNote, TimelineItem, Who } from "@firsthand/server/customers/profiles/profiles.contract";
import { keepPreviousData, useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { use } from "react";
import { api } from "../../shell/api.ts";
import { ErasureNotices } from "../../shell/erasure-notices.ts";
import { useSession } from "../../shell/session.data.ts";

export type { CustomerDetail, CustomerRow, CustomerSort, CustomerTrait, ErasureReport, NewNote, TimelineItem, Who };
export type CustomerFilters = { search: string; sort: CustomerSort; direction: "asc" | "desc"; who: Who };
export type TimelineFilters = { record?: string; channel?: string; type?: string };

type Page<Item> = { items: Item[]; nextCursor: string | null };

/** Page by page; the rows before stay until those of a new search have come. */
export const useCustomers = (filters: CustomerFilters) =>
  useInfiniteQuery({
    queryKey: ["customers", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<CustomerRow>>("/api/customers", { query: { ...filters, limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const useCustomer = (id: string) =>
  useQuery({ queryKey: ["customer", id, "detail"], queryFn: ({ signal }) => api.get<CustomerDetail>(`/api/customers/${id}`, { signal }) });

/** What other modules have to say before a customer is erased. Read anew each time: somebody may just have struck it out. */
export const useErasureNotices = (id: string, isWanted: boolean) => {
  const { abilities } = useSession();
  const notices = use(ErasureNotices).filter(({ ability }) => abilities.includes(ability));
  return useQueries({
    // What comes is drawn already, so it is not compared with what came before.
    queries: notices.map(({ load }, at) => ({ queryKey: ["customer", id, "erasure-notice", at], queryFn: ({ signal }: { signal: AbortSignal }) => load(id, signal), enabled: isWanted, staleTime: 0, gcTime: 0, structuralSharing: false })),
  });
};

export const useTimeline = (id: string, filters: TimelineFilters) =>
  useInfiniteQuery({
    queryKey: ["customer", id, "timeline", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<TimelineItem>>(`/api/customers/${id}/timeline`, { query: { ...filters, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

// The page of somebody who is being erased is open until the list has come: what is heard of her meanwhile must not be asked for any more.
const erased = new Set<string>();

/** Everything shown about one customer is asked for anew. */
export const useCustomerRefresh = (id: string): (() => Promise<void>) => {
  const client = useQueryClient();
  return async () => {
    if (!erased.has(id)) await client.invalidateQueries({ queryKey: ["customer", id] });
  };
};

// The row is written at once; who it belongs to and the counts follow within a second, and the live line asks again then.
export const useNewNote = (id: string) => {
  const refresh = useCustomerRefresh(id);
  return useMutation({ mutationFn: (note: NewNote) => api.post<{ id: string }>(`/api/customers/${id}/notes`, note), onSuccess: refresh });
};

export const useTraitCorrection = (id: string) => {
  const refresh = useCustomerRefresh(id);
  return useMutation({
    mutationFn: (trait: { name: string; value: string | number | boolean | null }) => api.post<null>(`/api/customers/${id}/traits`, trait),
    onSuccess: refresh,
  });
};

export const eraseCustomer = (id: string): Promise<ErasureReport> => {
  erased.add(id);
  return api.post<ErasureReport>(`/api/customers/${id}/erasure`, { isConfirmed: true }).catch((refusal: unknown) => {
    erased.delete(id);
    throw refusal;
  });
};

export const exportAddress = (id: string): string => `/api/customers/${id}/export`;

/** Names of the members, to say who wrote a note. */
export const useMemberNames = (): ReadonlyMap<string, string> => {
  const members = useQuery({
    queryKey: ["members", "names"],
    queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>("/api/members", { signal }),
    staleTime: 300_000,
    retry: false,
  });
  return new Map(members.data?.items.map((member) => [member.id, member.name]));
};
