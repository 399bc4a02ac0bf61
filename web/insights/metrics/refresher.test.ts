import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRefresher } from "./refresher.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const start = () => {
  const asked = { latest: 0, numbers: 0 };
  const refresher = createRefresher({ latest: () => (asked.latest += 1), numbers: () => (asked.numbers += 1) });
  return { asked, refresher };
};

test("one answer is asked for soon, the numbers a little later, and everything once more", () => {
  const { asked, refresher } = start();
  refresher.begin();
  vi.advanceTimersByTime(60);
  expect(asked).toEqual({ latest: 1, numbers: 0 });
  vi.advanceTimersByTime(10_000);
  expect(asked).toEqual({ latest: 5, numbers: 2 });
});

test("a thousand answers in a second ask for the numbers at most twice", () => {
  const { asked, refresher } = start();
  for (let ms = 0; ms < 1000; ms += 1) {
    refresher.begin();
    vi.advanceTimersByTime(1);
  }
  expect(asked.numbers).toBeLessThanOrEqual(2);
});

test("an answer that comes late in a round is not forgotten", () => {
  const { asked, refresher } = start();
  refresher.begin();
  vi.advanceTimersByTime(790);
  refresher.begin();
  const before = asked.numbers;
  vi.advanceTimersByTime(600);
  expect(asked.numbers).toBe(before + 1);
});

test("nothing is asked after the page was left", () => {
  const { asked, refresher } = start();
  refresher.begin();
  refresher.stop();
  vi.advanceTimersByTime(10_000);
  expect(asked).toEqual({ latest: 0, numbers: 0 });
});
