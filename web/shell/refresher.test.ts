import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRefresher } from "./refresher.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const start = (tookMs = 20) => {
  const askedAtMs: number[] = [];
  const beganMs = performance.now();
  const refresher = createRefresher(async () => {
    askedAtMs.push(performance.now() - beganMs);
    await new Promise((done) => setTimeout(done, tookMs));
  });
  return { askedAtMs, refresher };
};

test("one reason is followed at once, and only once", async () => {
  const { askedAtMs, refresher } = start();
  refresher.begin();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(askedAtMs).toEqual([0]);
});

test("a thousand reasons in a second ask four times, and once more for the last", async () => {
  const { askedAtMs, refresher } = start();
  for (let ms = 0; ms < 1000; ms += 1) {
    refresher.begin();
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(askedAtMs).toEqual([0, 250, 500, 750, 1000]);
});

test("a reason that comes while the answer is under way is asked about after it", async () => {
  const { askedAtMs, refresher } = start();
  refresher.begin();
  await vi.advanceTimersByTimeAsync(10);
  refresher.begin();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(askedAtMs).toEqual([0, 250]);
});

test("a server that needs a second is asked again at once, and then every two", async () => {
  const { askedAtMs, refresher } = start(1000);
  for (let ms = 0; ms < 4000; ms += 100) {
    refresher.begin();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(askedAtMs).toEqual([0, 1000, 3000]);
});

test("an asking that failed does not end the asking", async () => {
  let asked = 0;
  const refresher = createRefresher(() => {
    asked += 1;
    return Promise.reject(new Error("irrelevant"));
  });
  refresher.begin();
  await vi.advanceTimersByTimeAsync(300);
  refresher.begin();
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toBe(2);
});

test("nothing is asked after the page was left", async () => {
  const { askedAtMs, refresher } = start();
  refresher.begin();
  refresher.begin();
  refresher.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(askedAtMs).toEqual([0]);
});
