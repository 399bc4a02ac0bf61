import type {
  ChangedSegment, CustomerContact, EntriesReport, NewSegment, Segment, SegmentCondition, SegmentGroup, SegmentReasons, SegmentRule,
} from "@firsthand/server/customers/segments/segments.contract";
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { CustomerContact, EntriesReport, Segment, SegmentCondition, SegmentGroup, SegmentReasons, SegmentRule };
export type SegmentFilters = { search: string; kind?: "list" | "live" };
type Page<Item> = { items: Item[]; nextCursor: string | null };

export const addressOfPicture = (segmentId: string, pictureId: string): string => `/api/segments/${segmentId}/pictures/${pictureId}`;

export const useSegments = (filters: SegmentFilters) =>
  useInfiniteQuery({
    queryKey: ["segments", "list", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<Segment>>("/api/segments", { query: { ...filters, limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const useSegment = (id: string) => useQuery({ queryKey: ["segments", id], queryFn: ({ signal }) => api.get<Segment>(`/api/segments/${id}`, { signal }), enabled: id !== "new" });

/** The contact lists a rule may ask for. */
export const useLists = () =>
  useQuery({ queryKey: ["segments", "lists"], queryFn: ({ signal }) => api.get<Page<Segment>>("/api/segments", { query: { kind: "list", limit: 100 }, signal }) });

export const useSegmentCustomers = (id: string) =>
  useInfiniteQuery({
    queryKey: ["segments", id, "customers"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<CustomerContact>>(`/api/segments/${id}/customers`, { query: { limit: 100, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

/** Counted anew when the screen opens and whenever entries change. */
export const useSegmentCount = (id: string) =>
  useQuery({ queryKey: ["segments", id, "count"], queryFn: ({ signal }) => api.post<{ customers: number; isEstimate: boolean; countedAt: string }>(`/api/segments/${id}/counts`, undefined, { signal }), retry: false });

/** How many a rule finds now; keeps showing the last answer while the next one comes. */
export const useRulePreview = (rule: SegmentRule) =>
  useQuery({
    queryKey: ["segments", "preview", rule],
    queryFn: ({ signal }) => api.post<{ customers: number; isEstimate: boolean; examples: CustomerContact[] }>("/api/segments/previews", { rule }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useRuleSuggestions = () =>
  useQuery({
    queryKey: ["segments", "suggestions"],
    queryFn: ({ signal }) => api.get<{ traits: string[]; interactions: string[]; touchpoints: string[] }>("/api/segments/suggestions", { signal }),
    staleTime: 300_000,
  });

export const useReasons = (id: string, customerId: string | null) =>
  useQuery({
    queryKey: ["segments", id, "reasons", customerId],
    queryFn: ({ signal }) => api.get<SegmentReasons>(`/api/segments/${id}/reasons`, { query: { customerId }, signal }),
    enabled: customerId !== null,
  });

/** What can be done with segments; whatever shows segments is asked for anew. */
export const useSegmentVerbs = () => {
  const client = useQueryClient();
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ["segments"] });
  const refreshed = async <Reply,>(reply: Promise<Reply>): Promise<Reply> => {
    const done = await reply;
    await refresh();
    return done;
  };
  return {
    refresh,
    create: (segment: NewSegment) => refreshed(api.post<Segment>("/api/segments", segment)),
    change: (id: string, change: ChangedSegment) => refreshed(api.patch<Segment>(`/api/segments/${id}`, change)),
    // The screen of a deleted segment must not ask for it again, so only lists are.
    remove: async (id: string): Promise<void> => {
      await api.delete(`/api/segments/${id}`);
      client.removeQueries({ queryKey: ["segments", id] });
      await client.invalidateQueries({ queryKey: ["segments", "list"] });
    },
    sendPicture: (id: string, file: Blob) => refreshed(api.upload<{ pictureId: string }>(`/api/segments/${id}/pictures`, new Blob([file], { type: "application/octet-stream" }))),
    removePicture: (id: string) => refreshed(api.delete(`/api/segments/${id}/pictures`)),
    upload: (id: string, file: Blob) => refreshed(api.upload<EntriesReport>(`/api/segments/${id}/uploads`, new Blob([file], { type: "application/octet-stream" }))),
    take: (id: string, customerIds: readonly string[]) => refreshed(api.post<{ removed: number }>(`/api/segments/${id}/removals`, { customerIds })),
  };
};
