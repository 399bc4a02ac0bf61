import type { Search } from "../../shell/search.ts";
import { readPathsSearch, toPathsQuery } from "./paths-search.ts";
import { beginGraph } from "./paths.data.ts";

/** Asks for all that the first picture is drawn from: the counts, the screen and the part that draws. */
export const beginPaths = (raw: Search): Promise<unknown> => {
  const search = readPathsSearch(raw);
  const query = toPathsQuery(search);
  return Promise.all([
    query === null ? null : beginGraph(query, search.detail),
    import("./PathsScreen.tsx"),
    search.tab === "graph" ? import("./PathGraph.tsx") : null,
  ]);
};
