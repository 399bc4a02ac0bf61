import type { MapComment, NewCommentBody } from "@firsthand/server/journeys/maps/comments.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";

export type { MapComment };
export type NewComment = Pick<NewCommentBody, "text" | "stepId" | "cardId" | "mentions">;

const ofMap = (id: string) => ["maps", "comments", id] as const;

/** What members wrote to each other about a map. */
export const useMapComments = (mapId: string) => {
  useLive(["map.commented"], (_, payload) => void (Reflect.get(Object(payload), "mapId") === mapId && refresh(mapId)));
  return useQuery({ queryKey: ofMap(mapId), queryFn: ({ signal }) => api.get<{ items: MapComment[] }>(`/api/maps/${mapId}/comments`, { signal }) });
};

export const addComment = (mapId: string, comment: NewComment): Promise<void> => done(mapId, api.post(`/api/maps/${mapId}/comments`, comment));
export const resolveComment = (mapId: string, id: string, isResolved: boolean): Promise<void> => done(mapId, api.post(`/api/maps/${mapId}/comments/${id}/resolution`, { isResolved }));
export const removeComment = (mapId: string, id: string): Promise<void> => done(mapId, api.delete(`/api/maps/${mapId}/comments/${id}`));

const done = async (mapId: string, sent: Promise<unknown>): Promise<void> => {
  await sent;
  await refresh(mapId);
};
const refresh = (mapId: string): Promise<void> => queryClient.invalidateQueries({ queryKey: ofMap(mapId) });
