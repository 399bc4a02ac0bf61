import { transaction } from "#platform/db";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { answerTrustpilot, makeOutside, makeReviewInstallation, makeReviewing, trustpilot } from "./outside.make.ts";
import type { Asked, Outside, Said } from "./outside.make.ts";
import { pollSource } from "./polling.ts";
import { recordReview } from "./recording.ts";
import { insertReview } from "./reviews.queries.ts";
import { holdSource } from "./sources.queries.ts";
import { getSource } from "./sources.ts";
import { recorded } from "./sources.make.ts";

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
let outside: Outside;
let installation: Installation;
let organisation: Organisation;
let reviewing: ReturnType<typeof makeReviewing>;

beforeAll(async () => {
  outside = await makeOutside();
  installation = await makeReviewInstallation(outside, clock);
});
afterAll(async () => {
  await installation.stop();
  outside.stop();
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  reviewing = makeReviewing(installation, organisation);
  outside.asked.splice(0);
});

const reviewAt = (page: number, id = `r-${page}`) => ({ ...recorded.trustpilot.reviews[0], id, createdAt: new Date(clock.at - page * 3_600_000).toISOString() });
/** A site with one review on each page, the newest first. */
const answerPages = (count: number, breaksAt: () => Said | null, broken: number) => (asked: Asked): Said => {
  const page = Number(/[?&]page=(\d+)/.exec(asked.url)?.[1] ?? "0");
  if (page === 0) return answerTrustpilot([])(asked);
  const refusal = page === broken ? breaksAt() : null;
  return refusal ?? { headers: { etag: '"pages"' }, body: { links: page < count ? [{ rel: "next-page" }] : [], reviews: [reviewAt(page)] } };
};
const pagesAsked = (): number[] => outside.asked.splice(0).flatMap(({ url }) => (/[?&]page=(\d+)/.exec(url)?.[1] ?? []).toString().split(",").filter(Boolean).map(Number));
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const count = async (): Promise<number> => (await reviewing.interactions()).length;
const find = (id: string) => getSource(installation.services.db, organisation.workspaceId, id);
/** Waits until so many statements wait for a lock. */
const untilWaiting = (statements: number): Promise<void> =>
  expect.poll(async () => (await installation.services.db.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount, { timeout: 10_000 }).toBe(statements);

describe("a source with many pages", () => {
  test("is read on from where it broke off until nothing is missing, and from then on only as far as there is news", async () => {
    let isBroken = true;
    outside.answer = answerPages(25, () => (isBroken ? { status: 503 } : null), 5);
    const { id } = await reviewing.add(trustpilot(outside));

    expect(await reviewing.poll(id)).toMatchObject({ state: "failing" });
    expect([pagesAsked(), await count()]).toEqual([range(1, 5), 4]);
    isBroken = false;
    // Twenty pages at most, and the rest at once instead of in an hour.
    expect(await reviewing.poll(id)).toMatchObject({ state: "working", lastNewCount: 19, nextPollAt: new Date(clock.at).toISOString() });
    expect(pagesAsked()).toEqual([1, ...range(5, 23)]);
    expect(await reviewing.poll(id)).toMatchObject({ lastNewCount: 2, nextPollAt: new Date(clock.at + 3_600_000).toISOString() });
    expect([pagesAsked(), await count()]).toEqual([[1, 24, 25], 25]);
    await reviewing.poll(id);
    expect(pagesAsked()).toEqual([1]);
  });

  test("is begun anew when the place where it broke off is gone", async () => {
    let status = 500;
    outside.answer = answerPages(6, () => (status === 200 ? null : { status }), 4);
    const { id } = await reviewing.add(trustpilot(outside));
    await reviewing.poll(id);
    status = 410;
    await reviewing.poll(id);
    status = 200;
    pagesAsked();

    expect(await reviewing.poll(id)).toMatchObject({ state: "working" });

    expect([pagesAsked(), await count()]).toEqual([range(1, 6), 6]);
  });
});

describe("a source that is changed or removed while it is asked", () => {
  test("keeps nothing of what its old address said of itself", async () => {
    outside.answer = () => ({ body: recorded.rss, headers: { etag: '"old"' } });
    const { id } = await reviewing.add({ kind: "rss", settings: { url: `${outside.url}/old.xml` } });
    const asked = await find(id);
    await organisation.manager.ask("PATCH", `/api/review-sources/${id}`, { settings: { url: `${outside.url}/new.xml` } });

    await pollSource(installation.services, asked);

    expect(await find(id)).toMatchObject({ settings: { url: `${outside.url}/new.xml` }, etag: null, lastPolledAt: null, nextPollAt: new Date(clock.at) });
  });

  test("is changed by two members at once without losing what one of them changed", async () => {
    const { id } = await reviewing.add({ kind: "rss", name: "Before", settings: { url: `${outside.url}/feed.xml` } });
    const change = (given: Record<string, unknown>) => organisation.manager.ask("PATCH", `/api/review-sources/${id}`, given);

    const changes = await transaction(installation.services.db, async (tx) => {
      await tx.query("select from feedback.review_sources where id = $1 for update", [id]);
      const both = [change({ name: "After" }), change({ isActive: false })];
      await untilWaiting(2);
      return both;
    });
    await Promise.all(changes);

    expect(await find(id)).toMatchObject({ name: "After", isActive: false });
  });

  test("leaves nothing on timelines of what came in at the last moment", async () => {
    outside.answer = () => ({ body: recorded.rss });
    const { id } = await reviewing.add({ kind: "rss", settings: { url: `${outside.url}/feed.xml` } });
    await reviewing.poll(id);
    const source = await find(id);
    expect(await count()).toBe(2);
    const late = {
      workspaceId: organisation.workspaceId, id: crypto.randomUUID(), sourceId: id, origin: id, externalId: "late", version: 1, revision: 1, fingerprint: "irrelevant", url: null, stars: 1, starsMax: 5,
      title: "Late", text: "", language: null, authorName: null, authorHandle: null, authorIdentifiers: [], subject: null, isAssignedByHand: false, isErased: false, reference: {},
      writtenAt: new Date(clock.at), receivedAt: new Date(clock.at), answer: null, answeredAt: null,
    };

    const removal = await transaction(installation.services.db, async (tx) => {
      await holdSource(tx, organisation.workspaceId, id);
      await insertReview(tx, late);
      await recordReview(tx, late, source, new Date(clock.at));
      const asked = [organisation.manager.ask("DELETE", `/api/review-sources/${id}`)];
      await untilWaiting(1);
      return asked;
    });
    expect(await Promise.all(removal)).toMatchObject([{ status: 204 }]);
    // The poll that had begun before goes on asking, and what it finds is nobody's any more.
    await pollSource(installation.services, source);

    expect([await count(), await reviewing.perceptions(), await reviewing.list()]).toEqual([0, [], []]);
  });
});
