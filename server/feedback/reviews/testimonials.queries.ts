import type { Queryable } from "#platform/db";
import type { Consent, TestimonialState, WidgetSettings } from "./testimonials.contract.ts";

export type TestimonialRow = {
  workspaceId: string;
  id: string;
  kind: "testimonial" | "review";
  state: TestimonialState;
  reviewId: string | null;
  subject: string | null;
  tokenHash: string | null;
  email: string | null;
  authorName: string | null;
  authorTitle: string | null;
  stars: number | null;
  original: string;
  excerpt: number[] | null;
  consent: Consent | null;
  askedAt: Date | null;
  askedBy: string | null;
  givenAt: Date | null;
  moderatedAt: Date | null;
  moderatedBy: string | null;
  createdAt: Date;
};

const COLUMNS = `testimonial.workspace_id as "workspaceId", testimonial.id, testimonial.kind, testimonial.state, testimonial.review_id as "reviewId", testimonial.subject,
  testimonial.token_hash as "tokenHash", testimonial.email, testimonial.author_name as "authorName", testimonial.author_title as "authorTitle", testimonial.stars,
  testimonial.original, testimonial.excerpt, testimonial.consent, testimonial.asked_at as "askedAt", testimonial.asked_by as "askedBy",
  testimonial.given_at as "givenAt", testimonial.moderated_at as "moderatedAt", testimonial.moderated_by as "moderatedBy", testimonial.created_at as "createdAt"`;

/** Writes a testimonial.
 *  @returns false when there is one from the same review already */
export const insertTestimonial = async (tx: Queryable, row: TestimonialRow): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into feedback.testimonials (
       workspace_id, id, kind, state, review_id, subject, token_hash, email, author_name, author_title, stars, original, consent, asked_at, asked_by, given_at, created_at
     )
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     on conflict (workspace_id, review_id) do nothing`,
    [
      row.workspaceId, row.id, row.kind, row.state, row.reviewId, row.subject, row.tokenHash, row.email, row.authorName, row.authorTitle, row.stars, row.original,
      row.consent === null ? null : JSON.stringify(row.consent), row.askedAt, row.askedBy, row.givenAt, row.createdAt,
    ],
  );
  return rowCount === 1;
};

export const updateTestimonial = async (tx: Queryable, row: TestimonialRow): Promise<void> => {
  await tx.query(
    `update feedback.testimonials
     set state = $3, author_name = $4, author_title = $5, stars = $6, original = $7, excerpt = $8, consent = $9, given_at = $10, moderated_at = $11, moderated_by = $12
     where workspace_id = $1 and id = $2`,
    [
      row.workspaceId, row.id, row.state, row.authorName, row.authorTitle, row.stars, row.original, row.excerpt,
      row.consent === null ? null : JSON.stringify(row.consent), row.givenAt, row.moderatedAt, row.moderatedBy,
    ],
  );
};

export const deleteTestimonial = async (tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  await tx.query("delete from feedback.testimonials where workspace_id = $1 and id = $2", [workspaceId, id]);
};

export const lockTestimonial = async (tx: Queryable, workspaceId: string, id: string): Promise<TestimonialRow | null> => {
  const { rows } = await tx.query<TestimonialRow>(`select ${COLUMNS} from feedback.testimonials testimonial where testimonial.workspace_id = $1 and testimonial.id = $2 for update`, [workspaceId, id]);
  return rows[0] ?? null;
};

/** The testimonial a link was made for, with the name of who asks; the link names no workspace. */
export const findTestimonialByToken = async (db: Queryable, tokenHash: string): Promise<(TestimonialRow & { workspaceName: string }) | null> => {
  const { rows } = await db.query<TestimonialRow & { workspaceName: string }>(
    `select ${COLUMNS}, workspace.name as "workspaceName"
     from feedback.testimonials testimonial
     join platform.workspaces workspace on workspace.id = testimonial.workspace_id
     where testimonial.token_hash = $1`,
    [tokenHash],
  );
  return rows[0] ?? null;
};

export const listTestimonials = async (
  db: Queryable,
  workspaceId: string,
  filter: { id: string | null; state: TestimonialState | null },
  range: { before: { createdAt: string; id: string } | null; limit: number },
): Promise<TestimonialRow[]> => {
  const { rows } = await db.query<TestimonialRow>(
    `select ${COLUMNS} from feedback.testimonials testimonial
     where testimonial.workspace_id = $1
       and ($2::uuid is null or testimonial.id = $2)
       and ($3::text is null or testimonial.state = $3)
       and ($4::timestamptz is null or (testimonial.created_at, testimonial.id) < ($4, $5::uuid))
     order by testimonial.created_at desc, testimonial.id desc
     limit $6`,
    [workspaceId, filter.id, filter.state, range.before?.createdAt ?? null, range.before?.id ?? null, range.limit],
  );
  return rows;
};

export type WidgetRow = { workspaceId: string; id: string; slug: string; name: string; settings: WidgetSettings; isPublished: boolean; createdAt: Date };

const WIDGET_COLUMNS = `widget.workspace_id as "workspaceId", widget.id, widget.slug, widget.name, widget.settings, widget.is_published as "isPublished", widget.created_at as "createdAt"`;

/** @returns whether the workspace had room for one more */
export const insertWidget = async (tx: Queryable, row: WidgetRow, most: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `insert into feedback.review_widgets (workspace_id, id, slug, name, settings, is_published, created_at)
     select $1, $2, $3, $4, $5, $6, $7
     where (select count(*) from feedback.review_widgets where workspace_id = $1) < $8`,
    [row.workspaceId, row.id, row.slug, row.name, JSON.stringify(row.settings), row.isPublished, row.createdAt, most],
  );
  return rowCount === 1;
};

export const updateWidget = async (tx: Queryable, row: WidgetRow): Promise<void> => {
  await tx.query("update feedback.review_widgets set name = $3, settings = $4, is_published = $5 where workspace_id = $1 and id = $2", [
    row.workspaceId, row.id, row.name, JSON.stringify(row.settings), row.isPublished,
  ]);
};

export const deleteWidget = async (tx: Queryable, workspaceId: string, id: string): Promise<boolean> => {
  const { rowCount } = await tx.query("delete from feedback.review_widgets where workspace_id = $1 and id = $2", [workspaceId, id]);
  return rowCount === 1;
};

export const findWidget = async (db: Queryable, workspaceId: string, id: string): Promise<WidgetRow | null> => {
  const { rows } = await db.query<WidgetRow>(`select ${WIDGET_COLUMNS} from feedback.review_widgets widget where widget.workspace_id = $1 and widget.id = $2`, [workspaceId, id]);
  return rows[0] ?? null;
};

export const listWidgets = async (db: Queryable, workspaceId: string, limit: number): Promise<WidgetRow[]> => {
  const { rows } = await db.query<WidgetRow>(
    `select ${WIDGET_COLUMNS} from feedback.review_widgets widget where widget.workspace_id = $1 order by widget.name, widget.id limit $2`, [workspaceId, limit],
  );
  return rows;
};

export const findPublishedWidget = async (db: Queryable, slug: string): Promise<(WidgetRow & { workspaceName: string }) | null> => {
  const { rows } = await db.query<WidgetRow & { workspaceName: string }>(
    `select ${WIDGET_COLUMNS}, workspace.name as "workspaceName"
     from feedback.review_widgets widget
     join platform.workspaces workspace on workspace.id = widget.workspace_id
     where widget.slug = $1 and widget.is_published`,
    [slug],
  );
  return rows[0] ?? null;
};

export type ApprovedRow = { id: string; authorName: string | null; authorTitle: string | null; stars: number | null; original: string; excerpt: number[] | null; consent: Consent; at: Date; url: string | null };

/** Words that may be shown, the newest first. */
export const listApproved = async (db: Queryable, workspaceId: string, given: { starsMin: number; limit: number }): Promise<ApprovedRow[]> => {
  const { rows } = await db.query<ApprovedRow>(
    `select testimonial.id, testimonial.author_name as "authorName", testimonial.author_title as "authorTitle", testimonial.stars, testimonial.original, testimonial.excerpt,
       testimonial.consent, coalesce(testimonial.given_at, testimonial.created_at) as at, review.url
     from feedback.testimonials testimonial
     left join feedback.reviews review on review.workspace_id = testimonial.workspace_id and review.id = testimonial.review_id
     where testimonial.workspace_id = $1 and testimonial.state = 'approved' and testimonial.consent is not null and (testimonial.stars is null or testimonial.stars >= $2)
     order by at desc, testimonial.id desc
     limit $3`,
    [workspaceId, given.starsMin, given.limit],
  );
  return rows;
};

/** The average of all stars that were given, also of those that are not shown: on a scale of 1 to 5. */
export const findAverage = async (db: Queryable, workspaceId: string): Promise<{ count: number; average: number | null }> => {
  const { rows } = await db.query<{ count: number; average: number | null }>(
    `select count(*)::integer as count, avg(given.stars) as average
     from (
       select 1 + (review.stars - 1) / (review.stars_max - 1) * 4 as stars
       from feedback.reviews review
       where review.workspace_id = $1 and review.stars is not null and not review.is_erased
       union all
       select testimonial.stars
       from feedback.testimonials testimonial
       where testimonial.workspace_id = $1 and testimonial.review_id is null and testimonial.stars is not null and testimonial.state <> 'withdrawn'
     ) given`,
    [workspaceId],
  );
  return rows[0] ?? { count: 0, average: null };
};
