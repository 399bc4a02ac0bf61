import type { Queryable } from "#platform/db";
import type { StoredSecrets } from "#platform/secrets";
import type { SourceKind } from "./connector.contract.ts";
import type { ReplyState } from "./reviews.contract.ts";

export type ReviewRow = {
  workspaceId: string;
  id: string;
  sourceId: string;
  origin: string;
  externalId: string;
  version: number;
  revision: number;
  fingerprint: string;
  url: string | null;
  stars: number | null;
  starsMax: number;
  title: string;
  text: string;
  language: string | null;
  authorName: string | null;
  authorHandle: string | null;
  authorIdentifiers: string[];
  subject: string | null;
  isAssignedByHand: boolean;
  isErased: boolean;
  reference: Record<string, string>;
  writtenAt: Date;
  receivedAt: Date;
  answer: string | null;
  answeredAt: Date | null;
};

const COLUMNS = `review.workspace_id as "workspaceId", review.id, review.source_id as "sourceId", review.origin, review.external_id as "externalId",
  review.version, review.revision, review.fingerprint, review.url, review.stars, review.stars_max as "starsMax", review.title, review.body as text,
  review.language, review.author_name as "authorName", review.author_handle as "authorHandle", review.author_identifiers as "authorIdentifiers",
  review.subject, review.is_assigned_by_hand as "isAssignedByHand", review.is_erased as "isErased", review.reference,
  review.written_at as "writtenAt", review.received_at as "receivedAt", review.answer, review.answered_at as "answeredAt"`;

/** Writes a review that is not there yet.
 *  @returns false when another poll was faster */
export const insertReview = async (tx: Queryable, row: ReviewRow): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into feedback.reviews (
       workspace_id, id, source_id, origin, external_id, version, revision, fingerprint, url, stars, stars_max, title, body, language,
       author_name, author_handle, author_identifiers, subject, is_assigned_by_hand, is_erased, reference, written_at, received_at, answer, answered_at
     )
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
     on conflict (workspace_id, origin, external_id) do nothing`,
    [
      row.workspaceId, row.id, row.sourceId, row.origin, row.externalId, row.version, row.revision, row.fingerprint, row.url, row.stars, row.starsMax, row.title,
      row.text, row.language, row.authorName, row.authorHandle, row.authorIdentifiers, row.subject, row.isAssignedByHand, row.isErased,
      JSON.stringify(row.reference), row.writtenAt, row.receivedAt, row.answer, row.answeredAt,
    ],
  );
  return rowCount === 1;
};

/** Writes what a review says now; who wrote it and where it stands do not change by that. */
export const updateReview = async (tx: Queryable, row: ReviewRow): Promise<void> => {
  await tx.query(
    `update feedback.reviews
     set version = $3, revision = $4, fingerprint = $5, url = $6, stars = $7, stars_max = $8, title = $9, body = $10, author_name = $11, subject = $12,
       is_assigned_by_hand = $13, reference = $14, written_at = $15, answer = $16, answered_at = $17
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.version, row.revision, row.fingerprint, row.url, row.stars, row.starsMax, row.title, row.text, row.authorName, row.subject,
      row.isAssignedByHand, JSON.stringify(row.reference), row.writtenAt, row.answer, row.answeredAt,
    ],
  );
};

/** Reviews of an origin that are here already, locked until the end of the transaction, in the order of their ids so that two polls cannot wait for each other. */
export const lockKnownReviews = async (tx: Queryable, workspaceId: string, origin: string, externalIds: readonly string[]): Promise<ReviewRow[]> => {
  const { rows } = await tx.query<ReviewRow>(
    `select ${COLUMNS} from feedback.reviews review
     where review.workspace_id = $1 and review.origin = $2 and review.external_id = any ($3::text[])
     order by review.id
     for update`,
    [workspaceId, origin, [...externalIds]],
  );
  return rows;
};

export const lockReview = async (tx: Queryable, workspaceId: string, id: string): Promise<ReviewRow | null> => {
  const { rows } = await tx.query<ReviewRow>(
    `select ${COLUMNS} from feedback.reviews review where review.workspace_id = $1 and review.id = $2 and not review.is_erased for update`,
    [workspaceId, id],
  );
  return rows[0] ?? null;
};

export const insertVersion = async (tx: Queryable, row: ReviewRow): Promise<void> => {
  await tx.query(
    `insert into feedback.review_versions (workspace_id, review_id, number, stars, title, body, written_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (workspace_id, review_id, number) do nothing`,
    [row.workspaceId, row.id, row.version, row.stars, row.title, row.text, row.writtenAt],
  );
};

export type VersionRow = { number: number; stars: number | null; title: string; text: string; writtenAt: Date };

export const listVersions = async (db: Queryable, workspaceId: string, reviewId: string): Promise<VersionRow[]> => {
  const { rows } = await db.query<VersionRow>(
    `select number, stars, title, body as text, written_at as "writtenAt"
     from feedback.review_versions
     where workspace_id = $1 and review_id = $2
     order by number desc
     limit 100`,
    [workspaceId, reviewId],
  );
  return rows;
};

/** Whom a member has named as the writer behind a handle, the last time. */
export const findAssignedSubject = async (db: Queryable, workspaceId: string, origin: string, handle: string): Promise<string | null> => {
  const { rows } = await db.query<{ subject: string | null }>(
    `select subject from feedback.reviews
     where workspace_id = $1 and author_handle = $3 and is_assigned_by_hand and origin = $2
     order by written_at desc, id desc
     limit 1`,
    [workspaceId, origin, handle],
  );
  return rows[0]?.subject ?? null;
};

/** Reviews nobody is known for although their author has a name elsewhere, in order of their ids. */
export const listUnmatched = async (db: Queryable, after: { workspaceId: string; id: string } | null, since: Date, limit: number): Promise<ReviewRow[]> => {
  const { rows } = await db.query<ReviewRow>(
    `select ${COLUMNS} from feedback.reviews review
     where review.subject is null and review.author_identifiers <> '{}' and not review.is_erased and not review.is_assigned_by_hand and review.received_at >= $1
       and ($2::uuid is null or (review.workspace_id, review.id) > ($2, $3::uuid))
     order by review.workspace_id, review.id
     limit $4`,
    [since, after?.workspaceId ?? null, after?.id ?? null, limit],
  );
  return rows;
};

export const listReviewsOfSource = async (db: Queryable, workspaceId: string, sourceId: string, limit: number): Promise<ReviewRow[]> => {
  const { rows } = await db.query<ReviewRow>(
    `select ${COLUMNS} from feedback.reviews review where review.workspace_id = $1 and review.source_id = $2 order by review.id limit $3`,
    [workspaceId, sourceId, limit],
  );
  return rows;
};

export const deleteReviews = async (tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<void> => {
  await tx.query("delete from feedback.reviews where workspace_id = $1 and id = any ($2::uuid[])", [workspaceId, [...ids]]);
};

/** Empties the reviews of an erased person, who is known by hashes only (`hashOfSubject` of customers), and takes their testimonials away.
 *  The empty rows keep the reviews from coming back with the next poll. */
export const eraseReviewsOf = async (tx: Queryable, workspaceId: string, people: { subjectHashes: readonly string[]; until: Date }): Promise<void> => {
  if (people.subjectHashes.length === 0) return;
  const isTheirs = (column: string): string => `encode(sha256(convert_to(concat($1::uuid, E'\\n', ${column}), 'UTF8')), 'hex') = any ($2::text[])`;
  await tx.query(
    `delete from feedback.testimonials testimonial
     where testimonial.workspace_id = $1 and testimonial.created_at <= $3 and (
       (testimonial.subject is not null and ${isTheirs("testimonial.subject")})
       or (testimonial.email is not null and ${isTheirs("'email:' || testimonial.email")})
     )`,
    [workspaceId, [...people.subjectHashes], people.until],
  );
  await tx.query(
    `with emptied as (
       update feedback.reviews review
       set is_erased = true, title = '', body = '', author_name = null, author_handle = null, author_identifiers = '{}', subject = null, url = null, stars = null,
         reference = '{}', answer = null, is_assigned_by_hand = false
       where review.workspace_id = $1 and review.written_at <= $3 and (
         (review.subject is not null and ${isTheirs("review.subject")})
         or exists (select from unnest(review.author_identifiers) known where ${isTheirs("known")})
       )
       returning review.id
     ), gone_versions as (
       delete from feedback.review_versions version using emptied where version.workspace_id = $1 and version.review_id = emptied.id
     ), gone_testimonials as (
       delete from feedback.testimonials testimonial using emptied where testimonial.workspace_id = $1 and testimonial.review_id = emptied.id
     )
     delete from feedback.review_replies reply using emptied where reply.workspace_id = $1 and reply.review_id = emptied.id`,
    [workspaceId, [...people.subjectHashes], people.until],
  );
};

export type ListedReviewRow = ReviewRow & {
  sourceName: string; sourceKind: SourceKind; secrets: StoredSecrets; replyId: string | null; replyText: string | null; replyState: ReplyState | null; replyError: string | null;
  replyCreatedAt: Date | null; replySentAt: Date | null; testimonialId: string | null;
};

export type ReviewFilter = { id: string | null; sourceId: string | null; starsFrom: number | null; starsTo: number | null; isAnswered: boolean | null; subject: string | null; search: string | null };

// One row is one review with the newest answer written here. Carried by reviews_written_at_index, the answer by review_replies_review_id_index.
export const listReviewRows = async (
  db: Queryable,
  workspaceId: string,
  filter: ReviewFilter,
  range: { before: { writtenAt: string; id: string } | null; limit: number },
): Promise<ListedReviewRow[]> => {
  const { rows } = await db.query<ListedReviewRow>(
    `select ${COLUMNS}, source.name as "sourceName", source.kind as "sourceKind", source.secrets, reply.id as "replyId", reply.body as "replyText", reply.state as "replyState",
       reply.error as "replyError", reply.created_at as "replyCreatedAt", reply.sent_at as "replySentAt", testimonial.id as "testimonialId"
     from feedback.reviews review
     join feedback.review_sources source on source.workspace_id = review.workspace_id and source.id = review.source_id
     left join feedback.testimonials testimonial on testimonial.workspace_id = review.workspace_id and testimonial.review_id = review.id
     left join lateral (
       select newest.id, newest.body, newest.state, newest.error, newest.created_at, newest.sent_at
       from feedback.review_replies newest
       where newest.workspace_id = review.workspace_id and newest.review_id = review.id
       order by newest.created_at desc, newest.id desc
       limit 1
     ) reply on true
     where review.workspace_id = $1 and not review.is_erased
       and ($2::uuid is null or review.id = $2)
       and ($3::uuid is null or review.source_id = $3)
       and ($4::float8 is null or review.stars / review.stars_max * 5 >= $4)
       and ($5::float8 is null or review.stars / review.stars_max * 5 <= $5)
       and ($6::boolean is null or (review.answered_at is not null or review.answer is not null) = $6)
       and ($7::text is null or review.subject = $7)
       and ($8::text is null or review.title ilike $8 or review.body ilike $8 or review.author_name ilike $8)
       and ($9::timestamptz is null or (review.written_at, review.id) < ($9, $10::uuid))
     order by review.written_at desc, review.id desc
     limit $11`,
    [
      workspaceId, filter.id, filter.sourceId, filter.starsFrom, filter.starsTo, filter.isAnswered, filter.subject,
      filter.search === null ? null : `%${filter.search.replace(/[\\%_]/g, "\\$&")}%`, range.before?.writtenAt ?? null, range.before?.id ?? null, range.limit,
    ],
  );
  return rows;
};
