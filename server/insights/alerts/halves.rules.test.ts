// Formulas are worked out for so many responses at a time, however many come in a month.
import { expect, test } from "vitest";
import { inHalves } from "./halves.rules.ts";

const refused = Object.assign(new Error("Irrelevant"), { code: "answers_too_many" });
const day = 86_400_000;

test("a period of too many responses is halved until each part fits, every moment once", async () => {
  const parts: number[] = [];
  await inHalves({ fromMs: 0, toMs: 28 * day }, async ({ fromMs, toMs }) => {
    if (toMs - fromMs > (fromMs < 14 * day ? 4 * day : 14 * day)) throw refused;
    parts.push(fromMs, toMs);
  });
  expect(parts.map((ms) => ms / day)).toEqual([0, 3.5, 3.5, 7, 7, 10.5, 10.5, 14, 14, 28]);
});

test.each([["as many come in a minute", refused, 12], ["something else is wrong", new Error("Irrelevant"), 1]])("it is not halved for ever where %s", async (_what, error, tries) => {
  let tried = 0;
  const work = async (): Promise<void> => {
    tried += 1;
    throw error;
  };
  await expect(inHalves({ fromMs: 0, toMs: 2 ** 11 * 60_000 }, work)).rejects.toBe(error);
  expect(tried).toBe(tries);
});
