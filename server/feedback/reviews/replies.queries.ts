import type { Queryable } from "#platform/db";
import type { ReplyState } from "./reviews.contract.ts";

export type ReplyRow = {
  workspaceId: string; id: string; reviewId: string; text: string; state: ReplyState; error: string | null; memberId: string | null; createdAt: Date; sentAt: Date | null;
};

const COLUMNS = `workspace_id as "workspaceId", id, review_id as "reviewId", body as text, state, error, member_id as "memberId", created_at as "createdAt", sent_at as "sentAt"`;

export const insertReply = async (tx: Queryable, row: ReplyRow): Promise<void> => {
  await tx.query(
    "insert into feedback.review_replies (workspace_id, id, review_id, body, state, error, member_id, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [row.workspaceId, row.id, row.reviewId, row.text, row.state, row.error, row.memberId, row.createdAt],
  );
};

/** Drafts and answers that failed make room for what is written now; one on its way or sent stays. */
export const deleteUnsentReplies = async (tx: Queryable, workspaceId: string, reviewId: string): Promise<void> => {
  await tx.query("delete from feedback.review_replies where workspace_id = $1 and review_id = $2 and state in ('draft', 'failed')", [workspaceId, reviewId]);
};

export const findNewestReply = async (db: Queryable, workspaceId: string, reviewId: string): Promise<ReplyRow | null> => {
  const { rows } = await db.query<ReplyRow>(
    `select ${COLUMNS} from feedback.review_replies where workspace_id = $1 and review_id = $2 order by created_at desc, id desc limit 1`,
    [workspaceId, reviewId],
  );
  return rows[0] ?? null;
};

export const findReply = async (db: Queryable, workspaceId: string, id: string): Promise<ReplyRow | null> => {
  const { rows } = await db.query<ReplyRow>(`select ${COLUMNS} from feedback.review_replies where workspace_id = $1 and id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

export const noteReplyState = async (tx: Queryable, reply: { workspaceId: string; id: string; state: ReplyState; error: string | null; sentAt: Date | null }): Promise<void> => {
  await tx.query("update feedback.review_replies set state = $3, error = $4, sent_at = $5 where workspace_id = $1 and id = $2", [
    reply.workspaceId, reply.id, reply.state, reply.error, reply.sentAt,
  ]);
};

export const noteAnswer = async (tx: Queryable, review: { workspaceId: string; id: string; answer: string; at: Date }): Promise<void> => {
  await tx.query("update feedback.reviews set answer = $3, answered_at = $4 where workspace_id = $1 and id = $2", [review.workspaceId, review.id, review.answer, review.at]);
};
