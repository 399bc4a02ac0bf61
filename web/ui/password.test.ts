import { expect, test } from "vitest";
import { passwordStrength } from "./password.ts";

test.each([
  ["", 0],
  ["short", 1],
  ["aaaaaaaaaaaaaaaaaaaa", 1],
  ["12345678901234567890", 1],
  ["blue-horse-9", 3],
  ["correct horse battery staple", 4],
] as const)("“%s” is worth %i", (password, strength) => {
  expect(passwordStrength(password)).toBe(strength);
});
