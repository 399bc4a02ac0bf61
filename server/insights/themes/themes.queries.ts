import type { Queryable } from "#platform/db";
import type { StoredTheme } from "./matching.rules.ts";

const columns = `id, name, is_named as "isNamed", language, terms, slope, term_offset as offset, coherence, stability, state, merged_into as "mergedInto",
            made_by as "madeBy", made_at as "madeAt", retired_at as "retiredAt"`;

/** All themes of a workspace, also hidden, merged and retired ones; there are at most some hundreds. */
export const listStoredThemes = async (db: Queryable, workspaceId: string): Promise<StoredTheme[]> => {
  const { rows } = await db.query<StoredTheme>(`select ${columns} from insights.themes where workspace_id = $1 order by made_at, id limit 2000`, [workspaceId]);
  return rows;
};

/** Keeps the themes of a workspace as they are until the transaction ends; a search that is just writing what it found is waited for. */
export const lockThemeSet = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("select from insights.theme_sets where workspace_id = $1 for update", [workspaceId]);
};

/** One theme, kept from others until the transaction ends. */
export const lockTheme = async (tx: Queryable, workspaceId: string, id: string): Promise<StoredTheme | null> => {
  const { rows } = await tx.query<StoredTheme>(`select ${columns} from insights.themes where workspace_id = $1 and id = $2 for update`, [workspaceId, id]);
  return rows[0] ?? null;
};

export const upsertThemes = async (tx: Queryable, workspaceId: string, themes: readonly StoredTheme[]): Promise<void> => {
  for (const theme of themes)
    await tx.query(
      `insert into insights.themes (id, workspace_id, name, is_named, language, terms, slope, term_offset, coherence, stability, state, merged_into, made_by, made_at, retired_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       on conflict (id) do update
       set name = excluded.name, is_named = excluded.is_named, language = excluded.language, terms = excluded.terms, slope = excluded.slope,
           term_offset = excluded.term_offset, coherence = excluded.coherence, stability = excluded.stability, state = excluded.state,
           merged_into = excluded.merged_into, retired_at = excluded.retired_at
       where themes.workspace_id = $2`,
      [
        theme.id, workspaceId, theme.name, theme.isNamed, theme.language, JSON.stringify(theme.terms), theme.slope, theme.offset, theme.coherence, theme.stability,
        theme.state, theme.mergedInto, theme.madeBy, theme.madeAt, theme.retiredAt,
      ],
    );
};

/** Retired themes nobody has named or kept, gone for long. Those that a person took from a comment stay put aside: found again they are known, and not given
 *  to it anew. One that was taken with another does not: found again it is taken with that one again. */
export const deleteRetired = async (tx: Queryable, workspaceId: string, before: Date): Promise<void> => {
  await tx.query(
    `delete from insights.themes
     where workspace_id = $1 and retired_at < $2
       and id::text not in (
         select correction.place
         from insights.theme_assignments assignment
         join insights.corrections correction on correction.perception_id = assignment.perception_id
         where assignment.workspace_id = $1 and assignment.removed <> '{}'
           and correction.part = 'themes' and correction.after = 'false' and correction.place = any (assignment.removed::text[])
       )`,
    [workspaceId, before],
  );
};

export const deleteTheme = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from insights.themes where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

export type ThemeSet = { version: number; discoveredAt: Date | null; commentCount: number };

export const findThemeSet = async (db: Queryable, workspaceId: string): Promise<ThemeSet | null> => {
  const { rows } = await db.query<ThemeSet>(`select version, discovered_at as "discoveredAt", comment_count as "commentCount" from insights.theme_sets where workspace_id = $1`, [workspaceId]);
  return rows[0] ?? null;
};

/** The versions of some workspaces' themes, which stay until the transaction ends. Workspaces without themes are not in it. */
export const holdVersions = async (tx: Queryable, workspaceIds: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await tx.query<{ workspaceId: string; version: number }>(
    `select workspace_id as "workspaceId", version from insights.theme_sets where workspace_id = any ($1::uuid[]) order by workspace_id for share`,
    [[...workspaceIds]],
  );
  return new Map(rows.map(({ workspaceId, version }) => [workspaceId, version]));
};

/** Says that what finds themes has changed; waits for those who are giving themes of the version before.
 *  @returns the new version */
export const raiseVersion = async (tx: Queryable, workspaceId: string, discovered: { at: Date; commentCount: number } | null): Promise<number> => {
  const { rows } = await tx.query<{ version: number }>(
    `insert into insights.theme_sets (workspace_id, version, discovered_at, comment_count)
     values ($1, 1, $2, coalesce($3, 0))
     on conflict (workspace_id) do update
     set version = theme_sets.version + 1, discovered_at = coalesce($2, theme_sets.discovered_at), comment_count = coalesce($3, theme_sets.comment_count)
     returning version`,
    [workspaceId, discovered?.at ?? null, discovered?.commentCount ?? null],
  );
  return rows[0]?.version ?? 1;
};

/** Which theme is merged into which, with their names but without their words; retired ones have no comments and are left out. */
export const listThemeMergers = async (db: Queryable, workspaceId: string): Promise<Pick<StoredTheme, "id" | "name" | "state" | "mergedInto">[]> => {
  const { rows } = await db.query<Pick<StoredTheme, "id" | "name" | "state" | "mergedInto">>(`select id, name, state, merged_into as "mergedInto" from insights.themes where workspace_id = $1 and retired_at is null limit 2000`, [workspaceId]);
  return rows;
};
