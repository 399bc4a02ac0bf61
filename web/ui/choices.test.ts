import { expect, test } from "vitest";
import { withChosen } from "./choices.ts";

const offered = [{ value: "gold", label: "Gold" }];

test.each([
  [offered, ["gold"], ["Gold"]],
  [offered, [null, undefined, ""], ["Gold"]],
  [offered, ["ada", "old", "ada"], ["Gold", "Ada", "one not listed here"]],
  [undefined, ["ada"], ["Ada"]],
])("%j with %j chosen offers %j", (some, chosen, labels) => {
  expect(withChosen(some, chosen, new Map([["ada", "Ada"]])).map(({ label }) => label)).toEqual(labels);
});
