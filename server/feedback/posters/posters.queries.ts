import type { Queryable } from "#platform/db";

export type PosterRow = {
  workspaceId: string; id: string; code: string; surveyId: string; surveyName: string; surveySlug: string; place: string; touchpoint: string | null; headline: string; invitation: string;
  scans: number; lastScannedAt: Date | null; createdAt: Date;
};

const COLUMNS = `poster.workspace_id as "workspaceId", poster.id, poster.code, poster.survey_id as "surveyId", survey.name as "surveyName", survey.slug as "surveySlug", poster.place,
  poster.touchpoint, poster.headline, poster.invitation, poster.scans, poster.last_scanned_at as "lastScannedAt", poster.created_at as "createdAt"`;
const FROM = `feedback.posters poster
  join feedback.surveys survey on survey.workspace_id = poster.workspace_id and survey.id = poster.survey_id`;

/** @param surveyId null for those of every survey */
export const listPosters = async (db: Queryable, workspaceId: string, surveyId: string | null, limit: number): Promise<PosterRow[]> => {
  const { rows } = await db.query<PosterRow>(
    `select ${COLUMNS} from ${FROM}
     where poster.workspace_id = $1 and ($2::uuid is null or poster.survey_id = $2)
     order by poster.place, poster.id
     limit $3`,
    [workspaceId, surveyId, limit],
  );
  return rows;
};

export const findPoster = async (db: Queryable, workspaceId: string, id: string): Promise<PosterRow | null> => {
  const { rows } = await db.query<PosterRow>(`select ${COLUMNS} from ${FROM} where poster.workspace_id = $1 and poster.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** @returns whether the workspace had room for one more */
export const insertPoster = async (
  tx: Queryable,
  row: Pick<PosterRow, "workspaceId" | "id" | "code" | "surveyId" | "place" | "touchpoint" | "headline" | "invitation" | "createdAt"> & { createdBy: string | null },
  most: number,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into feedback.posters (workspace_id, id, code, survey_id, place, touchpoint, headline, invitation, created_by, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
     where (select count(*) from feedback.posters where workspace_id = $1) < $11`,
    [row.workspaceId, row.id, row.code, row.surveyId, row.place, row.touchpoint, row.headline, row.invitation, row.createdBy, row.createdAt, most],
  );
  return rowCount === 1;
};

/** Changes what is given and nothing else, so that two members who change different things at once both succeed.
 *  @returns whether there was one */
export const updatePoster = async (
  tx: Queryable,
  workspaceId: string,
  id: string,
  change: Partial<Pick<PosterRow, "surveyId" | "place" | "touchpoint" | "headline" | "invitation">>,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update feedback.posters
     set survey_id = coalesce($3, survey_id), place = coalesce($4, place), touchpoint = case when $5 then $6 else touchpoint end, headline = coalesce($7, headline),
         invitation = coalesce($8, invitation)
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, change.surveyId, change.place, change.touchpoint !== undefined, change.touchpoint, change.headline, change.invitation],
  );
  return rowCount === 1;
};

/** @returns whether there was one */
export const deletePoster = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from feedback.posters where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

/** Counts one more scan of a printed code.
 *  @returns where it leads; null when no poster has the code */
export const countScan = async (db: Queryable, code: string, now: Date): Promise<{ surveySlug: string; place: string; touchpoint: string | null } | null> => {
  const { rows } = await db.query<{ surveySlug: string; place: string; touchpoint: string | null }>(
    `update feedback.posters poster
     set scans = poster.scans + 1, last_scanned_at = $2
     from feedback.surveys survey
     where poster.code = $1 and survey.workspace_id = poster.workspace_id and survey.id = poster.survey_id
     returning survey.slug as "surveySlug", poster.place, poster.touchpoint`,
    [code, now],
  );
  return rows[0] ?? null;
};
