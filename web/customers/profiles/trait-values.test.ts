import { expect, it } from "vitest";
import { typedValue } from "./trait-values.ts";

it.each([
  ["7", 3, 7], ["7", "3", "7"], ["x", 3, "x"], ["true", false, true], ["true", "no", "true"], ["  ", "x", null], [" Ada ", undefined, "Ada"],
])("%j typed over %j is kept as %j", (text, before, value) => expect(typedValue(text, before)).toBe(value));
