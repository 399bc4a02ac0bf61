import { expect, test } from "vitest";
import { toldOnce } from "./splits.rules.ts";

const group = (count: number, score: number) => ({ count, previousCount: 10, score, previousScore: 5 });
const split = (by: string, ...contributions: ReturnType<typeof group>[]) => ({ by, contributions });

test.each([
  ["once where its groups are the same", [split("touchpoint", group(3, 1), group(4, 2)), split("channel", group(3, 1), group(4, 2))], ["touchpoint"]],
  ["once where they stand in another order", [split("touchpoint", group(3, 1), group(4, 2)), split("channel", group(4, 2), group(3, 1))], ["touchpoint"]],
  ["twice where they are others", [split("touchpoint", group(3, 1), group(4, 2)), split("channel", group(3, 2), group(4, 1))], ["touchpoint", "channel"]],
  ["twice where one has a group twice", [split("touchpoint", group(3, 1)), split("channel", group(3, 1), group(3, 1))], ["touchpoint", "channel"]],
])("a split is told %s", (_what, splits, told) => {
  expect(toldOnce(splits).map(({ by }) => by)).toEqual(told);
});
