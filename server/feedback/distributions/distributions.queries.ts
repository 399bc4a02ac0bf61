import type { Queryable } from "#platform/db";
import type { DistributionSettings, DistributionState } from "./distributions.contract.ts";

export type DistributionRow = {
  workspaceId: string; id: string; surveyId: string; name: string; state: DistributionState; settings: DistributionSettings; wave: number;
  nextWaveAt: Date | null; readXid: string | null; readSeq: number | null; startedAt: Date | null; createdAt: Date; addressCount: number;
};

const COLUMNS = `distribution.workspace_id as "workspaceId", distribution.id, distribution.survey_id as "surveyId", distribution.name, distribution.state,
  distribution.settings, distribution.wave, distribution.next_wave_at as "nextWaveAt", distribution.read_xid::text as "readXid",
  distribution.read_seq as "readSeq", distribution.started_at as "startedAt", distribution.created_at as "createdAt",
  (select count(*) from feedback.distribution_addresses address
   where address.workspace_id = distribution.workspace_id and address.distribution_id = distribution.id) as "addressCount"`;

export const insertDistribution = async (
  tx: Queryable,
  row: { workspaceId: string; id: string; surveyId: string; name: string; settings: DistributionSettings; createdBy: string | null; at: Date; state?: DistributionState },
): Promise<void> => {
  await tx.query(
    `insert into feedback.distributions (workspace_id, id, survey_id, name, settings, created_by, created_at, changed_at, state, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8::text, case when $8::text = 'running' then $7::timestamptz end)`,
    [row.workspaceId, row.id, row.surveyId, row.name, JSON.stringify(row.settings), row.createdBy, row.at, row.state ?? "draft"],
  );
};

export const findDistribution = async (db: Queryable, workspaceId: string, id: string): Promise<DistributionRow | null> => {
  const { rows } = await db.query<DistributionRow>(
    `select ${COLUMNS} from feedback.distributions distribution where distribution.workspace_id = $1 and distribution.id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** The distribution, whose state nobody changes until the transaction ends; several may hold it like this at once. */
export const shareDistribution = async (tx: Queryable, workspaceId: string, id: string): Promise<DistributionRow | null> => {
  const { rows } = await tx.query<DistributionRow>(
    `select ${COLUMNS} from feedback.distributions distribution where distribution.workspace_id = $1 and distribution.id = $2 for share of distribution`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** The distribution, which nobody else changes until the transaction ends; null as well when somebody else has it and `isPatient` is false. */
export const lockDistribution = async (tx: Queryable, workspaceId: string, id: string, isPatient = true): Promise<DistributionRow | null> => {
  const { rows } = await tx.query<DistributionRow>(
    `select ${COLUMNS}
     from feedback.distributions distribution
     where distribution.workspace_id = $1 and distribution.id = $2
     for no key update of distribution ${isPatient ? "" : "skip locked"}`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

export const listDistributions = async (
  db: Queryable,
  workspaceId: string,
  filter: { surveyId: string | null; before: { createdAt: string; id: string } | null; limit: number },
): Promise<DistributionRow[]> => {
  const { rows } = await db.query<DistributionRow>(
    `select ${COLUMNS}
     from feedback.distributions distribution
     where distribution.workspace_id = $1
       and ($2::uuid is null or distribution.survey_id = $2)
       and ($3::timestamptz is null or (distribution.created_at, distribution.id) < ($3, $4::uuid))
     order by distribution.created_at desc, distribution.id desc
     limit $5`,
    [workspaceId, filter.surveyId, filter.before?.createdAt ?? null, filter.before?.id ?? null, filter.limit],
  );
  return rows;
};

export const updateDistribution = async (
  tx: Queryable,
  row: Pick<DistributionRow, "workspaceId" | "id" | "name" | "state" | "settings" | "wave" | "nextWaveAt" | "readXid" | "readSeq" | "startedAt"> & { at: Date },
): Promise<void> => {
  await tx.query(
    `update feedback.distributions
     set name = $3, state = $4, settings = $5, wave = $6, next_wave_at = $7, read_xid = $8::text::xid8, read_seq = $9, started_at = $10, changed_at = $11
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.name, row.state, JSON.stringify(row.settings), row.wave, row.nextWaveAt, row.readXid, row.readSeq, row.startedAt, row.at,
    ],
  );
};

export const deleteDistribution = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("delete from feedback.distributions where workspace_id = $1 and id = $2", [workspaceId, id]);
};

/** Those at work, in all workspaces. */
export const listRunningDistributions = async (db: Queryable): Promise<{ workspaceId: string; id: string }[]> => {
  const { rows } = await db.query<{ workspaceId: string; id: string }>(
    `select workspace_id as "workspaceId", id from feedback.distributions where state = 'running' order by id`,
  );
  return rows;
};

export const replaceAddresses = async (tx: Queryable, distribution: { workspaceId: string; id: string }, addresses: readonly string[]): Promise<void> => {
  await tx.query("delete from feedback.distribution_addresses where workspace_id = $1 and distribution_id = $2", [distribution.workspaceId, distribution.id]);
  await tx.query(
    `insert into feedback.distribution_addresses (workspace_id, distribution_id, position, address)
     select $1, $2, given.position, given.address
     from unnest($3::text[]) with ordinality given (address, position)
     on conflict do nothing`,
    [distribution.workspaceId, distribution.id, [...addresses]],
  );
};

export const listAddresses = async (
  db: Queryable,
  distribution: { workspaceId: string; id: string },
  page: { after: number; limit: number },
): Promise<{ position: number; address: string }[]> => {
  const { rows } = await db.query<{ position: number; address: string }>(
    `select position, address
     from feedback.distribution_addresses
     where workspace_id = $1 and distribution_id = $2 and position > $3
     order by position
     limit $4`,
    [distribution.workspaceId, distribution.id, page.after, page.limit],
  );
  return rows;
};

/** One that was finished has something to do again: a mail came back, and there is another way to the person. */
export const wakeDistribution = async (tx: Queryable, distribution: { workspaceId: string; id: string }): Promise<void> => {
  await tx.query("update feedback.distributions set state = 'running' where workspace_id = $1 and id = $2 and state = 'finished'", [distribution.workspaceId, distribution.id]);
};

/** Positions in the order of commits mean nothing in another database: after a restore, reading goes on with what comes from now on. */
export const moveReading = async (tx: Queryable): Promise<void> => {
  await tx.query("update feedback.distributions set read_xid = pg_snapshot_xmin(pg_current_snapshot()), read_seq = 0 where read_xid is not null");
};

export type WaveRow = { number: number; beginsAt: Date; people: number; planned: number; position: string | null; isPlanned: boolean };

export const insertWave = async (tx: Queryable, distribution: { workspaceId: string; id: string }, wave: { number: number; beginsAt: Date; people: number }): Promise<void> => {
  await tx.query(
    `insert into feedback.distribution_waves (workspace_id, distribution_id, number, begins_at, people)
     values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [distribution.workspaceId, distribution.id, wave.number, wave.beginsAt, wave.people],
  );
};

/** The oldest wave whose people are not all planned, locked; null when there is none or another worker is at it. */
export const lockUnplannedWave = async (tx: Queryable, distribution: { workspaceId: string; id: string }): Promise<WaveRow | null> => {
  const { rows } = await tx.query<WaveRow>(
    `select number, begins_at as "beginsAt", people, planned, position, is_planned as "isPlanned"
     from feedback.distribution_waves
     where workspace_id = $1 and distribution_id = $2 and not is_planned
     order by number
     limit 1
     for update skip locked`,
    [distribution.workspaceId, distribution.id],
  );
  return rows[0] ?? null;
};

export const advanceWave = async (
  tx: Queryable,
  distribution: { workspaceId: string; id: string },
  wave: { number: number; planned: number; position: string | null; isPlanned: boolean },
): Promise<void> => {
  await tx.query(
    `update feedback.distribution_waves
     set planned = $4, position = $5, is_planned = $6
     where workspace_id = $1 and distribution_id = $2 and number = $3`,
    [distribution.workspaceId, distribution.id, wave.number, wave.planned, wave.position, wave.isPlanned],
  );
};

export const hasUnplannedWave = async (db: Queryable, distribution: { workspaceId: string; id: string }): Promise<boolean> => {
  const { rows } = await db.query<{ found: boolean }>(
    "select exists (select from feedback.distribution_waves where workspace_id = $1 and distribution_id = $2 and not is_planned) as found",
    [distribution.workspaceId, distribution.id],
  );
  return rows[0]?.found ?? false;
};
