import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";

export type MapComment = { id: string; text: string; stepId: string | null; cardId: string | null; memberId: string | null; memberName: string | null; at: string; resolvedAt: string | null };
export type NewComment = { text: string; stepId: string | null; cardId: string | null; mentions: string[] };

const ofMap = (id: string) => ["maps", "comments", id] as const;

/** What members wrote to each other about a map. */
export const useMapComments = (mapId: string) => {
  useLive(["map.commented"], (_, payload) => void (Reflect.get(Object(payload), "mapId") === mapId && refresh(mapId)));
  return useQuery({ queryKey: ofMap(mapId), queryFn: ({ signal }) => api.get<{ items: MapComment[] }>(`/api/maps/${mapId}/comments`, { signal }) });
};

export const addComment = (mapId: string, comment: NewComment): Promise<void> => done(mapId, api.post(`/api/maps/${mapId}/comments`, comment));
export const resolveComment = (mapId: string, id: string): Promise<void> => done(mapId, api.post(`/api/maps/${mapId}/comments/${id}/resolution`));
export const removeComment = (mapId: string, id: string): Promise<void> => done(mapId, api.delete(`/api/maps/${mapId}/comments/${id}`));

const done = async (mapId: string, sent: Promise<unknown>): Promise<void> => {
  await sent;
  await refresh(mapId);
};
const refresh = (mapId: string): Promise<void> => queryClient.invalidateQueries({ queryKey: ofMap(mapId) });
