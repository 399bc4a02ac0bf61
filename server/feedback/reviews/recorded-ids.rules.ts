import { interactionId } from "../../customers/interactions/interactions.rules.ts";

/** What a review was recorded as: the ids follow from what the source calls it and from the revision, so recording twice writes nothing twice. */
export type RecordedReview = { origin: string; externalId: string; revision: number };

/** The message id of the interaction. */
export const messageOf = ({ origin, externalId, revision }: RecordedReview): string => `review:${origin}:${externalId}:${revision}`;

/** Ids of the interaction, of the stars and of the comment. */
export const recordedIds = (workspaceId: string, review: RecordedReview): { interaction: string; stars: string; comment: string } => {
  const of = (suffix: string): string => interactionId(workspaceId, `${messageOf(review)}${suffix}`);
  return { interaction: of(""), stars: of(":stars"), comment: of(":comment") };
};
