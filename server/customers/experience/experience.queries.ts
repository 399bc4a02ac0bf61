import type { Queryable } from "#platform/db";

const LAG_COUNTED_MAX = 100_000;

export type Position = { xid: string; seq: number };

export type InteractionRow = Position & {
  id: string;
  workspaceId: string;
  type: string;
  name: string;
  subject: string | null;
  userId: string | null;
  anonymousId: string | null;
  at: Date;
  receivedAt: Date;
  channel: string | null;
  touchpoint: string | null;
  stage: string | null;
  source: string;
  importId: string | null;
  memberId: string | null;
  message: unknown;
};

export type PerceptionRow = Position & {
  id: string;
  workspaceId: string;
  subject: string | null;
  interactionId: string | null;
  at: Date;
  recordedAt: Date;
  kind: string;
  value: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  normalised: number | null;
  choice: string | null;
  hasText: boolean;
  isInferred: boolean;
  source: string;
  channel: string | null;
  touchpoint: string | null;
  stage: string | null;
  weight: number;
  surveyId: string | null;
  responseId: string | null;
  importId: string | null;
  /** Of the fact it is about. */
  memberId: string | null;
  factAt: Date | null;
  message: unknown;
};

// One row is one fact, in the order of commit; the index on (xid, seq) carries it. The order names the table's column: a bare
// "xid" would be the text of the output, by which transaction 1000 comes before 999 and rows between would be passed over.
export const listInteractionsAfter = async (db: Queryable, after: Position, horizon: string, limit: number): Promise<InteractionRow[]> => {
  const { rows } = await db.query<InteractionRow>(
    `select xid::text, seq, id, workspace_id as "workspaceId", type, name, subject, user_id as "userId", anonymous_id as "anonymousId", at,
            received_at as "receivedAt", channel, touchpoint, stage, source, import_id as "importId", member_id as "memberId", message
     from customers.interactions
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by interactions.xid, interactions.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

/** Whether at least so many interactions wait behind a position. */
export const hasInteractionsBeyond = async (db: Queryable, after: Position, horizon: string, count: number): Promise<boolean> => {
  const { rowCount } = await db.query(
    `select from customers.interactions
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by interactions.xid, interactions.seq
     offset $4
     limit 1`,
    [after.xid, after.seq, horizon, count - 1],
  );
  return rowCount === 1;
};

// With who served in the fact a feeling is about, when that was and what the fact says; the primary key carries the look at it.
const PERCEPTION = `perception.xid::text, perception.seq, perception.id, perception.workspace_id as "workspaceId", perception.subject,
  perception.interaction_id as "interactionId", perception.at, perception.recorded_at as "recordedAt", perception.kind, perception.value,
  perception.scale_min as "scaleMin", perception.scale_max as "scaleMax", perception.normalised, perception.choice, perception.text is not null as "hasText",
  perception.is_inferred as "isInferred", perception.source, perception.channel, perception.touchpoint, perception.stage, perception.weight,
  perception.survey_id as "surveyId", perception.response_id as "responseId", perception.import_id as "importId",
  interaction.member_id as "memberId", interaction.at as "factAt", interaction.message`;

export const listPerceptionsAfter = async (db: Queryable, after: Position, horizon: string, limit: number): Promise<PerceptionRow[]> => {
  const { rows } = await db.query<PerceptionRow>(
    `select ${PERCEPTION}
     from customers.perceptions perception
     left join customers.interactions interaction on interaction.id = perception.interaction_id and interaction.workspace_id = perception.workspace_id
     where (perception.xid, perception.seq) > ($1::text::xid8, $2::bigint) and perception.xid < $3::text::xid8
     order by perception.xid, perception.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

export const listIdentityChangesAfter = async (
  db: Queryable,
  after: Position,
  horizon: string,
  limit: number,
): Promise<(Position & { workspaceId: string; identifierId: number })[]> => {
  const { rows } = await db.query<Position & { workspaceId: string; identifierId: number }>(
    `select xid::text, seq, workspace_id as "workspaceId", identifier_id as "identifierId"
     from customers.identity_changes
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by identity_changes.xid, identity_changes.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

/** Somebody whose being in segments may have changed without a row of the record. `isGone`: erased; whoever was merged is still known. */
export type CustomerChange = Position & { workspaceId: string; customerId: string; isGone: boolean };

export const listCustomerChangesAfter = async (db: Queryable, after: Position, horizon: string, limit: number): Promise<CustomerChange[]> => {
  const { rows } = await db.query<CustomerChange>(
    `select xid::text, seq, workspace_id as "workspaceId", customer_id as "customerId",
       not exists (select 1 from customers.customers known where known.id = customer_changes.customer_id) as "isGone"
     from customers.customer_changes
     where (xid, seq) > ($1::text::xid8, $2::bigint) and xid < $3::text::xid8
     order by customer_changes.xid, customer_changes.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

/** A row that was taken away. An import that was undone and ran again brings the same id back: `livingSeq` is then the seq of the new row. */
export type Deletion = Position & { workspaceId: string; recordId: string | null; livingSeq: number | null };

export const listDeletionsAfter = async (
  db: Queryable,
  after: Position,
  horizon: string,
  limit: number,
): Promise<Deletion[]> => {
  const { rows } = await db.query<Deletion>(
    `select deletion.xid::text, deletion.seq, deletion.workspace_id as "workspaceId", deletion.record_id as "recordId",
       coalesce(interaction.seq, perception.seq) as "livingSeq"
     from customers.deletions deletion
     left join customers.interactions interaction on interaction.id = deletion.record_id
     left join customers.perceptions perception on perception.id = deletion.record_id
     where (deletion.xid, deletion.seq) > ($1::text::xid8, $2::bigint) and deletion.xid < $3::text::xid8
     order by deletion.xid, deletion.seq
     limit $4`,
    [after.xid, after.seq, horizon, limit],
  );
  return rows;
};

/** Where identifiers belong now, with the time spans; an identifier without a row belongs to nobody. */
export const listAssignmentsOf = async (
  db: Queryable,
  identifierIds: readonly number[],
): Promise<{ identifierId: number; customerId: string; validFromMs: number | null; validToMs: number | null }[]> => {
  const { rows } = await db.query<{ identifierId: number; customerId: string; validFromMs: number | null; validToMs: number | null }>(
    `select assignment.identifier_id as "identifierId", assignment.customer_id as "customerId",
            case when isfinite(assignment.valid_from) then (extract(epoch from assignment.valid_from) * 1000)::float8 end as "validFromMs",
            case when isfinite(assignment.valid_to) then (extract(epoch from assignment.valid_to) * 1000)::float8 end as "validToMs"
     from customers.assignments assignment
     join customers.identifiers identifier on identifier.id = assignment.identifier_id and not identifier.is_blocked
     where assignment.identifier_id = any ($1)`,
    [[...identifierIds]],
  );
  return rows;
};

/** Rows of a workspace in their order, to name them anew after the register changed. */
export const listInteractionsOf = async (db: Queryable, workspaceId: string, after: Position, limit: number): Promise<InteractionRow[]> => {
  const { rows } = await db.query<InteractionRow>(
    `select xid::text, seq, id, workspace_id as "workspaceId", type, name, subject, user_id as "userId", anonymous_id as "anonymousId", at,
            received_at as "receivedAt", channel, touchpoint, stage, source, import_id as "importId", member_id as "memberId", message
     from customers.interactions
     where workspace_id = $1 and (xid, seq) > ($2::text::xid8, $3::bigint)
     order by interactions.xid, interactions.seq
     limit $4`,
    [workspaceId, after.xid, after.seq, limit],
  );
  return rows;
};

/** Only those whose names can change: that name a touchpoint, or are about a fact, which may name a product. */
export const listPerceptionsOf = async (db: Queryable, workspaceId: string, after: Position, limit: number): Promise<PerceptionRow[]> => {
  const { rows } = await db.query<PerceptionRow>(
    `select ${PERCEPTION}
     from customers.perceptions perception
     left join customers.interactions interaction on interaction.id = perception.interaction_id and interaction.workspace_id = perception.workspace_id
     where perception.workspace_id = $1 and (perception.touchpoint is not null or perception.interaction_id is not null)
       and (perception.xid, perception.seq) > ($2::text::xid8, $3::bigint)
     order by perception.xid, perception.seq
     limit $4`,
    [workspaceId, after.xid, after.seq, limit],
  );
  return rows;
};

/** How many rows wait; counted no further than a limit, so that asking stays cheap when many do. */
export const countRowsAfter = async (db: Queryable, interactions: Position, perceptions: Position): Promise<number> => {
  const { rows } = await db.query<{ count: number }>(
    `select (select count(*) from (select from customers.interactions where (xid, seq) > ($1::text::xid8, $2::bigint) limit $5) waiting)
          + (select count(*) from (select from customers.perceptions where (xid, seq) > ($3::text::xid8, $4::bigint) limit $5) waiting) as count`,
    [interactions.xid, interactions.seq, perceptions.xid, perceptions.seq, LAG_COUNTED_MAX],
  );
  return rows[0]?.count ?? 0;
};

/** For a backup: ids of rows the resolver has not come to yet, in their order. */
export const listUnresolved = async (tx: Queryable): Promise<string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `select interaction.id
     from customers.interactions interaction
     cross join customers.resolver resolver
     where (interaction.xid, interaction.seq) > (resolver.position_xid, resolver.position_seq)
     order by interaction.xid, interaction.seq`,
  );
  return rows.map((row) => row.id);
};

/** After a restore: the resolver goes on behind what it had dealt with; rows it had not come to get new numbers behind that. */
export const moveResolver = async (tx: Queryable, unresolvedIds: readonly string[]): Promise<void> => {
  await tx.query(
    `update customers.resolver
     set generation = gen_random_uuid(), batch = 0, position_xid = pg_current_xact_id(), position_seq = coalesce((select max(seq) from customers.interactions), 0)`,
  );
  await tx.query("update customers.interactions set seq = default where id = any ($1::uuid[])", [[...unresolvedIds]]);
};
