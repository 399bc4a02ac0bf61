import { describe, expect, test } from "vitest";
import type { AlertFilters, Evidence, WatchedName } from "./alerts.contract.ts";
import { chanceWords, describeFinding, describeRule, placeWords, type Where } from "./sentences.rules.ts";
import { linkOf, type Subject } from "./watched.rules.ts";

const evidence = (given: Partial<Evidence>): Evidence => ({
  unit: "points", from: "2026-06-01T00:00:00Z", to: "2026-06-08T00:00:00Z", count: 210, countBefore: 1680, value: 21, expected: 35, difference: -14, low: -22, high: -6, yearsBetween: 40, points: [], ...given,
});

const ids = { desk: "0190a1b2-0000-7000-8000-00000000000a", ann: "0190a1b2-0000-7000-8000-00000000000b", regulars: "0190a1b2-0000-7000-8000-00000000000c", gone: "0190a1b2-0000-7000-8000-00000000000d" };
const parcels: Subject = { theme: { id: "0190a1b2-0000-7000-8000-000000000001", name: "Late parcels" }, names: new Map() };

describe("the words of an alert", () => {
  test.each<{ what: WatchedName; direction: "up" | "down"; given: Partial<Evidence>; where?: Partial<Where>; title: string; detail: string }>([
    { what: "nps", direction: "down", given: {}, title: "NPS fell to +21, 14 points below what eight weeks say", detail: "In 7 days: 210 answers; +35 was to be expected from 1,680 before (difference 6 to 22 points). Chance does this about once in 40 years." },
    {
      what: "unmet_promise", direction: "up", given: { unit: "percent", value: 16.5, expected: 8, difference: 8.5, low: 4, high: 13, yearsBetween: 1000 },
      title: "Comments about broken promises rose to 16.5%, 8.5 points above what eight weeks say",
      detail: "In 7 days: 210 comments; 8% was to be expected from 1,680 before (difference 4 to 13 points). Chance does this less than once in a hundred years.",
    },
    { what: "ces", direction: "down", given: { unit: "scale", value: 5.1, expected: 5.6, difference: -0.5, low: -0.7, high: -0.3, to: "2026-06-02T00:00:00Z" }, title: "CES fell to 5.10, 0.50 below what eight weeks say", detail: "On one day: 210 answers; 5.60 was to be expected from 1,680 before (difference 0.30 to 0.70). Chance does this about once in 40 years." },
    { what: "answers", direction: "down", given: { unit: "count", value: 0, expected: 18.4, to: "2026-06-01T08:00:00Z" }, title: "Answers stopped coming in", detail: "In 8 hours: 0 came, 18 were to be expected at these hours from the eight weeks before. Chance does this about once in 40 years." },
    { what: "urgent_comments", direction: "up", given: { unit: "count", value: 30, expected: 10, to: "2026-06-02T00:00:00Z" }, title: "Urgent comments rose to 3 times what is usual", detail: "On one day: 30 came, 10 were to be expected at these hours from the eight weeks before. Chance does this about once in 40 years." },
    {
      what: "theme_share", direction: "up", given: { unit: "percent", value: 30, expected: 12, difference: 18, low: 9, high: 27 }, where: { filters: { channel: ["app"] }, subject: parcels },
      title: "Comments about \"Late parcels\" (app) rose to 30%, 18 points above what eight weeks say",
      detail: "In 7 days: 210 comments; 12% was to be expected from 1,680 before (difference 9 to 27 points). Chance does this about once in 40 years.",
    },
    { what: "theme_comments", direction: "up", given: { unit: "count", value: 30, expected: 10, to: "2026-06-02T00:00:00Z" }, title: "Comments about a theme that is gone rose to 3 times what is usual", detail: "On one day: 30 came, 10 were to be expected at these hours from the eight weeks before. Chance does this about once in 40 years." },
    {
      what: "response_rate", direction: "down", given: { unit: "percent", value: 12, expected: 24, difference: -12, low: -18, high: -6 }, where: { filters: { survey: ["0190a1b2-0000-7000-8000-000000000002"] }, subject: { theme: null, names: new Map([["0190a1b2-0000-7000-8000-000000000002", "Onboarding"]]) } },
      title: "Response rate within three days (Onboarding) fell to 12%, 12 points below what eight weeks say",
      detail: "In 7 days: 210 people asked; 24% was to be expected from 1,680 before (difference 6 to 18 points). Chance does this about once in 40 years.",
    },
  ])("$what, $direction", ({ what, direction, given, where, title, detail }) => {
    expect(describeFinding(what, direction, evidence(given), { filters: {}, subject: { theme: null, names: new Map() }, ...where })).toEqual({ title, detail });
  });

  test.each([[0.2, "Chance does this about 5 times a year."], [1, "Chance does this about once a year."], [3.2, "Chance does this about once in 3 years."]])("%d years", (years, words) => {
    expect(chanceWords(years)).toBe(words);
  });

  test("a rule says what it does", () => {
    expect(describeRule({ what: "urgent_comments", direction: "up", sensitivity: "often", filters: { channel: ["app", ""] }, smallestChange: 50 }, { theme: null, names: new Map() }))
      .toBe("Urgent comments (app, no channel) rise by 50% or more, beyond what chance explains. Looked at every hour; false alarms: at most 6 a year.");
  });

  test.each<{ filters: AlertFilters; words: string }>([
    { filters: { environment: ["shop"], product: ["Lamp"], department: ["", "Care"], trait: ["plan=gold"], source: ["import"] }, words: "shop, Lamp, import, no department, Care, plan gold" },
    { filters: { team: [ids.desk, ""], member: [ids.ann], segment: [ids.regulars], persona: [ids.gone] }, words: "Regulars, one persona, Desk, no team, Ann Lee" },
    { filters: { team: [ids.desk, ids.gone], survey: [ids.desk, ids.ann, ids.regulars, ids.gone] }, words: "4 surveys, 2 teams" },
  ])("it is narrowed to $words", ({ filters, words }) => {
    expect(placeWords(filters, { names: new Map([[ids.desk, "Desk"], [ids.ann, "Ann Lee"], [ids.regulars, "Regulars"]]) })).toBe(words);
  });

  test("an address names every filter with all of its values", () => {
    const link = linkOf("nps", { team: [ids.desk], environment: [""], trait: ["plan=gold"], product: ["Lamp", ""] }, { from: "2026-06-01", to: "2026-06-08" });
    expect(Object.fromEntries(new URLSearchParams(link.slice(2)))).toEqual({ from: "2026-06-01", to: "2026-06-08", team: ids.desk, environment: "(none)", trait: "plan=gold", product: "Lamp\u001f(none)", metric: "nps", open: "nps" });
  });

  test("an address of comments that were counted by the hour names the hours", () => {
    const hours = { from: "2026-06-01T10:00:00.000Z", to: "2026-06-01T14:00:00.000Z" };
    expect(Object.fromEntries(new URL(linkOf("urgent_comments", {}, { from: "2026-06-01", to: "2026-06-02", hours }), "http://irrelevant").searchParams)).toEqual({ from: "2026-06-01", to: "2026-06-02", at: hours.from, until: hours.to, urgent: "yes" });
  });

  test.each<[WatchedName, string]>([
    ["nps", "/?from=2026-06-01&to=2026-06-08&channel=app&metric=nps&open=nps"],
    ["stars", "/?from=2026-06-01&to=2026-06-08&channel=app&metric=stars&open=stars"],
    ["sentiment", "/?from=2026-06-01&to=2026-06-08&channel=app&metric=sentiment&open=sentiment"],
    ["unmet_promise", "/comments?from=2026-06-01&to=2026-06-08&channel=app&need=PROMISE&polarity=neg"],
    ["urgent_comments", "/comments?from=2026-06-01&to=2026-06-08&channel=app&urgent=yes"],
    ["theme_share", "/comments?from=2026-06-01&to=2026-06-08&channel=app&theme=0190a1b2-0000-7000-8000-000000000001"],
    ["response_rate", "/?from=2026-06-01&to=2026-06-08&channel=app&metric=response_rate&open=response_rate"],
    ["interactions", "/?from=2026-06-01&to=2026-06-08&channel=app"],
  ])("%s leads to %s", (what, link) => {
    expect(linkOf(what, { channel: ["app"] }, { from: "2026-06-01", to: "2026-06-08" }, parcels.theme)).toBe(link);
  });
});
