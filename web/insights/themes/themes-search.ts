import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type CommentsSearch, readCommentsSearch, toListQuery } from "../comments/comments-search.ts";

export type ThemesSearch = CommentsSearch & { isHiddenShown: boolean; isMaking: boolean };

/** What the address of the themes says: that of the comments, from which people come. */
export const readThemesSearch = (search: Search): ThemesSearch => ({ ...readCommentsSearch(search), isHiddenShown: search.view === "hidden", isMaking: search.make === "open" });

/** Filters of the comments that say nothing about themes. */
export const notOfThemes: readonly string[] = ["theme", "mention"];

/** The same question as the server wants to be asked. */
export const toThemesQuery = (search: ThemesSearch): Query => ({ ...toListQuery(search), ...Object.fromEntries(notOfThemes.map((name) => [name, undefined])), hidden: search.isHiddenShown ? "true" : undefined });
