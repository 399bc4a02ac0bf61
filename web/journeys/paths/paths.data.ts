import type { AttributesReply, TraitValuesReply, FlowLink, FlowNode, FlowReply, FunnelReply, GraphEdge, GraphNode, GraphReply, NamesReply, PlaceReply, ReturnReply, SilencesReply, TravellersReply, VariantRow, VariantsReply } from "@firsthand/server/journeys/paths/paths.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { frameOf } from "./graph-place.ts";

export type { FlowLink, FlowNode, FlowReply, FunnelReply, GraphEdge, GraphNode, GraphReply, PlaceReply, ReturnReply, SilencesReply, TravellersReply, VariantRow, VariantsReply };

const family = "paths";

// Mined anew when asked and now and then while facts come in (useFollowing), not with every one of them: a picture that moves all the time cannot be read.
const read = <Reply>(what: string, query: Query | null) => ({
  queryKey: [family, what, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(`/api/paths/${what}`, { query: query ?? {}, signal }),
  enabled: query !== null,
  staleTime: 60_000,
  placeholderData: keepPreviousData,
});

/** The counts come at once; customers, times and feelings follow and take their place: the first picture waits for nothing.
 *  @param isDrawn whether the counts were; only then the rest is asked for */
export const useGraph = (query: Query | null, detail: number | null, isDrawn: boolean) => {
  const counts = useGraphCounts(query, detail);
  const hasCounts = counts.isSuccess && !counts.isPlaceholderData;
  const all = useQuery(read<GraphReply>("graph", query === null || !hasCounts || !isDrawn ? null : { ...query, ...askPicture(detail) }));
  const isMeasured = hasCounts && all.isSuccess && !all.isPlaceholderData;
  // Until the new counts are there, the former graph stays as it was.
  const isFormer = counts.isPlaceholderData;
  return { data: isMeasured || (isFormer && all.data !== undefined) ? all.data : counts.data, isFormer, isMeasured, all };
};
export const useGraphCounts = (query: Query | null, detail: number | null) => useQuery(readCounts(query, detail));
const readCounts = (query: Query | null, detail: number | null) => read<GraphReply>("graph", query === null ? null : { ...query, ...askPicture(detail), measures: "counts" });
const askPicture = (detail: number | null): Query => ({ ...frameOf(window), ...(detail === null ? {} : { detail }) });

/** What the beaten way is found in: the same in every window, however much of it can be drawn there. */
export const useUsualGraph = (query: Query | null) => useQuery(read<GraphReply>("graph", query === null ? null : { ...query, measures: "counts" }));

export const beginGraph = async (query: Query, detail: number | null): Promise<void> => {
  const { queryKey, queryFn, staleTime } = readCounts(query, detail);
  await queryClient.prefetchQuery({ queryKey, queryFn, staleTime });
};
export const useFlow = (query: Query | null) => useQuery(read<FlowReply>("flow", query));
export const useVariants = (query: Query | null, limit: number) => useQuery(read<VariantsReply>("variants", query === null ? null : { ...query, limit }));
export const useFunnel = (query: Query | null) => useQuery(read<FunnelReply>("funnel", query));
export const useReturns = (query: Query | null) => useQuery(read<ReturnReply>("retention", query));
export const useSilences = (query: Query | null) => useQuery(read<SilencesReply>("silences", query));
export const usePlace = (query: Query | null) => useQuery({ ...read<PlaceReply>("place", query), placeholderData: undefined });
// Customers of the former filters would walk over a graph they are not on.
export const useTravellers = (query: Query | null) => useQuery({ ...read<TravellersReply>("travellers", query), placeholderData: undefined });

/** Names that were met, those met most first, to choose from.
 *  @param query null while there is something that is waited for more */
export const useNameChoices = (query: Query | null): readonly string[] =>
  useQuery({ ...read<NamesReply>("names", query), select: ({ names }) => names }).data ?? [];

/** Properties and traits paths can be asked for. */
export const useAttributes = () =>
  useQuery({ queryKey: [family, "attributes"], queryFn: ({ signal }) => api.get<AttributesReply>("/api/paths/attributes", { signal }), retry: false, staleTime: 60_000 });

/** Values of a trait that hold some letters, among those of all customers.
 *  @param name empty: nothing is asked yet */
export const useTraitValues = (name: string, search: string) =>
  useQuery({ ...read<TraitValuesReply>("trait-values", name === "" ? null : { name, search }), select: ({ values }) => values, placeholderData: undefined, retry: false });
