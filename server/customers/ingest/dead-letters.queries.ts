import type { Queryable } from "#platform/db";

export type LetterRow = {
  id: string;
  receivedAt: Date;
  source: string;
  reason: string;
  detail: string;
  preview: string;
  sizeCharacters: number;
  state: "open" | "replayed" | "discarded";
  resolvedAt: Date | null;
  interactionId: string | null;
};

const COLUMNS = `id, received_at as "receivedAt", source, reason, detail, left(payload, 300) as preview, length(payload) as "sizeCharacters",
  state, resolved_at as "resolvedAt", interaction_id as "interactionId"`;

/** One row is one refused event; dead_letters_workspace_id_state_received_at_index carries it. */
export const listLetters = async (
  db: Queryable,
  workspaceId: string,
  filter: { state: string; reason: string | null; before: { at: string; id: string } | null; limit: number },
): Promise<LetterRow[]> => {
  const { rows } = await db.query<LetterRow>(
    `select ${COLUMNS}
     from customers.dead_letters
     where workspace_id = $1 and state = $2 and ($3::text is null or reason = $3)
       and ($4::timestamptz is null or (received_at, id) < ($4::timestamptz, $5::uuid))
     order by received_at desc, id desc
     limit $6`,
    [workspaceId, filter.state, filter.reason, filter.before?.at ?? null, filter.before?.id ?? null, filter.limit],
  );
  return rows;
};

export const countOpenByReason = async (db: Queryable, workspaceId: string): Promise<{ reason: string; count: number }[]> => {
  const { rows } = await db.query<{ reason: string; count: number }>(
    `select reason, count(*) as count
     from customers.dead_letters
     where workspace_id = $1 and state = 'open'
     group by reason
     order by count desc, reason
     limit 50`,
    [workspaceId],
  );
  return rows;
};

export const findLetter = async (db: Queryable, workspaceId: string, id: string): Promise<(LetterRow & { payload: string }) | null> => {
  const { rows } = await db.query<LetterRow & { payload: string }>(
    `select ${COLUMNS}, payload from customers.dead_letters where workspace_id = $1 and id = $2`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

/** Takes open letters for a change, so that two people cannot replay the same one. */
export const lockOpenLetters = async (
  tx: Queryable,
  workspaceId: string,
  ids: readonly string[],
): Promise<{ id: string; receivedAt: Date; source: string; payload: string }[]> => {
  const { rows } = await tx.query<{ id: string; receivedAt: Date; source: string; payload: string }>(
    `select id, received_at as "receivedAt", source, payload
     from customers.dead_letters
     where workspace_id = $1 and state = 'open' and id = any ($2::uuid[])
     order by id
     for update`,
    [workspaceId, [...ids]],
  );
  return rows;
};

export const markReplayed = async (
  tx: Queryable,
  letter: { id: string; payload: string; interactionId: string; memberId: string | null; now: Date },
): Promise<void> => {
  await tx.query(
    `update customers.dead_letters
     set state = 'replayed', resolved_at = $2, resolved_by = $3, interaction_id = $4, payload = $5
     where id = $1`,
    [letter.id, letter.now, letter.memberId, letter.interactionId, letter.payload],
  );
};

export const noteRefusedAgain = async (tx: Queryable, letter: { id: string; payload: string; reason: string; detail: string }): Promise<void> => {
  await tx.query("update customers.dead_letters set reason = $2, detail = $3, payload = $4 where id = $1", [letter.id, letter.reason, letter.detail, letter.payload]);
};

export const discardLetters = async (
  tx: Queryable,
  workspaceId: string,
  given: { ids: readonly string[]; memberId: string | null; now: Date },
): Promise<number> => {
  const { rowCount } = await tx.query(
    `update customers.dead_letters
     set state = 'discarded', resolved_at = $3, resolved_by = $4
     where workspace_id = $1 and state = 'open' and id = any ($2::uuid[])`,
    [workspaceId, [...given.ids], given.now, given.memberId],
  );
  return rowCount ?? 0;
};

export const deleteLettersBefore = async (db: Queryable, before: Date, limit: number): Promise<number> => {
  const { rowCount } = await db.query(
    "delete from customers.dead_letters where id in (select id from customers.dead_letters where received_at < $1 order by received_at limit $2)",
    [before, limit],
  );
  return rowCount ?? 0;
};
