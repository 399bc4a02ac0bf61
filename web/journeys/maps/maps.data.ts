import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { EditGroup, MapEdit, SendEditsBody, SentEdits } from "@firsthand/server/journeys/maps/edits.contract";
import type { ChangeMapBody, CreateMapBody, JourneyMap, ListedMap, MapState, TemplateKey, Viewpoint } from "@firsthand/server/journeys/maps/maps.contract";
import type { Segment, SegmentRule } from "@firsthand/server/customers/segments/segments.contract";
import type { WordsOnMap } from "@firsthand/server/journeys/maps/words.contract";
import type { OverlayReply, OverlayStep } from "@firsthand/server/journeys/overlays/overlays.contract";
import type { ListedTouchpoint, Proposal } from "@firsthand/server/journeys/touchpoints/touchpoints.contract";
import type { PlaceReply } from "@firsthand/server/journeys/paths/paths.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { failureOf } from "../../ui/choices.ts";
import { bytesOf, cardsWithPhotos, type LeftDetail, type MapFile } from "./map-file.rules.ts";

export type { ChangeMapBody, JourneyMap, ListedMap, MapState, OverlayReply, OverlayStep, TemplateKey, Viewpoint, WordsOnMap };
type Items<Item> = { items: Item[] };
export type Found = { id: string; name: string; email: string | null };
export type Persona = { id: string; name: string; story: string };

const all = ["maps"] as const;
/** A family of its own: figures follow the data, what is drawn does not. */
export const overlayFamily = "map-overlay";
const oneMap = (id: string) => [...all, "one", id] as const;

export const useMaps = (isArchived: boolean, isNeeded = true) =>
  useQuery({ queryKey: [...all, "list", isArchived], queryFn: ({ signal }) => api.get<Items<ListedMap>>("/api/maps", { query: { archived: isArchived }, signal }), enabled: isNeeded });

/** A map as it is when it is opened; what others draw after that comes as edits. */
export const useMap = (id: string) =>
  useQuery({ queryKey: oneMap(id), queryFn: ({ signal }) => readMap(id, signal), staleTime: 0, refetchOnWindowFocus: false, gcTime: 0 });

export const readMap = (id: string, signal?: AbortSignal): Promise<JourneyMap> => api.get<JourneyMap>(`/api/maps/${id}`, signal === undefined ? {} : { signal });

/** What every step shows from data. The screen keeps the last figures while the next ones come. */
export const useOverlay = (id: string, query: Query, revision: number, isNeeded = true) =>
  useQuery({
    queryKey: [overlayFamily, id, query, revision],
    queryFn: ({ signal }) => api.get<OverlayReply>(`/api/maps/${id}/overlay`, { query, signal }),
    placeholderData: keepPreviousData,
    enabled: isNeeded,
    staleTime: 60_000,
  });

export const createMap = async (given: CreateMapBody): Promise<JourneyMap> => done(await api.post<JourneyMap>("/api/maps", given));
export const copyMap = async (id: string, given: { name: string; state: MapState }): Promise<JourneyMap> => done(await api.post<JourneyMap>(`/api/maps/${id}/copies`, given));
const removedHere = new Set<string>();

/** Whether this page itself deleted the map: it need not be told. */
export const isRemovedHere = (id: string): boolean => removedHere.has(id);

export const removeMap = async (id: string): Promise<void> => {
  removedHere.add(id);
  await api.delete(`/api/maps/${id}`).catch((failure: unknown) => {
    removedHere.delete(id);
    throw failure;
  });
  await refreshMaps();
};

/** Name, viewpoint, owner ... of a map; the drawing itself is changed by edits. */
export const changeMap = async (id: string, change: ChangeMapBody): Promise<JourneyMap> => {
  const changed = await api.patch<JourneyMap>(`/api/maps/${id}`, change);
  queryClient.setQueryData(oneMap(id), (before: JourneyMap | undefined) => (before === undefined ? undefined : { ...changed, document: before.document, revision: before.revision }));
  return done(changed);
};

export const restoreMap = async (id: string, revision: number): Promise<JourneyMap> => done(await api.post<JourneyMap>(`/api/maps/${id}/restorations`, { revision }));

export const sendEdits = (id: string, body: SendEditsBody): Promise<SentEdits> => api.post<SentEdits>(`/api/maps/${id}/edits`, body);
export const readEdits = async (id: string, after: number): Promise<EditGroup[]> => (await api.get<Items<EditGroup>>(`/api/maps/${id}/edits`, { query: { after } })).items;

export const sendPhoto = (id: string, file: BlobPart): Promise<{ fileId: string }> => api.upload<{ fileId: string }>(`/api/maps/${id}/photos`, new Blob([file], { type: "application/octet-stream" }));

export const addressOfPhoto = (id: string, fileId: string): string => `/api/maps/${id}/photos/${fileId}`;

const photosAtOnce = 500;

/** Draws the map that is in a file, and puts its photos on the cards again.
 *  @returns how many photos could not be brought in, and which details: of a segment that this workspace does not have, for instance */
export const createFromFile = async (file: MapFile, name: string): Promise<{ map: JourneyMap; lost: number; left: LeftDetail[] }> => {
  const { state, viewpoint, description, document } = file;
  const details = { ...(state === null ? {} : { state }), ...(viewpoint === null ? {} : { viewpoint }), ...(description === null ? {} : { description: description.slice(0, 4_000) }) };
  const map = await api.post<JourneyMap>("/api/maps", { name, from: { kind: "document", document }, ...details });
  const sent = new Map<string, string | null>();
  const edits: MapEdit[] = [];
  for (const { card, photo } of cardsWithPhotos(file)) {
    if (!sent.has(photo.id)) sent.set(photo.id, await sendPhoto(map.id, bytesOf(photo)).then(({ fileId }) => fileId).catch(() => null));
    const fileId = sent.get(photo.id) ?? null;
    if (fileId !== null) edits.push({ do: "change", part: "card", id: card.id, was: { fileId: null }, now: { fileId } });
  }
  let shown = 0;
  for (let at = 0; at < edits.length; at += photosAtOnce) {
    const some = edits.slice(at, at + photosAtOnce);
    // The map is there already: failing now would have it made twice.
    shown += await sendEdits(map.id, { id: crypto.randomUUID(), knows: map.revision, edits: some }).then(({ refused }) => some.length - refused.length).catch(() => 0);
  }
  await refreshMaps();
  const left: LeftDetail[] = viewpoint === null || viewpoint.kind === map.viewpoint.kind ? file.left : [...file.left, "viewpoint"];
  return { map, left, lost: file.document.cards.filter(({ fileId }) => fileId !== null).length - shown };
};

/** The drawing as it was after a revision, to be looked at before it is restored. */
export const useRevision = (id: string, revision: number | null) =>
  useQuery({
    queryKey: [...all, "revision", id, revision],
    queryFn: ({ signal }) => api.get<{ document: MapDocument }>(`/api/maps/${id}/revisions/${revision}`, { signal }),
    enabled: revision !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Touchpoints a step can be bound to: registered ones, and those that were met without being registered. */
export const useTouchpointNames = () => {
  const registered = useQuery({ queryKey: ["touchpoints", "register"], queryFn: ({ signal }) => api.get<Items<ListedTouchpoint>>("/api/touchpoints", { signal }) });
  const proposals = useQuery({ queryKey: ["touchpoints", "proposals"], queryFn: ({ signal }) => api.get<Items<Proposal>>("/api/touchpoint-proposals", { signal }) });
  return { registered: registered.data?.items ?? [], proposed: proposals.data?.items ?? [] };
};

export const useCustomerSearch = (search: string) =>
  useQuery({
    queryKey: ["customers", "search", search],
    enabled: search.trim().length > 1,
    queryFn: ({ signal }) => api.get<Items<Found>>("/api/customers", { query: { search: search.trim(), who: "known", limit: 8 }, signal }),
    placeholderData: keepPreviousData,
  });

/** Who met a touchpoint last, those with a name.
 *  @param query null while nobody wants to know */
export const useLatestAt = (query: Query | null): Found[] =>
  useQuery({
    queryKey: [overlayFamily, "latest", query], enabled: query !== null, retry: false, staleTime: 60_000,
    queryFn: ({ signal }) => api.get<Pick<PlaceReply, "examples">>("/api/paths/place", { query: query ?? {}, signal }),
    select: ({ examples }) => examples.flatMap(({ customerId: id, name }): Found[] => (name === null || name === "" ? [] : [{ id, name, email: null }])).slice(0, 8),
  }).data ?? [];

/** Personas a map can be drawn for: segments and contact lists with a story, the first hundred by name of those a word is found in. */
export const usePersonas = (search: string): { personas: Persona[] | undefined; failure: string | undefined } => {
  const found = useQuery({ queryKey: ["segments", "personas", search], queryFn: ({ signal }) => api.get<Items<Persona>>("/api/segments", { query: { personas: true, limit: 100, ...(search === "" ? {} : { search }) }, signal }), retry: false, staleTime: 0, placeholderData: keepPreviousData });
  return { personas: found.data?.items, failure: failureOf(found.error) };
};

/** Makes a made-up persona one of the workspace. It is measured from the same customers as before: those of its segment, or everybody until somebody says who belongs to it. */
export const makePersona = async ({ name, story, segmentId }: { name: string; story: string; segmentId: string | null }): Promise<Persona> => {
  const stands = segmentId === null ? null : await api.get<Segment>(`/api/segments/${segmentId}`);
  const ofList: SegmentRule = { match: "all", who: "all", conditions: segmentId === null ? [] : [{ kind: "list", segmentId, isMember: true }] };
  const made = await api.post<Persona>("/api/segments", { kind: "live", name: name.trim(), story: story.trim(), rule: stands?.rule ?? ofList });
  await queryClient.invalidateQueries({ queryKey: ["segments"] });
  return made;
};

/** Where words on maps name a customer. */
export const readWordsOnMaps = (customer: string, signal: AbortSignal) => api.get<Items<WordsOnMap>>("/api/words-on-maps", { query: { customer }, signal });

export const refreshMaps = (): Promise<void> => queryClient.invalidateQueries({ queryKey: [...all, "list"] });
/** Figures of maps that show others in detail: those may have been changed. */
export const refreshOverlays = (): Promise<void> => queryClient.invalidateQueries({ queryKey: [overlayFamily] });
export const refreshMap = (id: string): Promise<void> => queryClient.invalidateQueries({ queryKey: oneMap(id) });

const done = async <Reply>(reply: Reply): Promise<Reply> => {
  await refreshMaps();
  return reply;
};
