import { describe, expect, test } from "vitest";
import type { Rule } from "./alerts.data.ts";
import { chooseColleagues, filtersAfter, readColleagues, readFilters, readRule, serviceOf, toRule, toTrial } from "./rule-form.ts";

const rule = (given: Pick<Rule, "what" | "filters">): Rule => ({
  id: "irrelevant", name: "irrelevant", words: "irrelevant", direction: "down", sensitivity: "rarely", smallestChange: 5, told: { owners: "never", members: [], quiet: null }, hookHost: null, chat: null, deliveries: [], isOn: true,
  isPreset: false, snoozedUntil: null, lookedAt: null, turned: null, raised: { count: 0, useful: 0, notUseful: 0 }, precision: null, ...given,
});

test("a rule keeps all it is narrowed to, but for fields that were emptied", () => {
  const ofScore = rule({ what: "nps", filters: { survey: [""], stage: ["Use"], team: ["one"], trait: ["plan=gold"] } });
  expect(toTrial(readRule(ofScore, "irrelevant"), { ...readFilters(ofScore), team: [], channel: ["shop"] }).filters).toEqual({ survey: [""], stage: ["Use"], trait: ["plan=gold"], channel: ["shop"] });
});

test("a theme is asked for where one is watched, and left behind where none is", () => {
  const ofTheme = rule({ what: "theme_share", filters: { theme: "parcels", channel: ["web"] } });
  const form = readRule(ofTheme, "irrelevant");
  expect(toTrial(form, readFilters(ofTheme)).filters).toEqual({ theme: "parcels", channel: ["web"] });
  expect(toTrial({ ...form, what: "nps" }, readFilters(ofTheme)).filters).toEqual({ channel: ["web"] });
});

test.each([
  ["nps", "csat", { survey: ["one"], channel: ["web"], team: ["two"] }],
  ["nps", "response_rate", {}],
  ["response_rate", "nps", { team: ["two"] }],
] as const)("from %s to %s", (before, after, kept) => {
  expect(filtersAfter({ survey: ["one"], channel: ["web"], team: ["two"] }, before, after)).toEqual(kept);
});

test("colleagues are told at the pace each has, beside me", () => {
  const told = { owners: "never", quiet: null, members: [{ memberId: "me", mail: "now" }, { memberId: "ann", mail: "weekly" }] } satisfies Rule["told"];
  const before = { ...rule({ what: "nps", filters: {} }), told };
  expect(readColleagues(before, "me")).toEqual([{ memberId: "ann", mail: "weekly" }]);
  const colleagues = chooseColleagues(readColleagues(before, "me"), ["bob", "ann"], "daily");
  const members = (given: { colleagues?: typeof colleagues }) => toRule(readRule(before, "me"), {}, { rule: before, memberId: "me", ...given }).told?.members;
  expect(members({ colleagues })).toEqual([{ memberId: "bob", mail: "daily" }, { memberId: "ann", mail: "weekly" }, { memberId: "me", mail: "now" }]);
  expect(members({})).toEqual([{ memberId: "ann", mail: "weekly" }, { memberId: "me", mail: "now" }]);
  expect(members({ colleagues: [] })).toEqual([{ memberId: "me", mail: "now" }]);
});

describe("the chat of a rule", () => {
  const before = { ...rule({ what: "nps", filters: {} }), chat: { service: "slack", host: "hooks.slack.com" } } satisfies Rule;
  const url = "https://chat.example/hooks/1";
  test.each([
    ["stays when nothing is written", {}, undefined],
    ["goes when none is chosen", { chat: "" }, null],
    ["changes with its address", { chat: "mattermost", chatUrl: ` ${url} ` }, { service: "mattermost", url }],
  ])("%s", (_what, change, expected) => {
    expect(toRule({ ...readRule(before, "irrelevant"), ...change }, {}, { rule: before, memberId: "irrelevant" }).chat).toEqual(expected);
  });

  test.each([
    ["stays when nothing is written", {}, undefined],
    ["goes when none is chosen", { hook: "" }, null],
    ["changes with its address", { hookUrl: ` ${url} ` }, url],
  ])("its webhook %s", (_what, change, expected) => {
    const hooked = { ...before, hookHost: "hooks.zapier.com" };
    const form = readRule(hooked, "irrelevant");
    expect(form).toMatchObject({ hook: "signed", hookUrl: "" });
    expect(toRule({ ...form, ...change }, {}, { rule: hooked, memberId: "irrelevant" }).hookUrl).toEqual(expected);
  });

  test.each([
    ["https://hooks.slack.com/services/T0/B0/x", "slack"],
    ["https://discord.com/api/webhooks/1/x", "discord"],
    ["https://chat.googleapis.com/v1/spaces/A/messages?key=x", "google_chat"],
    ["https://example.webhook.office.com/webhookb2/x", "teams"],
    ["https://prod-1.westeurope.logic.azure.com:443/workflows/x", "teams"],
    ["https://hooks.slack.com.evil.example/x", null],
    [url, null],
    ["no address", null],
  ])("%s is of %s", (address, service) => expect(serviceOf(address)).toBe(service));
});
