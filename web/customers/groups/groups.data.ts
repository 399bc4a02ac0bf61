import type { GroupRow } from "@firsthand/server/customers/groups/groups.contract";
import type { CustomerRow } from "@firsthand/server/customers/profiles/profiles.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { GroupRow };
export type GroupCustomer = Omit<CustomerRow, "traits">;
type Page<Item> = { items: Item[]; nextCursor: string | null };

/** Page by page; the rows before stay until those of a new search have come. */
export const useGroups = (search: string) =>
  useInfiniteQuery({
    queryKey: ["groups", search],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<GroupRow>>("/api/customers/groups", { query: { search, limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const useGroup = (id: string) =>
  useQuery({ queryKey: ["group", id], queryFn: ({ signal }) => api.get<GroupRow>(`/api/customers/groups/${encodeURIComponent(id)}`, { signal }) });

export const useGroupCustomers = (id: string) =>
  useInfiniteQuery({
    queryKey: ["group", id, "customers"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<GroupCustomer>>(`/api/customers/groups/${encodeURIComponent(id)}/customers`, { query: { limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });
