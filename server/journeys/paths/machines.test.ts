// A machine with tens of thousands of interactions, and an identifier with thousands of people behind it: nothing hangs, nobody else is crowded out, and it is said.
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeMessages } from "../../customers/customers.make.ts";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { effectsReply } from "../effects/effects.contract.ts";
import { gapsReply } from "../gaps/gaps.contract.ts";
import { makeStage, makeStep } from "../maps/document.make.ts";
import { overlayReply } from "../overlays/overlays.contract.ts";
import { graphReply, travellersReply } from "./paths.contract.ts";

const PEOPLE = 60;
const MACHINE_STEPS = 30_000;
const MACHINE_SCORES = 3_000;
const KIOSK_STEPS = 3_000;
const startMs = Date.parse("2026-01-10T08:00:00Z");
const at = (minutes: number): string => new Date(startMs + minutes * 60_000).toISOString();

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-03-01T00:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
  const { workspaceId } = organisation;
  const { db } = firsthand.services;
  const step = (user: string, touchpoint: string, minutes: number) => makeInteraction(workspaceId, { subject: `user:${user}`, userId: user, name: touchpoint, touchpoint, at: at(minutes) });
  // More people signed in at the kiosk than any device of one customer has.
  await insertInteractions(db, workspaceId, makeMessages(workspaceId, Array.from({ length: 130 }, (_, who) => ({ at: who, type: "identify" as const, anonymousId: "kiosk", userId: `guest${who}` }))));
  await firsthand.settle();
  const met = [
    ...Array.from({ length: PEOPLE }, (_, who) => [step(`c${who}`, "Order", who), step(`c${who}`, "Delivery", who + 1_440)]).flat(),
    ...Array.from({ length: MACHINE_STEPS }, (_, place) => step("machine", place % 2 === 0 ? "Order" : "Delivery", place)),
    ...Array.from({ length: KIOSK_STEPS }, (_, place) => makeInteraction(workspaceId, { subject: "anonymous:kiosk", anonymousId: "kiosk", name: "Order", touchpoint: "Order", at: at(place) })),
  ];
  for (let start = 0; start < met.length; start += 5_000) await insertInteractions(db, workspaceId, met.slice(start, start + 5_000));
  const score = (user: string, channel: string, value: number, minutes: number) => makePerception({ subject: `user:${user}`, touchpoint: "Delivery", channel, kind: "csat", value, scaleMin: 1, scaleMax: 5, at: at(minutes) });
  await insertPerceptions(db, workspaceId, [
    ...Array.from({ length: PEOPLE }, (_, who) => score(`c${who}`, who % 2 === 0 ? "email" : "app", 4 + (who % 4 < 2 ? 0 : 1), who + 1_500)),
    ...Array.from({ length: MACHINE_SCORES }, (_, place) => score("machine", "email", 1, place)),
  ]);
  await firsthand.settle();
}, 90_000);
afterAll(() => firsthand.stop());

const period = "from=2026-01-01&to=2026-03-01";
const ask = async (url: string): Promise<unknown> => {
  const reply = await organisation.viewer.ask("GET", url);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};

test("what many people do under one identifier is on no path, and how much it is is said", async () => {
  const { totals } = graphReply.parse(await ask(`/api/paths/graph?${period}`));
  expect(totals).toMatchObject({ steps: 2 * PEOPLE + MACHINE_STEPS, paths: PEOPLE + 1, customers: PEOPLE + 1, ofNobody: KIOSK_STEPS });
});

test.each([
  ["cut=session", 2 * PEOPLE + 1, 2 * PEOPLE + MACHINE_STEPS],
  ["cut=touchpoint&start=Delivery", PEOPLE + MACHINE_STEPS / 2, PEOPLE + MACHINE_STEPS - 1],
  ["cut=touchpoint&start=Order&end=Delivery", PEOPLE + MACHINE_STEPS / 2, 2 * PEOPLE + MACHINE_STEPS],
  ["followsFirst=Delivery&followsThen=Order&followsHow=later", 1, MACHINE_STEPS],
  ["followsFirst=Order&followsThen=Delivery&followsHow=later&followsWithinS=3600", 1, MACHINE_STEPS],
])("paths of a machine are cut and chosen as everybody's, and nobody's begin in those of another: %s", async (narrowed, paths, steps) => {
  const { totals } = graphReply.parse(await ask(`/api/paths/graph?measures=counts&${narrowed}&${period}`));
  expect(totals).toMatchObject({ paths, steps });
});

test("travellers are everybody, each as far as can be shown", async () => {
  const { travellers } = travellersReply.parse(await ask(`/api/paths/travellers?${period}`));
  expect(travellers.map(({ steps }) => steps.length).toSorted((one, other) => one - other)).toEqual([...Array.from({ length: PEOPLE }, () => 2), 100]);
});

test.each([
  ["customer", { paths: PEOPLE + 1, customers: PEOPLE + 1, longPaths: 1, pathsLeftOut: 0, sampledShare: 1 }],
  ["session&gapMinutes=0.5", { paths: 2 * PEOPLE + 1_000, customers: PEOPLE + 1, longPaths: 0, pathsLeftOut: MACHINE_STEPS - 1_000, sampledShare: 1 }],
])("what a path costs is compared of everybody, by %s", async (cut, expected) => {
  const found = effectsReply.parse(await ask(`/api/paths/effects?${period}&outcome=feeling&cut=${cut}`));
  expect(found).toMatchObject({ ...expected, isComplete: true });
  if (cut === "customer") expect(found.marksLeftOut).toBe(MACHINE_SCORES - 1_000);
});

test("no gap is told of what one machine says thousands of times: it is one voice", async () => {
  const { scores, customers, leftOut, items, isConsistent } = gapsReply.parse(await ask(`/api/gaps?${period}`));
  expect({ scores, customers, leftOut }).toEqual({ scores: PEOPLE + MACHINE_SCORES, customers: PEOPLE + 1, leftOut: { touchpoints: 0, comments: 0, scores: 0, places: 0, aside: 0 } });
  expect([items.filter(({ kind }) => kind === "channel"), isConsistent.differing]).toEqual([[], 0]);
});

test("waits on a map are of customers, each once, however often the machine went", async () => {
  const steps = [makeStep("order", "stage1", { name: "Order", matches: [{ touchpoint: "Order", channel: null }], nextWithinHours: 48 }), makeStep("gets", "stage1", { name: "Delivery", matches: [{ touchpoint: "Delivery", channel: null }] })];
  const made = await organisation.owner.ask("POST", "/api/maps", { name: "Buying", viewpoint: { kind: "everyone" }, from: { kind: "document", document: { stages: [makeStage("stage1")], steps, lanes: [], cards: [], measured: [] } } });
  const overlay = overlayReply.parse(await ask(`/api/maps/${String(Object(made.body).id)}/overlay?${period}`));
  expect(overlay.sampledShare).toBe(1);
  expect(overlay.steps[0]?.next).toMatchObject({ customers: PEOPLE + 1, medianSeconds: 86_400 });
});
