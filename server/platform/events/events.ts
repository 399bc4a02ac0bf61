import type { Queryable } from "../db/db.ts";
import { enqueue } from "../jobs/jobs.api.ts";
import { insertEvent, insertEvents } from "./events.queries.ts";

/** Something that happened, in the past tense: `response.saved`. The payload holds ids, not personal data. */
export type DomainEvent = { name: string; workspaceId: string; payload: Record<string, unknown> };

/** Says an event in the transaction that made it true: both become visible or neither.
 *  Browsers on live pages see it at once; listeners of later modules run as jobs with retries. */
export const publish = async (tx: Queryable, event: DomainEvent): Promise<void> => {
  const id = await insertEvent(tx, event);
  await enqueue(tx, "events.dispatch", { eventId: id }, { maxAttempts: 10 });
};

/** Says many events of one workspace in the transaction that made them true; one job brings all of them to their listeners. */
export const publishAll = async (tx: Queryable, events: readonly DomainEvent[]): Promise<void> => {
  const ids = await insertEvents(tx, events);
  const [eventId] = ids;
  if (eventId !== undefined) await enqueue(tx, "events.dispatch", { eventId, eventIds: ids }, { maxAttempts: 10 });
};
