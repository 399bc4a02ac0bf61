import { insertInteractions, insertPerceptions, withdrawExperience } from "#customers";
import type { NewPerception } from "#customers";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { CONNECTORS } from "./connectors.rules.ts";
import { messageOf, recordedIds } from "./recorded-ids.rules.ts";
import type { ReviewRow } from "./reviews.queries.ts";
import type { SourceRow } from "./sources.queries.ts";

/** Puts a review on the timeline: one interaction, stars and words as perceptions. The ids follow from the id at the source and the revision,
 *  so recording twice writes nothing twice. */
export const recordReview = async (tx: Queryable, review: ReviewRow, source: Pick<SourceRow, "kind" | "name">, now: Date): Promise<void> => {
  const at = review.writtenAt.toISOString();
  const { channel } = CONNECTORS[source.kind];
  const { subject } = review;
  const ids = recordedIds(review.workspaceId, review);
  await insertInteractions(tx, review.workspaceId, [{
    id: ids.interaction, messageId: messageOf(review), type: "review", name: review.version === 1 ? `Review: ${source.name}` : `Review changed: ${source.name}`, subject,
    userId: subject?.startsWith("user:") === true ? subject.slice("user:".length) : null, anonymousId: null,
    at, receivedAt: now.toISOString(), sentAt: null, originalAt: null, channel, touchpoint: null, stage: null,
    direction: "customer", source: "review", importId: null, memberId: null,
    message: JSON.stringify({ reviewId: review.id, sourceId: review.sourceId, kind: source.kind, url: review.url, version: review.version }),
  }]);
  const base = {
    subject, interactionId: ids.interaction, at, choice: null, isInferred: false, modelVersion: null, source: "review", channel, touchpoint: null, stage: null, weight: 1,
    surveyId: null, responseId: null, importId: null, properties: { reviewId: review.id, sourceId: review.sourceId },
  };
  const words = [review.title, review.text].filter((text) => text !== "").join("\n");
  const perceptions: NewPerception[] = [
    ...(review.stars === null ? [] : [{ ...base, id: ids.stars, kind: "stars" as const, value: review.stars, scaleMin: 1, scaleMax: review.starsMax, text: null }]),
    ...(words === "" ? [] : [{ ...base, id: ids.comment, kind: "comment" as const, value: null, scaleMin: null, scaleMax: null, text: words }]),
  ];
  await insertPerceptions(tx, review.workspaceId, perceptions);
  await publish(tx, { name: "review.received", workspaceId: review.workspaceId, payload: { reviewId: review.id, sourceId: review.sourceId, version: review.version, interactionId: ids.interaction } });
};

/** Takes what was recorded of reviews back: another version stands instead, another customer wrote it, or the source was removed. */
export const withdrawReviews = async (tx: Queryable, workspaceId: string, reviews: readonly Pick<ReviewRow, "workspaceId" | "origin" | "externalId" | "revision">[]): Promise<void> => {
  if (reviews.length === 0) return;
  const ids = reviews.map((review) => recordedIds(workspaceId, review));
  await withdrawExperience(tx, workspaceId, { interactionIds: ids.map(({ interaction }) => interaction), perceptionIds: ids.flatMap(({ stars, comment }) => [stars, comment]) });
  await publish(tx, { name: "experience.withdrawn", workspaceId, payload: { because: "reviews" } });
};
