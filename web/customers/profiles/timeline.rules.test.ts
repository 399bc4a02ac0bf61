import { expect, it } from "vitest";
import type { TimelineItem } from "@firsthand/server/customers/profiles/profiles.contract";
import { groupDays, groupMoments } from "./timeline.rules.ts";

const makeItem = (given: Partial<TimelineItem>): TimelineItem => ({
  record: "interaction", id: "1", at: "2026-01-01T10:00:00.000Z", type: "track", name: "Bought", touchpoint: null, channel: null, stage: null, source: "segment",
  subject: null, direction: "customer", memberId: null, interactionId: null, value: null, scaleMin: null, scaleMax: null, normalised: null, choice: null,
  text: null, isInferred: false, properties: null, ...given,
});

it("feelings stand under the interaction they came with, the others alone", () => {
  const items = [
    makeItem({ id: "a", record: "perception", interactionId: "x" }), makeItem({ id: "x" }), makeItem({ id: "b", record: "perception", interactionId: "far away" }), makeItem({ id: "c", record: "perception" }),
  ];
  expect(groupMoments(items).map((moment) => [moment.item.id, moment.feelings.map((feeling) => feeling.id)])).toEqual([["x", ["a"]], ["b", []], ["c", []]]);
});

it("days keep the order of the timeline", () => {
  const moments = groupMoments([makeItem({ id: "1", at: "2026-01-02T10:00:00.000Z" }), makeItem({ id: "2", at: "2026-01-01T10:00:00.000Z" })]);
  expect(groupDays(moments, (at) => at.slice(0, 10)).map(({ day, moments: own }) => [day, own.length])).toEqual([["2026-01-02", 1], ["2026-01-01", 1]]);
});
