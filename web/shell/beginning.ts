import { beginPaths } from "../journeys/paths/paths-beginning.ts";
import { queryClient } from "./queries.ts";
import type { Search } from "./search.ts";
import { parseSearch } from "./search-text.ts";
import { sessionQuery } from "./session.data.ts";

// Only screens whose first figures take long. What they import is run before the program itself is there, so it must be little: no components.
const beginnings: Readonly<Record<string, (search: Search) => Promise<unknown>>> = { "/paths": beginPaths };

/** Asks for what the page will show first while the program is still being fetched. What fails here is told by whoever asks again. */
export const beginFigures = ({ pathname, search }: Location): void => {
  const begin = beginnings[pathname];
  if (begin === undefined) return;
  void queryClient.prefetchQuery(sessionQuery);
  begin(parseSearch(search)).catch(() => undefined);
};
