import { expect, test } from "vitest";
import { definitions } from "../../customers/scores/definitions.rules.ts";
import { listReportRows, writeReport } from "./board-report.rules.ts";
import type { BoardNumbers, Measured, Tile } from "./tiles.contract.ts";

const place = { x: 0, y: 0, w: 4, h: 3 };
const id = "01900000-0000-7000-8000-00000000beef";
const period = { from: "2026-06-01T00:00:00.000Z", to: "2026-06-08T00:00:00.000Z" };
const bars: Tile = { chart: "bars", id, title: "-Danger", metric: "nps", split: "channel", filters: {}, period: null, target: null, place };
const group = (value: string | null, count: number, score: number) => ({ value, label: value, count, score, low: score - 5, high: score + 5, evidence: "normal" as const, versusRest: null, weighted: null });
const breakdown: NonNullable<Measured["breakdown"]> = {
  metric: "nps", title: "NPS", unit: "points", by: "channel", period, scale: { min: 0, max: 10 }, otherScales: [], total: { count: 60, score: 0, low: -1, high: 1, evidence: "normal" },
  groups: [group("=web", 50, -12.34), group(null, 9, 100)], groupsLeftOut: 0, hiddenGroups: 0, overlaps: false, asOf: "answer",
};
const numbers = (tile: BoardNumbers["tiles"][number]): BoardNumbers => ({ period: { from: "2026-06-01", to: "2026-06-08" }, timeZone: "UTC", tiles: [tile] });
const measured: Measured = {
  state: "measured", tileId: id, asked: { period, filters: {} }, previous: null, definition: definitions.nps, summary: null, trend: null, breakdown, bands: null, heat: null, answers: null,
};

test("a report says every number with its interval and how many answered, and hides what rests on a few", () => {
  expect(writeReport([bars], numbers(measured))).toBe("-Danger\n  =web: −12 (95 %: −17 to −7), 50 answers\n  Not named: too few to say (9 answers)");
});

test("a report says of a tile without numbers why there are none", () => {
  expect(writeReport([bars], numbers({ state: "excluded", tileId: id, reason: "personal" }))).toContain("single people");
  expect(writeReport([bars], numbers({ state: "failed", tileId: id, code: "internal", message: "secret" }))).not.toContain("secret");
});

test("rows keep the sign of numbers and put a mark before text that a sheet would take for a formula", () => {
  expect(listReportRows([bars], numbers(measured))[0]).toMatchObject({ tile: "'-Danger", group: "'=web", score: "-12.34", answers: "50" });
});
