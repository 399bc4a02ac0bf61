import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import { makeStep } from "../maps/document.make.ts";
import { countMeetings } from "./meetings.queries.ts";
import { countScores, listWords } from "./overlays.queries.ts";
import type { BoundStep } from "./spots.rules.ts";

let firsthand: Installation;
beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

test("a touchpoint is two places on a map that names one of its channels, however many channels data brings", async () => {
  const { workspaceId } = await firsthand.makeOrganisation();
  const { db, analytics } = firsthand.services;
  const at = "2026-06-01T12:00:00.000Z";
  const channels = Array.from({ length: 60 }, (_, number) => `channel ${number}`);
  await insertInteractions(db, workspaceId, channels.map((channel) => makeInteraction(workspaceId, { subject: "user:a", userId: "a", touchpoint: "Shop", channel, at })));
  const said = { subject: "user:a", touchpoint: "Shop", at } as const;
  await insertPerceptions(db, workspaceId, channels.flatMap((channel) => [
    makePerception({ ...said, channel, kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "Short" }), makePerception({ ...said, channel, kind: "csat", value: 5, scaleMin: 1, scaleMax: 5 }),
  ]));
  await firsthand.settle();
  const selection = { workspaceId, fromMs: Date.parse(at) - 1, toMs: Date.parse(at) + 1, channels: null, customers: null, segments: null };
  const matches = [[{ touchpoint: "Shop", channel: null }], [{ touchpoint: "Shop", channel: "channel 7" }]];
  const bound = matches.map((own, place): BoundStep => ({ step: makeStep(`step${place}`, "stage1"), matches: own, failures: [], next: null }));

  const [{ spots }, scores, words] = [await countMeetings(analytics, selection, { bound, forks: [] }), await countScores(analytics, selection, bound), await listWords(analytics, selection, bound, 6)];

  expect([...spots, ...scores].map(({ channel, interactions, scores }) => [channel, interactions, scores.count]).toSorted()).toEqual([["channel 7", 0, 1], ["channel 7", 1, 0], [null, 0, 59], [null, 59, 0]].toSorted());
  expect(words.map(({ channel }) => channel).toSorted()).toEqual(["channel 7", null, null, null, null, null, null].toSorted());
});

test("customers are the same, counted at once or a few numbers at a time", async () => {
  const { workspaceId } = await firsthand.makeOrganisation();
  const { db, analytics } = firsthand.services;
  const at = "2026-06-01T12:00:00.000Z";
  const make = (touchpoint: string, channel: string | null, userId: string | null): ReturnType<typeof makeInteraction> =>
    makeInteraction(workspaceId, { subject: userId === null ? "anonymous:x" : `user:${userId}`, ...(userId === null ? { anonymousId: "x" } : { userId }), touchpoint, channel, at });
  const users = Array.from({ length: 9 }, (_, number) => `user ${number}`);
  await insertInteractions(db, workspaceId, users.flatMap((userId, number) => [make("Shop", number % 2 === 0 ? "web" : "app", userId), ...(number < 4 ? [make("Delivery", null, userId)] : []), ...(number % 3 === 0 ? [make("Error", "web", userId)] : [])]));
  await firsthand.settle();
  const selection = { workspaceId, fromMs: Date.parse(at) - 1, toMs: Date.parse(at) + 1, channels: null, customers: null, segments: null };
  const stepOf = (id: string, matches: BoundStep["matches"], failures: BoundStep["failures"] = []): BoundStep => ({ step: makeStep(id, "stage1"), matches, failures, next: null });
  const bound = [
    stepOf("all", [{ touchpoint: "Shop", channel: null }], [{ touchpoint: "Error", channel: null }]), stepOf("web", [{ touchpoint: "Shop", channel: "web" }], [{ touchpoint: "Error", channel: "app" }]),
    stepOf("got", [{ touchpoint: "Delivery", channel: null }]), stepOf("unbound", []), stepOf("nobody", [{ touchpoint: "Nowhere", channel: null }]),
  ];
  const forks = [{ id: "fork", ways: [[1], [2]] }];
  const count = async (bitsMax?: number): Promise<{ customers: unknown; interactions: number; ofKnown: number }> => {
    const { spots, customers } = await countMeetings(analytics, selection, { bound, forks }, bitsMax);
    return { customers, interactions: spots.reduce((sum, spot) => sum + spot.interactions, 0), ofKnown: spots.reduce((sum, spot) => sum + spot.ofKnown, 0) };
  };

  const [whole, byOnes, byThrees] = [await count(), await count(1), await count(18)];

  expect(whole).toEqual({ customers: { everybody: 9, steps: [9, 5, 4, 0, 0], failed: [3, 0, null, null, null], ways: [[7, 5, 4]] }, interactions: 16, ofKnown: 16 });
  expect([byOnes, byThrees]).toEqual([whole, whole]);
});
