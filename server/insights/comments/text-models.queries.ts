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

/** The differences in use over a model, or null where the workspace has taught nothing that helped. Those learnt over another model would be added to
 *  sums they were never measured with. */
export const findDifferences = async (db: Queryable, workspaceId: string, baseVersion: string): Promise<{ number: number; differences: Buffer } | null> => {
  const { rows } = await db.query<{ number: number; differences: Buffer }>(
    "select number, differences from insights.text_models where workspace_id = $1 and state = 'in_use' and differences is not null and base_version = $2",
    [workspaceId, baseVersion],
  );
  return rows[0] ?? null;
};

export type PackedInUse = { id: string; madeAt: Date; baseVersion: string; differences: Buffer; trials: Buffer | null };

/** The training in use, with what a later one is compared with.
 *  @param baseVersion null: over whichever model it was learnt */
export const findPackedInUse = async (db: Queryable, workspaceId: string, baseVersion: string | null): Promise<PackedInUse | null> => {
  const { rows } = await db.query<PackedInUse>(
    `select id, made_at as "madeAt", base_version as "baseVersion", differences, trials
     from insights.text_models
     where workspace_id = $1 and state = 'in_use' and differences is not null and ($2::text is null or base_version = $2)`,
    [workspaceId, baseVersion],
  );
  return rows[0] ?? null;
};

/** The id of the training in use, kept from others until the transaction ends. */
export const lockInUse = async (tx: Queryable, workspaceId: string): Promise<string | null> => {
  const { rows } = await tx.query<{ id: string }>("select id from insights.text_models where workspace_id = $1 and state = 'in_use' for update", [workspaceId]);
  return rows[0]?.id ?? null;
};

/** When something learnt was last put to use. */
export const findLastUsedAt = async (db: Queryable, workspaceId: string): Promise<Date | null> => {
  const { rows } = await db.query<{ at: Date | null }>("select max(made_at) as at from insights.text_models where workspace_id = $1 and state <> 'not_better'", [workspaceId]);
  return rows[0]?.at ?? null;
};

/** Takes out of use what was learnt over another model. */
export const retireOtherBases = async (tx: Queryable, workspaceId: string, baseVersion: string): Promise<void> => {
  await tx.query("update insights.text_models set state = 'replaced' where workspace_id = $1 and state = 'in_use' and base_version <> $2", [workspaceId, baseVersion]);
};

/** Since when the workspace's reader learns no more; null: it learns. */
export const findLearningStop = async (db: Queryable, workspaceId: string): Promise<Date | null> => {
  const { rows } = await db.query<{ stoppedAt: Date }>(`select stopped_at as "stoppedAt" from insights.learning_stops where workspace_id = $1`, [workspaceId]);
  return rows[0]?.stoppedAt ?? null;
};

export const insertLearningStop = async (tx: Queryable, workspaceId: string, given: { at: Date; memberId: string | null }): Promise<void> => {
  await tx.query("insert into insights.learning_stops (workspace_id, stopped_at, member_id) values ($1, $2, $3) on conflict (workspace_id) do nothing", [workspaceId, given.at, given.memberId]);
};

export const deleteLearningStop = async (tx: Queryable, workspaceId: string): Promise<void> => {
  await tx.query("delete from insights.learning_stops where workspace_id = $1", [workspaceId]);
};

/** Keeps a training, and puts it to use in place of the one before where it read held-back corrections better. Trainings of a workspace come
 *  one after the other: the caller holds its lock. */
export const insertTextModel = async (tx: Queryable, workspaceId: string, row: Omit<TextModelRow, "number"> & { differences: Buffer | null; trials: Buffer | null }): Promise<void> => {
  if (row.state === "in_use") await tx.query("update insights.text_models set state = 'replaced' where workspace_id = $1 and state = 'in_use'", [workspaceId]);
  await tx.query(
    `insert into insights.text_models (id, workspace_id, number, made_at, base_version, corrections, held_back, score_before, score_after, state, differences, trials)
     values ($1, $2, (select coalesce(max(number), 0) + 1 from insights.text_models where workspace_id = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [row.id, workspaceId, row.madeAt, row.baseVersion, row.corrections, row.heldBack, row.scoreBefore, row.scoreAfter, row.state, row.differences, row.trials],
  );
};

/** Takes what is in use away; the training before it that helped over the same model comes back, or the plain model.
 *  @returns whether anything was in use */
export const withdrawTextModel = async (tx: Queryable, workspaceId: string, baseVersion: string): Promise<boolean> => {
  const { rows } = await tx.query<{ number: number }>("update insights.text_models set state = 'withdrawn' where workspace_id = $1 and state = 'in_use' returning number", [workspaceId]);
  const [withdrawn] = rows;
  if (withdrawn === undefined) return false;
  await tx.query(
    `update insights.text_models
     set state = 'in_use'
     where workspace_id = $1
       and number = (select max(number) from insights.text_models where workspace_id = $1 and number < $2 and state = 'replaced' and differences is not null and base_version = $3)`,
    [workspaceId, withdrawn.number, baseVersion],
  );
  return true;
};

export type TaughtPart = { perceptionId: string; part: string; after: unknown };

/** Every part a person has set and nobody has taken back, as it stands now, of the comments that were set right last. What was erased teaches no more.
 *  @param asked.until what was set later is left out; null: nothing is */
export const listTaughtParts = async (db: Queryable, workspaceId: string, asked: { parts: readonly string[]; commentsMax: number; until: Date | null }): Promise<TaughtPart[]> => {
  const { rows } = await db.query<TaughtPart>(
    `with latest as (
       select distinct on (perception_id, part) perception_id, part, after, at, is_withdrawal
       from insights.corrections
       where workspace_id = $1 and part = any ($2::text[]) and ($4::timestamptz is null or at <= $4)
       order by perception_id, part, at desc, id desc
     ), newest as (
       select perception_id
       from latest
       where not is_withdrawal
       group by perception_id
       order by max(at) desc, perception_id desc
       limit $3
     )
     select latest.perception_id as "perceptionId", latest.part, latest.after
     from latest
     join newest using (perception_id)
     where not latest.is_withdrawal
     order by latest.perception_id, latest.part`,
    [workspaceId, [...asked.parts], asked.commentsMax, asked.until],
  );
  return rows;
};

/** How many parts people have set that stand, and of how many comments. */
export const countTaughtParts = async (db: Queryable, workspaceId: string): Promise<{ parts: number; comments: number }> => {
  const { rows } = await db.query<{ parts: number; comments: number }>(
    `select count(*)::int as parts, count(distinct perception_id)::int as comments
     from (
       select distinct on (perception_id, part, place) perception_id, is_withdrawal
       from insights.corrections
       where workspace_id = $1
       order by perception_id, part, place, at desc, id desc
     ) latest
     where not is_withdrawal`,
    [workspaceId],
  );
  return rows[0] ?? { parts: 0, comments: 0 };
};
