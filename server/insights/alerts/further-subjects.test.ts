// Rules about formulas of one's own, ratings, needs that were met, and needs measured from facts.
import { describe, expect, test, vi } from "vitest";
import { insertInteractions, insertPerceptions, type NewInteraction } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeSave, publishSurvey } from "../../feedback/feedback.make.ts";
import { summaryReply } from "../comments/comments.contract.ts";
import { customMetric } from "../metrics/custom-metrics.contract.ts";
import { answersReply } from "../metrics/metrics.contract.ts";
import { needFactCasesReply, needFactCourseReply } from "../need-facts/need-facts.contract.ts";
import { madeRule, rulesReply, trialReply, type Alert } from "./alerts.contract.ts";
import { standForAlerts } from "./alerts.make.ts";

const stand = standForAlerts();
const { ask, makeRule } = stand;
const dayMs = 86_400_000;
const gone = "0190a1b2-0000-7000-8000-000000000001";
const db = () => stand.firsthand.services.db;
const daysUntil = (lastDay: string, days: number): string[] => Array.from({ length: days }, (_, back) => new Date(Date.parse(`${lastDay}T12:00:00Z`) - (days - 1 - back) * dayMs).toISOString());
/** What a rule has told at a time, without what it found in history. */
const told = async (ruleId: string, at: string): Promise<Alert[]> => (await stand.look(at)).filter((alert) => alert.ruleId === ruleId && !alert.isFromHistory);

describe("a rating", () => {
  const rate = async (lastDay: string, days: number, value: number): Promise<void> => {
    const rows = daysUntil(lastDay, days).flatMap((at) => Array.from({ length: 12 }, (_, place) => (place === 0 && value === 5 ? 4 : value)).map((one) => makePerception({ kind: "rating", value: one, scaleMin: 5, scaleMax: 1, at })));
    await insertPerceptions(db(), stand.organisation.workspaceId, rows);
  };

  test("on a scale whose low end is good gets worse as it rises", async () => {
    const { id } = await makeRule({ what: "rating", direction: "up" });
    await rate("2027-06-26", 40, 2);
    expect(await told(id, "2027-06-27T09:00:00Z")).toEqual([]);
    await rate("2027-06-29", 3, 5);

    const [found] = await told(id, "2027-06-30T09:00:00Z");

    expect(found).toMatchObject({ what: "rating", direction: "up", tone: "bad", evidence: { unit: "scale", expected: 2, isLowGood: true } });
    expect(found?.title).toMatch(/^Ratings rose to 4.\d\d, 2.\d\d above what eight weeks say$/u);
    expect(found?.link).toBe("/?from=2027-06-27&to=2027-06-28&metric=rating&open=rating");
  });
});

describe("a formula", () => {
  const questions = ["speed", "price"].map((id) => ({ type: "rating" as const, id, title: { en: "Irrelevant?" }, isRequired: false, min: 1, max: 5 }));
  const respond = async (slug: string, day: string, speed: number, price: number): Promise<void> => {
    stand.clock.at = new Date(day);
    const reply = await stand.firsthand.nobody.ask("POST", "/api/public/responses", { ...makeSave(slug, { speed: { number: speed }, price: { number: price } }, { openedAgoMs: 60_000 }) });
    expect(reply.status, reply.text).toBe(200);
  };

  test("is watched by its mean, as Home shows it, and looked at anew when it is changed", async () => {
    stand.clock.at = new Date("2027-06-01T09:00:00Z");
    const survey = await publishSurvey(stand.organisation.owner, { questions });
    const formula = customMetric.parse(await ask("POST", "/api/custom-metrics", { name: "Service", surveyId: survey.id, formula: "mean(speed, price)", scaleMin: 1, scaleMax: 5 }));
    for (const day of daysUntil("2027-06-26", 20)) for (const price of [4, 5]) await respond(survey.slug, day, 5, price);
    expect(await ask("POST", "/api/alert-rules", { what: "custom", direction: "down" }, 400)).toMatchObject({ error: { code: "alert_filters_wrong" } });
    expect(await ask("POST", "/api/alert-rules", { what: "custom", direction: "down", filters: { metric: gone } }, 400)).toMatchObject({ error: { code: "alert_filters_wrong" } });
    const rule = await makeRule({ what: "custom", direction: "down", filters: { metric: formula.id } });
    expect(rule).toMatchObject({ name: "Service down", smallestChange: 0.1, words: expect.stringContaining("Service falls by 0.1 or more") });
    expect(await told(rule.id, "2027-06-27T09:00:00Z")).toEqual([]);
    for (const day of daysUntil("2027-06-29", 2)) for (const price of [1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1]) await respond(survey.slug, day, 2, price);

    const [found] = await told(rule.id, "2027-06-30T09:00:00Z");

    expect(found).toMatchObject({ what: "custom", direction: "down", tone: "bad", evidence: { unit: "scale", expected: 4.75, value: 1.75 } });
    expect(found?.title).toBe("Service fell to 1.75, 3.00 below what eight weeks say");
    const search = new URL(found?.link ?? "", "http://irrelevant").searchParams;
    expect(search.get("metric")).toBe(formula.metric);
    const rows = answersReply.parse(await ask("GET", `/api/metrics/answers?${new URLSearchParams({ metric: formula.metric, from: search.get("from") ?? "", to: search.get("to") ?? "", limit: "100" })}`));
    expect(rows.items).toHaveLength(found?.evidence.count ?? 0);

    await ask("PATCH", `/api/custom-metrics/${formula.id}`, { formula: "6 - speed" });
    const [after] = await told(rule.id, "2027-07-01T09:00:00Z");
    expect(after).toMatchObject({ state: "over", endReason: "history" });
    await ask("DELETE", `/api/custom-metrics/${formula.id}`, undefined, 204);
    expect(rulesReply.parse(await ask("GET", "/api/alert-rules")).items.find(({ id }) => id === rule.id)?.words).toContain("A formula that is gone falls");
    await told(rule.id, "2027-07-02T09:00:00Z");
  }, 120_000);
});

describe("a need that was met", () => {
  const write = async (lastDay: string, days: number, text: string): Promise<void> => {
    const rows = daysUntil(lastDay, days).flatMap((at) => [0, 1].map(() => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, text, at })));
    await insertPerceptions(db(), stand.organisation.workspaceId, rows);
  };

  test("is watched as well as one that was not", async () => {
    const { id } = await makeRule({ what: "met_easy", direction: "down" });
    await write("2027-06-26", 30, "It was very easy to order.");
    await write("2027-06-29", 6, "It is open on Sundays.");
    await vi.waitFor(async () => {
      await stand.firsthand.settle();
      expect(summaryReply.parse(await ask("GET", "/api/comments/summary?from=2027-01-01&to=2027-08-01")).count).toBe(72);
    }, { timeout: 40_000, interval: 300 });
    const [found] = (await stand.look("2027-06-30T09:00:00Z")).filter(({ ruleId }) => ruleId === id);

    expect(found).toMatchObject({ tone: "bad", direction: "down" });
    expect(found?.title).toMatch(/^Comments that say it was easy fell to [\d.]+%/u);
    expect(found?.link).toMatch(/^\/comments\?.*need=EASY&polarity=pos$/u);
  }, 120_000);
});

describe("a need measured from facts", () => {
  const add = (facts: readonly Partial<NewInteraction>[]): Promise<unknown> => insertInteractions(db(), stand.organisation.workspaceId, facts.map((one) => makeInteraction(stand.organisation.workspaceId, one)));
  /** Four returns a day, each refunded after some days. */
  const returned = async (lastDay: string, days: number, waitDays: number, touchpoint: string): Promise<void> => {
    const order = (at: string, place: number, name: string, afterDays: number): Partial<NewInteraction> => ({
      subject: `user:${touchpoint} ${at} ${place}`, userId: `${touchpoint} ${at} ${place}`, at: new Date(Date.parse(at) + afterDays * dayMs).toISOString(), name, touchpoint, message: JSON.stringify({ properties: { order_id: `${touchpoint} ${at} ${place}` } }),
    });
    await add(daysUntil(lastDay, days).flatMap((at) => [0, 1, 2, 3].flatMap((place) => [order(at, place, "Return Received", 0), order(at, place, "Order Refunded", waitDays)])));
  };
  /** Forty days of returns at some places; nothing is known of later than the last fact of all. */
  const begin = async (waitDays: number, touchpoints: readonly string[]): Promise<void> => {
    stand.clock.at = new Date("2027-06-21T09:00:00Z");
    for (const touchpoint of touchpoints) await returned("2027-06-20", 40, waitDays, touchpoint);
    await add([{ subject: "user:irrelevant", userId: "irrelevant", at: "2027-07-05T08:00:00.000Z", name: "Irrelevant" }]);
    await stand.firsthand.settle();
    await ask("PUT", "/api/need-facts/settings", settings);
  };
  const settings = { failures: ["Return Received"], remedies: ["Order Refunded"], opened: ["Return Received"], closed: ["Order Refunded"], limits: { time_to_remedy: 3, longest_silence: 3 } };

  test("is watched at a place, once its cases have had their time, and leads to them", async () => {
    await begin(1, ["Shop", "Web"]);
    const [remedy, silence] = [await makeRule({ what: "fact_time_to_remedy", direction: "up", filters: { touchpoint: ["Shop"] } }), await makeRule({ what: "fact_longest_silence", direction: "up", filters: { touchpoint: ["Shop"] } })];
    const elsewhere = await makeRule({ what: "fact_time_to_remedy", direction: "up", filters: { touchpoint: ["Web"] } });
    expect(remedy.words).toContain("Failures put right too late or not at all (Shop) rise by 3 points or more");
    expect(await ask("POST", "/api/alert-rules", { what: "fact_reopened", direction: "up", filters: { survey: [""] } }, 400)).toMatchObject({ error: { code: "alert_filters_wrong" } });
    await stand.look("2027-06-24T09:00:00Z");
    await returned("2027-06-24", 4, 5, "Shop");
    await returned("2027-06-24", 4, 1, "Web");

    // Of 21 June nothing is known on the 24th: nobody has waited for three days yet.
    expect(await told(remedy.id, "2027-06-24T10:00:00Z")).toEqual([]);
    const [found] = await told(remedy.id, "2027-06-28T09:00:00Z");

    expect(found).toMatchObject({ what: "fact_time_to_remedy", direction: "up", tone: "bad", evidence: { unit: "percent", expected: 0, value: 100 } });
    expect(found?.detail).toMatch(/cases; 0% was to be expected/u);
    const search = new URL(found?.link ?? "", "http://irrelevant").searchParams;
    expect([search.get("facts"), search.get("touchpoint")]).toEqual(["time_to_remedy", "Shop"]);
    const cases = needFactCasesReply.parse(await ask("GET", `/api/need-facts/cases?measure=time_to_remedy&over=true&touchpoint=Shop&from=${search.get("from")}&to=${search.get("to")}&limit=100`));
    expect(cases.items).toHaveLength(found?.evidence.count ?? 0);
    // A silence is looked for in the limit and a week more.
    expect(await told(silence.id, "2027-06-29T09:00:00Z")).toEqual([]);
    expect((await told(silence.id, "2027-07-05T09:00:00Z"))[0]).toMatchObject({ what: "fact_longest_silence", direction: "up", evidence: { value: 100, expected: 0 } });
    expect(await told(elsewhere.id, "2027-07-05T09:10:00Z")).toEqual([]);
  }, 120_000);

  test("is looked at anew, without an alert, when its limit is moved", async () => {
    await begin(2, ["Shop"]);
    const { id } = await makeRule({ what: "fact_time_to_remedy", direction: "both" });
    await stand.look("2027-06-24T09:00:00Z");
    await ask("PUT", "/api/need-facts/settings", { ...settings, limits: { time_to_remedy: 1 } });
    await returned("2027-06-24", 4, 2, "Shop");

    expect(await told(id, "2027-06-28T09:00:00Z")).toEqual([]);
    const shown = rulesReply.parse(await ask("GET", "/api/alert-rules")).items.find((rule) => rule.id === id);
    expect(shown?.turned).toEqual({ at: expect.stringMatching(/^2027-06-2[48]T/u), before: "Order Refunded, Return Received (limit 3)", after: "Order Refunded, Return Received (limit 1)" });
    // It stays told at later looks, and is marked where the measure is drawn over time.
    await told(id, "2027-06-29T09:00:00Z");
    expect(rulesReply.parse(await ask("GET", "/api/alert-rules")).items.find((rule) => rule.id === id)?.turned).toEqual(shown?.turned);
    const course = needFactCourseReply.parse(await ask("GET", "/api/need-facts/course?measure=time_to_remedy&bucket=day&from=2027-06-10&to=2027-06-29"));
    expect(course.breaks).toEqual([{ at: "2027-06-24T00:00:00.000Z", before: { facts: ["Order Refunded", "Return Received"], limit: 3 }, after: { facts: ["Order Refunded", "Return Received"], limit: 1 } }]);
    const trial = trialReply.parse(await ask("POST", "/api/alert-rules/trial", { what: "fact_time_to_remedy", direction: "both" }, 200));
    expect(trial).toMatchObject({ count: 0, isTooLittle: false });
  }, 120_000);
});

test("all rules together promise what they promise added up, without those that are off", async () => {
  const sum = async (): Promise<number> => rulesReply.parse(await ask("GET", "/api/alert-rules")).falseAlarmsPerYear;
  expect(await sum()).toBe(3);
  const often = madeRule.parse(await ask("POST", "/api/alert-rules", { what: "ces", direction: "both", sensitivity: "often" }));
  expect(await sum()).toBe(9);
  await ask("PATCH", `/api/alert-rules/${often.id}`, { isOn: false });
  expect(await sum()).toBe(3);
});
