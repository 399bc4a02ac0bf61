import { describe, expect, test } from "vitest";
import { takeEvents } from "./rates.rules.ts";

describe("the allowance of a workspace", () => {
  test("lets a burst through, then holds the sender to the rate", () => {
    let allowance = takeEvents(undefined, 50, 10, 0).allowance;
    const refused = takeEvents(allowance, 1, 10, 0);
    expect(refused.waitSeconds).toBe(1);
    allowance = refused.allowance;
    expect(takeEvents(allowance, 10, 10, 1000)).toEqual({ allowance: { events: 0, filledAt: 1000 }, waitSeconds: 0 });
  });
  test("takes a batch larger than itself and makes the next one wait until it is paid", () => {
    const { allowance, waitSeconds } = takeEvents(undefined, 2500, 10, 0);
    expect(waitSeconds).toBe(0);
    expect(takeEvents(allowance, 1, 10, 0).waitSeconds).toBe(245);
    expect(takeEvents(allowance, 1, 10, 246_000).waitSeconds).toBe(0);
  });
  test("never asks for more than 300 s, the longest a client waits", () => {
    expect(takeEvents({ events: -100_000, filledAt: 0 }, 1, 1, 0).waitSeconds).toBe(300);
  });
  test("bears a clock that steps back", () => {
    expect(takeEvents({ events: 5, filledAt: 10_000 }, 1, 10, 0).waitSeconds).toBe(0);
  });
});
