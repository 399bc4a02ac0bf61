import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useLive } from "./live.ts";

/** Asks again for all of a family that is shown when one of these events says that it has changed. */
export const useFresh = (names: readonly string[], family: QueryKey): void => {
  const client = useQueryClient();
  useLive(names, () => void askAgain(client, family, document.hidden ? "none" : "active"));
};

/** What is being asked for the first time is asked once more afterwards: it may have been answered before the change, and is not asked again while it is on its way. */
export const askAgain = async (client: QueryClient, family: QueryKey, refetchType: "none" | "active"): Promise<void> => {
  const first = client.getQueryCache().findAll({ queryKey: family, fetchStatus: "fetching" }).filter(({ state }) => state.data === undefined);
  await client.invalidateQueries({ queryKey: family, refetchType });
  if (first.length > 0) await client.invalidateQueries({ predicate: (query) => first.includes(query), refetchType });
};
