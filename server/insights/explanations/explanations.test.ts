import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertPerceptions } from "#customers";
import type { NewPerception } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { summaryReply } from "../metrics/metrics.contract.ts";
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

const add = async (counts: Record<number, number>, given: Partial<NewPerception>): Promise<void> => {
  const rows = Object.entries(counts).flatMap(([value, count]) => Array.from({ length: count }, () => makePerception({ kind: "nps", ...given, value: Number(value) })));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
};
const explain = async (query: string) => {
  const reply = await organisation.viewer.ask("GET", `/api/explanations?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return explanation.parse(reply.body);
};
const [march, april] = ["2026-03-20T12:00:00Z", "2026-04-20T12:00:00Z"];
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
  expect(told.notes.map(({ title }) => title)).toEqual(["New phone menu"]);
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
  expect((await explain(inApril)).notes.map(({ day }) => day)).toEqual(["2026-04-30", "2026-04-01", "2026-03-31", "2026-03-01"]);
  // Without an end the period ends now: two in the morning of the first of May.
  expect((await explain("from=2026-04-01")).notes[0]).toMatchObject({ day: "2026-05-01" });
});

test("a group near the end of its scale is tested by its answers, not by an interval that is cut off there", async () => {
  for (const [at, detractors] of [[march, 1], [april, 5]] as const) {
    await add({ 10: 29 - detractors, 3: detractors }, { channel: "phone", at });
    await add({ 10: 60, 3: 40 }, { channel: "web", at });
  }

  const [channels] = (await explain(inApril)).splits;
  const phone = channels?.contributions.find(({ value }) => value === "phone");
  const now = await organisation.viewer.ask("GET", "/api/metrics/summary?from=2026-04-01&to=2026-05-01&channel=phone&metrics=nps");
  expect(phone?.p).toBeCloseTo(summaryReply.parse(now.body).metrics[0]?.change?.p ?? 0, 10);
});

test("another workspace's answers play no part", async () => {
  await add({ 10: 40 }, { channel: "web", at: april });
  organisation = await firsthand.makeOrganisation();
  expect(await explain(inApril)).toMatchObject({ count: 0, splits: [] });
});
