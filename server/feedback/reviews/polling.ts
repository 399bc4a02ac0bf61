import type { Services } from "#platform/services";
import { readPage, signIn } from "./asking.ts";
import type { Asked, Failure, ReadPage } from "./asking.ts";
import type { ConnectorContext, ConnectorRequest } from "./connector.contract.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { nextPollAt, progressAfter, progressAfterOlder } from "./polling.rules.ts";
import type { Progress, Walk } from "./polling.rules.ts";
import { saveReviews } from "./receiving.ts";
import { notePoll } from "./sources.queries.ts";
import type { SourceRow } from "./sources.queries.ts";

/** Pages of one poll. What is left is read by the next ones, each from where the last one ended. */
const PAGES_MAX = 20;

/** Asks a source for what is new and notes how it went. A source that fails is a value: it is asked again later, after a longer pause each time. */
export const pollSource = async (services: Services, source: SourceRow): Promise<void> => {
  const { channel } = CONNECTORS[source.kind];
  const { failure, progress, ...stamps } = await readNewPages(services, source);
  const at = services.clock.now();
  const place = { workspaceId: source.workspaceId, id: source.id, revision: source.revision, at, progress };
  if (failure !== null) {
    const next = nextPollAt({ nowMs: at.getTime(), channel, failures: source.failures + 1, retryAfterMs: failure.retryAfterMs });
    await notePoll(services.db, { ...place, nextPollAt: new Date(next), result: { isSuccess: false, message: failure.message } });
    return;
  }
  // What is still unread is no news that can wait an hour.
  const next = progress.isReadToEnd ? nextPollAt({ nowMs: at.getTime(), channel, failures: 0, retryAfterMs: null }) : at.getTime();
  await notePoll(services.db, { ...place, nextPollAt: new Date(next), result: { isSuccess: true, ...stamps } });
};

type Stamps = { newCount: number; etag: string | null; lastModified: string | null };
type Polled = Stamps & { failure: Failure | null; progress: Progress };

const readNewPages = async (services: Services, source: SourceRow): Promise<Polled> => {
  const polling = CONNECTORS[source.kind].poll;
  const before = { isReadToEnd: source.isReadToEnd, unreadFrom: source.unreadFrom };
  const stamps: Stamps = { newCount: 0, etag: source.etag, lastModified: source.lastModified };
  if (polling === undefined) return { ...stamps, failure: null, progress: before };
  const signedIn = await signIn(services, source);
  if (!signedIn.ok) return { ...stamps, failure: signedIn, progress: before };
  const first = polling.first(signedIn.value);
  const request = source.isReadToEnd ? conditional(first, source) : first;
  const newest = await walk(services, source, { context: signedIn.value, request, stopsAtKnown: before.isReadToEnd || before.unreadFrom !== null, pages: PAGES_MAX });
  if (newest.failure !== null && newest.pages === 0) return { ...stamps, failure: newest.failure, progress: before };
  Object.assign(stamps, { newCount: newest.newCount }, newest.stamps);
  const { channel } = CONNECTORS[source.kind];
  if (before.unreadFrom === null || newest.end !== "known") return { ...stamps, failure: newest.failure, progress: progressAfter(before, newest, channel) };
  const older = await walk(services, source, { context: signedIn.value, request: { ...first, url: before.unreadFrom }, stopsAtKnown: false, pages: PAGES_MAX - newest.pages });
  return { ...stamps, newCount: newest.newCount + older.newCount, failure: older.failure, progress: progressAfterOlder(older, channel) };
};

type Walked = Walk & { failure: Failure | null; stamps: { etag: string | null; lastModified: string | null } | null };

// Reads page after page until the last one, or one with nothing new where those after it are here, or as many as one poll may.
const walk = async (
  services: Services,
  source: SourceRow,
  given: { context: ConnectorContext; request: ConnectorRequest; stopsAtKnown: boolean; pages: number },
): Promise<Walked> => {
  const walked: Walked = { pages: 0, end: "limit", at: given.request.url, newCount: 0, failure: null, stamps: null, isLost: false };
  for (let request: ConnectorRequest | null = given.request; walked.pages < given.pages; walked.pages += 1) {
    if (request === null) return { ...walked, end: "end", at: null };
    walked.at = request.url;
    const read: Asked<ReadPage | null> = await readPage(services, source, { context: given.context, request });
    if (!read.ok) return { ...walked, end: "failure", failure: read, isLost: !read.isPassing };
    if (read.value === null) return { ...walked, end: "known" };
    const { page, etag, lastModified } = read.value;
    const saved = await saveReviews(services, source, page.reviews);
    walked.newCount += saved.added + saved.changed;
    walked.stamps ??= { etag, lastModified };
    // The newest come first: where everything older is here, a page without anything new ends the reading.
    if (given.stopsAtKnown && saved.added + saved.changed === 0) return { ...walked, pages: walked.pages + 1, end: "known" };
    request = page.next;
    walked.at = request?.url ?? null;
  }
  return { ...walked, end: walked.at === null ? "end" : "limit" };
};

const conditional = (request: ConnectorRequest, source: SourceRow): ConnectorRequest => ({
  ...request,
  headers: {
    ...request.headers,
    ...(source.etag === null ? {} : { "if-none-match": source.etag }),
    ...(source.lastModified === null ? {} : { "if-modified-since": source.lastModified }),
  },
});
