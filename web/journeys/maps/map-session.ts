import type { RefusedEdit } from "@firsthand/server/journeys/maps/edits.contract";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useLive } from "../../shell/live.ts";
import { useSession } from "../../shell/session.data.ts";
import { openKeptEdits } from "./kept-edits.ts";
import { createMapStore, type MapStore, type Shown } from "./map-store.ts";
import { isRemovedHere, type JourneyMap, readEdits, readMap, refreshMap, refreshMaps, refreshOverlays, sendEdits } from "./maps.data.ts";

/** What this member drew on a map in this browser and the server does not have. */
export const useKeptEdits = (mapId: string): ReturnType<typeof openKeptEdits> => {
  const { workspace, member } = useSession();
  const [edits] = useState(() => openKeptEdits({ workspaceId: workspace.id, memberId: member.id, mapId }, { store: () => localStorage, newId, now }));
  return edits;
};

const newId = (): string => crypto.randomUUID();
const now = (): number => Date.now();

/** One map while it is open: shows and sends what this member draws, and hears what others do. */
export const useMapSession = (map: JourneyMap, onRefused: (refused: readonly RefusedEdit[]) => void): [Shown, MapStore] => {
  const { kept, keep } = useKeptEdits(map.id);
  const [store] = useState(() =>
    createMapStore({
      map,
      kept,
      send: (body) => sendEdits(map.id, body),
      read: (after) => readEdits(map.id, after),
      reload: () => readMap(map.id),
      keep,
      newId,
      now,
      onRefused,
    }),
  );
  const [told] = useState(() => new Set([map.revision]));
  useLive(["map.changed"], (_, payload) => {
    const revision: unknown = Reflect.get(Object(payload), "revision");
    if (Reflect.get(Object(payload), "mapId") !== map.id || typeof revision !== "number") return;
    // The same revision told again: its name or viewpoint was changed, not the drawing.
    if (told.has(revision)) void refreshMap(map.id);
    else store.hear(revision);
    told.add(revision);
  });
  useLive(["map.deleted"], (_, payload) => {
    const by: unknown = Reflect.get(Object(payload), "memberName");
    if (Reflect.get(Object(payload), "mapId") === map.id && !isRemovedHere(map.id)) store.end(typeof by === "string" ? by : null);
  });
  useEffect(() => {
    store.start();
    const retry = (): void => store.retry();
    window.addEventListener("online", retry);
    return () => {
      window.removeEventListener("online", retry);
      store.stop();
      // What was drawn last is still under way: figures asked for before it arrived would stay as they were.
      void store.whenSent().then(() => Promise.all([refreshMaps(), refreshOverlays()]));
    };
  }, [store]);
  return [useSyncExternalStore(store.subscribe, store.shown), store];
};
