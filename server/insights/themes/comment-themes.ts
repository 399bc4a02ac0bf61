// Themes of single comments: as they were found by their words, and as people set them.
import type { Queryable } from "#platform/db";
import { httpErrors } from "#platform/http";
import { listThemesOfComments, lockThemesOf, rewriteThemesOf, type ThemesOfComment } from "./assignments.queries.ts";
import { familyOf, rootOf } from "./matching.rules.ts";
import { listThemeMergers } from "./themes.queries.ts";

type Said = { themes?: readonly { id: string; isSet: boolean }[] | undefined; themesAsRead?: readonly string[] | undefined };
type ThemeChange = { part: "themes"; place: string; before: boolean; after: boolean; isWithdrawal: boolean };

/** Gives a comment themes, takes some from it, or takes that back. A theme stands for all that were merged into it. Taking back that a theme was given leaves
 *  what was said before: one that had been taken from the comment is not of it again.
 *  @returns what was changed
 *  @throws not_found */
export const correctThemes = async (tx: Queryable, workspaceId: string, perceptionId: string, { themes = [], themesAsRead = [] }: Said): Promise<ThemeChange[]> => {
  if (themes.length === 0 && themesAsRead.length === 0) return [];
  const mergers = await listThemeMergers(tx, workspaceId);
  let standing = await lockThemesOf(tx, workspaceId, perceptionId);
  const changes: ThemeChange[] = [];
  const change = (id: string, said: boolean | null): void => {
    const own = familyOf(id, mergers);
    if (own.length === 0) throw httpErrors.refuse("not_found", "There is no such theme in this workspace. A later search may not have found it again.");
    const hasAny = (one: ThemesOfComment): boolean => effectiveThemes(one).some((theme) => own.includes(theme));
    const isSaid = [...standing.added, ...standing.removed].some((one) => own.includes(one));
    const after = sayOf(standing, { id, own, said });
    if (said !== null || isSaid) changes.push({ part: "themes", place: id, before: hasAny(standing), after: hasAny(after), isWithdrawal: said === null });
    standing = after;
  };
  for (const { id, isSet } of themes) change(id, isSet);
  for (const id of themesAsRead) change(id, null);
  if (changes.length > 0) await rewriteThemesOf(tx, perceptionId, standing);
  return changes;
};

const sayOf = (standing: ThemesOfComment, { id, own, said }: { id: string; own: readonly string[]; said: boolean | null }): ThemesOfComment => {
  const others = (ids: readonly string[]): string[] => ids.filter((one) => !own.includes(one));
  const [added, removed] = [others(standing.added), others(standing.removed)];
  // What was given outweighs what was taken before, which is kept for when the giving is taken back.
  if (said === true) return { ...standing, added: [...added, id] };
  if (said === false) return { ...standing, added, removed: [...removed, ...own] };
  return added.length < standing.added.length ? { ...standing, added } : { ...standing, removed };
};

/** The themes a comment has: those found by their words without those people took from it, and those people gave it. */
export const effectiveThemes = ({ themeIds, added, removed }: Omit<ThemesOfComment, "sure">): string[] => [...new Set([...themeIds.filter((id) => !removed.includes(id)), ...added])];

export type CommentTheme = { id: string; name: string; isSet: boolean };

/** The themes of some comments, merged ones as that which they count for, without hidden and gone ones; in the order of names. */
export const showThemesOf = async (db: Queryable, workspaceId: string, ids: readonly string[]): Promise<Map<string, CommentTheme[]>> => {
  const [rows, mergers] = await Promise.all([listThemesOfComments(db, workspaceId, ids), listThemeMergers(db, workspaceId)]);
  const byId = new Map(mergers.map((theme) => [theme.id, theme]));
  return new Map(
    rows.map((row) => {
      const set = new Set(row.added.map((id) => rootOf(id, byId)));
      const roots = new Set(effectiveThemes(row).map((id) => rootOf(id, byId)));
      const themes = [...roots].flatMap((id): CommentTheme[] => {
        const theme = byId.get(id);
        return theme === undefined || theme.state === "hidden" ? [] : [{ id, name: theme.name, isSet: set.has(id) }];
      });
      return [row.id, themes.toSorted((one, other) => (one.name < other.name ? -1 : 1))];
    }),
  );
};

/** What the themes of a workspace are called. */
export const nameThemes = async (db: Queryable, workspaceId: string): Promise<Map<string, string>> =>
  new Map((await listThemeMergers(db, workspaceId)).map(({ id, name }) => [id, name]));
