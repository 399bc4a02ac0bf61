import type { Queryable } from "#platform/db";
import type { Rhythm } from "./schedules.contract.ts";

export type ScheduleRow = {
  workspaceId: string; id: string; dashboardId: string; rhythm: Rhythm; weekday: number | null; monthDay: number | null; hour: number; period: string; showsComments: boolean; isPaused: boolean; nextAt: Date; createdBy: string | null;
};
export type RecipientRow = { workspaceId: string; id: string; scheduleId: string; memberId: string | null; address: string | null; token: string; confirmedAt: Date | null; leftAt: Date | null };
export type SendingRow = { workspaceId: string; id: string; scheduleId: string; dueAt: Date; sentAt: Date | null; recipients: number; hasPdf: boolean; problem: string | null };

const SCHEDULE = `schedule.workspace_id as "workspaceId", schedule.id, schedule.dashboard_id as "dashboardId", schedule.rhythm, schedule.weekday, schedule.month_day as "monthDay", schedule.hour,
  schedule.period, schedule.shows_comments as "showsComments", schedule.is_paused as "isPaused", schedule.next_at as "nextAt", schedule.created_by as "createdBy"`;
const RECIPIENT = `workspace_id as "workspaceId", id, schedule_id as "scheduleId", member_id as "memberId", address, token, confirmed_at as "confirmedAt", left_at as "leftAt"`;
const SENDING = `workspace_id as "workspaceId", id, schedule_id as "scheduleId", due_at as "dueAt", sent_at as "sentAt", recipients, has_pdf as "hasPdf", problem`;

export const listSchedules = async (db: Queryable, workspaceId: string, dashboardId: string): Promise<ScheduleRow[]> => {
  const { rows } = await db.query<ScheduleRow>(
    `select ${SCHEDULE} from insights.dashboard_schedules schedule where schedule.workspace_id = $1 and schedule.dashboard_id = $2 order by schedule.created_at, schedule.id limit 50`,
    [workspaceId, dashboardId],
  );
  return rows;
};

export const findSchedule = async (db: Queryable, workspaceId: string, id: string): Promise<ScheduleRow | null> => {
  const { rows } = await db.query<ScheduleRow>(
    `select ${SCHEDULE}
     from insights.dashboard_schedules schedule
     join insights.dashboards board on board.workspace_id = schedule.workspace_id and board.id = schedule.dashboard_id and board.deleted_at is null
     where schedule.workspace_id = $1 and schedule.id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** @returns whether the board had room for one more */
export const insertSchedule = async (tx: Queryable, row: ScheduleRow & { createdAt: Date }, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into insights.dashboard_schedules (workspace_id, id, dashboard_id, rhythm, weekday, month_day, hour, period, shows_comments, is_paused, next_at, created_at, created_by)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
     where (select count(*) from insights.dashboard_schedules where workspace_id = $1 and dashboard_id = $3) < $14`,
    [
      row.workspaceId, row.id, row.dashboardId, row.rhythm, row.weekday, row.monthDay, row.hour, row.period, row.showsComments, row.isPaused, row.nextAt, row.createdAt, row.createdBy, most,
    ],
  );
  return rowCount === 1;
};

/** @returns whether there was one */
export const updateSchedule = async (tx: Queryable, workspaceId: string, id: string, change: { isPaused: boolean; nextAt: Date }): Promise<boolean> => {
  const { rowCount } = await tx.query("update insights.dashboard_schedules set is_paused = $3, next_at = $4 where workspace_id = $1 and id = $2", [workspaceId, id, change.isPaused, change.nextAt]);
  return rowCount === 1;
};

/** @returns whether there was one */
export const deleteSchedule = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from insights.dashboard_schedules where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

/** Schedules whose time has come, held so that no other server takes them too. */
export const lockDueSchedules = async (tx: Queryable, now: Date, limit: number): Promise<ScheduleRow[]> => {
  const { rows } = await tx.query<ScheduleRow>(
    `select ${SCHEDULE}
     from insights.dashboard_schedules schedule
     join insights.dashboards board on board.workspace_id = schedule.workspace_id and board.id = schedule.dashboard_id and board.deleted_at is null
     where not schedule.is_paused and schedule.next_at <= $1
     order by schedule.next_at, schedule.id
     limit $2
     for update of schedule skip locked`,
    [now, limit],
  );
  return rows;
};

export const insertRecipients = async (tx: Queryable, rows: readonly RecipientRow[]): Promise<void> => {
  await tx.query(
    `insert into insights.dashboard_recipients (workspace_id, id, schedule_id, member_id, address, token)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
     on conflict do nothing`,
    [rows.map((row) => row.workspaceId), rows.map((row) => row.id), rows.map((row) => row.scheduleId), rows.map((row) => row.memberId), rows.map((row) => row.address), rows.map((row) => row.token)],
  );
};

export const listRecipients = async (db: Queryable, workspaceId: string, scheduleIds: readonly string[]): Promise<RecipientRow[]> => {
  const { rows } = await db.query<RecipientRow>(
    `select ${RECIPIENT} from insights.dashboard_recipients where workspace_id = $1 and schedule_id = any ($2::uuid[]) order by member_id is null, address, id limit 5000`,
    [workspaceId, [...scheduleIds]],
  );
  return rows;
};

export const findRecipient = async (db: Queryable, token: string): Promise<RecipientRow | null> => {
  const { rows } = await db.query<RecipientRow>(`select ${RECIPIENT} from insights.dashboard_recipients where token = $1`, [token]);
  return rows[0] ?? null;
};

/** The last word counts: whoever left may come back by the same link. */
export const noteRecipient = async (tx: Queryable, token: string, said: { wants: boolean; at: Date }): Promise<void> => {
  await tx.query(
    `update insights.dashboard_recipients
     set confirmed_at = case when $2 then coalesce(confirmed_at, $3) else confirmed_at end, left_at = case when $2 then null else coalesce(left_at, $3) end
     where token = $1`,
    [token, said.wants, said.at],
  );
};

/** @returns false when this time of this schedule is there already */
export const insertSending = async (tx: Queryable, row: Pick<SendingRow, "workspaceId" | "id" | "scheduleId" | "dueAt">): Promise<boolean> => {
  const { rowCount } = await tx.query("insert into insights.dashboard_sendings (workspace_id, id, schedule_id, due_at) values ($1, $2, $3, $4) on conflict do nothing", [
    row.workspaceId, row.id, row.scheduleId, row.dueAt,
  ]);
  return rowCount === 1;
};

export const findSending = async (db: Queryable, workspaceId: string, id: string): Promise<SendingRow | null> => {
  const { rows } = await db.query<SendingRow>(`select ${SENDING} from insights.dashboard_sendings where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** The last ten of every schedule, newest first. */
export const listSendings = async (db: Queryable, workspaceId: string, scheduleIds: readonly string[]): Promise<SendingRow[]> => {
  const { rows } = await db.query<SendingRow>(
    `select ${SENDING}
     from (select *, row_number() over (partition by schedule_id order by due_at desc) as place from insights.dashboard_sendings where workspace_id = $1 and schedule_id = any ($2::uuid[])) sendings
     where place <= 10
     order by due_at desc, id`,
    [workspaceId, [...scheduleIds]],
  );
  return rows;
};

/** @returns false when it was marked before: then its mails are on their way already */
export const markSent = async (tx: Queryable, workspaceId: string, id: string, sent: { at: Date; recipients: number; hasPdf: boolean; problem: string | null }): Promise<boolean> => {
  const { rowCount } = await tx.query(
    "update insights.dashboard_sendings set sent_at = $3, recipients = $4, has_pdf = $5, problem = $6 where workspace_id = $1 and id = $2 and sent_at is null",
    [workspaceId, id, sent.at, sent.recipients, sent.hasPdf, sent.problem],
  );
  return rowCount === 1;
};
