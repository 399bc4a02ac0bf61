// Needs from facts on boards: the same figures as on their screen, in every way in which a board is shown.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { newId } from "#platform/db";
import { makeInteraction, makePerception } from "../../customers/customers.make.ts";
import { segment } from "../../customers/segments/segments.contract.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { needFactsReply } from "../need-facts/need-facts.contract.ts";
import { writeReport, listReportRows } from "./board-report.rules.ts";
import { board, templatesReply, type Board } from "./dashboards.contract.ts";
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

/** So many customers who call about each matter, the first of whom come back two days later. */
const calls = async (channel: string, day: string, count: number, againCount: number, matters: readonly string[] = ["bill"]): Promise<void> => {
  const call = (place: number, at: string, reason: string) => makeInteraction(organisation.workspaceId, { subject: `user:${channel} ${day} ${place}`, userId: `${channel} ${day} ${place}`, at, name: "Support call", channel, message: JSON.stringify({ properties: { reason } }) });
  const later = new Date(Date.parse(`${day}T12:00:00Z`) + 2 * 86_400_000).toISOString();
  const rows = Array.from({ length: count }, (_, place) => matters.flatMap((reason) => [call(place, `${day}T12:00:00.000Z`, reason), ...(place < againCount ? [call(place, later, reason)] : [])])).flat();
  await insertInteractions(firsthand.services.db, organisation.workspaceId, [...rows, makeInteraction(organisation.workspaceId, { at: "2026-06-29T12:00:00.000Z", name: "Irrelevant", subject: "user:last" })]);
  await firsthand.settle();
};
const place = { x: 0, y: 0, w: 4, h: 3 };
const tile = (given: object = {}): object => ({ id: newId(), chart: "number", metric: "fact_repeated_contacts", place, ...given });
const makeBoard = async (tiles: readonly object[]): Promise<Board> => {
  const reply = await organisation.manager.ask("POST", "/api/dashboards", { name: "Board", tiles });
  expect(reply.status, reply.text).toBe(201);
  return board.parse(reply.body);
};
const june = { period: { from: "2026-06-01", to: "2026-06-30" } };
const measure = async ({ id }: Board, body: object = {}): Promise<TileNumbers[]> => {
  const reply = await organisation.viewer.ask("POST", `/api/dashboards/${id}/data`, { ...june, ...body });
  expect(reply.status, reply.text).toBe(200);
  return boardNumbers.parse(reply.body).tiles;
};
const share = async ({ id }: Board, given: object = {}): Promise<(body?: object) => Promise<TileNumbers[]>> => {
  const made = await organisation.manager.ask("POST", `/api/dashboards/${id}/shares`, { name: "Board of directors", ...june, ...given });
  const secret = createdShare.parse(made.body).url.split("/").at(-1) ?? "";
  return async (body = {}) => boardNumbers.parse((await firsthand.nobody.ask("POST", `/api/public/boards/${secret}/data`, body)).body).tiles;
};
const measured = (one: TileNumbers | undefined): Measured => {
  if (one?.state !== "measured") throw new Error(`The tile was not measured: ${JSON.stringify(one)}`);
  return one;
};

describe("a tile of a need from facts", () => {
  test("shows the share over the limit with its interval and change as its screen does, its course and its groups", async () => {
    await calls("web", "2026-06-02", 40, 8);
    await calls("shop", "2026-06-09", 30, 24);
    await calls("web", "2026-05-12", 50, 5);
    const made = await makeBoard([tile(), tile({ chart: "trend", bucket: "week" }), tile({ chart: "table", split: "channel" })]);

    const [number, trend, table] = (await measure(made)).map(measured);

    const screen = needFactsReply.parse((await organisation.viewer.ask("GET", "/api/need-facts?from=2026-06-01&to=2026-06-30")).body).measures.find((one) => one.measure === "repeated_contacts");
    expect(number?.summary).toMatchObject({ unit: "percent_over", count: 70, evidence: "limited", change: { previousCount: 50, isSignificant: true } });
    expect([number?.summary?.score, number?.summary?.low, number?.summary?.high, number?.summary?.change?.difference, number?.summary?.change?.p].map((one) => one?.toFixed(6)))
      .toEqual([screen?.over?.share, screen?.over?.low, screen?.over?.high, screen?.change?.difference].map((one) => (100 * (one ?? 0)).toFixed(6)).concat((screen?.change?.p ?? 0).toFixed(6)));
    expect(number?.definition).toMatchObject({ title: "Had to come back on the same matter", source: expect.stringContaining("Support call") });
    expect(trend?.trend?.points.map(({ count, score }) => [count, score === null ? null : Math.round(score)])).toEqual([[40, 20], [30, 80], [0, null], [0, null], [0, null]]);
    expect(trend?.fact).toMatchObject({ measure: "repeated_contacts", limit: 0, ripeUntil: "2026-06-22T12:00:00.001Z" });
    expect(table?.breakdown?.groups.map(({ value, count, score, versusRest }) => [value, count, Math.round(score ?? 0), Math.round(versusRest?.difference ?? 0), versusRest?.isDifferent])).toEqual([["web", 40, 20, -60, true], ["shop", 30, 80, 60, true]]);
    expect(templatesReply.parse((await organisation.viewer.ask("GET", "/api/dashboard-templates")).body).metrics).toContainEqual({ key: "fact_repeated_contacts", name: null });
  });

  test("is narrowed by its own filters and those above the board, and says what cannot narrow facts", async () => {
    await calls("web", "2026-06-02", 40, 8);
    await calls("shop", "2026-06-09", 30, 24);
    const made = await makeBoard([tile({ filters: { channel: ["shop"] } }), tile()]);

    expect((await measure(made)).map((one) => measured(one).summary?.count)).toEqual([30, 70]);
    expect((await measure(made, { filters: { channel: ["web"] } })).map((one) => (one.state === "measured" ? one.summary?.count : one.state === "excluded" ? one.reason : one.code))).toEqual(["filters_disagree", 40]);
    expect(await measure(made, { filters: { survey: [newId()] } })).toMatchObject([{ state: "failed", code: "filter_not_for_metric" }, { state: "failed", code: "filter_not_for_metric" }]);
    const [unmeasured] = await measure(await makeBoard([tile({ metric: "fact_promise_late" })]));
    expect(unmeasured).toMatchObject({ state: "excluded", reason: "nothing_to_measure" });
    expect(await measure(await makeBoard([tile({ chart: "bars", split: "weekday" })]))).toMatchObject([{ state: "failed", code: "split_not_for_metric" }]);
  });

  test("stands with all changes of its board under one control of chance, as metrics do, inside and outside", async () => {
    await calls("web", "2026-06-02", 40, 30);
    await calls("web", "2026-05-12", 50, 5);
    await calls("kiosk", "2026-06-02", 40, 12);
    await calls("kiosk", "2026-05-12", 50, 5);
    const scores = ["2026-05-12", "2026-06-02"].flatMap((day) => [9, 9, 10, 10, 7, 8, 3, 5, 9, 6, 10, 2].map((value, who) => makePerception({ kind: "nps", value, subject: `user:${day} ${who}`, at: `${day}T12:00:00.000Z` })));
    await insertPerceptions(firsthand.services.db, organisation.workspaceId, scores);
    await firsthand.settle();
    const kiosk = () => tile({ filters: { channel: ["kiosk"] } });
    const many = await makeBoard([kiosk(), tile({ filters: { channel: ["web"] } }), ...Array.from({ length: 4 }, () => tile({ metric: "nps" }))]);
    const changesOf = (tiles: readonly TileNumbers[]) => tiles.map((one) => measured(one).summary?.change).map((change) => [change?.isSignificant, (change?.p ?? 1) < 0.05]);

    const alone = await measure(await makeBoard([kiosk()]));
    const together = await measure(many);

    expect(changesOf(alone)).toEqual([[true, true]]);
    expect(changesOf(together)).toEqual([[false, true], [true, true], ...Array.from({ length: 4 }, () => [false, false])]);
    expect(measured(together[0]).definition.comparison).toContain("at most one in twenty is chance");
    expect(changesOf(await (await share(many))())).toEqual(changesOf(together));
    expect(writeReport(many.tiles, boardNumbers.parse((await organisation.viewer.ask("POST", `/api/dashboards/${many.id}/data`, june)).body)).match(/which may be chance/gu)).toHaveLength(5);
  });

  test("shows its groups over time, with the few that are too few for a share", async () => {
    await calls("web", "2026-06-02", 40, 8);
    await calls("web", "2026-06-09", 20, 15);
    await calls("shop", "2026-06-09", 30, 24);
    await calls("kiosk", "2026-06-02", 6, 3);
    await calls("kiosk", "2026-06-09", 3, 3);
    const cameBack = { kind: "interactions", name: "Support call", operator: "at_least", count: 2, days: null };
    const { id: segmentId } = segment.parse((await organisation.manager.ask("POST", "/api/segments", { kind: "live", name: "Came back", rule: { match: "all", conditions: [cameBack] } })).body);
    const made = await makeBoard([tile({ chart: "heat", split: "channel", bucket: "week" }), tile({ chart: "heat", split: "segment", bucket: "week" }), tile({ chart: "heat", split: "weekday" })]);

    const [heat, people, wrong] = await measure(made);

    const rowsOf = (one: TileNumbers | undefined) => measured(one).heat?.map(({ value, points }) => [value, ...points.slice(0, 2).map(({ count, score }) => [count, score === null ? null : Math.round(score)])]);
    expect(rowsOf(heat)).toEqual([["web", [40, 20], [20, 75]], ["shop", [0, null], [30, 80]], ["kiosk", [6, 50], [3, null]]]);
    expect(measured(heat).heat?.every(({ points }) => points.length === 5)).toBe(true);
    expect(measured(heat).breakdown?.total).toMatchObject({ count: 99 });
    expect(measured(heat).fact).toMatchObject({ ripeUntil: "2026-06-22T12:00:00.001Z" });
    expect(rowsOf(people)).toEqual([[segmentId, [11, 100], [42, 100]]]);
    expect(wrong).toMatchObject({ state: "failed", code: "split_not_for_metric" });
  });

  test("shows how the values of its cases spread, and of fewer than five nothing", async () => {
    await calls("web", "2026-06-02", 40, 8);
    await calls("kiosk", "2026-06-02", 4, 4);
    const [all, few] = (await measure(await makeBoard([tile({ chart: "distribution" }), tile({ chart: "distribution", filters: { channel: ["kiosk"] } })]))).map(measured);
    expect(all?.spread).toEqual([{ from: 0, to: 1, count: 32, over: 0 }, { from: 1, to: 2, count: 12, over: 12 }, { from: 2, to: null, count: 0, over: 0 }]);
    expect(all?.summary).toMatchObject({ count: 44, change: null });
    expect(few).toMatchObject({ spread: [], summary: { count: 4, score: null } });
  });

  test("lists the cases over the limit with who they are of, for whoever may see customers, and for nobody outside", async () => {
    await calls("web", "2026-06-02", 40, 2);
    const made = await makeBoard([tile({ chart: "answers" })]);
    const [list] = (await measure(made)).map(measured);
    expect(list?.cases).toMatchObject([{ at: "2026-06-02T12:00:00.000Z", value: 1 }, { at: "2026-06-02T12:00:00.000Z", value: 1 }]);
    expect(list?.cases?.map(({ customer }) => customer.name).toSorted()).toEqual(["web 2026-06-02 0", "web 2026-06-02 1"]);

    const key = { authorization: `Bearer ${await firsthand.makeApiKey(organisation, ["dashboards.read", "metrics.read", "need-facts.read"])}` };
    expect(boardNumbers.parse((await firsthand.nobody.ask("POST", `/api/dashboards/${made.id}/data`, june, key)).body).tiles).toMatchObject([{ state: "excluded", reason: "personal" }]);
    expect(await (await share(made, { showsComments: true }))()).toMatchObject([{ state: "excluded", reason: "personal" }]);
  });

  test("is not drawn as stacked bars, since cases fall into no bands", async () => {
    expect((await organisation.manager.ask("POST", "/api/dashboards", { name: "Board", tiles: [tile({ chart: "stacked", split: "channel" })] })).status).toBe(400);
    expect((await organisation.manager.ask("POST", "/api/dashboards", { name: "Board", tiles: [tile({ metric: "fact_nothing" })] })).status).toBe(400);
  });

  test("needs the right to see what happened, beside the one to see metrics", async () => {
    await calls("web", "2026-06-02", 40, 8);
    const { id } = await makeBoard([tile(), tile({ metric: "nps" })]);
    const ask = async (abilities: string[]) => boardNumbers.parse((await firsthand.nobody.ask("POST", `/api/dashboards/${id}/data`, june, { authorization: `Bearer ${await firsthand.makeApiKey(organisation, abilities)}` })).body).tiles.map((one) => (one.state === "failed" ? one.code : one.state)).toSorted();
    expect(await ask(["dashboards.read", "metrics.read"])).toEqual(["measured", "not_allowed"]);
    expect(await ask(["dashboards.read", "metrics.read", "need-facts.read"])).toEqual(["measured", "measured"]);
  });
});

describe("outside", () => {
  test("a link tells nothing of few people, however many cases they have", async () => {
    await calls("web", "2026-06-02", 40, 8);
    await calls("kiosk", "2026-06-10", 4, 4, ["bill", "login", "parcel"]);
    const made = await makeBoard([tile({ chart: "trend", bucket: "week" }), tile({ chart: "bars", split: "channel" }), tile({ filters: { channel: ["kiosk"] } })]);
    const [trend, bars, few] = (await (await share(made))()).map(measured);
    // Whoever knew the one week and the whole would know the other.
    expect(trend?.trend?.points.map(({ score }) => score)).toEqual([null, null, null, null, null]);
    expect(bars?.breakdown?.groups.map(({ value }) => value)).not.toContain("kiosk");
    expect(few?.summary).toMatchObject({ score: null, low: null, high: null, change: null });
  });

  test("a link lets visitors narrow it", async () => {
    await calls("web", "2026-06-02", 40, 8);
    const ask = await share(await makeBoard([tile()]), { filters: { channel: ["web"] } });
    expect(measured((await ask())[0]).summary).toMatchObject({ count: 40, score: 20 });
  });

  test("a mail tells cases with their interval, in words and as a table", async () => {
    await calls("web", "2026-06-02", 40, 8);
    await calls("web", "2026-05-12", 50, 5);
    const made = await makeBoard([tile({ target: 10 })]);
    const numbers = boardNumbers.parse((await organisation.viewer.ask("POST", `/api/dashboards/${made.id}/data`, june)).body);
    expect(writeReport(made.tiles, numbers)).toBe("Had to come back on the same matter\n  20% (95%: 10% to 35%), 40 cases\n  +10.0 against the period before, which may be chance\n  Target: 10%");
    expect(listReportRows(made.tiles, numbers)).toMatchObject([{ tile: "Had to come back on the same matter", metric: "fact_repeated_contacts", score: "20", answers: "40" }]);
  });
});
