import { listCommentTexts } from "#customers";
import type { Queryable } from "#platform/db";
import { ThemeAssigner } from "@firsthand/text";
import type { NewAssignment, ReadComment } from "./assignments.queries.ts";
import { holdVersions, listStoredThemes } from "./themes.queries.ts";

const KEPT_MAX = 50;

/** The themes of some comments by what finds them now, which stays until the transaction ends. */
export const findThemes = async (tx: Queryable, comments: readonly ReadComment[]): Promise<NewAssignment[]> => {
  const workspaceIds = [...new Set(comments.map(({ workspaceId }) => workspaceId))];
  const versions = await holdVersions(tx, workspaceIds);
  const themed = comments.filter(({ workspaceId }) => versions.has(workspaceId));
  const texts = await listCommentTexts(tx, themed.map(({ id }) => id));
  const rows: NewAssignment[] = [];
  for (const [workspaceId, version] of versions) {
    const { assigner, themeIds } = await openAssigner(tx, workspaceId, version);
    for (const comment of themed) {
      const text = comment.workspaceId === workspaceId ? texts.get(comment.id) : undefined;
      if (text === undefined) continue;
      const hits = assigner.assign(text);
      rows.push({ perceptionId: comment.id, workspaceId, version, themeIds: hits.map(({ theme }) => themeIds[theme] ?? ""), sure: hits.map(({ sure }) => sure) });
    }
  }
  return rows;
};

type Opened = { version: number; assigner: ThemeAssigner; themeIds: string[] };
const opened = new Map<string, Opened>();

const openAssigner = async (tx: Queryable, workspaceId: string, version: number): Promise<Opened> => {
  const kept = opened.get(workspaceId);
  if (kept?.version === version) return kept;
  const themes = (await listStoredThemes(tx, workspaceId)).filter(({ retiredAt }) => retiredAt === null);
  const made = { version, assigner: new ThemeAssigner(themes), themeIds: themes.map(({ id }) => id) };
  if (opened.size >= KEPT_MAX) opened.clear();
  opened.set(workspaceId, made);
  return made;
};
