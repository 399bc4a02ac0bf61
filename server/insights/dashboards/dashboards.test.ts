import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import type { NewPerception } from "#customers";
import { newId } from "#platform/db";
import { makeMessages, makePerception } from "../../customers/customers.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { summaryReply } from "../metrics/metrics.contract.ts";
import { board, boardsReply, type Board, templatesReply } from "./dashboards.contract.ts";
import { boardNumbers, type GivenTile, type Measured, type TileNumbers } from "./tiles.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let manager: Client;

const now = new Date("2026-06-30T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  manager = organisation.manager;
});

const place = { x: 0, y: 0, w: 4, h: 3 };
const numberTile = (given: Partial<GivenTile> = {}): object => ({ id: newId(), chart: "number", metric: "nps", place, ...given });

const create = async (body: object, who = manager): Promise<Board> => {
  const reply = await who.ask("POST", "/api/dashboards", body);
  expect(reply.status, reply.text).toBe(201);
  return board.parse(reply.body);
};
const list = async (who: Client = organisation.viewer): Promise<string[]> => {
  const reply = await who.ask("GET", "/api/dashboards");
  expect(reply.status, reply.text).toBe(200);
  return boardsReply.parse(reply.body).items.map(({ name }) => name);
};
const add = async (rows: readonly Partial<NewPerception>[]): Promise<void> => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.map((row) => makePerception({ at: "2026-06-20T12:00:00Z", ...row })));
  await firsthand.settle();
};
const many = (count: number, row: Partial<NewPerception>): Partial<NewPerception>[] => Array.from({ length: count }, () => row);
const measure = async (id: string, body: object = {}, who: Client = organisation.viewer): Promise<TileNumbers[]> => {
  const reply = await who.ask("POST", `/api/dashboards/${id}/data`, body);
  expect(reply.status, reply.text).toBe(200);
  return boardNumbers.parse(reply.body).tiles;
};
const measured = (numbers: TileNumbers | undefined): Measured => {
  if (numbers?.state !== "measured") throw new Error(`The tile was not measured: ${JSON.stringify(numbers)}`);
  return numbers;
};

describe("a dashboard", () => {
  test("is made from a template, opened, and stands in the list", async () => {
    const templates = templatesReply.parse((await organisation.viewer.ask("GET", "/api/dashboard-templates")).body).items;
    const made = await create({ templateId: "overview", name: "  Week  " });

    expect(templates.map(({ id }) => id)).toEqual(expect.arrayContaining(["overview", "glance", "channels"]));
    expect(made).toMatchObject({ name: "Week", period: "90d", version: 1, tileCount: made.tiles.length, changedBy: { id: manager.memberId } });
    expect(made.tiles.length).toBeGreaterThan(5);
    expect(await organisation.viewer.ask("GET", `/api/dashboards/${made.id}`)).toMatchObject({ status: 200, body: { tiles: made.tiles } });
    expect(await list()).toEqual(["Week"]);
  });

  test("changed by two members at once keeps the first change and tells the second who was first", async () => {
    const made = await create({ name: "Board" });
    const first = await manager.ask("PATCH", `/api/dashboards/${made.id}`, { version: 1, name: "First" });
    const second = await organisation.admin.ask("PATCH", `/api/dashboards/${made.id}`, { version: 1, tiles: [numberTile()] });

    expect(first).toMatchObject({ status: 200, body: { name: "First", version: 2 } });
    expect(second).toMatchObject({ status: 409, body: { error: { code: "dashboard_changed", details: { version: 2, changedBy: { id: manager.memberId } } } } });
    expect(await organisation.admin.ask("GET", `/api/dashboards/${made.id}`)).toMatchObject({ body: { name: "First", tiles: [], version: 2 } });
  });

  test("is duplicated with its tiles, put in order, deleted, and brought back", async () => {
    const one = await create({ name: "One", tiles: [numberTile({ title: "Mine" })] });
    const two = await create({ name: "Two" });
    const copied = board.parse((await manager.ask("POST", `/api/dashboards/${one.id}/copies`)).body);
    expect(copied).toMatchObject({ name: "One (copy)", tiles: [{ title: "Mine" }], version: 1 });
    expect(await list()).toEqual(["One", "Two", "One (copy)"]);

    expect((await manager.ask("PUT", "/api/dashboards/order", { ids: [copied.id, two.id] })).status).toBe(204);
    expect(await list()).toEqual(["One (copy)", "Two", "One"]);

    expect((await manager.ask("DELETE", `/api/dashboards/${two.id}`)).status).toBe(204);
    expect((await manager.ask("DELETE", `/api/dashboards/${two.id}`)).status).toBe(404);
    expect((await manager.ask("GET", `/api/dashboards/${two.id}`)).status).toBe(404);
    expect(await list()).toEqual(["One (copy)", "One"]);
    expect(await manager.ask("POST", `/api/dashboards/${two.id}/restoration`)).toMatchObject({ status: 200, body: { name: "Two" } });
    expect(await list()).toEqual(["One (copy)", "Two", "One"]);
  });

  test("is for managers to change and for everybody to see", async () => {
    const made = await create({ name: "Board", tiles: [numberTile()] });
    for (const who of [organisation.agent, organisation.viewer]) {
      expect((await who.ask("GET", `/api/dashboards/${made.id}`)).status).toBe(200);
      expect((await who.ask("POST", "/api/dashboards", { name: "Mine" })).status).toBe(403);
      expect((await who.ask("PATCH", `/api/dashboards/${made.id}`, { version: 1, name: "Mine" })).status).toBe(403);
      expect((await who.ask("DELETE", `/api/dashboards/${made.id}`)).status).toBe(403);
    }
    const key = await firsthand.makeApiKey(organisation, ["dashboards.read"]);
    const reply = await firsthand.nobody.ask("POST", `/api/dashboards/${made.id}/data`, {}, { authorization: `Bearer ${key}` });
    expect(reply).toMatchObject({ status: 403, body: { error: { details: { ability: "metrics.read" } } } });
  });

  test.each([
    ["41 tiles", { tiles: Array.from({ length: 41 }, () => numberTile()) }, "invalid_input"],
    ["a metric nobody knows", { tiles: [{ ...numberTile(), metric: "luck" }] }, "invalid_input"],
    ["a tile beside the board", { tiles: [numberTile({ place: { x: 12, y: 0, w: 1, h: 1 } })] }, "invalid_input"],
    ["a filter nobody knows", { tiles: [{ ...numberTile(), filters: { weather: ["rain"] } }] }, "invalid_input"],
    ["two tiles of one id", { tiles: [numberTile({ id: "01900000-0000-7000-8000-00000000beef" }), numberTile({ id: "01900000-0000-7000-8000-00000000beef" })] }, "dashboard_tile_twice"],
    ["a template nobody knows", { templateId: "horoscope" }, "dashboard_template_unknown"],
  ])("with %s is refused", async (_what, body, code) => {
    expect(await manager.ask("POST", "/api/dashboards", { name: "Irrelevant", ...body })).toMatchObject({ status: 400, body: { error: { code } } });
  });
});

describe("the numbers of a dashboard", () => {
  const charts = { trend: {}, bars: { split: "channel" }, table: { split: "channel" }, stacked: { split: "channel" }, heat: { split: "channel" }, distribution: {}, answers: {} };

  test("come for every kind of tile in one request, each what the metrics say", async () => {
    await add([...many(30, { value: 10, channel: "web" }), ...many(10, { value: 3, channel: "shop" })]);
    const tiles = [numberTile(), ...Object.entries(charts).map(([chart, more]) => ({ ...numberTile(), chart, ...more }))];
    const made = await create({ name: "Board", tiles: [...tiles, { id: newId(), chart: "note", text: "Read this", place }] });
    const byChart = new Map((await measure(made.id)).map((numbers) => [made.tiles.find(({ id }) => id === numbers.tileId)?.chart, numbers]));

    expect(byChart.size).toBe(8);
    expect(measured(byChart.get("number"))).toMatchObject({ summary: { metric: "nps", count: 40, score: 50 }, asked: { period: { to: "2026-07-01T00:00:00.000Z" } } });
    expect(measured(byChart.get("trend")).trend?.points.reduce((sum, { count }) => sum + count, 0)).toBe(40);
    for (const chart of ["bars", "table"] as const) expect(measured(byChart.get(chart)).breakdown?.groups).toMatchObject([{ value: "web", score: 100 }, { value: "shop", score: -100 }]);
    expect(measured(byChart.get("stacked")).bands).toMatchObject([
      { value: "web", count: 30, bands: [{ name: "promoters", share: 1 }, {}, {}] }, { value: "shop", count: 10, bands: [{}, {}, { name: "detractors", share: 1 }] },
    ]);
    expect(measured(byChart.get("heat")).heat?.map(({ value, points }) => [value, points.reduce((sum, { count }) => sum + count, 0)])).toEqual([["web", 30], ["shop", 10]]);
    expect(measured(byChart.get("distribution")).summary?.distribution[10]).toMatchObject({ value: 10, count: 30 });
    expect(measured(byChart.get("answers")).answers).toHaveLength(20);
  });

  test("tell a change where one is shown", async () => {
    await add([...many(30, { value: 10 }), ...many(30, { value: 3, at: "2026-05-20T12:00:00Z" })]);
    const made = await create({ name: "Board", tiles: [numberTile(), { ...numberTile(), metric: "csat", chart: "distribution" }, { ...numberTile({ filters: { channel: [""] } }), chart: "distribution" }] });
    const period = { from: "2026-06-01", to: "2026-07-01" };
    const changes = (await measure(made.id, { period })).map((numbers) => measured(numbers).summary?.change);
    expect(changes).toMatchObject([{ difference: 200, isSignificant: true }, null, { difference: 200 }]);

    const alone = await create({ name: "Alone", tiles: [{ ...numberTile(), chart: "distribution" }] });
    expect(measured((await measure(alone.id, { period }))[0]).summary).toMatchObject({ count: 30, score: 100, change: null });
  });

  test("of groups in bands and over time are those each group has alone, by a trait and by month too", async () => {
    const people = [["gold", 10, "shop"], ["gold", 9, "web"], ["free", 3, "web"]] as const;
    for (const [plan, value, channel] of people) {
      const ids = Array.from({ length: 6 }, (_, place) => `${plan}-${value}-${place}`);
      await insertInteractions(firsthand.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, ids.map((userId, place) => ({ at: place, type: "identify", userId, traits: { plan } }))));
      await add(ids.map((userId, place) => ({ subject: `user:${userId}`, value, channel, at: place < 3 ? "2026-05-20T12:00:00Z" : "2026-06-20T12:00:00Z" })));
    }
    const tiles = [
      { ...numberTile(), chart: "stacked", split: "trait:plan" }, { ...numberTile(), chart: "heat", split: "trait:plan", bucket: "month" }, { ...numberTile(), chart: "stacked", split: "month" },
      { ...numberTile({ filters: { trait: ["plan=gold"] } }), chart: "heat", split: "channel", bucket: "month" }, { ...numberTile({ filters: { trait: ["plan=free"] } }) },
    ];
    const made = await create({ name: "Board", tiles });
    const byId = new Map((await measure(made.id)).map((numbers) => [numbers.tileId, numbers]));
    const [bands, heat, months, gold, free] = made.tiles.map(({ id }) => measured(byId.get(id)));
    const seen = ({ heat: rows }: Measured) => rows?.map(({ value, points }) => [value, points.flatMap(({ from, count, score }) => (count === 0 ? [] : [[from.slice(0, 7), count, score]]))]);

    expect(bands?.bands).toMatchObject([{ value: "gold", count: 12, bands: [{ name: "promoters", count: 12 }, {}, {}] }, { value: "free", count: 6, bands: [{}, {}, { name: "detractors", count: 6 }] }]);
    expect(heat && seen(heat)).toEqual([["gold", [["2026-05", 6, 100], ["2026-06", 6, 100]]], ["free", [["2026-05", 3, -100], ["2026-06", 3, -100]]]]);
    expect(months?.bands).toMatchObject([{ value: "2026-05", count: 9 }, { value: "2026-06", count: 9 }]);
    expect(gold && seen(gold)).toEqual([["shop", [["2026-05", 3, 100], ["2026-06", 3, 100]]], ["web", [["2026-05", 3, 100], ["2026-06", 3, 100]]]]);
    expect(free?.summary).toMatchObject({ count: 6, score: -100 });
  });

  test("of a trend say where its line must not be read across, those of other charts do not", async () => {
    const week = (day: string, email: number, app: number): Partial<NewPerception>[] => [...many(email, { channel: "email", at: `2026-06-${day}T12:00:00Z` }), ...many(app, { channel: "app", at: `2026-06-${day}T12:00:00Z` })];
    await add([...week("03", 90, 10), ...week("10", 88, 12), ...week("17", 40, 60)]);
    const made = await create({ name: "Board", tiles: [{ ...numberTile(), chart: "trend", bucket: "week" }, numberTile()] });
    const numbers = (await measure(made.id)).map(measured);

    expect(numbers.find(({ trend, summary }) => trend !== null && summary === null)?.breaks).toMatchObject([{ at: "2026-06-15T00:00:00.000Z", kind: "channel_mix", before: "email", after: "app" }]);
    expect(numbers.find(({ summary }) => summary !== null)?.breaks).toBeNull();
  });

  test("are by weights where the tile says so, or whoever asks, as Home has them", async () => {
    await add([...many(20, { value: 10, channel: "web", weight: 2 }), ...many(20, { value: 3, channel: "web", weight: 0.5 }), ...many(20, { value: 8, channel: "shop", weight: 2 }), ...many(20, { value: 10, at: "2026-05-10T12:00:00Z", weight: 0.5 }), ...many(20, { value: 3, at: "2026-05-10T12:00:00Z", weight: 2 })]);
    const tiles = [numberTile(), ...[{ chart: "trend", bucket: "month" }, { chart: "bars", split: "channel" }, { chart: "heat", split: "channel", bucket: "month" }, { chart: "stacked", split: "channel" }].map((chart) => ({ ...numberTile(), ...chart }))];
    const [plain, byTile] = [await create({ name: "Plain", tiles }), await create({ name: "Weighted", tiles: tiles.map((one) => ({ ...one, id: newId(), isWeighted: true })) })];
    const home = summaryReply.parse((await organisation.viewer.ask("GET", "/api/metrics/summary?from=2026-06-01&to=2026-07-01")).body).metrics[0];
    const period = { from: "2026-06-01", to: "2026-07-01" };
    const seen = (numbers: TileNumbers[]) => numbers.map(measured).map(({ isWeighted, summary, trend, breakdown, heat, bands }) => [
      isWeighted, summary?.score, summary?.change?.difference, trend?.points.findLast(({ count }) => count > 0)?.score, breakdown?.total.score, breakdown?.groups.map(({ score, versusRest }) => [score, versusRest?.isDifferent]), heat?.map(({ points }) => points.at(-1)?.score), bands?.map(({ count }) => count),
    ]);

    const weighted = seen(await measure(byTile.id, { period }));
    expect(weighted).toEqual(seen(await measure(plain.id, { period, isWeighted: true })));
    expect(weighted).not.toEqual(seen(await measure(plain.id, { period })));
    // By weights 40 of 90 promote and 10 do not; 20 of 60 each way without.
    expect(home?.weighted?.score).toBeCloseTo(100 / 3, 8);
    expect(weighted.find(([, score]) => score !== undefined)?.slice(0, 4)).toEqual([true, home?.weighted?.score, home?.weighted?.change?.difference, home?.weighted?.score]);
    expect(weighted.find(([, , , , , groups, heat, bands]) => groups !== undefined && heat === undefined && bands === undefined)?.slice(4, 6)).toEqual([home?.weighted?.score, [[expect.closeTo(60, 8), true], [0, true]]]);
    expect(weighted.find(([, , , , , , heat]) => heat !== undefined)?.[6]).toEqual([expect.closeTo(60, 8), 0]);
    expect(weighted.find(([, , , , , , , bands]) => bands !== undefined)?.[7]).toEqual([40, 20]);

    const link = await manager.ask("POST", `/api/dashboards/${byTile.id}/shares`, { name: "All", period });
    const shared = await firsthand.nobody.ask("POST", `/api/public/boards/${String(Object(link.body).url).split("/").at(-1)}/data`, {});
    expect(seen(boardNumbers.parse(shared.body).tiles).find(([, score]) => score !== undefined)?.[1]).toBe(home?.weighted?.score);
  });

  test("obey the filters above the board and those of the tile at once; what both leave nothing of says so", async () => {
    await add([...many(3, { value: 10, channel: "web" }), ...many(2, { value: 3, channel: "shop" }), ...many(1, { value: 3, channel: "shop", at: "2026-01-01T12:00:00Z" })]);
    const made = await create({ name: "Board", tiles: [numberTile(), numberTile({ filters: { channel: ["shop"] } }), numberTile({ period: "12m" })] });
    const count = (numbers: TileNumbers): number | string => (numbers.state === "measured" ? (numbers.summary?.count ?? -1) : numbers.state === "excluded" ? numbers.reason : numbers.code);
    const counts = async (body: object): Promise<unknown> => {
      const numbers = await measure(made.id, body);
      return made.tiles.map(({ id }) => numbers.filter(({ tileId }) => tileId === id).map(count)[0]).toSorted();
    };

    expect(await counts({})).toEqual([2, 5, 6]);
    expect(await counts({ filters: { channel: ["web"] } })).toEqual([3, 3, "filters_disagree"]);
    expect(await counts({ period: { from: "2026-06-25", to: "2026-06-30" } })).toEqual([0, 0, 6]);
    expect(await counts({ period: { preset: "all" } })).toEqual([3, 6, 6]);
  });

  test("of a tile that fails are an error in its place and whole elsewhere", async () => {
    await add(many(3, { value: 10 }));
    const wide = await create({ name: "Board", tiles: [numberTile(), { ...numberTile(), chart: "trend", bucket: "day" }] });
    const numbers = await measure(wide.id, { period: { from: "2016-01-01", to: "2026-07-01" } });

    expect(numbers.map(({ state }) => state).toSorted()).toEqual(["failed", "measured"]);
    expect(numbers.find(({ state }) => state === "failed")).toMatchObject({ code: "too_many_buckets" });
  });

  test("come for a tile that no dashboard has yet, for a look while it is made", async () => {
    await add(many(3, { value: 10 }));
    const reply = await organisation.viewer.ask("POST", "/api/dashboards/data", { period: { preset: "30d" }, tiles: [numberTile()] });
    expect(reply.status, reply.text).toBe(200);
    expect(boardNumbers.parse(reply.body)).toMatchObject({ period: { from: "2026-06-01", to: "2026-07-01" }, tiles: [{ summary: { count: 3 } }] });
  });
});

test("a stored tile of a kind that is gone becomes a note in its place", async () => {
  const made = await create({ name: "Board", tiles: [numberTile(), numberTile({ place: { x: 4, y: 0, w: 4, h: 3 } })] });
  await firsthand.services.db.query("update insights.dashboards set tiles = jsonb_set(tiles, '{0,metric}', '\"luck\"') where workspace_id = $1", [organisation.workspaceId]);

  const reply = await manager.ask("GET", `/api/dashboards/${made.id}`);

  expect(reply).toMatchObject({ status: 200, body: { tiles: [{ chart: "note", place }, { chart: "number" }] } });
});
