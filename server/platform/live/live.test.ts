import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { transaction } from "#platform/db";
import { publish } from "#platform/events";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";

let firsthand: Installation;
let organisation: Organisation;
let key: string;

beforeAll(async () => {
  firsthand = await makeInstallation({ listen: true });
  organisation = await firsthand.makeOrganisation();
  key = await firsthand.makeApiKey(organisation, []);
});
afterAll(() => firsthand.stop());

const say = (workspaceId: string, number: number): Promise<void> =>
  transaction(firsthand.services.db, (tx) => publish(tx, { name: "test.said", workspaceId, payload: { number } }));

type Stream = { events: { id: number; number: number }[]; names: string[]; close: () => void };

const listen = async (lastEventId?: number, query = ""): Promise<Stream> => {
  const closing = new AbortController();
  const reply = await fetch(`${firsthand.address}/api/live${query}`, {
    headers: { authorization: `Bearer ${key}`, ...(lastEventId === undefined ? {} : { "last-event-id": String(lastEventId) }) },
    signal: closing.signal,
  });
  expect(reply.headers.get("content-type")).toBe("text/event-stream");
  const events: { id: number; number: number }[] = [];
  const names: string[] = [];
  const read = async (): Promise<void> => {
    let text = "";
    for await (const chunk of reply.body ?? []) {
      text += Buffer.from(chunk).toString();
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const found = /id: (\d+)\nevent: test.said\ndata: (.*)/.exec(text.slice(0, end));
        names.push(/event: (\S+)/.exec(text.slice(0, end))?.[1] ?? "");
        if (found !== null) events.push({ id: Number(found[1]), number: Number(JSON.parse(found[2] ?? "{}").number) });
        text = text.slice(end + 2);
      }
    }
  };
  void read().catch(() => undefined);
  return { events, names, close: () => closing.abort() };
};

/** Without what came twice. */
const numbers = (stream: Stream): number[] => [...new Map(stream.events.map((event) => [event.id, event.number])).values()];

describe("a live page", () => {
  test("hears an event of its workspace at once, and none of another", async () => {
    const stranger = await firsthand.makeOrganisation("stranger");
    const stream = await listen();
    const began = Date.now();
    await say(stranger.workspaceId, 1);
    await say(organisation.workspaceId, 2);
    await vi.waitFor(() => expect(numbers(stream)).toEqual([2]), { timeout: 5_000, interval: 5 });
    expect(Date.now() - began).toBeLessThan(1_000);
    stream.close();
  });

  test("gets what it missed when it comes back with its last id", async () => {
    const stream = await listen();
    await say(organisation.workspaceId, 10);
    await vi.waitFor(() => expect(numbers(stream)).toContain(10), { timeout: 5_000 });
    stream.close();
    await say(organisation.workspaceId, 11);
    await say(organisation.workspaceId, 12);

    const resumed = await listen(stream.events.at(-1)?.id);

    await vi.waitFor(() => expect(numbers(resumed)).toEqual([11, 12]), { timeout: 5_000 });
    await say(organisation.workspaceId, 13);
    await vi.waitFor(() => expect(numbers(resumed)).toEqual([11, 12, 13]), { timeout: 5_000 });
    resumed.close();
  });

  test("gets what happened while it was loading", async () => {
    await say(organisation.workspaceId, 15);
    const late = await listen(undefined, "?loadingMs=1000");
    await vi.waitFor(() => expect(numbers(late)).toContain(15), { timeout: 5_000 });
    late.close();
    // Without saying that it was loading, it hears of what comes only.
    const quiet = await listen();
    await say(organisation.workspaceId, 16);
    await vi.waitFor(() => expect(numbers(quiet)).toEqual([16]), { timeout: 5_000 });
    quiet.close();
  });

  test("is told on coming that figures moved while it was loading, and not what moved long before", async () => {
    const heard = (stream: Stream): boolean => stream.names.includes("experience.advanced");
    const writeKey = await firsthand.makeWriteKey(organisation);
    const taken = await fetch(`${firsthand.address}/v1/track`, { method: "POST", headers: { authorization: `Bearer ${writeKey}` }, body: JSON.stringify({ userId: "u1", event: "Looked", messageId: "m1" }) });
    expect(taken.status).toBe(200);
    await firsthand.settle();
    const late = await listen(undefined, "?loadingMs=60000");
    await vi.waitFor(() => expect(heard(late)).toBe(true), { timeout: 5_000 });
    late.close();

    await wait(2_100);
    const soon = await listen(undefined, "?loadingMs=0");
    await say(organisation.workspaceId, 17);
    await vi.waitFor(() => expect(numbers(soon)).toContain(17), { timeout: 5_000 });
    expect(heard(soon)).toBe(false);
    soon.close();
  });

  test("hears nothing of a transaction that was undone", async () => {
    const stream = await listen();
    const undone = transaction(firsthand.services.db, async (tx) => {
      await publish(tx, { name: "test.said", workspaceId: organisation.workspaceId, payload: { number: 20 } });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await say(organisation.workspaceId, 21);
    await vi.waitFor(() => expect(numbers(stream)).toEqual([21]), { timeout: 5_000 });
    stream.close();
  });

  test("goes on after the database dropped its line", async () => {
    const stream = await listen();
    await firsthand.services.db.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'firsthand live' and datname = current_database()");
    await vi.waitFor(
      async () => {
        const again = await listen();
        await say(organisation.workspaceId, 30);
        await vi.waitFor(() => expect(numbers(again)).toContain(30), { timeout: 500 });
        again.close();
      },
      { timeout: 10_000 },
    );
    stream.close();
  });
});
