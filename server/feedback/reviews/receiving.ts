import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findWriter, identifiersOf } from "./authors.ts";
import type { FoundReview } from "./connector.contract.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { changeOf, fingerprintOf, onceEach } from "./received.rules.ts";
import { recordReview, withdrawReviews } from "./recording.ts";
import { insertReview, insertVersion, lockKnownReviews, updateReview } from "./reviews.queries.ts";
import type { ReviewRow } from "./reviews.queries.ts";
import type { FedReviews } from "./sources.contract.ts";
import { holdSource } from "./sources.queries.ts";
import type { SourceRow } from "./sources.queries.ts";

const BATCH = 50;

/** Keeps what a source tells: new reviews, edits as new versions, answers given there. What is here already changes nothing. */
export const saveReviews = async (services: Services, source: SourceRow, found: readonly FoundReview[]): Promise<FedReviews> => {
  const reviews = onceEach(found);
  const saved = { found: reviews.length, added: 0, changed: 0 };
  for (let from = 0; from < reviews.length; from += BATCH) {
    const batch = reviews.slice(from, from + BATCH);
    const { added, changed } = await transaction(services.db, (tx) => saveBatch(tx, source, batch, services.clock.now()));
    saved.added += added;
    saved.changed += changed;
  }
  return saved;
};

/** The same for a few, in the transaction of whoever found them. */
export const saveReviewsWithin = async (tx: Queryable, source: SourceRow, found: readonly FoundReview[], now: Date): Promise<FedReviews> =>
  ({ found: found.length, ...(await saveBatch(tx, source, onceEach(found), now)) });

/** Within what the ids of a source are unique. */
export const originOf = (source: Pick<SourceRow, "kind" | "id">): string => (CONNECTORS[source.kind].hasGlobalIds ? source.kind : source.id);

const saveBatch = async (tx: Queryable, source: SourceRow, batch: readonly FoundReview[], now: Date): Promise<{ added: number; changed: number }> => {
  // A source that is removed while it is asked takes nothing in any more.
  if (!(await holdSource(tx, source.workspaceId, source.id))) return { added: 0, changed: 0 };
  const origin = originOf(source);
  const known = new Map((await lockKnownReviews(tx, source.workspaceId, origin, batch.map(({ externalId }) => externalId))).map((row) => [row.externalId, row]));
  let [added, changed] = [0, 0];
  for (const found of batch) {
    const row = known.get(found.externalId);
    if (row === undefined) added += (await addReview(tx, source, found, now)) ? 1 : 0;
    else changed += (await changeReview(tx, source, { row, found, now })) ? 1 : 0;
  }
  return { added, changed };
};

const addReview = async (tx: Queryable, source: SourceRow, found: FoundReview, now: Date): Promise<boolean> => {
  const origin = originOf(source);
  const identifiers = identifiersOf(found.author);
  const writtenAt = new Date(found.at);
  const writer = await findWriter(tx, { workspaceId: source.workspaceId, origin, identifiers, handle: found.author.handle, writtenAt });
  const row: ReviewRow = {
    workspaceId: source.workspaceId, id: newId(), sourceId: source.id, origin, externalId: found.externalId, version: 1, revision: 1, fingerprint: fingerprintOf(found),
    url: found.url, stars: found.stars, starsMax: found.starsMax, title: found.title, text: found.text, language: found.language,
    authorName: found.author.name, authorHandle: found.author.handle, authorIdentifiers: identifiers, subject: writer.subject, isAssignedByHand: writer.isAssignedByHand, isErased: false,
    reference: found.reference, writtenAt, receivedAt: now, answer: found.reply?.text ?? null, answeredAt: answeredAt(found, now),
  };
  if (!(await insertReview(tx, writer.isErased ? emptied(row) : row))) return false;
  if (writer.isErased) return false;
  await recordReview(tx, row, source, now);
  return true;
};

// An erased person's review that comes from a new source: the empty row keeps it out from now on.
const emptied = (row: ReviewRow): ReviewRow => ({
  ...row, isErased: true, url: null, stars: null, title: "", text: "", authorName: null, authorHandle: null, authorIdentifiers: [], reference: {}, answer: null, answeredAt: null,
});

const changeReview = async (tx: Queryable, source: SourceRow, { row, found, now }: { row: ReviewRow; found: FoundReview; now: Date }): Promise<boolean> => {
  const change = changeOf(row, found);
  if (change === "none") return false;
  const answer = found.reply === null ? { answer: row.answer, answeredAt: row.answeredAt } : { answer: found.reply.text, answeredAt: answeredAt(found, now) };
  if (change === "answer") {
    await updateReview(tx, { ...row, ...answer });
    return false;
  }
  await insertVersion(tx, row);
  await withdrawReviews(tx, row.workspaceId, [row]);
  const edited: ReviewRow = {
    ...row, ...answer, version: row.version + 1, revision: row.revision + 1, fingerprint: fingerprintOf(found), url: found.url ?? row.url, stars: found.stars, starsMax: found.starsMax,
    title: found.title, text: found.text, authorName: found.author.name ?? row.authorName, reference: found.reference, writtenAt: new Date(found.at),
  };
  await updateReview(tx, edited);
  await recordReview(tx, edited, source, now);
  return true;
};

const answeredAt = (found: FoundReview, now: Date): Date | null => (found.reply === null ? null : found.reply.at === null ? now : new Date(found.reply.at));
