import { describe, expect, test } from "vitest";
import { askedAt, createDrip, hoursOf, nextWave, withinHours } from "./sending-times.ts";

const hours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
// 5 January 2026 is a Monday.
const time = (text: string): Date => new Date(`2026-01-${text}:00Z`);

describe("sending times", () => {
  test.each([
    ["within the hours: at once", "05T10:00", "UTC", "05T10:00"],
    ["before them: when they begin", "05T07:30", "UTC", "05T09:00"],
    ["after them: the next morning", "05T17:00", "UTC", "06T09:00"],
    ["on Friday evening: on Monday", "09T18:00", "UTC", "12T09:00"],
    ["where the person lives", "05T10:00", "America/New_York", "05T14:00"],
  ])("%s", (_title, at, zone, expected) => {
    expect(withinHours(time(at), zone, hours).toISOString()).toBe(time(expected).toISOString());
  });

  test.each([
    ["at any time, where there are no hours", "05T03:00", null, "05T03:00"],
    ["after the hours: the next morning", "05T18:00", hours, "06T09:00"],
    ["some minutes late: still today", "05T17:10", hours, "05T17:10"],
  ])("of who is due %s", (_title, now, given, expected) => {
    expect(askedAt(time(now), "UTC", given)).toEqual(time(expected));
  });

  test("are kept by drips and by what is triggered in business hours", () => {
    const schedule = { kind: "triggered" as const, interaction: "x", touchpoint: null, delayMinutes: 120, businessHours: hours };
    const mornings = { ...hours, to: "12:00" };
    expect(hoursOf({ schedule, drip: null })).toEqual(hours);
    expect(hoursOf({ schedule: { kind: "now" }, drip: { perDay: 1, overDays: null, hours: mornings } })).toEqual(mornings);
    expect(hoursOf({ schedule: { kind: "now" }, drip: null })).toBeNull();
  });

  test("of a drip spread people evenly over the mornings of working days", () => {
    const drip = createDrip({ perDay: 5, overDays: null, hours: { days: [1, 2, 3, 4, 5], from: "05:00", to: "10:00" } }, { begins: time("09T05:00"), people: 12 });
    const planned = Array.from({ length: 12 }, (_, place) => drip(place, "UTC").toISOString().slice(8, 16));

    expect(planned).toEqual(["09T05:00", "09T06:00", "09T07:00", "09T08:00", "09T09:00", "12T05:00", "12T06:00", "12T07:00", "12T08:00", "12T09:00", "13T05:00", "13T06:00"]);
  });

  test("of a drip over days share people out over them", () => {
    const drip = createDrip({ perDay: null, overDays: 2, hours: { days: [1, 2, 3, 4, 5], from: "05:00", to: "10:00" } }, { begins: time("05T11:00"), people: 4 });
    expect([0, 1, 2, 3].map((place) => drip(place, "UTC").toISOString().slice(8, 13))).toEqual(["06T05", "06T07", "07T05", "07T07"]);
  });

  test("of a schedule leave out waves that were missed", () => {
    const monthly = { kind: "recurring" as const, startsAt: "2026-01-31T09:00:00Z", every: 1, unit: "month" as const };
    expect(nextWave(monthly, new Date("2026-01-31T09:00:00Z"), new Date("2026-01-31T09:00:01Z"))?.toISOString()).toBe("2026-02-28T09:00:00.000Z");
    expect(nextWave(monthly, new Date("2026-01-31T09:00:00Z"), new Date("2026-05-02T00:00:00Z"))?.toISOString()).toBe("2026-05-31T09:00:00.000Z");
    expect(nextWave({ kind: "now" }, time("05T00:00"), time("05T00:00"))).toBeNull();
  });
});
