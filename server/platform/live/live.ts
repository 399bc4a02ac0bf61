import type { ServerResponse } from "node:http";
import pg from "pg";
import type { Db } from "../db/db.ts";
import { findEvents, listEventsSince, listRecentEvents } from "../events/events.queries.ts";
import type { StoredEvent } from "../events/events.queries.ts";
import type { Log } from "../log/log.ts";

const HEARTBEAT_MS = 20_000;
const REPLAY_MAX = 500;
const RECONNECT_MS = 1_000;
const UNREAD_BYTES_MAX = 1_000_000;
const LISTENERS_MAX = 2_000;
/** From when a page asks for something until its line stands, beside the time it took to load. */
const LINE_MS = 2_000;

type Listener = { workspaceId: string; reply: ServerResponse };

/** Carries events to browsers as they are committed, on whichever node they happened.
 *  A browser that lost the line names the last id it saw and gets what it missed, and one whose page is loading what happened since it began to;
 *  an event may come twice, never not at all. */
export type LiveHub = {
  attach: (given: { workspaceId: string; reply: ServerResponse; lastEventId: number | null; loadingMs: number | null }) => Promise<boolean>;
  /** Tells the browsers of these workspaces, on this node, something that need not be kept: figures moved on. */
  announce: (workspaceIds: readonly string[], name: string) => void;
  close: () => Promise<void>;
};

export const startLiveHub = async (db: Db, log: Log): Promise<LiveHub> => {
  const listeners = new Set<Listener>();
  // When each workspace was told each thing that is not kept.
  const announcedMs = new Map<string, Map<string, number>>();
  const relay = createRelay(db, log, listeners);
  // Browsers are sent away when the line broke: they come back with their last id and miss nothing that happened meanwhile.
  const line = await openLine(db.connectionString, relay, () => dismissAll(listeners));
  const heartbeat = setInterval(() => {
    for (const listener of listeners) send(listeners, listener, ": still here\n\n");
  }, HEARTBEAT_MS);
  return {
    attach: async ({ workspaceId, reply, lastEventId, loadingMs }) => {
      if (listeners.size >= LISTENERS_MAX) return false;
      const listener: Listener = { workspaceId, reply };
      reply.on("close", () => listeners.delete(listener));
      reply.on("error", () => listeners.delete(listener));
      listeners.add(listener);
      reply.write("retry: 1000\n\n");
      if (lastEventId !== null) await replay(db, listeners, listener, lastEventId);
      else if (loadingMs !== null) {
        const sinceMs = loadingMs + LINE_MS;
        for (const [name, atMs] of announcedMs.get(workspaceId) ?? []) if (performance.now() - atMs < sinceMs) send(listeners, listener, announcement(name));
        await replayRecent(db, listeners, listener, sinceMs);
      }
      return true;
    },
    announce: (workspaceIds, name) => {
      for (const workspaceId of workspaceIds) announcedMs.set(workspaceId, (announcedMs.get(workspaceId) ?? new Map<string, number>()).set(name, performance.now()));
      for (const listener of listeners) if (workspaceIds.includes(listener.workspaceId)) send(listeners, listener, announcement(name));
    },
    close: async () => {
      clearInterval(heartbeat);
      dismissAll(listeners);
      await line.close();
    },
  };
};

// Who does not read gets no more: its buffer would grow until the server falls. It comes back by itself.
const send = (listeners: Set<Listener>, listener: Listener, text: string): void => {
  if (listener.reply.writableLength > UNREAD_BYTES_MAX) dismiss(listeners, listener);
  else listener.reply.write(text);
};

const dismiss = (listeners: Set<Listener>, listener: Listener): void => {
  listeners.delete(listener);
  listener.reply.destroy();
};

const dismissAll = (listeners: Set<Listener>): void => {
  for (const listener of listeners) dismiss(listeners, listener);
};

const announcement = (name: string): string => `event: ${name}\ndata: {}\n\n`;

const replayRecent = async (db: Db, listeners: Set<Listener>, listener: Listener, ms: number): Promise<void> => {
  const events = await listRecentEvents(db, listener.workspaceId, ms, REPLAY_MAX).catch(() => null);
  if (events === null) return dismiss(listeners, listener);
  for (const event of events) send(listeners, listener, frame(event));
};

// Page by page until nothing is left; a page that cannot be read sends the browser away, and it asks again.
const replay = async (db: Db, listeners: Set<Listener>, listener: Listener, lastEventId: number): Promise<void> => {
  const sent = new Set<number>();
  for (let after: number | null = lastEventId; after !== null; ) {
    const events: StoredEvent[] | null = await listEventsSince(db, listener.workspaceId, after, REPLAY_MAX).catch(() => null);
    if (events === null) return dismiss(listeners, listener);
    const fresh: StoredEvent[] = events.filter((event) => !sent.has(event.id));
    for (const event of fresh) {
      sent.add(event.id);
      send(listeners, listener, frame(event));
    }
    after = events.length < REPLAY_MAX ? null : (fresh.at(-1)?.id ?? null);
  }
};

// One query for all events that arrived while the last one ran: a burst costs few round trips.
const createRelay = (db: Db, log: Log, listeners: Set<Listener>): ((eventId: number) => void) => {
  const arrived: number[] = [];
  let isSending = false;
  const pass = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      while (arrived.length > 0) {
        const ids = arrived.splice(0, REPLAY_MAX);
        if (listeners.size === 0) continue;
        for (const event of await findEvents(db, ids))
          for (const listener of listeners) if (listener.workspaceId === event.workspaceId) send(listeners, listener, frame(event));
      }
    } catch (error) {
      log.warn({ err: error }, "live events could not be read");
    } finally {
      isSending = false;
    }
  };
  return (eventId) => {
    arrived.push(eventId);
    void pass();
  };
};

// A connection of its own that hears of every committed event, and opens itself again when it breaks.
const openLine = async (connectionString: string, hear: (eventId: number) => void, onBroken: () => void): Promise<{ close: () => Promise<void> }> => {
  let client: pg.Client | null = null;
  let isClosing = false;
  const listen = async (): Promise<void> => {
    const next = new pg.Client({ connectionString, application_name: "firsthand live" });
    next.on("notification", (message) => {
      const id = Number(message.payload);
      if (Number.isSafeInteger(id)) hear(id);
    });
    next.on("error", () => undefined);
    next.on("end", () => {
      if (!isClosing) setTimeout(() => void reconnect(), RECONNECT_MS);
    });
    await next.connect();
    await next.query("listen firsthand_events");
    client = next;
  };
  const reconnect = async (): Promise<void> => {
    onBroken();
    if (isClosing) return;
    await listen().catch(() => setTimeout(() => void reconnect(), RECONNECT_MS));
  };
  await listen();
  return {
    close: async () => {
      isClosing = true;
      await client?.end();
    },
  };
};

const frame = (event: StoredEvent): string => `id: ${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify({ ...event.payload, at: event.at.toISOString() })}\n\n`;
