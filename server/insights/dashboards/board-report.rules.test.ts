import { expect, test } from "vitest";
import { definitions } from "../../customers/scores/definitions.rules.ts";
import { listReportRows, writeReport } from "./board-report.rules.ts";
import type { BoardNumbers, Measured, Tile } from "./tiles.contract.ts";

const place = { x: 0, y: 0, w: 4, h: 3 };
const id = "01900000-0000-7000-8000-00000000beef";
const period = { from: "2026-06-01T00:00:00.000Z", to: "2026-06-08T00:00:00.000Z" };
const bars: Tile = { chart: "bars", id, title: "-Danger", metric: "nps", split: "channel", filters: {}, period: null, isWeighted: false, target: null, place };
const group = (value: string | null, count: number, score: number) => ({ value, label: value, count, score, low: score - 5, high: score + 5, evidence: "normal" as const, versusRest: null, weighted: null });
const breakdown: NonNullable<Measured["breakdown"]> = {
  metric: "nps", title: "NPS", unit: "points", by: "channel", period, scale: { min: 0, max: 10 }, otherScales: [], total: { count: 60, score: 0, low: -1, high: 1, evidence: "normal", weighted: null },
  groups: [group("=web", 50, -12.34), group(null, 9, 100)], groupsLeftOut: 0, hiddenGroups: 0, overlaps: false, asOf: "answer",
};
const numbers = (tile: BoardNumbers["tiles"][number]): BoardNumbers => ({ period: { from: "2026-06-01", to: "2026-06-08" }, timeZone: "UTC", tiles: [tile] });
const measured: Measured = {
  state: "measured", tileId: id, asked: { period, filters: {} }, isWeighted: false, previous: null, definition: definitions.nps, fact: null, summary: null, trend: null, breaks: null, breakdown, bands: null, heat: null, answers: null, spread: null, cases: null,
};

test("a report says every number with its interval and how many answered, and hides what rests on a few", () => {
  expect(writeReport([bars], numbers(measured))).toBe("-Danger\n  =web: −12 (95%: −17 to −7), 50 answers\n  Without a channel: too few to say (9 answers)");
});

test("a report says where a trend must not be compared with before", () => {
  const point = (day: string) => ({ from: `2026-06-${day}T00:00:00.000Z`, to: period.to, count: 50, score: 10, low: 5, high: 15, evidence: "normal" as const, weighted: null });
  const { groups: _groups, total: _total, by: _by, groupsLeftOut: _left, hiddenGroups: _hidden, overlaps: _overlaps, asOf: _asOf, ...same } = breakdown;
  const trend = { ...same, bucket: "day" as const, timeZone: "UTC", points: [point("01"), point("02")] };
  const broken = (kind: "wording" | "scale") => ({ at: "2026-06-02T00:00:00.000Z", kind, survey: null, before: "Would you?", after: "Could you?", chiSquare: null });
  const written = writeReport([bars], numbers({ ...measured, breakdown: null, trend, breaks: [broken("wording"), broken("scale"), broken("wording")] }));
  expect(written.split("\n")).toEqual(["-Danger", "  2026-06-01: +10 (95%: +5 to +15), 50 answers", "  2026-06-02: +10 (95%: +5 to +15), 50 answers; do not compare with before: the question was reworded, the scale changed"]);
});

test("a report says which scores are by weights", () => {
  const weighted = numbers({ ...measured, isWeighted: true });
  expect(writeReport([bars], weighted)).toContain("=web: −12 (95%: −17 to −7), weighted, 50 answers");
  expect([listReportRows([bars], weighted), listReportRows([bars], numbers(measured))].map(([row]) => row?.weighted)).toEqual(["yes", ""]);
});

test("a report says of a tile without numbers why there are none", () => {
  expect(writeReport([bars], numbers({ state: "excluded", tileId: id, reason: "personal" }))).toContain("single people");
  expect(writeReport([bars], numbers({ state: "failed", tileId: id, code: "internal", message: "secret" }))).not.toContain("secret");
});

test("rows keep the sign of numbers and put a mark before text that a sheet would take for a formula", () => {
  expect(listReportRows([bars], numbers(measured))[0]).toMatchObject({ tile: "'-Danger", group: "'=web", score: "-12.34", answers: "50" });
});
