import { expect, test } from "vitest";
import { fillWeek, isMobile, sortTouchpoints } from "./channels.rules.ts";

test.each([
  [{ userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)" }, true],
  [{ userAgent: "Mozilla/5.0 (Linux; Android 14; Pixel 8)" }, true],
  [{ userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64)" }, false],
  [{ userAgentData: { mobile: false }, userAgent: "Android" }, false],
  [{ device: { type: "android" } }, true],
  [{ device: { type: "Tablet" }, userAgent: "Windows" }, true],
  [{ os: { name: "Mac OS X" } }, false],
  [{ os: { name: "iOS" } }, true],
  [{ device: { type: "smart fridge" } }, null],
  [{ userAgent: " " }, null], [{ userAgent: 7 }, false], [{ library: { name: "analytics-node" } }, null], [null, null], ["iPhone", null], [[], null],
] as const)("%j is mobile: %s", (context, expected) => { expect(isMobile(context, "web")).toBe(expected); });

test.each([["mobile", true], ["Tablet", true], ["mobile_web", true], ["Android app", true], ["desktop", false], ["phone", null], ["app", null], ["automobile", null], ["", null]] as const)("a channel called %j is mobile: %s, unless the message says otherwise", (channel, expected) => {
  expect([isMobile(null, channel), isMobile({ device: { type: "tablet" } }, channel), isMobile({ userAgent: "Windows" }, channel)]).toEqual([expected, true, false]);
});

test("the register decides what is self-service and human contact, and the name where it is silent", () => {
  const { sortOf, isContact } = sortTouchpoints([
    { name: "Fitting room", kind: "shop", nature: "human", initiator: "customer" }, { name: "Help centre", kind: "support", nature: "digital", initiator: "customer" },
    { name: "Call back", kind: "support", nature: "human", initiator: "organisation" },
  ]);
  expect(["Fitting room", "Help centre", "Call back", "Account", "Support call", "Cart"].map((name) => [sortOf(name), isContact(name)])).toEqual(
    [["human", false], ["human", true], ["human", false], ["self_service", false], ["human", true], [null, false]]);
});

test("a week begins on Monday at midnight", () => {
  const week = fillWeek([{ weekday: 1, hour: 0, meetings: 3 }, { weekday: 7, hour: 23, meetings: 5 }]);
  expect([week.length, week[0], week[167], week[1]]).toEqual([168, 3, 5, 0]);
});
