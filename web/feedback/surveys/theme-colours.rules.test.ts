import { CONTRAST_MIN, contrastOf } from "@firsthand/server/feedback/surveys/theme.rules";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestReadable } from "./theme-colours.rules.ts";

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

test("the colour offered can always be read, whatever was wanted on whatever ground", () => {
  fc.assert(fc.property(colour, colour, (wanted, ground) => contrastOf(nearestReadable(wanted, ground), ground) >= CONTRAST_MIN));
});

test("a colour that can be read stays", () => {
  expect(nearestReadable("#3b4fd8", "#ffffff")).toBe("#3b4fd8");
});

test("a pale colour is darkened no more than needed", () => {
  const found = nearestReadable("#ffcc00", "#ffffff");
  expect(contrastOf(found, "#ffffff")).toBeLessThan(5);
});
