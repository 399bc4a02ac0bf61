import { expect, test } from "vitest";
import { addressOf, type Screen } from "./shown-screens.rules.ts";

const home: Screen = { path: "/", narrows: true, called: { metric: ["metric", "why"] } };
const march = { from: "2026-03-01", to: "2026-04-01" };

test.each<[string, Screen, Record<string, unknown>, string | null]>([
  ["the period and what the screen calls the rest", home, { ...march, metric: "nps", top: 12 }, "/?from=2026-03-01&to=2026-04-01&metric=nps&why=nps"],
  ["one filter, none and several", home, { ...march, channel: "", team: ["a", "b"] }, "/?from=2026-03-01&to=2026-04-01&channel=%28none%29&team=a%1Fb"],
  ["nothing where nothing was asked", home, {}, "/"],
  ["no screen for hours", home, { from: "2026-03-01T08:00:00Z", to: "2026-03-01T09:00:00Z" }, null],
  ["no screen for half of a period", home, { from: "2026-03-01" }, null],
  ["no screen for a filter it does not have", home, { ...march, weekday: "1" }, null],
  ["no screen for places where it has none", { path: "/outcomes" }, { ...march, channel: "web" }, null],
])("the screen with the same figures: %s", (_, screen, given, expected) => {
  expect(addressOf(screen, given)).toBe(expected);
});
