// What is beyond a limit is said, and nobody takes the room of others: nothing is told as a whole that is a part.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertInteractions, insertPerceptions, type NewInteraction, type NewPerception } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { effectsReply, type EffectsReply } from "./effects.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-07-01T00:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const startMs = Date.parse("2026-05-01T08:00:00Z");
const at = (minutes: number): string => new Date(startMs + minutes * 60_000).toISOString();
const met = (who: string, touchpoint: string, minutes: number): NewInteraction =>
  makeInteraction(organisation.workspaceId, { subject: `user:${who}`, userId: who, name: touchpoint, touchpoint, channel: "web", at: at(minutes) });
const scored = (who: string, value: number, minutes: number): NewPerception => makePerception({ subject: `user:${who}`, kind: "csat", value, scaleMin: 1, scaleMax: 5, at: at(minutes) });
const people = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, place) => `${prefix}${place}`);

const PORTION = 5_000;
const add = async (facts: readonly NewInteraction[], feelings: readonly NewPerception[] = []): Promise<void> => {
  const { db } = firsthand.services;
  for (let start = 0; start < facts.length; start += PORTION) await insertInteractions(db, organisation.workspaceId, facts.slice(start, start + PORTION));
  for (let start = 0; start < feelings.length; start += PORTION) await insertPerceptions(db, organisation.workspaceId, feelings.slice(start, start + PORTION));
  await firsthand.settle();
};
const ask = async (query: string): Promise<EffectsReply> => {
  const reply = await organisation.viewer.ask("GET", `/api/paths/effects?from=2026-04-01&to=2026-07-01&${query}`);
  expect(reply.status, reply.text).toBe(200);
  return effectsReply.parse(reply.body);
};

test("names beyond the thousand that most paths meet count as others and are said to, and a goal is told however rare it is", async () => {
  const pages = Array.from({ length: 1_010 }, (_, place) => `Page ${place}`);
  // Every page is met by two, the goal by one customer alone.
  await add([...["one", "two"].flatMap((who) => pages.map((page, place) => met(who, page, place))), met("c0", "Zebra bought", 5_000), ...people("c", 40).flatMap((who) => [met(who, "Home", 0), met(who, "Look", 1)])]);

  const { namesLeftOut, items } = await ask("outcome=goal&goal=Zebra%20bought&passes=Page%201");
  expect([namesLeftOut, items.find(({ node, kind }) => kind === "touchpoint" && node === "Page 1")?.with]).toEqual([10, undefined]);
  const all = await ask("outcome=goal&goal=Zebra%20bought");
  expect(all.namesLeftOut).toBe(13);
  expect(all.items.find(({ node, kind }) => kind === "touchpoint" && node === "Home")).toMatchObject({ with: { count: 40, mean: 1 / 40 } });
}, 60_000);

test("scores of a machine with tens of thousands take none from others, and what was not looked at is said", async () => {
  const others = people("c", 40);
  await add(
    [met("machine", "Home", 0), met("machine", "Look", 1), ...others.flatMap((who) => [met(who, "Home", 0), met(who, "Look", 1)])],
    [...others.map((who) => scored(who, 4, 2)), ...Array.from({ length: 20_500 }, (_, place) => scored("machine", 1, 2 + place / 60))],
  );

  const { marksLeftOut, items, sampledShare } = await ask("outcome=feeling");
  // Twenty thousand are read of one customer, of which a thousand are looked at on one path.
  expect({ marksLeftOut, sampledShare }).toEqual({ marksLeftOut: 19_500, sampledShare: 1 });
  expect(items.find(({ node, kind }) => kind === "touchpoint" && node === "Look")?.with).toEqual({ count: 41, mean: expect.closeTo((40 * 0.5 - 1) / 41, 9) });
}, 60_000);

test("a score that several visits leave out is told once", async () => {
  // Two visits of an hour ago and now: what was said after the second lies within a week of both.
  await add(["Home", "Look"].flatMap((touchpoint, step) => [met("machine", touchpoint, step), met("machine", touchpoint, 120 + step)]), Array.from({ length: 1_500 }, (_, place) => scored("machine", 1, 200 + place / 60)));

  expect((await ask("outcome=feeling&cut=session&gapMinutes=30")).marksLeftOut).toBe(500);
}, 60_000);
