import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertPerceptions } from "#customers";
import type { NewPerception } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { changesReply } from "../changes/changes.contract.ts";
import { summaryReply as commentsReply } from "../comments/comments.contract.ts";
import { summaryReply } from "../metrics/metrics.contract.ts";
import { shortenReply } from "../assistants/short-replies.rules.ts";
import { explanation } from "./explanations.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-05-01T00:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const dayMs = 86_400_000;
/** Spread over the twenty days that begin with `at`. */
const add = async (counts: Record<number, number>, { at, ...given }: Partial<NewPerception> & { at: string }): Promise<void> => {
  const rows = Object.entries(counts).flatMap(([value, count]) => Array.from({ length: count }, (_, place) => makePerception({ kind: "nps", ...given, value: Number(value), at: new Date(Date.parse(at) + (place % 20) * dayMs).toISOString() })));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
};
const explain = async (query: string) => {
  const reply = await organisation.viewer.ask("GET", `/api/explanations?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return explanation.parse(reply.body);
};
const [march, april] = ["2026-03-05T12:00:00Z", "2026-04-05T12:00:00Z"];
const inApril = "from=2026-04-01&to=2026-05-01";

test("the group that fell stands first, with what it brought, and the rest adds up", async () => {
  await add({ 10: 70, 3: 30 }, { channel: "web", touchpoint: "Checkout", at: march });
  await add({ 10: 70, 3: 30 }, { channel: "phone", touchpoint: "Support call", at: march });
  await add({ 10: 70, 3: 30 }, { channel: "web", touchpoint: "Checkout", at: april });
  await add({ 10: 30, 3: 69 }, { channel: "phone", touchpoint: "Support call", at: april });
  // One call nobody knows the touchpoint of: else both splits would part the answers alike.
  await add({ 3: 1 }, { channel: "phone", touchpoint: null, at: april });
  await organisation.manager.ask("POST", "/api/annotations", { day: "2026-04-02", title: "New phone menu" });

  const told = await explain(inApril);

  expect(told).toMatchObject({ metric: "nps", score: 0, previousCount: 200, change: { difference: -40, isSignificant: true } });
  const channels = told.splits.find(({ by }) => by === "channel");
  expect(channels?.contributions[0]).toMatchObject({ value: "phone", previousScore: 40, score: -40, isSignificant: true });
  expect(channels?.contributions[0]?.within).toBeCloseTo(-40);
  expect(channels?.contributions[1]).toMatchObject({ value: "web", isSignificant: false });
  expect((channels?.within ?? 0) + (channels?.mix ?? 0)).toBeCloseTo(-40);
  expect(told.notes?.map(({ title }) => title)).toEqual(["New phone menu"]);
});

test("more answers from unhappy places are told apart from anybody having changed", async () => {
  await add({ 10: 30, 3: 70 }, { channel: "phone", at: march });
  await add({ 10: 270, 3: 30 }, { channel: "shop", at: march });
  await add({ 10: 90, 3: 210 }, { channel: "phone", at: april });
  await add({ 10: 90, 3: 10 }, { channel: "shop", at: april });

  const [channels] = (await explain(inApril)).splits;

  expect(channels).toMatchObject({ by: "channel" });
  expect(channels?.within).toBeCloseTo(0);
  expect(channels?.mix).toBeCloseTo(-60);
});

test("splits that part the answers alike are told once", async () => {
  for (const at of [march, april]) await add({ 10: 60, 3: 40 }, { channel: "web", touchpoint: "Checkout", at });
  await add({ 10: 60, 3: 40 }, { channel: "phone", touchpoint: "Support call", at: march });
  await add({ 10: 20, 3: 80 }, { channel: "phone", touchpoint: "Support call", at: april });

  expect((await explain(inApril)).splits.map(({ by, contributions }) => [by, contributions[0]?.value])).toEqual([["touchpoint", "Support call"]]);
});

test("of a split that names few answers nothing is told, and one that names the fallen comes before one that does not", async () => {
  for (const at of [march, april]) {
    await add({ 10: 6, 3: 4 }, { channel: "web", touchpoint: "Checkout", stage: "Buy", at });
    await add({ 10: 30, 3: 20 }, { channel: "web", touchpoint: null, stage: "Buy", at });
  }
  await add({ 10: 30, 3: 20 }, { channel: "phone", touchpoint: null, stage: null, at: march });
  await add({ 3: 50 }, { channel: "phone", touchpoint: null, stage: null, at: april });

  expect((await explain(inApril)).splits.map(({ by, contributions }) => [by, contributions[0]?.value])).toEqual([["channel", "phone"]]);
});

test("without answers in one of the periods there is nothing to explain, and that is no error", async () => {
  await add({ 10: 20 }, { channel: "web", at: april });
  expect(await explain(inApril)).toMatchObject({ change: null, splits: [], previousCount: 0, count: 20 });
});

test("a split with one group explains nothing and is left out", async () => {
  await add({ 10: 40 }, { channel: "web", at: march });
  await add({ 3: 40 }, { channel: "web", at: april });
  expect((await explain(inApril)).splits).toEqual([]);
});

test("notes are those of the days of both periods by the workspace's clock, the first and the last among them", async () => {
  await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "Europe/Berlin" });
  for (const day of ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01"]) await organisation.manager.ask("POST", "/api/annotations", { day, title: day });

  // Berlin's April begins at 22:00 UTC on the day before.
  expect((await explain(inApril)).notes?.map(({ day }) => day)).toEqual(["2026-04-30", "2026-04-01", "2026-03-31", "2026-03-01"]);
  // Without an end the period ends now: two in the morning of the first of May.
  expect((await explain("from=2026-04-01")).notes?.[0]).toMatchObject({ day: "2026-05-01" });
});

test("a group near the end of its scale is tested by its answers, not by an interval that is cut off there", async () => {
  for (const [at, detractors] of [[march, 1], [april, 5]] as const) {
    await add({ 10: 29 - detractors, 3: detractors }, { channel: "phone", at });
    await add({ 10: 60, 3: 40 }, { channel: "web", at });
  }

  const [channels] = (await explain(inApril)).splits;
  const phone = channels?.contributions.find(({ value }) => value === "phone");
  const now = await organisation.viewer.ask("GET", "/api/metrics/summary?from=2026-04-01&to=2026-05-01&channel=phone&metrics=nps");
  expect(phone?.p).toBeCloseTo(summaryReply.parse(now.body).metrics[0]?.change?.p ?? 0, 5);
});

test("the change is the one that Home tells, from the same test, whatever is asked beside it", async () => {
  // Every fourth day is a bad one, of which a test that takes answers as strangers' knows nothing.
  const each = (month: string, worse: number) => Array.from({ length: 28 }, (_, day) => [...Array.from({ length: day % 4 === 0 ? 2 : 8 }, () => 10), ...Array.from({ length: (day % 4 === 0 ? 8 : 2) + (day % 7 === 0 ? worse : 0) }, () => 2)]
    .map((value) => makePerception({ kind: "nps", value, channel: day % 2 === 0 ? "web" : "phone", at: `2026-${month}-${String(day + 1).padStart(2, "0")}T12:00:00Z` }))).flat();
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, [...each("03", 0), ...each("04", 12)]);
  await add({ 5: 30, 1: 10 }, { at: march, kind: "csat", scaleMin: 1, scaleMax: 5 });
  await add({ 5: 10, 1: 30 }, { at: april, kind: "csat", scaleMin: 1, scaleMax: 5 });

  const home = changesReply.parse((await organisation.viewer.ask("GET", `/api/changes?${inApril}&metrics=nps&metrics=csat&metrics=ces`)).body).changes;
  const tile = summaryReply.parse((await organisation.viewer.ask("GET", `/api/metrics/summary?${inApril}&metrics=nps`)).body).metrics[0]?.change;

  expect(home.map(({ metric }) => metric)).toEqual(["nps", "csat"]);
  for (const { metric, p } of home) expect((await explain(`${inApril}&metric=${metric}`)).change).toMatchObject({ p, isSignificant: p < 0.05 });
  expect((await explain(inApril)).change).toMatchObject({ difference: tile?.difference, previousScore: tile?.previousScore });
  expect(tile?.p).not.toBeCloseTo(home[0]?.p ?? 0, 4);
});

test("where alerts would not look, chance is not told either", async () => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, [march, april].flatMap((at) => Array.from({ length: 20 }, () => makePerception({ kind: "nps", value: at === march ? 10 : 1, at }))));
  await firsthand.settle();
  expect((await explain(inApril)).change).toMatchObject({ difference: -200, p: null, isSignificant: false });
});

const toolReply = z.object({ result: z.object({ content: z.array(z.object({ text: z.string() })) }) });
/** What an assistant is told, and what the route answers to the same key. */
const askAsKey = async (abilities: readonly string[], given: Record<string, string> = {}) => {
  const authorization = `Bearer ${await firsthand.makeApiKey(organisation, abilities)}`;
  const period = { from: "2026-04-01", to: "2026-05-01", ...given };
  const asked = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "explain_change", arguments: period } };
  const reply = await firsthand.nobody.ask("POST", "/api/mcp", asked, { authorization, accept: "application/json, text/event-stream" });
  const text = toolReply.parse(JSON.parse(/^data: (?<message>.+)$/mu.exec(reply.text)?.groups?.["message"] ?? reply.text)).result.content.map((part) => part.text).join("");
  const route = await firsthand.nobody.ask("GET", `/api/explanations?${new URLSearchParams(period)}`, undefined, { authorization });
  expect(JSON.parse(text)).toMatchObject(shortenReply(z.json().parse(route.body), {}, { timeZone: "UTC", baseUrl: "", start: 0, isWhole: false }));
  return { text, told: explanation.parse(route.body) };
};

test("notes and unmet needs are told only to whoever may read notes and comments, the needs as the comments' own screen tells them", async () => {
  await add({ 10: 60, 3: 40 }, { at: march, channel: "web" });
  await add({ 10: 40, 3: 60 }, { at: april, channel: "web" });
  const said = ["You promised to call me back and nobody ever called.", "Everything went well, thank you."];
  const comments = [march, april].flatMap((at) => Array.from({ length: 12 }, (_, place) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at, text: said[place < (at === march ? 3 : 8) ? 0 : 1] ?? "" })));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, comments);
  await vi.waitUntil(async () => (await firsthand.services.db.query("select from insights.readings where workspace_id = $1", [organisation.workspaceId])).rowCount === comments.length, { timeout: 30_000, interval: 50 });
  await firsthand.settle();
  await organisation.manager.ask("POST", "/api/annotations", { day: "2026-04-02", title: "New phone menu" });

  const figures = await askAsKey(["metrics.read"]);
  expect(figures.told).toMatchObject({ needs: null, comments: null, correctedBy: null, notes: null, leftOut: [{ part: "needs", ability: "comments.read" }, { part: "notes", ability: "annotations.read" }] });
  expect(figures.told.change?.difference).toBeCloseTo(-40);
  expect(figures.text).not.toMatch(/New phone menu|PROMISE/u);
  const noted = (await askAsKey(["metrics.read", "annotations.read"])).told;
  expect([noted.needs, noted.notes?.map(({ title }) => title), noted.leftOut.map(({ part }) => part)]).toEqual([null, ["New phone menu"], ["needs"]]);
  const whole = (await askAsKey(["metrics.read", "annotations.read", "comments.read"])).told;
  const screen = commentsReply.parse((await organisation.viewer.ask("GET", `/api/comments/summary?${inApril}`)).body);
  expect([whole.leftOut, whole.comments, whole.correctedBy]).toEqual([[], 12, screen.correctedBy]);
  expect(whole.needs?.map(({ need }) => need).toSorted()).toEqual(screen.needs.map(({ name }) => name).toSorted());
  for (const { need, share, corrected } of whole.needs ?? []) expect({ share, corrected }).toEqual((({ unmet }) => ({ share: unmet?.share, corrected: unmet?.corrected }))(screen.needs.find(({ name }) => name === need) ?? { unmet: undefined }));
  expect(whole.needs?.find(({ need }) => need === "PROMISE")?.corrected?.low).toBeTypeOf("number");
});

test("a reply is as short as it can be read, and as long as it is asked for", async () => {
  const named = (what: string, place: number, of: number): string => `${what} ${place % of}`;
  const rows = [march, april].flatMap((at, month) => Array.from({ length: 1_200 }, (_, place) => makePerception({
    kind: "nps", value: (place * 7 + month * (place % 13)) % 11, at: new Date(Date.parse(at) + (place % 20) * dayMs).toISOString(),
    touchpoint: named("Touchpoint", place, 13), channel: named("channel", place, 11), stage: named("Stage", place, 12), source: named("source", place, 16),
  })));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();

  const [short, long] = [await askAsKey(["metrics.read"]), await askAsKey(["metrics.read"], { top: "12" })];

  expect(short.told.splits.map(({ contributions }) => contributions.length)).toEqual([5, 5, 5, 5]);
  expect(short.text.length).toBeLessThan(8_000);
  expect(long.told.splits.map(({ contributions }) => contributions.length)).toEqual(expect.arrayContaining([11, 12]));
  expect(short.told.splits).toEqual(long.told.splits.map((split) => ({ ...split, contributions: split.contributions.slice(0, 5) })));
});

test("another workspace's answers play no part", async () => {
  await add({ 10: 40 }, { channel: "web", at: april });
  organisation = await firsthand.makeOrganisation();
  expect(await explain(inApril)).toMatchObject({ count: 0, splits: [] });
});
