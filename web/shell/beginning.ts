import { journeysBeginnings } from "../journeys/journeys.beginnings.ts";
import { queryClient } from "./queries.ts";
import type { Beginnings } from "./screens.ts";
import { parseSearch } from "./search-text.ts";
import { sessionQuery } from "./session.data.ts";

/** Of every module that has some: one line per module, in the order of the product. */
export const beginnings: Beginnings = { ...journeysBeginnings };

/** Asks for what the page will show first while the program is still being fetched. What fails here is told by whoever asks again. */
export const beginFigures = ({ pathname, search }: Location): void => {
  const begin = beginnings[pathname];
  if (begin === undefined) return;
  void queryClient.prefetchQuery(sessionQuery);
  begin(parseSearch(search)).catch(() => undefined);
};
