// What a stranger with a link is not told: who customers are, what they wrote of themselves, and what few of them said.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertInteractions, insertPerceptions, type NewPerception } from "#customers";
import { newId } from "#platform/db";
import { makeInteraction, makePerception } from "../../customers/customers.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { board } from "./dashboards.contract.ts";
import { createdShare } from "./shares.contract.ts";
import { boardNumbers, type Measured, type TileNumbers } from "./tiles.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") }, environment: { RATE_LIMIT_FACTOR: "100" } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation("Shop");
});

type Row = Partial<NewPerception>;
const at = "2026-06-20T12:00:00Z";
/** So many answers, each of somebody else. */
const many = (count: number, row: Row): Row[] => Array.from({ length: count }, () => ({ at, ...row }));
const add = async (rows: readonly Row[]): Promise<void> => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.map((row) => makePerception(row)));
  await firsthand.settle();
};
const tile = (given: object): object => ({ id: newId(), chart: "number", metric: "nps", place: { x: 0, y: 0, w: 4, h: 3 }, ...given });
const share = async (tiles: readonly object[], given: object = {}): Promise<(body?: object) => Promise<TileNumbers[]>> => {
  const { id } = board.parse((await organisation.manager.ask("POST", "/api/dashboards", { name: "Board", tiles })).body);
  const made = await organisation.manager.ask("POST", `/api/dashboards/${id}/shares`, { name: "Board of directors", period: { preset: "30d" }, ...given });
  const secret = createdShare.parse(made.body).url.split("/").at(-1) ?? "";
  return async (body = {}) => {
    const reply = await firsthand.nobody.ask("POST", `/api/public/boards/${secret}/data`, body);
    expect(reply.status, reply.text).toBe(200);
    return boardNumbers.parse(reply.body).tiles;
  };
};
const measured = (one: TileNumbers | undefined): Measured => {
  if (one?.state !== "measured") throw new Error(`The tile was not measured: ${JSON.stringify(one)}`);
  return one;
};

describe("what customers wrote", () => {
  const written = "My name is Emily Brown, I live at 12 Baker Street, London NW1 6XE and Mrs Hill was rude. Order 12345.";
  const personal = /emily|brown|baker|hill/iu;
  const write = async (text: string): Promise<void> => {
    const fact = makeInteraction(organisation.workspaceId, { at, type: "call", subject: "user:emily" });
    await insertInteractions(firsthand.services.db, organisation.workspaceId, [fact]);
    await add([{ at, interactionId: fact.id, subject: "user:emily", value: 2 }, { at, interactionId: fact.id, subject: "user:emily", kind: "comment", value: null, scaleMin: null, scaleMax: null, text }]);
  };
  const isRead = (count = 1) => vi.waitUntil(async () => (await firsthand.services.db.query("select from insights.readings where workspace_id = $1", [organisation.workspaceId])).rowCount === count, { timeout: 20_000, interval: 50 });

  test("is shown without the names, streets and numbers that were found in it", async () => {
    await write(written);
    await isRead();

    const [answers] = await (await share([tile({ chart: "answers" })], { showsComments: true }))();

    expect(measured(answers).answers?.map(({ comment }) => comment)).toEqual(["My name is [name], I live at [address] and Mrs [name] was rude. Order 12345."]);
    expect(JSON.stringify(answers)).not.toMatch(personal);
  });

  test("is looked through when it is shown, where nobody has read it yet, and is not shown where that would take long", async () => {
    await write(written);
    await write(`${written} ${"and so on ".repeat(2_000)}`);
    await isRead(2);
    await firsthand.services.db.query("delete from insights.readings where workspace_id = $1", [organisation.workspaceId]);

    const [answers] = await (await share([tile({ chart: "answers" })], { showsComments: true }))();

    const shown = measured(answers).answers?.map(({ comment }) => comment) ?? [];
    expect(shown).toHaveLength(2);
    expect(shown.some((comment) => comment?.includes("I live at [address]"))).toBe(true);
    expect(shown).toContain("[unread]");
    expect(JSON.stringify(answers)).not.toMatch(personal);
  });

});

describe("few people", () => {
  test("have no score in a total, nor as the period before", async () => {
    await add([...many(12, { value: 10, channel: "web" }), ...many(3, { value: 0, channel: "shop" }), { value: 0, channel: "web", at: "2026-05-20T12:00:00Z" }]);

    const [total, now] = await (await share([tile({ chart: "bars", split: "touchpoint", filters: { channel: ["shop"] } }), tile({ filters: { channel: ["web"] } })]))();

    expect(measured(total).breakdown).toMatchObject({ total: { count: 3, score: null, low: null, high: null }, groups: [] });
    expect(measured(now).summary).toMatchObject({ count: 12, score: 100, change: null });
  });

  test("are customers, not answers", async () => {
    const twice = (customer: string, value: number): Row[] => many(6, { value, channel: "shop", subject: `user:${customer}` });
    await add([...twice("one", 0), ...twice("other", 3), ...many(12, { value: 10, channel: "web" }), ...many(6, { value: 10, channel: "web", at: "2026-05-20T12:00:00Z", subject: "user:one" })]);

    const [few, all, groups] = await (await share([tile({ filters: { channel: ["shop"] } }), tile({}), tile({ chart: "bars", split: "channel" })]))();

    expect(measured(few).summary).toMatchObject({ count: 12, score: null, bands: [], distribution: [] });
    expect(measured(all).summary).toMatchObject({ count: 24, score: 0, change: null });
    expect(measured(groups).breakdown).toMatchObject({ groups: [], hiddenGroups: 2 });
  });

  test("are not what is missing from a total: the next smallest group goes with them, in time too", async () => {
    const day = (date: number): string => `2026-06-${date}T12:00:00Z`;
    await add([...many(12, { value: 10, channel: "web", at: day(20) }), ...many(9, { value: 8, channel: "shop", at: day(21) }), ...many(3, { value: 0, channel: "post", at: day(22) })]);
    const tiles = [tile({ chart: "stacked", split: "channel" }), tile({ chart: "trend", bucket: "day" }), tile({ chart: "heat", split: "channel", bucket: "day" })];

    const [stacked, trend, heat] = await (await share(tiles, { period: { preset: "30d" } }))();

    expect(measured(stacked).breakdown).toMatchObject({ total: { count: 24 }, groups: [{ value: "web" }], hiddenGroups: 2 });
    expect(measured(stacked).bands?.map(({ value }) => value)).toEqual(["web"]);
    expect(measured(trend).trend?.points.filter(({ count }) => count > 0).map(({ count, score }) => [count, score])).toEqual([[12, 100], [9, null], [3, null]]);
    expect(measured(heat).heat?.map(({ value, points }) => [value, points.filter(({ score }) => score !== null).length])).toEqual([["web", 1]]);
  });
});

describe("a visitor who may choose", () => {
  const open = { isFilterable: true, choosable: ["channel"] };
  const scoreOf = async (ask: (body?: object) => Promise<TileNumbers[]>, body: object): Promise<unknown> => {
    const [one] = await ask(body);
    return one?.state === "measured" ? [one.summary?.count, one.summary?.score] : one?.state;
  };

  test("chooses among what is offered, and not so that few are left out", async () => {
    await add([...many(12, { value: 10, channel: "web" }), ...many(11, { value: 8, channel: "shop" }), ...many(3, { value: 0, channel: "post" }), ...many(10, { value: 0, channel: "desk", subject: "user:one" })]);
    const ask = await share([tile({})], open);

    expect(await scoreOf(ask, { filters: { channel: ["web"] } })).toEqual([12, 100]);
    for (const channel of ["post", "desk"]) expect(await scoreOf(ask, { filters: { channel: [channel] } })).toBe("excluded");
    expect(await scoreOf(ask, { filters: { channel: ["web", "post"] } })).toEqual([12, 100]);
    // Everybody but the four people of post and desk.
    expect(await scoreOf(ask, { filters: { channel: ["web", "shop"] } })).toEqual([23, null]);
  });

  test("finds the board open, with nothing to choose, where what the link is narrowed to is gone", async () => {
    const ask = await share([tile({})], { ...open, filters: { segment: [newId()] } });

    expect(await scoreOf(ask, {})).toBe("failed");
    expect(await scoreOf(ask, { filters: { channel: ["web"] } })).toBe("excluded");
  });

  test("chooses months, so that two choices do not tell what one day said", async () => {
    await add([...many(12, { value: 10, at: "2026-06-10T12:00:00Z" }), ...many(6, { value: 0 }), ...many(7, { value: 8, at: "2026-05-31T12:00:00Z" })]);
    const ask = await share([tile({})], { ...open, period: { from: "2026-06-01", to: "2026-06-12" } });

    expect(await scoreOf(ask, {})).toEqual([12, 100]);
    expect(await scoreOf(ask, { period: { from: "2026-06-01", to: "2026-06-12" } })).toEqual([12, 100]);
    for (const period of [{ from: "2026-06-20", to: "2026-06-21" }, { from: "2026-06-01", to: "2026-06-20" }]) expect(await scoreOf(ask, { period })).toEqual([18, expect.closeTo(600 / 18, 9)]);
    expect(await scoreOf(ask, { period: { from: "2026-05-31", to: "2026-06-02" } })).toEqual([25, expect.closeTo(600 / 25, 9)]);
  });
});
