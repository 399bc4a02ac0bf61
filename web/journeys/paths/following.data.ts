import type { CopyingReply } from "@firsthand/server/journeys/paths/paths.contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { createRefresher } from "../../shell/refresher.ts";
import { began, followOn, type Following, isFollowed } from "./following.rules.ts";

const ASKED_EVERY_MS = 2_000;
/** While much is still to come, a picture follows what is there; when only a little does, one that moved with every fact could not be read. */
const COPYING_EVERY_MS = 4_000;
const USUAL_EVERY_MS = 30_000;
const queryKey = ["copying"] as const;
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
    queryKey, retry: false, staleTime: ASKED_EVERY_MS,
    queryFn: async ({ signal }) => {
      const reply = await api.get<CopyingReply>("/api/paths/copying", { signal });
      return followOn(client.getQueryData<Following>(queryKey), reply);
    },
    refetchInterval: ({ state }) => (state.data !== undefined && isFollowed(state.data) ? ASKED_EVERY_MS : false),
  });
  const isFollowing = copying.data !== undefined && isFollowed(copying.data);
  useLive([...arrivals, "experience.advanced"], (name) => {
    const isArrival = arrivals.includes(name);
    (isFollowing || isArrival ? soon : later).begin();
    if (isArrival) client.setQueryData<Following>(queryKey, began);
    if (isArrival || (!isFollowing && copying.isStale)) void copying.refetch();
  });
  // The last that was copied is shown at once, too.
  const wasFollowing = useRef(false);
  useEffect(() => {
    if (wasFollowing.current && !isFollowing) soon.begin();
    wasFollowing.current = isFollowing;
  }, [isFollowing, soon]);
  return copying.data?.isBehind === true;
};
