import type { Queryable } from "#platform/db";

export type TextModelRow = {
  id: string;
  number: number;
  madeAt: Date;
  baseVersion: string;
  corrections: number;
  heldBack: number;
  scoreBefore: number | null;
  scoreAfter: number | null;
  state: "in_use" | "not_better" | "replaced" | "withdrawn";
};

const columns = `id, number, made_at as "madeAt", base_version as "baseVersion", corrections, held_back as "heldBack", score_before as "scoreBefore",
  score_after as "scoreAfter", state`;

export const listTextModels = async (db: Queryable, workspaceId: string, limit: number): Promise<TextModelRow[]> => {
  const { rows } = await db.query<TextModelRow>(`select ${columns} from insights.text_models where workspace_id = $1 order by number desc limit $2`, [workspaceId, limit]);
  return rows;
};

/** The differences in use, or null where the workspace has taught nothing that helped. */
export const findDifferences = async (db: Queryable, workspaceId: string): Promise<{ number: number; differences: Buffer } | null> => {
  const { rows } = await db.query<{ number: number; differences: Buffer }>(
    "select number, differences from insights.text_models where workspace_id = $1 and state = 'in_use' and differences is not null",
    [workspaceId],
  );
  return rows[0] ?? null;
};

/** Keeps a training, and puts it to use in place of the one before where it read held-back corrections better. Trainings of a workspace come
 *  one after the other: the caller holds its lock. */
export const insertTextModel = async (tx: Queryable, workspaceId: string, row: TextModelRow & { differences: Buffer | null }): Promise<void> => {
  if (row.state === "in_use") await tx.query("update insights.text_models set state = 'replaced' where workspace_id = $1 and state = 'in_use'", [workspaceId]);
  await tx.query(
    `insert into insights.text_models (id, workspace_id, number, made_at, base_version, corrections, held_back, score_before, score_after, state, differences)
     values ($1, $2, (select coalesce(max(number), 0) + 1 from insights.text_models where workspace_id = $2), $3, $4, $5, $6, $7, $8, $9, $10)`,
    [row.id, workspaceId, row.madeAt, row.baseVersion, row.corrections, row.heldBack, row.scoreBefore, row.scoreAfter, row.state, row.differences],
  );
};

/** Takes what is in use away; the training before it that helped comes back, or the plain model.
 *  @returns whether anything was in use */
export const withdrawTextModel = async (tx: Queryable, workspaceId: string): Promise<boolean> => {
  const { rows } = await tx.query<{ number: number }>("update insights.text_models set state = 'withdrawn' where workspace_id = $1 and state = 'in_use' returning number", [workspaceId]);
  const [withdrawn] = rows;
  if (withdrawn === undefined) return false;
  await tx.query(
    `update insights.text_models
     set state = 'in_use'
     where workspace_id = $1
       and number = (select max(number) from insights.text_models where workspace_id = $1 and number < $2 and state = 'replaced' and differences is not null)`,
    [workspaceId, withdrawn.number],
  );
  return true;
};

export type TaughtPart = { perceptionId: string; part: string; after: unknown; text: string };

/** Every part a person has set, as it stands now, with its comment. What was erased teaches no more. */
export const listTaughtParts = async (db: Queryable, workspaceId: string, limit: number): Promise<Omit<TaughtPart, "text">[]> => {
  const { rows } = await db.query<Omit<TaughtPart, "text">>(
    `select distinct on (perception_id, part) perception_id as "perceptionId", part, after
     from insights.corrections
     where workspace_id = $1
     order by perception_id, part, at desc, id desc
     limit $2`,
    [workspaceId, limit],
  );
  return rows;
};

export const countTaughtParts = async (db: Queryable, workspaceId: string): Promise<number> => {
  const { rows } = await db.query<{ count: number }>("select count(distinct (perception_id, part))::int as count from insights.corrections where workspace_id = $1", [workspaceId]);
  return rows[0]?.count ?? 0;
};
