import type { Queryable } from "#platform/db";
import type { CorrectionPart, Mark } from "./comments.contract.ts";
import type { PartChange } from "./corrections.rules.ts";
import type { StoredReading } from "./readings.queries.ts";

export type CorrectableReading = Pick<StoredReading, "language" | "sentiment" | "emotion" | "needs" | "isUrgent" | "corrected">;
type LockedReading = CorrectableReading & Pick<StoredReading, "personalData" | "mentions"> & { marked: Mark[] };

/** A reading, kept from others until the transaction ends. */
export const lockReading = async (tx: Queryable, workspaceId: string, id: string): Promise<LockedReading | null> => {
  const { rows } = await tx.query<LockedReading>(
    `select language, sentiment, emotion, needs, is_urgent as "isUrgent", corrected, personal_data as "personalData", mentions, marked
     from insights.readings
     where workspace_id = $1 and perception_id = $2
     for update`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

export type NewCorrection = PartChange & { id: string };

export const insertCorrections = async (
  tx: Queryable,
  given: { workspaceId: string; perceptionId: string; memberId: string | null; at: Date },
  corrections: readonly NewCorrection[],
): Promise<void> => {
  await tx.query(
    `insert into insights.corrections (id, workspace_id, perception_id, part, place, before, after, is_withdrawal, member_id, at)
     select given.id, $1, $2, given.part, given.place, given.before, given.after, given.is_withdrawal, $3, $4
     from unnest($5::uuid[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[], $10::boolean[]) given (id, part, place, before, after, is_withdrawal)`,
    [
      given.workspaceId, given.perceptionId, given.memberId, given.at, corrections.map(({ id }) => id), corrections.map(({ part }) => part), corrections.map(({ place }) => place ?? ""),
      corrections.map(({ before }) => JSON.stringify(before)), corrections.map(({ after }) => JSON.stringify(after)), corrections.map(({ isWithdrawal }) => isWithdrawal),
    ],
  );
};

/** Writes a reading as a person set it. */
export const rewriteReading = async (tx: Queryable, workspaceId: string, id: string, reading: CorrectableReading & { sentimentScore: number | null; isUnsure: boolean }): Promise<void> => {
  await tx.query(
    `update insights.readings
     set xid = pg_current_xact_id(), language = $3, sentiment = $4, sentiment_score = coalesce($5, sentiment_score), emotion = $6, needs = $7,
         is_urgent = $8, corrected = $9, is_unsure = $10
     where workspace_id = $1 and perception_id = $2`,
    [workspaceId, id, reading.language, reading.sentiment, reading.sentimentScore, reading.emotion, JSON.stringify(reading.needs), reading.isUrgent, reading.corrected, reading.isUnsure],
  );
};

export type ListedCorrection = {
  id: string;
  at: Date;
  memberId: string | null;
  part: CorrectionPart;
  place: string;
  before: unknown;
  after: unknown;
  isWithdrawal: boolean;
  isStanding: boolean;
};

/** What people set in a comment and took back, newest first; the index on perception_id carries it. Of a part, or of the same words, the last row stands. */
export const listCorrections = async (db: Queryable, workspaceId: string, perceptionId: string, limit: number): Promise<ListedCorrection[]> => {
  const { rows } = await db.query<ListedCorrection>(
    `select id, at, member_id as "memberId", part, place, before, after, is_withdrawal as "isWithdrawal",
            not is_withdrawal and row_number() over (partition by part, place order by at desc, id desc) = 1 as "isStanding"
     from insights.corrections
     where workspace_id = $1 and perception_id = $2
     order by at desc, id desc
     limit $3`,
    [workspaceId, perceptionId, limit],
  );
  return rows;
};

/** Whether a comment was read. */
export const isRead = async (db: Queryable, workspaceId: string, perceptionId: string): Promise<boolean> => {
  const { rows } = await db.query<{ found: boolean }>("select exists (select from insights.readings where workspace_id = $1 and perception_id = $2) as found", [workspaceId, perceptionId]);
  return rows[0]?.found === true;
};
