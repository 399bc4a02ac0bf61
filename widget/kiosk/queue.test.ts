import { describe, expect, test } from "vitest";
import { createQueue, type Store, type Waiting } from "./queue.ts";

const waiting = (id: string, answeredAt: number): Waiting => ({
  id, openedAt: answeredAt - 5_000, answeredAt,
  body: { id, slug: "abc", version: 1, revision: 1, language: "en", isComplete: true, answers: { nps: { number: 9 } }, channel: "kiosk" },
});

const codes: Record<number, string> = { 400: "answers_not_valid", 409: "survey_closed", 429: "too_many_requests", 503: "unavailable" };

function makeDevice(statuses: (number | "no line")[], kept: Waiting[] = [waiting("one", 1_000), waiting("two", 2_000), waiting("three", 3_000)]) {
  const store = new Map(kept.map((one) => [one.id, one]));
  const sent: { id: string; answeredAgoMs: number; openedAgoMs: number }[] = [];
  const device: Store = {
    put: async (one) => void store.set(one.id, one),
    list: async () => [...store.values()],
    remove: async (id) => void store.delete(id),
    read: async () => undefined,
    write: async () => undefined,
  };
  const post = async (body: string) => {
    sent.push(JSON.parse(body));
    const status = statuses.shift() ?? 200;
    if (status === "no line") throw new Error("no line");
    return { status, code: codes[status] ?? "" };
  };
  return { queue: createQueue(device, post, () => 10_000), store, sent };
}

describe("answers that wait on a device", () => {
  test("go out oldest first and leave the device once the server has them", async () => {
    const { queue, store, sent } = makeDevice([]);
    expect(await queue.send()).toEqual({ waiting: 0, refused: 0, problem: "", againInMs: null });
    expect(sent.map(({ id, answeredAgoMs }) => [id, answeredAgoMs])).toEqual([["one", 9_000], ["two", 8_000], ["three", 7_000]]);
    expect(store.size).toBe(0);
  });

  test.each<[string, number | "no line"]>([["no line", "no line"], ["a server in trouble", 503], ["too many at once", 429], ["a network that wants a password", 403], ["something on the way that takes no such body", 413]])("stay with %s, and are tried again ever later", async (_title, status) => {
    const { queue, store, sent } = makeDevice([200, status, status, status]);
    expect(await queue.send()).toEqual({ waiting: 2, refused: 0, problem: "", againInMs: 2_000 });
    expect(await queue.send()).toMatchObject({ againInMs: 4_000 });
    expect(await queue.send()).toMatchObject({ againInMs: 8_000 });
    expect(await queue.send()).toEqual({ waiting: 0, refused: 0, problem: "", againInMs: null });
    expect(store.size).toBe(0);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
  });

  test.each([[400, "answers_not_valid"], [409, "survey_closed"]])("that the server refuses with %d are kept, marked, and hold nobody up", async (status, problem) => {
    const { queue, store } = makeDevice([status]);
    expect(await queue.send()).toEqual({ waiting: 1, refused: 1, problem, againInMs: null });
    expect([...store.values()]).toMatchObject([{ id: "one", problem }]);
    // The survey may be open again by then.
    expect(await queue.send()).toEqual({ waiting: 0, refused: 0, problem: "", againInMs: null });
  });

  test("that come while others are on their way go out in the same turn", async () => {
    const { queue, store } = makeDevice([]);
    const sending = queue.send();
    store.set("four", waiting("four", 4_000));
    expect(await sending).toEqual({ waiting: 0, refused: 0, problem: "", againInMs: null });
  });

  test("of weeks ago say so only as far as the server takes it", async () => {
    const { queue, sent } = makeDevice([], [waiting("old", -90 * 86_400_000)]);
    await queue.send();
    expect(sent).toMatchObject([{ answeredAgoMs: 30 * 86_400_000, openedAgoMs: 30 * 86_400_000 }]);
  });
});
