import type { Queryable } from "#platform/db";
import { RESPONSE_LIMIT_ID } from "../surveys/survey-settings.ts";

export type KioskRow = {
  workspaceId: string; id: string; name: string; place: string; touchpoint: string | null; surveyId: string; idleSeconds: number; pinSalt: string; pinHash: string;
  pairedAt: Date | null; lastSeenAt: Date | null; waiting: number; refused: number; problem: string | null; createdAt: Date;
};
/** A kiosk with how its survey stands. `needsFile`: as published it cannot be finished without a file; `placesTaken`: responses that count. */
export type ShownKioskRow = KioskRow & { surveyName: string; surveyStatus: "draft" | "open" | "closed"; surveySettings: unknown; needsFile: boolean; placesTaken: number };

const COLUMNS = `kiosk.workspace_id as "workspaceId", kiosk.id, kiosk.name, kiosk.place, kiosk.touchpoint, kiosk.survey_id as "surveyId", kiosk.idle_seconds as "idleSeconds",
  kiosk.pin_salt as "pinSalt", kiosk.pin_hash as "pinHash", kiosk.paired_at as "pairedAt", kiosk.last_seen_at as "lastSeenAt", kiosk.waiting, kiosk.refused, kiosk.problem, kiosk.created_at as "createdAt"`;
const SHOWN_COLUMNS = `${COLUMNS},
  survey.name as "surveyName", survey.status as "surveyStatus", survey.settings as "surveySettings", coalesce(places.let_in, 0) as "placesTaken",
  coalesce(jsonb_path_exists(version.definition, '$.questions[*] ? (@.type == "file" && @.isRequired == true)'), false) as "needsFile"`;
const FROM = `feedback.kiosks kiosk
  join feedback.surveys survey on survey.workspace_id = kiosk.workspace_id and survey.id = kiosk.survey_id
  left join feedback.survey_versions version
    on version.workspace_id = survey.workspace_id and version.survey_id = survey.id and version.number = survey.published_version
  left join feedback.quota_counts places
    on places.workspace_id = survey.workspace_id and places.survey_id = survey.id and places.quota_id = '${RESPONSE_LIMIT_ID}'`;

/** @param surveyId null for those of every survey */
export const listKiosks = async (db: Queryable, workspaceId: string, surveyId: string | null, limit: number): Promise<ShownKioskRow[]> => {
  const { rows } = await db.query<ShownKioskRow>(
    `select ${SHOWN_COLUMNS} from ${FROM}
     where kiosk.workspace_id = $1 and ($2::uuid is null or kiosk.survey_id = $2)
     order by kiosk.name, kiosk.id
     limit $3`,
    [workspaceId, surveyId, limit],
  );
  return rows;
};

export const findKiosk = async (db: Queryable, workspaceId: string, id: string): Promise<ShownKioskRow | null> => {
  const { rows } = await db.query<ShownKioskRow>(`select ${SHOWN_COLUMNS} from ${FROM} where kiosk.workspace_id = $1 and kiosk.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** Asked with every answer a device brings, so nothing of its survey is read. */
export const findKioskByToken = async (db: Queryable, tokenHash: string): Promise<KioskRow | null> => {
  const { rows } = await db.query<KioskRow>(`select ${COLUMNS} from feedback.kiosks kiosk where kiosk.token_hash = $1`, [tokenHash]);
  return rows[0] ?? null;
};

/** @returns whether the workspace had room for one more */
export const insertKiosk = async (
  tx: Queryable,
  row: Pick<KioskRow, "workspaceId" | "id" | "name" | "place" | "touchpoint" | "surveyId" | "idleSeconds" | "pinSalt" | "pinHash" | "createdAt"> & { createdBy: string | null },
  most: number,
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into feedback.kiosks (workspace_id, id, name, place, touchpoint, survey_id, idle_seconds, pin_salt, pin_hash, created_by, created_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
     where (select count(*) from feedback.kiosks where workspace_id = $1) < $12`,
    [row.workspaceId, row.id, row.name, row.place, row.touchpoint, row.surveyId, row.idleSeconds, row.pinSalt, row.pinHash, row.createdBy, row.createdAt, most],
  );
  return rowCount === 1;
};

export type KioskChange = Partial<Pick<KioskRow, "name" | "place" | "touchpoint" | "surveyId" | "idleSeconds" | "pinSalt" | "pinHash">>;

/** Changes what is given and nothing else, so that two members who change different things at once both succeed.
 *  @returns whether there was one */
export const updateKiosk = async (tx: Queryable, workspaceId: string, id: string, change: KioskChange): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update feedback.kiosks
     set name = coalesce($3, name), place = coalesce($4, place), touchpoint = case when $5 then $6 else touchpoint end, survey_id = coalesce($7, survey_id),
         idle_seconds = coalesce($8, idle_seconds), pin_salt = coalesce($9, pin_salt), pin_hash = coalesce($10, pin_hash)
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, change.name, change.place, change.touchpoint !== undefined, change.touchpoint, change.surveyId, change.idleSeconds, change.pinSalt, change.pinHash],
  );
  return rowCount === 1;
};

/** @returns whether there was one */
export const deleteKiosk = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from feedback.kiosks where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

/** A new code for a device; one that was paired before is locked out, as its token no longer fits. */
export const setPairing = async (tx: Queryable, kiosk: { workspaceId: string; id: string; pairingHash: string; expiresAt: Date }): Promise<void> => {
  await tx.query(
    "update feedback.kiosks set pairing_hash = $3, pairing_expires_at = $4, token_hash = null, paired_at = null where workspace_id = $1 and id = $2",
    [kiosk.workspaceId, kiosk.id, kiosk.pairingHash, kiosk.expiresAt],
  );
};

/** Uses a code up, in one statement, so that two devices with the same code make one kiosk.
 *  @returns whether the code was good */
export const pairByCode = async (tx: Queryable, given: { pairingHash: string; tokenHash: string; now: Date }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `update feedback.kiosks
     set pairing_hash = null, pairing_expires_at = null, token_hash = $2, paired_at = $3, last_seen_at = null, waiting = 0, refused = 0, problem = null
     where pairing_hash = $1 and pairing_expires_at > $3`,
    [given.pairingHash, given.tokenHash, given.now],
  );
  return rowCount === 1;
};

export const noteKioskSeen = async (
  db: Queryable,
  kiosk: { workspaceId: string; id: string; waiting: number; refused: number; problem: string | null; now: Date },
): Promise<void> => {
  await db.query("update feedback.kiosks set last_seen_at = $3, waiting = $4, refused = $5, problem = $6 where workspace_id = $1 and id = $2", [
    kiosk.workspaceId, kiosk.id, kiosk.now, kiosk.waiting, kiosk.refused, kiosk.problem,
  ]);
};
