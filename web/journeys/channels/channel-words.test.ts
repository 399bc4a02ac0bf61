import { expect, test } from "vitest";
import { channelName, shareText } from "./channel-words.ts";
import { readChannelsSearch } from "./channels-search.ts";

test.each([[0, 0, "–"], [3, 7, "3 of 7"], [0, 9, "0 of 9"], [5, 10, "50%"], [1, 1_000, "0.1%"], [0, 40, "0%"], [999, 1_000, ">99%"], [2, 100_000, "<0.1%"]])("%i of %i is written %s", (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text);
});

test("the empty channel has a name, and any other its usual one", () => {
  expect([channelName(""), channelName("web")]).toEqual(["Without a channel", "Web"]);
});

test("an address that says something unknown is read as the usual one", () => {
  expect(readChannelsSearch({ gap: "8", period: "never" })).toMatchObject({ gapDays: "7", segment: undefined, period: { preset: "90d" } });
  expect(readChannelsSearch({ gap: "30", segment: "a" })).toMatchObject({ gapDays: "30", segment: "a" });
});
