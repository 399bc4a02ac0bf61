import type { Queryable } from "#platform/db";
import type { ChangeCallListBody, SkipReason } from "./interviews.contract.ts";

export type CallListRow = {
  workspaceId: string; id: string; surveyId: string; surveyName: string; segmentId: string; name: string; status: "filling" | "open" | "paused" | "closed"; script: string;
  kind: "relationship" | "transactional"; hoursFrom: string; hoursTo: string; days: number[]; attemptsMax: number; pauseHours: number; createdAt: Date; people: number; done: number; callbacks: number;
};

const COLUMNS = `list.workspace_id as "workspaceId", list.id, list.survey_id as "surveyId", survey.name as "surveyName", list.segment_id as "segmentId", list.name, list.status, list.script,
  list.kind, list.hours_from as "hoursFrom", list.hours_to as "hoursTo", list.days, list.attempts_max as "attemptsMax", list.pause_hours as "pauseHours", list.created_at as "createdAt",
  coalesce(counted.people, 0)::int as people, coalesce(counted.done, 0)::int as done, coalesce(counted.callbacks, 0)::int as callbacks`;
const FROM = `feedback.call_lists list
  join feedback.surveys survey on survey.workspace_id = list.workspace_id and survey.id = list.survey_id
  left join lateral (
    select count(*) as people, count(*) filter (where target.state = 'done') as done, count(*) filter (where target.state = 'waiting' and target.is_callback) as callbacks
    from feedback.call_targets target
    where target.workspace_id = list.workspace_id and target.list_id = list.id
  ) counted on true`;

export const listCallLists = async (db: Queryable, workspaceId: string, surveyId: string | null, limit: number): Promise<CallListRow[]> => {
  const { rows } = await db.query<CallListRow>(
    `select ${COLUMNS} from ${FROM} where list.workspace_id = $1 and ($2::uuid is null or list.survey_id = $2) order by list.created_at desc, list.id limit $3`,
    [workspaceId, surveyId, limit],
  );
  return rows;
};

export const findCallList = async (db: Queryable, workspaceId: string, id: string): Promise<CallListRow | null> => {
  const { rows } = await db.query<CallListRow>(`select ${COLUMNS} from ${FROM} where list.workspace_id = $1 and list.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

export type CallListWrite = Omit<CallListRow, "surveyName" | "people" | "done" | "callbacks"> & { createdBy: string | null };

export const insertCallList = async (tx: Queryable, row: CallListWrite): Promise<void> => {
  await tx.query(
    `insert into feedback.call_lists (
       workspace_id, id, survey_id, name, segment_id, status, script, kind, hours_from, hours_to, days, attempts_max, pause_hours, created_by, created_at
     )
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      row.workspaceId, row.id, row.surveyId, row.name, row.segmentId, row.status, row.script, row.kind, row.hoursFrom, row.hoursTo, row.days, row.attemptsMax, row.pauseHours,
      row.createdBy, row.createdAt,
    ],
  );
};

/** The state of a list, which nobody else changes until the transaction ends. */
export const lockCallList = async (tx: Queryable, workspaceId: string, id: string): Promise<Pick<CallListRow, "name" | "status"> | null> => {
  const { rows } = await tx.query<Pick<CallListRow, "name" | "status">>("select name, status from feedback.call_lists where workspace_id = $1 and id = $2 for update", [workspaceId, id]);
  return rows[0] ?? null;
};

/** Changes what is given and nothing else. */
export const updateCallList = async (tx: Queryable, list: { workspaceId: string; id: string }, change: ChangeCallListBody): Promise<void> => {
  await tx.query(
    `update feedback.call_lists
     set name = coalesce($3, name), script = coalesce($4, script), status = coalesce($5, status), hours_from = coalesce($6, hours_from), hours_to = coalesce($7, hours_to),
       days = coalesce($8, days), attempts_max = coalesce($9, attempts_max), pause_hours = coalesce($10, pause_hours)
     where workspace_id = $1 and id = $2`,
    [list.workspaceId, list.id, change.name, change.script, change.status, change.hoursFrom, change.hoursTo, change.days, change.attemptsMax, change.pauseHours].map((value) => value ?? null),
  );
};

/** Opens a list once everybody is on it; what a member changed in the meantime stays. */
export const openFilledList = async (tx: Queryable, list: { workspaceId: string; id: string }): Promise<void> => {
  await tx.query("update feedback.call_lists set status = 'open' where workspace_id = $1 and id = $2 and status = 'filling'", [list.workspaceId, list.id]);
};

/** @returns whether there was one */
export const deleteCallList = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from feedback.call_lists where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

/** Adds people to a list; who is on it already stays as they are. */
export const insertTargets = async (tx: Queryable, list: { workspaceId: string; id: string }, targets: readonly { id: string; customerId: string }[], nextAt: Date): Promise<void> => {
  await tx.query(
    `insert into feedback.call_targets (workspace_id, list_id, id, customer_id, next_at)
     select $1, $2, id, customer_id, $5 from unnest($3::uuid[], $4::uuid[]) given (id, customer_id)
     on conflict (workspace_id, list_id, customer_id) do nothing`,
    [list.workspaceId, list.id, targets.map(({ id }) => id), targets.map(({ customerId }) => customerId), nextAt],
  );
};

export type TargetRow = { id: string; customerId: string; attempts: number; isCallback: boolean; claimedBy: string | null; claimedUntil: Date | null; state: "waiting" | "done"; nextAt: Date };
const TARGET = `target.id, target.customer_id as "customerId", target.attempts, target.is_callback as "isCallback", target.claimed_by as "claimedBy", target.claimed_until as "claimedUntil",
  target.state, target.next_at as "nextAt"`;

/** The person whose turn it is, call-backs first, locked until the end of the transaction; those another interviewer has are passed over.
 *  Carried by call_targets_next_at_index. */
export const lockDueTarget = async (tx: Queryable, list: { workspaceId: string; id: string }, now: Date): Promise<TargetRow | null> => {
  const { rows } = await tx.query<TargetRow>(
    `select ${TARGET}
     from feedback.call_targets target
     where target.workspace_id = $1 and target.list_id = $2 and target.state = 'waiting' and target.next_at <= $3
       and (target.claimed_until is null or target.claimed_until <= $3)
     order by target.is_callback desc, target.next_at, target.id
     limit 1
     for update skip locked`,
    [list.workspaceId, list.id, now],
  );
  return rows[0] ?? null;
};

/** The person an interviewer has at the moment.
 *  @param claim `by`: the member, or the key of a program that calls */
export const findClaimedTarget = async (db: Queryable, list: { workspaceId: string; id: string }, claim: { by: string | null; now: Date }): Promise<TargetRow | null> => {
  const { rows } = await db.query<TargetRow>(
    `select ${TARGET}
     from feedback.call_targets target
     where target.workspace_id = $1 and target.list_id = $2 and target.state = 'waiting' and target.claimed_by = $3 and target.claimed_until > $4
     order by target.claimed_until desc, target.id
     limit 1`,
    [list.workspaceId, list.id, claim.by, claim.now],
  );
  return rows[0] ?? null;
};

export const findNextTurn = async (db: Queryable, list: { workspaceId: string; id: string }): Promise<Date | null> => {
  const { rows } = await db.query<{ at: Date | null }>(
    `select min(greatest(next_at, coalesce(claimed_until, next_at))) as at from feedback.call_targets where workspace_id = $1 and list_id = $2 and state = 'waiting'`,
    [list.workspaceId, list.id],
  );
  return rows[0]?.at ?? null;
};

export const lockTarget = async (tx: Queryable, list: { workspaceId: string; id: string }, targetId: string): Promise<TargetRow | null> => {
  const { rows } = await tx.query<TargetRow>(
    `select ${TARGET} from feedback.call_targets target where target.workspace_id = $1 and target.list_id = $2 and target.id = $3 for update`,
    [list.workspaceId, list.id, targetId],
  );
  return rows[0] ?? null;
};

export const claimTarget = async (tx: Queryable, list: { workspaceId: string; id: string }, claim: { targetId: string; by: string | null; until: Date }): Promise<void> => {
  await tx.query("update feedback.call_targets set claimed_by = $4, claimed_until = $5, skip_reason = null where workspace_id = $1 and list_id = $2 and id = $3", [
    list.workspaceId, list.id, claim.targetId, claim.by, claim.until,
  ]);
};

export type TargetChange = { id: string; state: "waiting" | "done"; attempts: number; nextAt: Date; isCallback: boolean; outcome: string | null; skipReason: SkipReason | null };

export const updateTarget = async (tx: Queryable, list: { workspaceId: string; id: string }, change: TargetChange): Promise<void> => {
  await tx.query(
    `update feedback.call_targets
     set state = $4, attempts = $5, next_at = $6, is_callback = $7, outcome = coalesce($8, outcome), skip_reason = $9, claimed_by = null, claimed_until = null
     where workspace_id = $1 and list_id = $2 and id = $3`,
    [list.workspaceId, list.id, change.id, change.state, change.attempts, change.nextAt, change.isCallback, change.outcome, change.skipReason],
  );
};

export type AttemptRow = { number: number; outcome: string; note: string; callbackAt: Date | null; at: Date };

export const insertAttempt = async (tx: Queryable, list: { workspaceId: string; id: string }, targetId: string, row: AttemptRow & { memberId: string | null }): Promise<void> => {
  await tx.query(
    `insert into feedback.call_attempts (workspace_id, list_id, target_id, number, outcome, note, callback_at, member_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [list.workspaceId, list.id, targetId, row.number, row.outcome, row.note, row.callbackAt, row.memberId, row.at],
  );
};

export const listAttempts = async (db: Queryable, list: { workspaceId: string; id: string }, targetId: string): Promise<AttemptRow[]> => {
  const { rows } = await db.query<AttemptRow>(
    `select number, outcome, note, callback_at as "callbackAt", at
     from feedback.call_attempts
     where workspace_id = $1 and list_id = $2 and target_id = $3
     order by number`,
    [list.workspaceId, list.id, targetId],
  );
  return rows;
};

export type CountedOutcome = { code: string | null; skipReason: SkipReason | null; count: number };

/** How many people of a list stand at each outcome; those never called have none, and a reason if they were passed over. */
export const countOutcomesOfList = async (db: Queryable, list: { workspaceId: string; id: string }): Promise<CountedOutcome[]> => {
  const { rows } = await db.query<CountedOutcome>(
    `select outcome as code, case when outcome is null then skip_reason end as "skipReason", count(*)::int as count
     from feedback.call_targets
     where workspace_id = $1 and list_id = $2
     group by 1, 2
     order by 1, 2`,
    [list.workspaceId, list.id],
  );
  return rows;
};

/** Takes somebody off every list, with all notes. A list may know them by an id of before they were merged. */
export const deleteTargetsOf = async (tx: Queryable, workspaceId: string, customerIds: readonly string[]): Promise<void> => {
  await tx.query("delete from feedback.call_targets where workspace_id = $1 and customer_id = any ($2::uuid[])", [workspaceId, [...customerIds]]);
};
