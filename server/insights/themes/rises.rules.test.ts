import { describe, expect, test } from "vitest";
import { chanceOfAtLeast, FALSE_ALARM_RATE, findRises, RISE_STRETCHES } from "./rises.rules.ts";

// The binomial tail as tables have it.
test.each([[5, 10, 0.3, 0.15026833], [3, 5, 0.5, 0.5], [25, 30, 0.5, 0.00016246], [1, 1_000, 0.001, 0.63230458], [0, 4, 0.2, 1], [9, 8, 0.2, 0]])("at least %i of %i at %f has the chance %f", (count, trials, share, chance) => {
  expect(chanceOfAtLeast(count, trials, share)).toBeCloseTo(chance, 7);
});

const past = (count: number): number[] => Array<number>(RISE_STRETCHES - 1).fill(count);

describe("a theme", () => {
  test.each([
    ["said as ever is not marked", [10, ...past(10)], null],
    ["said three times as often is rising", [30, ...past(10)], "rising"],
    ["never said before is new", [9, ...past(0)], "new"],
    ["said by four is not marked, however new", [4, ...past(0)], null],
    ["that swings widely needs more to be marked", [30, 2, 25, 0, 28, 1, 22, 0, 27, 3, 24, 0, 26], null],
  ])("%s", (_what, theme, kind) => {
    expect(findRises([{ theme, all: [200, ...past(200)] }])[0]?.kind ?? null).toBe(kind);
  });

  test("without a history of comments is not marked", () => {
    expect(findRises([{ theme: [50, ...past(0)], all: [60, ...past(1)] }])).toEqual([null]);
  });

  test("says what was to be expected", () => {
    expect(findRises([{ theme: [40, ...past(10)], all: [300, ...past(200)] }])).toEqual([{ kind: "rising", count: 40, expected: 15, p: expect.any(Number) }]);
  });
});

test("themes said as ever are hardly ever marked: false alarms stay under the rate that is stated", () => {
  let state = 7;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const draw = (trials: number, share: number): number => Array.from({ length: trials }).reduce<number>((sum) => sum + (random() < share ? 1 : 0), 0);
  // A board of ten themes, looked at four hundred times.
  const marked = Array.from({ length: 400 }, () => findRises(Array.from({ length: 10 }, (_, place) => ({ theme: Array.from({ length: RISE_STRETCHES }, () => draw(150, 0.02 + 0.02 * place)), all: Array<number>(RISE_STRETCHES).fill(150) }))));
  expect(marked.filter((rises) => rises.some((rise) => rise !== null)).length / 400).toBeLessThan(FALSE_ALARM_RATE * 1.3);
});
