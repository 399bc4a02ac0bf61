import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import { makeStep } from "../maps/document.make.ts";
import { countSpots, listWords } from "./overlays.queries.ts";
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

  const [spots, words] = [await countSpots(analytics, selection, bound), await listWords(analytics, selection, bound, 6)];

  expect(spots.map(({ channel, interactions, scores }) => [channel, interactions, scores.count]).toSorted()).toEqual([["channel 7", 0, 1], ["channel 7", 1, 0], [null, 0, 59], [null, 59, 0]].toSorted());
  expect(words.map(({ channel }) => channel).toSorted()).toEqual(["channel 7", null, null, null, null, null, null].toSorted());
});
