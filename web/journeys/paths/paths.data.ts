import type { CreateMapBody, JourneyMap } from "@firsthand/server/journeys/maps/maps.contract";
import type { FlowLink, FlowNode, FlowReply, FunnelReply, GraphEdge, GraphNode, GraphReply, PlaceReply, ReturnReply, SilencesReply, TravellersReply, VariantRow, VariantsReply } from "@firsthand/server/journeys/paths/paths.contract";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";

export type { FlowLink, FlowNode, FlowReply, FunnelReply, GraphEdge, GraphNode, GraphReply, PlaceReply, ReturnReply, SilencesReply, TravellersReply, VariantRow, VariantsReply };

const family = "paths";

// Mined anew when asked, not with every interaction that comes in: a picture that moves by itself cannot be read.
const read = <Reply>(what: string, query: Query | null) => ({
  queryKey: [family, what, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(`/api/paths/${what}`, { query: query ?? {}, signal }),
  enabled: query !== null,
  staleTime: 60_000,
  placeholderData: keepPreviousData,
});

/** The counts come at once; customers, times and feelings follow and take their place. */
export const useGraph = (query: Query | null, detail: number) => {
  const counts = useQuery(read<GraphReply>("graph", query === null ? null : { ...query, detail, measures: "counts" }));
  const all = useQuery(read<GraphReply>("graph", query === null ? null : { ...query, detail }));
  return { graph: all.isSuccess && !all.isPlaceholderData ? all : counts, isMeasured: all.isSuccess && !all.isPlaceholderData, all };
};
export const useFlow = (query: Query | null) => useQuery(read<FlowReply>("flow", query));
export const useVariants = (query: Query | null) => useQuery(read<VariantsReply>("variants", query));
export const useFunnel = (query: Query | null) => useQuery(read<FunnelReply>("funnel", query));
export const useReturns = (query: Query) => useQuery(read<ReturnReply>("retention", query));
export const useSilences = (query: Query | null) => useQuery(read<SilencesReply>("silences", query));
export const usePlace = (query: Query | null) => useQuery({ ...read<PlaceReply>("place", query), placeholderData: undefined });
export const useTravellers = (query: Query | null) => useQuery(read<TravellersReply>("travellers", query));

/** Names that were met, those met most first, to choose from. */
export const useNameChoices = (query: Query): readonly string[] =>
  useQuery({ ...read<GraphReply>("graph", { ...query, detail: 1, measures: "counts" }), select: ({ nodes }) => nodes.flatMap(({ name }) => (name === null ? [] : [name])) }).data ?? [];

/** Segments to choose from; none for those who may not see them. */
export const useSegmentChoices = () =>
  useQuery({ queryKey: ["segments", "choices"], queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>("/api/segments", { query: { limit: 100 }, signal }), retry: false, staleTime: 60_000 });

/** Channels to choose from. */
export const useChannelChoices = () =>
  useQuery({ queryKey: ["channels", "choices"], queryFn: ({ signal }) => api.get<{ channels: { channel: string }[] }>("/api/channels", { signal }), retry: false, staleTime: 60_000 });

/** Draws a map whose steps are those of a path. */
export const useMakeMap = (onDone: (id: string) => void) =>
  useMutation({
    mutationFn: ({ name, touchpoints }: { name: string; touchpoints: readonly string[] }) => {
      const body: Pick<CreateMapBody, "name" | "from"> = { name, from: { kind: "path", touchpoints: [...touchpoints] } };
      return api.post<JourneyMap>("/api/maps", body);
    },
    onSuccess: ({ id }) => onDone(id),
  });
