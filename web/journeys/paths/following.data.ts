import type { CopyingReply } from "@firsthand/server/journeys/paths/paths.contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { createRefresher } from "../../shell/refresher.ts";

const ASKED_EVERY_MS = 2_000;
/** While much is still to come, a picture follows what is there; when only a little does, one that moved with every fact could not be read. */
const COPYING_EVERY_MS = 4_000;
const USUAL_EVERY_MS = 30_000;
const arrivals = ["import.finished", "import.undone", "touchpoints.renamed"];

/** Asks again for what is on the screen when new facts have come, now and then.
 *  @param family the first part of the keys of what is asked for; null where the screen asks again by itself
 *  @returns whether facts that came in are still to be counted */
export const useFollowing = (family: string | null): boolean => {
  const client = useQueryClient();
  const [ask] = useState(() => () => client.invalidateQueries({ predicate: ({ queryKey: [own, what] }) => own === family && what !== "travellers", refetchType: document.hidden ? "none" : "active" }));
  const [soon] = useState(() => createRefresher(ask, COPYING_EVERY_MS));
  const [later] = useState(() => createRefresher(ask, USUAL_EVERY_MS));
  useEffect(() => () => [soon, later].forEach(({ stop }) => stop()), [soon, later]);
  const copying = useQuery({
    queryKey: ["copying"], queryFn: ({ signal }) => api.get<CopyingReply>("/api/paths/copying", { signal }), retry: false, staleTime: ASKED_EVERY_MS,
    refetchInterval: ({ state }) => (state.data?.isBehind === true ? ASKED_EVERY_MS : false),
  });
  const isBehind = copying.data?.isBehind === true;
  useLive([...arrivals, "experience.advanced"], (name) => {
    (isBehind || arrivals.includes(name) ? soon : later).begin();
    if (!isBehind && copying.isStale) void copying.refetch();
  });
  // The last that was copied is shown at once, too.
  const wasBehind = useRef(false);
  useEffect(() => {
    if (wasBehind.current && !isBehind) soon.begin();
    wasBehind.current = isBehind;
  }, [isBehind, soon]);
  return isBehind;
};
