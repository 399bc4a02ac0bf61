import { expect, test } from "vitest";
import { sayFactorValue } from "./driver-words.ts";
import { driversTexts } from "./drivers.texts.ts";

test.each([
  ["staff", 4, "4"],
  ["effort:ces", 0.25, "0.25"],
  ["effort:contacts", 3, "3"],
  ["need:PROMISE", -1, "Unmet"],
  ["need:PROMISE", 0, "Not mentioned"],
  ["need:PROMISE", 1, "Met"],
  ["theme:irrelevant", 1, "yes"],
  ["touchpoint:Delivery", 0, "no"],
  ["waiting:silence", 1, "1 day"],
  ["waiting:remedy", 2.5, "2.5 days"],
])("of %s, %d is told as %s", (factor, value, said) => {
  expect(sayFactorValue(driversTexts.say, factor, value)).toBe(said);
});
