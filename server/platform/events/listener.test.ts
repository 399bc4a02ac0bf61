import { expect, test } from "vitest";
import { z } from "zod";
import { defineListener } from "./events.api.ts";

const payload = z.object({ isOurs: z.boolean() });
const run = () => Promise.resolve();
const chosen = defineListener({ name: "irrelevant.chosen", event: "irrelevant", payload, concerns: ({ isOurs }) => isOurs, run });
const every = defineListener({ name: "irrelevant.every", event: "irrelevant", payload, run });

test.each([
  ["one that chooses, by what it chooses", chosen, { isOurs: true }, true],
  ["one that chooses, not by the rest", chosen, { isOurs: false }, false],
  ["one that chooses, by what it cannot read, so that it fails under its name", chosen, { isOurs: "perhaps" }, true],
  ["one that does not choose, by everything", every, { isOurs: false }, true],
])("a listener is concerned: %s", (_what, listener, given, isConcerned) => {
  expect(listener.concerns(given)).toBe(isConcerned);
});
