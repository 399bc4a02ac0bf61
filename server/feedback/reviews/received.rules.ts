import { hash } from "node:crypto";
import type { FoundReview } from "./connector.contract.ts";

/** What tells one state of a review from another: what was said, not when or with which link. */
export const fingerprintOf = (review: Pick<FoundReview, "stars" | "title" | "text">): string =>
  hash("sha256", JSON.stringify([review.stars, review.title, review.text]), "hex").slice(0, 32);

/** Each review once, the newest state of it, oldest first: so that they are recorded in the order they were written. */
export const onceEach = (found: readonly FoundReview[]): FoundReview[] => {
  const newest = new Map<string, FoundReview>();
  for (const review of found) {
    const other = newest.get(review.externalId);
    if (other === undefined || other.at <= review.at) newest.set(review.externalId, review);
  }
  return [...newest.values()].toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
};

export type KnownReview = { fingerprint: string; writtenAt: Date; isErased: boolean; answer: string | null };

/** What to do with a review that is here already. An older copy of an edited one (a file uploaded late) changes nothing, nor does one of an erased person. */
export const changeOf = (known: KnownReview, found: FoundReview): "none" | "answer" | "edit" => {
  if (known.isErased || found.at < known.writtenAt.toISOString()) return "none";
  if (fingerprintOf(found) !== known.fingerprint) return "edit";
  return found.reply !== null && found.reply.text !== known.answer ? "answer" : "none";
};
