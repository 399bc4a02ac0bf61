import type { Queryable } from "#platform/db";
import { fingerprintOf } from "./received.rules.ts";

/** A review written before, at a place that is a source here: what it says stands in facts and feelings already, under the ids of `recordedIds`. */
export type PastReview = {
  id: string;
  /** A source whose ids are its own, such as a file or a webhook. */
  sourceId: string;
  externalId: string;
  stars: number;
  starsMax: number;
  text: string;
  language: string | null;
  authorName: string;
  subject: string | null;
  writtenAt: string;
  receivedAt: string;
  answer: { text: string; at: string } | null;
};

/** Writes past reviews of one workspace in one statement, those of sources that are gone left out; a source says when it last brought one. What is there already is left alone. */
export const insertPastReviews = async (tx: Queryable, workspaceId: string, reviews: readonly PastReview[]): Promise<void> => {
  if (reviews.length === 0) return;
  await tx.query(
    `with added as (
       insert into feedback.reviews (
         workspace_id, id, source_id, origin, external_id, version, revision, fingerprint, stars, stars_max, title, body, language,
         author_name, author_identifiers, subject, reference, written_at, received_at, answer, answered_at
       )
       select $1, given.id, source.id, source.id::text, given.external_id, 1, 1, given.fingerprint, given.stars, given.stars_max, '', given.body, given.language,
              given.author_name, case when given.subject is null then '{}' else array[given.subject] end, given.subject, '{}', given.written_at, given.received_at,
              given.answer, given.answered_at
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::text[], $9::text[], $10::text[], $11::text[],
                   $12::timestamptz[], $13::timestamptz[], $14::text[], $15::timestamptz[])
         given (id, source_id, external_id, fingerprint, stars, stars_max, body, language, author_name, subject, written_at, received_at, answer, answered_at)
       join feedback.review_sources source on source.workspace_id = $1 and source.id = given.source_id
       on conflict (workspace_id, origin, external_id) do nothing
       returning source_id, received_at
     )
     update feedback.review_sources source
     set last_polled_at = greatest(source.last_polled_at, came.last_at), last_success_at = greatest(source.last_success_at, came.last_at)
     from (select source_id, max(received_at) as last_at from added group by source_id) came
     where source.workspace_id = $1 and source.id = came.source_id`,
    [
      workspaceId,
      reviews.map((one) => one.id),
      reviews.map((one) => one.sourceId),
      reviews.map((one) => one.externalId),
      reviews.map((one) => fingerprintOf({ ...one, title: "" })),
      reviews.map((one) => one.stars),
      reviews.map((one) => one.starsMax),
      reviews.map((one) => one.text),
      reviews.map((one) => one.language),
      reviews.map((one) => one.authorName),
      reviews.map((one) => one.subject),
      reviews.map((one) => one.writtenAt),
      reviews.map((one) => one.receivedAt),
      reviews.map((one) => one.answer?.text ?? null),
      reviews.map((one) => one.answer?.at ?? null),
    ],
  );
};
