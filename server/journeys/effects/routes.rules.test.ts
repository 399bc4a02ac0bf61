import { expect, test } from "vitest";
import { findRoutes } from "./routes.rules.ts";
import type { Travel } from "./travels.rules.ts";

const travel = (walked: string): Travel => {
  const codes = [...walked].map((name) => "abcdefg".indexOf(name)).map((code) => (code === -1 ? 7 : code));
  return { customer: walked, owner: 0, codes, times: codes.map((_, at) => at), firstGoal: -1, lastGoal: -1, channel: 0, group: 0, marks: [], isGone: null };
};
const find = async (walks: readonly string[], given: { goals?: number[]; most?: number } = {}) => {
  const { routes, leftOut } = await findRoutes(walks.map(travel), { names: 7, goals: new Set(given.goals), fewest: 2, most: given.most ?? 20 }, () => Promise.resolve());
  return { leftOut, routes: routes.map(({ codes, isFromStart, met }) => `${isFromStart ? "^" : ""}${codes.map((code) => "abcdefg"[code]).join("")} ${met.travels.join(",")} at ${met.ats.join(",")}`) };
};

test.each([
  ["that the same paths took are told once, as the longest", ["abcd", "abcd", "xabc"], {}, ["abc 0,1,2 at 2,2,3", "^abcd 0,1 at 3,3"]],
  ["begin where paths do only if these began so", ["abc", "abd", "cab"], {}, ["^ab 0,1 at 1,1"]],
  ["tell repeats in a row once, met where the last step begins", ["aabbbc", "abcc", "abbd"], {}, ["^ab 0,1,2 at 2,1,1", "^abc 0,1 at 5,2"]],
  ["are met where they end first", ["gabcabc", "abc"], {}, ["abc 0,1 at 3,2"]],
  ["neither hold a goal nor reach over one", ["abcgabd", "abcgabd"], { goals: [6] }, ["abd 0,1 at 6,6", "^abc 0,1 at 2,2"]],
  ["hold nothing that is told as one of many", ["abxcde", "abxcde"], {}, ["cde 0,1 at 5,5", "^ab 0,1 at 1,1"]],
  ["of fewer than three steps are none, for a connection says as much", ["ab", "ab", "cab"], {}, ["^ab 0,1 at 1,1"]],
  ["are as long as eight at most", ["abcdefgabcde", "abcdefgabcde"], { most: 1 }, ["abcdefga 0,1 at 7,7"]],
] as const)("routes %s", async (_, walks, given, expected) => {
  expect((await find(walks, { ...given, goals: "goals" in given ? [...given.goals] : [] })).routes).toEqual(expected);
});

test("routes beyond the most told are counted, those of most paths told", async () => {
  const walks = ["abc", "abc", "abc", "def", "def", "gab"];
  expect(await find(walks, { most: 1 })).toEqual({ leftOut: 1, routes: ["^abc 0,1,2 at 2,2,2"] });
});
