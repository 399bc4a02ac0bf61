import { findOwners, findTimeOfErasure, normaliseIdentifier, subjectText } from "#customers";
import type { Queryable } from "#platform/db";
import type { FoundAuthor } from "./connector.contract.ts";
import { findAssignedSubject } from "./reviews.queries.ts";

/** What an author may be known by, in the normal form of identifiers, strongest first. */
export const identifiersOf = (author: FoundAuthor): string[] =>
  author.identifiers.flatMap(({ kind, value }) => {
    const identifier = normaliseIdentifier(kind, value);
    return identifier === null ? [] : [subjectText(identifier)];
  }).slice(0, 10);

export type Writer = { subject: string | null; isErased: boolean; isAssignedByHand: boolean };

/** The customer who wrote a review, when one is known by what the source tells, or a member named the same author before. Nobody is made a customer by a review alone. */
export const findWriter = async (
  db: Queryable,
  given: { workspaceId: string; origin: string; identifiers: readonly string[]; handle: string | null; writtenAt: Date },
): Promise<Writer> => {
  for (const subject of given.identifiers) {
    const erasedAt = await findTimeOfErasure(db, given.workspaceId, subject);
    if (erasedAt !== null && erasedAt >= given.writtenAt) return { subject: null, isErased: true, isAssignedByHand: false };
  }
  const owners = await findOwners(db, given.identifiers.map((subject) => ({ workspaceId: given.workspaceId, subject, at: given.writtenAt })));
  const known = given.identifiers.find((_, place) => owners[place]?.customerId != null);
  if (known !== undefined) return { subject: known, isErased: false, isAssignedByHand: false };
  const named = given.handle === null ? null : await findAssignedSubject(db, given.workspaceId, given.origin, given.handle);
  return { subject: named, isErased: false, isAssignedByHand: named !== null };
};
