import type { Present } from "@firsthand/server/journeys/maps/presences.contract";
import { presenceBeatMs } from "@firsthand/server/journeys/maps/presences.rules";
import { useEffect, useRef, useState } from "react";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { useSession } from "../../shell/session.data.ts";
import { isRemovedHere } from "./maps.data.ts";
import { afterAsking, nobodyKnown } from "./presences.rules.ts";

export type { Present };

/** Other members who have the map open just now. This page says that it has it too, for as long as it is looked at. */
export const usePresent = (mapId: string): readonly Present[] => {
  const { member } = useSession();
  const [{ present }, setKnown] = useState(nobodyKnown);
  const [pageId] = useState(() => crypto.randomUUID());
  const url = `/api/maps/${mapId}/presences`;
  // Who is there is an ornament: a request that fails is made good by the next one, and is not spoken of.
  const take = (asked: Promise<{ items: Present[] }>): void => {
    void asked.then(({ items }) => items, () => null).then((answer) => setKnown((known) => afterAsking(known, answer)));
  };
  const isGone = useRef(false);
  useLive(["map.presence_changed", "map.deleted"], (name, payload) => {
    if (Reflect.get(Object(payload), "mapId") !== mapId) return;
    if (name === "map.deleted") isGone.current = true;
    else take(api.get(url));
  });
  useEffect(() => {
    const here = `${url}/${pageId}`;
    const stay = (): void => {
      if (!document.hidden && !isGone.current) take(api.put(here));
    };
    const leave = (): void => {
      if (!isGone.current && !isRemovedHere(mapId)) void api.delete(here, undefined, { keepalive: true }).catch(() => undefined);
    };
    const look = (): void => (document.hidden ? leave() : stay());
    stay();
    const beat = setInterval(stay, presenceBeatMs);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(beat);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [url, pageId, mapId]);
  return present.filter(({ memberId }) => memberId !== member.id);
};
