import { describe, expect, test } from "vitest";
import { openSession, type PageFacts, type SaveState, type Surroundings } from "./session.ts";

const page: PageFacts = { slug: "abc", version: 1, language: "en", facts: { channel: "web" } };

type Sent = { id: string; revision: number; isComplete: boolean; answers: unknown; answeredAgoMs: number };

function makeSurroundings(given: { store?: Map<string, string>; statuses?: number[]; code?: string } = {}) {
  const store = given.store ?? new Map<string, string>();
  const statuses = given.statuses ?? [];
  const sent: Sent[] = [];
  const beacons: Sent[] = [];
  const waiting: { run: () => void; ms: number }[] = [];
  const clock = { now: 1_000 };
  const states: SaveState[] = [];
  const codes: string[] = [];
  const around: Surroundings = {
    read: (key) => store.get(key) ?? null,
    write: (key, value) => void store.set(key, value),
    post: async (body) => {
      sent.push(JSON.parse(body));
      const status = statuses.shift() ?? 200;
      if (status === 0) throw new Error("offline");
      return { status, code: given.code ?? "" };
    },
    beacon: (body) => void beacons.push(JSON.parse(body)),
    later: (run, ms) => void waiting.push({ run, ms }),
    now: () => clock.now,
    newId: () => `id-${store.size}-${clock.now}`,
  };
  return { around, store, sent, beacons, waiting, clock, states, codes, onState: (state: SaveState, code: string) => void (states.push(state), codes.push(code)) };
}

const score = (number: number) => ({ nps: { number } });

describe("a session", () => {
  test("sends every save with all answers so far and a rising number", async () => {
    const world = makeSurroundings();
    const session = openSession(page, world.around, world.onState);

    session.note({ answers: score(9) });
    await session.save(false);
    session.note({ answers: { ...score(9), why: { text: "Good" } } });
    await session.save(true);

    expect(world.sent.map(({ revision, isComplete, answers }) => ({ revision, isComplete, answers }))).toEqual([
      { revision: 1, isComplete: false, answers: score(9) },
      { revision: 2, isComplete: true, answers: { ...score(9), why: { text: "Good" } } },
    ]);
    expect(new Set(world.sent.map(({ id }) => id)).size).toBe(1);
    expect(world.states.at(-1)).toBe("saved");
  });

  test("waits while offline, longer each time, and sends once the line is back", async () => {
    const world = makeSurroundings({ statuses: [0, 503, 200] });
    const session = openSession(page, world.around, world.onState);

    session.note({ answers: score(3) });
    await session.save(true);
    expect(world.states.at(-1)).toBe("waiting");
    await session.retry();
    expect(world.waiting.map(({ ms }) => ms)).toEqual([1_000, 2_000]);
    world.clock.now += 60_000;
    await session.retry();

    expect(world.states.at(-1)).toBe("saved");
    expect(world.sent.at(-1)).toMatchObject({ revision: 1, isComplete: true, answeredAgoMs: 60_000 });
  });

  test("sends nothing again once everything is saved", async () => {
    const world = makeSurroundings();
    const session = openSession(page, world.around, world.onState);
    session.note({ answers: score(9) });

    await session.save(true);
    await session.save(true);
    session.leave();

    expect(world.sent).toHaveLength(1);
    expect(world.beacons).toHaveLength(0);
  });

  test("goes on after a reload where it was", async () => {
    const first = makeSurroundings();
    const session = openSession(page, first.around, first.onState);
    session.note({ answers: score(6), questionId: "why" });

    const second = makeSurroundings({ store: first.store });
    const resumed = openSession(page, second.around, second.onState).progress();

    expect(resumed).toMatchObject({ id: session.progress().id, questionId: "why", answers: score(6) });
  });

  test("sends after a reload what the network swallowed", async () => {
    const first = makeSurroundings({ statuses: [0] });
    const session = openSession(page, first.around, first.onState);
    session.note({ answers: score(6) });
    await session.save(true);

    const second = makeSurroundings({ store: first.store });
    await openSession({ ...page, version: 2 }, second.around, second.onState).retry();

    expect(second.sent).toMatchObject([{ id: session.progress().id, isComplete: true }]);
  });

  test("sends half-written text as the page goes away", () => {
    const world = makeSurroundings();
    const session = openSession(page, world.around, world.onState);

    session.note({ answers: { why: { text: "Half a sen" } } });
    session.leave();

    expect(world.beacons).toMatchObject([{ revision: 1, isComplete: false, answers: { why: { text: "Half a sen" } } }]);
  });

  test.each<[string, boolean]>([
    ["survey_closed", true],
    ["survey_not_open_yet", true],
    ["already_answered", true],
    ["response_elsewhere", false],
  ])("does not send again what is refused as %s, and says so", async (code, isKept) => {
    const world = makeSurroundings({ statuses: [409], code });
    const session = openSession(page, world.around, world.onState);
    session.note({ answers: score(1) });

    await session.save(true);

    expect([world.states.at(-1), world.codes.at(-1)]).toEqual(["closed", code]);
    expect(world.waiting).toHaveLength(0);
    expect([...world.store.values()].some((value) => value !== "")).toBe(isKept);
  });

  test.each<[number, string]>([[400, ""], [403, ""], [404, ""], [408, ""], [413, ""], [429, "too_many_requests"], [502, ""], [503, "unavailable"]])(
    "keeps its answers and tries again after %d %s",
    async (status, code) => {
      const world = makeSurroundings({ statuses: [status], code });
      const session = openSession(page, world.around, world.onState);
      session.note({ answers: score(1) });

      await session.save(true);
      expect(world.states.at(-1)).toBe("waiting");
      expect(world.waiting).toHaveLength(1);
      await session.retry();

      expect(world.states.at(-1)).toBe("saved");
      expect(world.sent.at(-1)).toMatchObject({ isComplete: true, answers: score(1) });
    },
  );

  test.each<[number, string]>([[400, "file_unknown"], [413, "too_large"]])("opens a complete response again after %d %s, so that its answers can be changed and sent", async (status, code) => {
    const world = makeSurroundings({ statuses: [status], code });
    const session = openSession(page, world.around, world.onState);
    session.note({ answers: score(1) });

    await session.save(true);
    expect(world.states.at(-1)).toBe("refused");
    expect(session.progress()).toMatchObject({ isComplete: false, questionId: null, answers: score(1) });
    session.note({ answers: score(2) });
    await session.save(true);

    expect(world.states.at(-1)).toBe("saved");
    expect(world.sent.at(-1)).toMatchObject({ revision: 2, isComplete: true, answers: score(2) });
  });

  test.each<[string, (store: Map<string, string>) => void]>([
    ["a new version of the survey", () => undefined],
    ["a broken store", (store) => void [...store.keys()].forEach((key) => store.set(key, "{nonsense"))],
  ])("begins anew after %s", (_title, spoil) => {
    const world = makeSurroundings();
    const session = openSession(page, world.around, world.onState);
    session.note({ answers: score(6) });
    spoil(world.store);
    world.clock.now += 1;

    const next = openSession({ ...page, version: 2 }, world.around, world.onState);

    expect(next.progress()).toMatchObject({ answers: {}, version: 2 });
    expect(next.progress().id).not.toBe(session.progress().id);
  });

  test("can be answered anew half a day after it was finished", async () => {
    const world = makeSurroundings();
    const session = openSession(page, world.around, world.onState);
    session.note({ answers: score(6) });
    await session.save(true);

    expect(openSession(page, world.around, world.onState).progress().isComplete).toBe(true);
    world.clock.now += 13 * 3_600_000;
    expect(openSession(page, world.around, world.onState).progress().isComplete).toBe(false);
  });

  test("opened in two tabs before anything is answered is one response, begun when it is really begun", () => {
    const world = makeSurroundings();
    const first = openSession(page, world.around, world.onState);
    world.clock.now += 3_600_000;
    const second = openSession({ ...page, prefill: score(9) }, world.around, world.onState);

    expect(second.progress()).toMatchObject({ id: first.progress().id, openedAt: world.clock.now, answers: score(9) });
  });

  test("in two tabs is one response with the answers of both, each save with a number of its own", async () => {
    const world = makeSurroundings();
    const first = openSession(page, world.around, world.onState);
    first.note({ answers: { nps: { number: 9 } } });
    const second = openSession(page, world.around, world.onState);

    first.note({ answers: { ...first.progress().answers, why: { text: "From the first" } } });
    second.note({ answers: { ...second.progress().answers, matters: { choices: ["price"] } } });
    await Promise.all([first.save(false), second.save(true)]);

    // The first may repeat what the second sends; with the same number, a repeat changes nothing.
    expect(new Set(world.sent.map(({ revision }) => revision))).toEqual(new Set([1, 2]));
    expect(new Set(world.sent.map(({ id }) => id)).size).toBe(1);
    expect(world.sent.at(-1)?.answers).toEqual({ nps: { number: 9 }, why: { text: "From the first" }, matters: { choices: ["price"] } });
    first.note({ answers: { nps: { number: 0 } } });
    expect(first.progress()).toMatchObject({ isComplete: true, answers: { nps: { number: 9 } } });
  });

  test("brings the last answer through a server that restarts in the middle", async () => {
    const world = makeSurroundings({ statuses: [200, 0, 0, 502, 200] });
    const session = openSession(page, world.around, world.onState);

    session.note({ answers: score(9) });
    await session.save(false);
    session.note({ answers: { ...session.progress().answers, why: { text: "Good" } } });
    await session.save(true);
    while (world.waiting.length > 0) {
      world.waiting.shift()?.run();
      await new Promise((done) => setTimeout(done));
    }

    expect(world.states.at(-1)).toBe("saved");
    expect(world.sent.map(({ revision }) => revision)).toEqual([1, 2, 2, 2, 2]);
    expect(session.progress()).toMatchObject({ isComplete: true, savedRevision: 2 });
  });
});
