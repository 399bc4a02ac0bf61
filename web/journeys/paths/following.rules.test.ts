import { expect, test } from "vitest";
import { began, followOn, isFollowed, type Following } from "./following.rules.ts";

const far = (waiting: number) => ({ isBehind: true, waiting });
const near = (waiting: number) => ({ isBehind: false, waiting });

test.each([
  ["a little is always on its way", undefined, [near(629)], [false], false],
  ["far behind, until the last row is counted", undefined, [far(50_000), near(629), near(1), near(0), near(0)], [true, true, true, true, false], false],
  ["an import ended, with few rows to come", began(undefined), [near(629), near(0)], [true, true], true],
  ["an import ended, and the first answer is of before", began(undefined), [near(0), near(629), near(0), near(0)], [false, true, true, false], false],
  ["ever new facts keep coming in", undefined, [far(3_000), near(900), near(1_100)], [true, true, false], false],
] as const)("%s", (_, start: Following | undefined, answers, expected, isStillFollowed) => {
  const seen: Following[] = [];
  for (const answer of answers) seen.push(followOn(seen.at(-1) ?? start, answer));
  expect(seen.map(({ isBehind }) => isBehind)).toEqual(expected);
  expect(seen.slice(-1).map(isFollowed)).toEqual([isStillFollowed]);
});
