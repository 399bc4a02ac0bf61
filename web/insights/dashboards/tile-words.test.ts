import { expect, test } from "vitest";
import { describeFilters } from "./tile-words.ts";

const team = "01900000-0000-7000-8000-000000000001";
const other = "01900000-0000-7000-8000-000000000002";

test.each([
  ["by name where it is known", new Map([[team, "Night shift"], [other, "Day shift"]]), "Team: Night shift, Day shift"],
  ["by how many where none is", new Map<string, string>(), "Team: 2 chosen"],
  ["by both where one is", new Map([[other, "Day shift"]]), "Team: Day shift, 1 chosen"],
])("what narrows a tile by id is told %s", (_how, names, expected) => {
  expect(describeFilters({ team: [team, other] }, names)).toBe(expected);
});

test("what narrows a tile by word is told as written", () => {
  expect(describeFilters({ channel: ["web", ""], trait: ["plan=gold"] })).toBe("Channel: Web, Without a channel · plan: gold");
});
