import type { ServerResponse } from "node:http";
import pg from "pg";
import type { Db } from "../db/db.ts";
import { findEvents, listEventsSince } from "../events/events.queries.ts";
import type { StoredEvent } from "../events/events.queries.ts";
import type { Log } from "../log/log.ts";

const HEARTBEAT_MS = 20_000;
const REPLAY_MAX = 500;
const RECONNECT_MS = 1_000;
const LISTENERS_MAX = 2_000;

type Listener = { workspaceId: string; reply: ServerResponse };

/** Carries events to browsers as they are committed, on whichever node they happened.
 *  A browser that lost the line names the last id it saw and gets what it missed; an event may come twice, never not at all. */
export type LiveHub = {
  attach: (given: { workspaceId: string; reply: ServerResponse; lastEventId: number | null }) => Promise<boolean>;
  /** Tells the browsers of these workspaces, on this node, something that need not be kept: figures moved on. */
  announce: (workspaceIds: readonly string[], name: string) => void;
  close: () => Promise<void>;
};

export const startLiveHub = async (db: Db, log: Log): Promise<LiveHub> => {
  const listeners = new Set<Listener>();
  const relay = createRelay(db, log, listeners);
  // Browsers are sent away when the line broke: they come back with their last id and miss nothing that happened meanwhile.
  const line = await openLine(db.connectionString, relay, () => {
    for (const listener of listeners) listener.reply.end();
  });
  const heartbeat = setInterval(() => {
    for (const listener of listeners) listener.reply.write(": still here\n\n");
  }, HEARTBEAT_MS);
  return {
    attach: async ({ workspaceId, reply, lastEventId }) => {
      if (listeners.size >= LISTENERS_MAX) return false;
      const listener: Listener = { workspaceId, reply };
      reply.on("close", () => listeners.delete(listener));
      listeners.add(listener);
      reply.write("retry: 1000\n\n");
      if (lastEventId !== null)
        for (const event of await listEventsSince(db, workspaceId, lastEventId, REPLAY_MAX)) reply.write(frame(event));
      return true;
    },
    announce: (workspaceIds, name) => {
      for (const listener of listeners) if (workspaceIds.includes(listener.workspaceId)) listener.reply.write(`event: ${name}\ndata: {}\n\n`);
    },
    close: async () => {
      clearInterval(heartbeat);
      for (const listener of listeners) listener.reply.end();
      await line.close();
    },
  };
};

// One query for all events that arrived while the last one ran: a burst costs few round trips.
const createRelay = (db: Db, log: Log, listeners: ReadonlySet<Listener>): ((eventId: number) => void) => {
  const arrived: number[] = [];
  let isSending = false;
  const send = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    try {
      while (arrived.length > 0) {
        const ids = arrived.splice(0, REPLAY_MAX);
        if (listeners.size === 0) continue;
        for (const event of await findEvents(db, ids))
          for (const listener of listeners) if (listener.workspaceId === event.workspaceId) listener.reply.write(frame(event));
      }
    } catch (error) {
      log.warn({ err: error }, "live events could not be read");
    } finally {
      isSending = false;
    }
  };
  return (eventId) => {
    arrived.push(eventId);
    void send();
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
