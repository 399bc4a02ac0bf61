import { expect, test } from "vitest";
import { channelName, shareText } from "./channel-words.ts";
import { readChannelsSearch } from "./channels-search.ts";

test.each([[0, 0, "–"], [3, 7, "3 of 7"], [0, 9, "0 of 9"], [5, 10, "50%"], [1, 1_000, "0.1%"], [0, 40, "0%"], [999, 1_000, "100%"]])("%i of %i is written %s", (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text);
});

test("the empty channel has a name, and any other keeps its own", () => {
  expect([channelName(""), channelName("web")]).toEqual(["Not named", "web"]);
});

test("an address that says something unknown is read as the usual one", () => {
  expect(readChannelsSearch({ gap: "8", period: "never" })).toMatchObject({ gapDays: "7", segment: undefined, period: { preset: "90d" } });
  expect(readChannelsSearch({ gap: "30", segment: "a" })).toMatchObject({ gapDays: "30", segment: "a" });
});
