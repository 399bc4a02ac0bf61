import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertPerceptions } from "#customers";
import type { NewPerception } from "#customers";
import { newId } from "#platform/db";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { answersReply, breakdownReply, latestReply, spanReply, summaryReply, trendReply } from "./metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let member: Client;

const now = new Date("2026-06-30T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  member = organisation.viewer;
});

const add = async (rows: readonly Partial<NewPerception>[]): Promise<void> => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.map((row) => makePerception(row)));
  await firsthand.settle();
};

/** So many answers of each value, a second apart. */
const answers = (counts: Record<number, number>, given: Partial<NewPerception> = {}): Partial<NewPerception>[] => {
  const startMs = Date.parse(given.at ?? "2026-06-10T12:00:00Z");
  const values = Object.entries(counts).flatMap(([value, count]) => Array.from({ length: count }, () => Number(value)));
  return values.map((value, index) => ({ ...given, value, at: new Date(startMs + index * 1000).toISOString() }));
};

const june = "from=2026-06-01&to=2026-07-01";

const ask = async (url: string): Promise<unknown> => {
  const reply = await member.ask("GET", url);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};
const summary = async (query = june) => {
  const { metrics, ...rest } = summaryReply.parse(await ask(`/api/metrics/summary?${query}`));
  const [nps, csat, ces] = metrics;
  if (nps === undefined || csat === undefined || ces === undefined) throw new Error("A summary has three metrics.");
  return { ...rest, nps, csat, ces };
};
const breakdown = async (query: string) => breakdownReply.parse(await ask(`/api/metrics/breakdown?${june}&${query}`));
const listed = async (query: string) => answersReply.parse(await ask(`/api/metrics/answers?${june}&${query}`));

describe("a summary", () => {
  test("of an empty workspace is empty, not an error", async () => {
    const { nps, csat, ces } = await summary();
    for (const metric of [nps, csat, ces]) expect(metric).toMatchObject({ count: 0, score: null, low: null, high: null, evidence: "none", change: null, weighted: null });
  });

  test("scores the promoter question with its adjusted interval, distribution and change", async () => {
    await add(answers({ 10: 260, 8: 140, 3: 100 }));
    await add(answers({ 10: 220, 8: 150, 3: 130 }, { at: "2026-05-10T12:00:00Z" }));

    const { nps, period, previous } = await summary();

    expect(period).toEqual({ from: "2026-06-01T00:00:00.000Z", to: "2026-07-01T00:00:00.000Z" });
    expect(previous.from).toBe("2026-05-01T00:00:00.000Z");
    expect(nps).toMatchObject({ count: 500, score: 32, evidence: "normal", unit: "points", otherScales: [], weighted: null });
    expect(nps.bands).toEqual([{ name: "promoters", count: 260, share: 0.52 }, { name: "passives", count: 140, share: 0.28 }, { name: "detractors", count: 100, share: 0.2 }]);
    expect(nps.distribution.map(({ count }) => count)).toEqual([0, 0, 0, 100, 0, 0, 0, 0, 140, 0, 260]);
    expect(nps.change).toMatchObject({ previousCount: 500, previousScore: 18, difference: 14, isSignificant: true });
    expect(nps.change?.z).toBeCloseTo(2.754, 3);
    expect(nps.change?.p).toBeCloseTo(0.0059, 4);
  });

  test("scores satisfaction and effort on the scale most answers use, and names the other scales", async () => {
    await add(answers({ 5: 42, 4: 32, 3: 10, 2: 9, 1: 14 }, { kind: "csat", scaleMin: 1, scaleMax: 5 }));
    await add(answers({ 7: 4, 6: 3, 5: 1, 3: 1, 1: 1 }, { kind: "ces", scaleMin: 1, scaleMax: 7 }));
    await add(answers({ 1: 3 }, { kind: "ces", scaleMin: 1, scaleMax: 5 }));

    const { csat, ces } = await summary();

    expect(csat.score).toBeCloseTo(69.16, 2);
    expect(csat.low).toBeCloseTo(59.87, 2);
    expect(csat.high).toBeCloseTo(77.12, 2);
    expect(ces).toMatchObject({ scale: { min: 1, max: 7 }, count: 10, score: 5.5, otherScales: [{ min: 1, max: 5, count: 3 }] });
    expect(ces.share).toMatchObject({ band: "easy", score: 80 });
  });

  test("leaves out dismissed questions, values off the scale, other people's workspaces and times outside the period", async () => {
    await add([{ value: 10 }, { value: null }, { value: null, kind: "comment", text: "irrelevant" }, { value: 11 }, { value: -1 }]);
    await add([{ value: 0, at: "2026-07-01T00:00:00.000Z" }, { value: 0, at: "2026-05-31T23:59:59.999Z" }]);
    const stranger = await firsthand.makeOrganisation();
    await insertPerceptions(firsthand.services.db, stranger.workspaceId, [makePerception({ value: 0 })]);
    await firsthand.settle();

    const { nps } = await summary();

    expect(nps).toMatchObject({ count: 1, score: 100, evidence: "anecdotal" });
  });

  test("takes answers without a scale as given on the usual one", async () => {
    await add([{ value: 10, scaleMin: null, scaleMax: null }, { kind: "csat", value: 5, scaleMin: null, scaleMax: null }, { kind: "csat", value: 8, scaleMin: null, scaleMax: null }]);
    const { nps, csat } = await summary();
    expect(nps.count).toBe(1);
    expect(csat).toMatchObject({ count: 1, scale: { min: 1, max: 5 } });
  });

  test("has a weighted figure beside the plain one when weights differ", async () => {
    await add([...answers({ 10: 2 }, { weight: 2 }), ...answers({ 8: 1 }), ...answers({ 3: 1 }, { weight: 3 })]);
    const { nps } = await summary();
    expect(nps.score).toBe(25);
    expect(nps.weighted).toMatchObject({ score: 12.5, isUnsteady: false, change: null });
    expect(nps.weighted?.effectiveCount).toBeCloseTo(64 / 18, 10);
    expect(nps.weighted?.designEffect).toBeCloseTo(1.125, 10);
  });

  test("follows its filters; the empty name finds what is not named", async () => {
    await add([{ value: 10, channel: "web", source: "survey" }, { value: 0, channel: "shop" }, { value: 7 }]);
    expect((await summary(`${june}&channel=web`)).nps).toMatchObject({ count: 1, score: 100 });
    expect((await summary(`${june}&channel=web&channel=shop`)).nps).toMatchObject({ count: 2, score: 0 });
    expect((await summary(`${june}&channel=`)).nps).toMatchObject({ count: 1, score: 0 });
    expect((await summary(`${june}&channel=web&source=manual`)).nps.count).toBe(0);
    expect((await summary(`${june}&channel=${encodeURIComponent("' or 1=1 --")}`)).nps.count).toBe(0);
  });

  test("compares with another period when asked", async () => {
    await add(answers({ 10: 5, 0: 5 }));
    await add(answers({ 10: 10 }, { at: "2025-06-10T12:00:00Z" }));
    const { nps, previous } = await summary(`${june}&compareFrom=2025-06-01&compareTo=2025-07-01`);
    expect(previous.from).toBe("2025-06-01T00:00:00.000Z");
    expect(nps.change).toMatchObject({ previousScore: 100, difference: -100 });
  });

  test("without a period is of the last 90 days", async () => {
    await add([{ value: 10, at: "2026-04-02T12:00:00Z" }, { value: 0, at: "2026-04-01T11:00:00Z" }]);
    expect((await summary("")).nps).toMatchObject({ count: 1, score: 100 });
  });

  test("on some weekdays is compared with the same weekdays before a clock change", async () => {
    await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "Europe/Oslo" });
    // Both Mondays in Oslo; by the clock of April the one in March would be a Tuesday.
    await add([...answers({ 10: 30 }, { at: "2026-04-06T12:00:00Z" }), ...answers({ 0: 30 }, { at: "2026-03-09T22:30:00Z" })]);
    expect((await summary("from=2026-04-01&to=2026-05-01&weekday=1")).nps).toMatchObject({ count: 30, change: { previousCount: 30 } });
  });
});

describe("a trend", () => {
  const trend = async (query: string) => trendReply.parse(await ask(`/api/metrics/trend?${query}`));

  test("has a point for every bucket, also the empty ones", async () => {
    await add([{ value: 10, at: "2026-06-01T00:00:00Z" }, { value: 0, at: "2026-06-03T23:59:59Z" }, { value: 9, at: "2026-06-03T12:00:00Z" }]);
    const { points, bucket } = await trend("from=2026-06-01&to=2026-06-05");
    expect(bucket).toBe("day");
    expect(points.map(({ from, count, score }) => [from.slice(0, 10), count, score])).toEqual([
      ["2026-06-01", 1, 100], ["2026-06-02", 0, null], ["2026-06-03", 2, 0], ["2026-06-04", 0, null],
    ]);
  });

  test("counts days by the workspace's clock, on both sides of a clock change", async () => {
    await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "Europe/Oslo" });
    await add([{ value: 10, at: "2026-03-28T23:30:00Z" }, { value: 10, at: "2026-03-29T21:30:00Z" }, { value: 10, at: "2026-03-29T22:30:00Z" }]);
    const { points, timeZone } = await trend("from=2026-03-28&to=2026-03-31");
    expect(timeZone).toBe("Europe/Oslo");
    expect(points.map(({ count }) => count)).toEqual([0, 2, 1]);
  });

  test.each([["week", 53], ["month", 12]])("by %s adds up to the summary", async (bucket, length) => {
    await add(["2025-08-03", "2025-12-31", "2026-01-01", "2026-06-10"].map((day) => ({ value: 10, at: `${day}T10:00:00Z` })));
    const { points } = await trend(`from=2025-07-01&to=2026-07-01&bucket=${bucket}`);
    expect(points).toHaveLength(length);
    expect(points.reduce((sum, point) => sum + point.count, 0)).toBe(4);
  });

  test("of effort never mixes scales", async () => {
    await add(answers({ 7: 3 }, { kind: "ces", scaleMin: 1, scaleMax: 7 }));
    await add(answers({ 1: 2 }, { kind: "ces", scaleMin: 1, scaleMax: 5 }));
    const sevens = await trend(`${june}&metric=ces&bucket=month`);
    expect(sevens).toMatchObject({ scale: { min: 1, max: 7 }, otherScales: [{ min: 1, max: 5, count: 2 }], points: [{ count: 3, score: 7 }] });
    expect(await trend(`${june}&metric=ces&bucket=month&scale=1-5`)).toMatchObject({ points: [{ count: 2, score: 1 }] });
  });
});

describe("a breakdown", () => {
  test("scores every group, tests it against the rest and marks small ones", async () => {
    await add(answers({ 10: 100, 8: 50, 3: 50 }, { channel: "shop" }));
    await add(answers({ 10: 40, 8: 60, 3: 100 }, { channel: "app" }));
    await add(answers({ 10: 1 }));
    const { groups, total, groupsLeftOut } = await breakdown("by=channel");
    expect(groups.map(({ value, label, count, score, evidence, versusRest }) => [value, label, count, score, evidence, versusRest?.isDifferent ?? null])).toEqual([
      ["app", "app", 200, -30, "normal", true],
      ["shop", "shop", 200, 25, "normal", true],
      [null, null, 1, 100, "anecdotal", null],
    ]);
    expect(total.count).toBe(401);
    expect(groupsLeftOut).toBe(0);
  });

  test("by touchpoint, stage, source and survey finds the groups", async () => {
    const surveyId = newId();
    await add([{ value: 10, touchpoint: "delivery", stage: "use", source: "survey", surveyId }]);
    expect((await breakdown("by=touchpoint")).groups).toMatchObject([{ value: "delivery" }]);
    expect((await breakdown("by=stage")).groups).toMatchObject([{ value: "use" }]);
    expect((await breakdown("by=source")).groups).toMatchObject([{ value: "survey" }]);
    expect((await breakdown("by=survey")).groups).toMatchObject([{ value: surveyId, label: surveyId }]);
    expect((await breakdown(`by=survey&survey=${surveyId}`)).groups).toHaveLength(1);
    expect((await breakdown("by=survey&survey=")).groups).toEqual([]);
  });

  test("of very many groups shows the hundred largest and counts the others", async () => {
    await add(Array.from({ length: 130 }, (_, index) => ({ value: 10, channel: `channel ${index}` })));
    await add([{ value: 0, channel: "channel 7" }]);
    const { groups, groupsLeftOut, total } = await breakdown("by=channel");
    expect(groups).toHaveLength(100);
    expect(groups[0]).toMatchObject({ value: "channel 7", count: 2 });
    expect(groupsLeftOut).toBe(30);
    expect(total.count).toBe(131);
  });
});

test("a breakdown of more groups than fit in memory still shows the hundred largest", async () => {
  const many = Array.from({ length: 20_050 }, (_, index) => ({ value: 10, channel: `order ${index}` }));
  for (let start = 0; start < many.length; start += 5_000) {
    await insertPerceptions(firsthand.services.db, organisation.workspaceId, many.slice(start, start + 5_000).map((row) => makePerception(row)));
  }
  await add(answers({ 10: 5, 0: 10 }, { channel: "shop" }));

  const { groups, groupsLeftOut, total } = await breakdown("by=channel");

  expect(groups).toHaveLength(100);
  expect(groups[0]).toMatchObject({ value: "shop", count: 15, versusRest: { isDifferent: true } });
  expect(groupsLeftOut).toBe(20_051 - 100);
  expect(total.count).toBe(20_065);
});

describe("the answers behind a number", () => {
  test("are those it counted, newest first, with comment, choice and person", async () => {
    const responseId = newId();
    await add([
      { subject: "user:7", value: 3, responseId, at: "2026-06-02T10:00:00.000Z", channel: "web" },
      { subject: "user:7", kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "Too slow", responseId, at: "2026-06-02T10:00:00.000Z" },
      { subject: "user:7", kind: "choice", value: null, scaleMin: null, scaleMax: null, choice: "Speed", responseId, at: "2026-06-02T10:00:00.000Z" },
      { value: 10, at: "2026-06-05T10:00:00.000Z" },
    ]);
    const { items, nextCursor } = await listed("metric=nps");
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([
      { value: 10, band: "promoters", comment: null, customer: null },
      { value: 3, band: "detractors", scale: { min: 0, max: 10 }, comment: "Too slow", choices: ["Speed"], channel: "web", responseId },
    ]);
  });

  test("say what was ticked in the words of the survey, and by its id where no words are known", async () => {
    const ticked = { responseId: newId(), kind: "choice", value: null, scaleMin: null, scaleMax: null } as const;
    await add([
      { value: 3, responseId: ticked.responseId },
      { ...ticked, choice: "opt_1", properties: { questionId: "q2", choiceLabel: "Delivery time" } },
      { ...ticked, choice: "opt_2", at: "2026-06-01T12:00:01.000Z" },
    ]);
    const { items } = await listed("metric=nps");
    expect(items[0]?.choices.toSorted()).toEqual(["Delivery time", "opt_2"]);
    expect(latestReply.parse(await ask(`/api/metrics/latest?${june}`)).items[0]?.choices.toSorted()).toEqual(["Delivery time", "opt_2"]);
  });

  test("of a band or a value are only those", async () => {
    await add(answers({ 10: 2, 9: 1, 7: 1, 6: 1, 0: 1 }));
    expect((await listed("band=detractors")).items.map(({ value }) => value).toSorted()).toEqual([0, 6]);
    expect((await listed("value=9")).items).toHaveLength(1);
    expect((await listed("band=easy")).items).toEqual([]);
  });

  test("come page by page, none twice and none missing, also at one time", async () => {
    await add(Array.from({ length: 25 }, (_, index) => ({ value: 10, at: index < 20 ? "2026-06-02T10:00:00.000Z" : `2026-06-03T10:00:0${index - 20}.000Z` })));
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof listed>> = await listed(`limit=7&cursor=${cursor}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  test("of a file's row carry the comment of the same row", async () => {
    const rows = [newId(), newId()];
    await add(rows.flatMap((interactionId, index) => [
      { value: index, interactionId, at: "2026-06-02T10:00:00.000Z" },
      { kind: "comment" as const, value: null, scaleMin: null, scaleMax: null, text: `comment ${index}`, interactionId, at: "2026-06-02T10:00:00.000Z" },
    ]));
    const { items } = await listed("metric=nps");
    expect(items.map(({ value, comment }) => [value, comment]).toSorted()).toEqual([[0, "comment 0"], [1, "comment 1"]]);
  });
});

describe("the latest answers", () => {
  test("are one per response, newest first, comments without a score too", async () => {
    const responseId = newId();
    await add([
      { value: 9, responseId, at: "2026-06-02T10:00:00.000Z" },
      { kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "Good", responseId, at: "2026-06-02T10:00:00.000Z" },
      { kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "By phone", at: "2026-06-03T10:00:00.000Z" },
    ]);
    const { items } = latestReply.parse(await ask(`/api/metrics/latest?${june}`));
    expect(items.map(({ kind, value, comment }) => [kind, value, comment])).toEqual([["comment", null, "By phone"], ["nps", 9, "Good"]]);
  });

  test("span from the first to the last answer", async () => {
    expect(spanReply.parse(await ask("/api/metrics/span"))).toEqual({ first: null, last: null, count: 0 });
    await add([{ at: "2017-05-01T10:00:00.000Z" }, { at: "2018-05-01T10:00:00.000Z" }]);
    expect(spanReply.parse(await ask("/api/metrics/span"))).toEqual({ first: "2017-05-01T10:00:00.000Z", last: "2018-05-01T10:00:00.000Z", count: 2 });
  });
});

describe("a wrong request", () => {
  test.each([
    ["summary?from=2026-06-02&to=2026-06-01", "period_empty"],
    ["summary?from=1800-01-01&to=2026-06-01", "period_too_long"],
    ["summary?from=yesterday", "invalid_input"],
    ["summary?survey=1", "invalid_input"],
    ["trend?from=2000-01-01&to=2026-01-01&bucket=day", "too_many_buckets"],
    ["trend?metric=nps&scale=1-5", "scale_not_scoreable"],
    ["trend?metric=ces&scale=3-3", "scale_not_scoreable"],
    ["breakdown?by=colour", "invalid_input"],
    ["answers?cursor=nonsense", "cursor_wrong"],
    [`answers?cursor=${Buffer.from("[\"2026-99-99T10:00:00Z\",\"x\"]").toString("base64url")}`, "cursor_wrong"],
    ["answers?limit=101", "invalid_input"],
    ["answers?value=many", "invalid_input"],
  ])("GET /api/metrics/%s is refused as %s", async (url, code) => {
    const { status, body } = await member.ask("GET", `/api/metrics/${url}`);
    expect(body).toMatchObject({ error: { code } });
    expect(status).toBe(400);
  });

  test.each(["summary", "trend", "breakdown?by=channel", "answers", "latest", "span"])("nobody sees %s without signing in", async (url) => {
    expect((await firsthand.nobody.ask("GET", `/api/metrics/${url}`)).status).toBe(401);
  });
});
