// Metrics beside NPS, CSAT and CES, and ways to split that go beyond the columns of the analytics copy.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import type { NewPerception } from "#customers";
import { makeMessages } from "../../customers/customers.make.ts";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeSave, publishSurvey } from "../../feedback/feedback.make.ts";
import type { Question } from "../../feedback/surveys/definition.contract.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { explanation } from "../explanations/explanations.contract.ts";
import { customMetric } from "./custom-metrics.contract.ts";
import { answersReply, breakdownReply, breaksReply, summaryReply, trendReply, type MetricSummary } from "./metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let member: Client;

const now = new Date("2026-06-30T12:00:00Z");
const june = "from=2026-06-01&to=2026-07-01";

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  member = organisation.viewer;
});

const db = () => firsthand.services.db;
const add = async (rows: readonly Partial<NewPerception>[]): Promise<NewPerception[]> => {
  const made = rows.map((row) => makePerception({ at: "2026-06-10T12:00:00.000Z", ...row }));
  await insertPerceptions(db(), organisation.workspaceId, made);
  await firsthand.settle();
  return made;
};
const times = <Row>(count: number, row: Row): Row[] => Array.from({ length: count }, () => row);
const read = async <Shape extends z.ZodType>(shape: Shape, url: string): Promise<z.output<Shape>> => {
  const reply = await member.ask("GET", `/api/metrics/${url}`);
  expect(reply.status, reply.text).toBe(200);
  return shape.parse(reply.body);
};
const summary = async (metrics: readonly string[], query = june): Promise<MetricSummary[]> =>
  (await read(summaryReply, `summary?${query}&${metrics.map((metric) => `metrics=${metric}`).join("&")}`)).metrics;
const breakdown = (query: string) => read(breakdownReply, `breakdown?${june}&${query}`);
const answers = (query: string) => read(answersReply, `answers?${june}&${query}`);
const refusal = async (url: string) => {
  const { status, body } = await member.ask("GET", `/api/metrics/${url}`);
  return { status, code: z.object({ error: z.object({ code: z.string() }) }).parse(body).error.code };
};

type Read = { sentiment: string; needs?: Record<string, string>; language?: string; emotion?: string; channel?: string; at?: string };

/** Comments with what is read in them; set by a person, so that no model changes it. */
const addComments = async (comments: readonly Read[]): Promise<void> => {
  const made = await add(comments.map(({ channel = null, at = "2026-06-10T12:00:00.000Z" }, index) => ({ kind: "comment", value: null, scaleMin: null, scaleMax: null, text: `Comment ${index}`, channel, at })));
  for (const [index, { sentiment, needs = {}, language = "en", emotion = null }] of comments.entries()) {
    await db().query(
      `insert into insights.readings (perception_id, workspace_id, at, model_version, language, sentiment, sentiment_score, emotion, needs, is_urgent, is_unsure, confidence, personal_data, mentions, corrected)
       values ($1, $2, $3, 'irrelevant', $4, $5, 0, $6, $7, false, false, '{}', '[]', '[]', '{sentiment,emotion,EASY,EXPECT,PROMISE,INFORM,INDIVID,RIGHT,urgent,language}')
       on conflict (perception_id) do update
       set language = excluded.language, sentiment = excluded.sentiment, emotion = excluded.emotion, needs = excluded.needs, corrected = excluded.corrected, xid = pg_current_xact_id()`,
      [made[index]?.id, organisation.workspaceId, made[index]?.at, language, sentiment, emotion, JSON.stringify(needs)],
    );
  }
  await firsthand.settle();
};

describe("what comments say", () => {
  beforeEach(async () => {
    await addComments([
      ...times(6, { sentiment: "neg", needs: { PROMISE: "neg" }, channel: "web", emotion: "anger" }),
      ...times(4, { sentiment: "pos", needs: { PROMISE: "pos", EASY: "pos" }, channel: "shop", language: "de" }),
      { sentiment: "mix", needs: { PROMISE: "mix" }, channel: "shop" },
      ...times(9, { sentiment: "pos", channel: "shop" }),
    ]);
  });

  test("is a net share of those that say something, with an interval as that of NPS", async () => {
    const [sentiment, promise, right] = await summary(["sentiment", "need_promise", "need_right"]);
    expect(sentiment).toMatchObject({ metric: "sentiment", title: "Net sentiment", unit: "points", count: 20, score: 35, outOf: null, evidence: "indicative", change: null });
    expect(sentiment?.bands).toEqual([{ name: "positive", count: 13, share: 0.65 }, { name: "neutral", count: 1, share: 0.05 }, { name: "negative", count: 6, share: 0.3 }]);
    // 13 of 20 up, 6 down: the adjusted Wald interval by hand.
    expect(sentiment?.low).toBeCloseTo(-6.09, 2);
    expect(sentiment?.high).toBeCloseTo(66.96, 2);
    expect(promise).toMatchObject({ count: 11, outOf: 20, bands: [{ name: "met", count: 4 }, { name: "both", count: 1 }, { name: "unmet", count: 6 }] });
    expect(promise?.score).toBeCloseTo(-200 / 11, 10);
    expect(right).toMatchObject({ count: 0, outOf: 20, score: null, evidence: "none" });
    expect(promise?.definition.formula).toMatch(/speak of it/);
  });

  test("has a course, groups and the comments behind it", async () => {
    const { points } = await read(trendReply, `trend?${june}&metric=sentiment&bucket=month`);
    expect(points).toMatchObject([{ count: 20, score: 35 }]);
    const byChannel = await breakdown("metric=need_promise&by=channel");
    expect(byChannel).toMatchObject({ unit: "points", asOf: "answer", overlaps: false, groups: [{ value: "web", count: 6, score: -100 }, { value: "shop", count: 5, score: 80 }] });
    expect((await breakdown("metric=sentiment&by=emotion")).groups.map(({ value, count }) => [value, count])).toEqual([[null, 14], ["anger", 6]]);
    const unmet = await answers("metric=need_promise&band=unmet");
    expect(unmet.items).toHaveLength(6);
    expect(unmet.items[0]).toMatchObject({ kind: "comment", value: -1, scale: { min: -1, max: 1 }, band: "unmet", isInferred: true });
    expect(unmet.items[0]?.comment).toMatch(/^Comment [0-5]$/);
    expect((await answers("metric=sentiment&emotion=anger")).items).toHaveLength(6);
  });

  test("in a language of fewer than five people is hidden, with the next smallest", async () => {
    expect(await breakdown("metric=sentiment&by=language")).toMatchObject({ groups: [], hiddenGroups: 2, total: { count: 20 } });
    expect(await summary(["sentiment"], `${june}&language=en`)).toMatchObject([{ count: 16 }]);
  });

  test.each([
    ["summary?metrics=nps&language=de", "filter_not_for_metric"],
    ["breakdown?metric=csat&by=emotion", "split_not_for_metric"],
    ["trend?metric=sentiment&scale=1-5", "scale_not_scoreable"],
    ["breakdown?metric=response_rate&by=touchpoint", "split_not_for_metric"],
    ["summary?metrics=response_rate&touchpoint=delivery", "filter_not_for_metric"],
    ["summary?metrics=love", "invalid_input"],
    ["summary?trait=gold", "filter_wrong"],
    ["summary?weekday=8", "filter_wrong"],
    [`summary?segment=${crypto.randomUUID()}`, "segment_missing"],
    [`trend?metric=custom:${crypto.randomUUID()}`, "metric_unknown"],
  ])("GET /api/metrics/%s is refused as %s", async (url, code) => {
    expect(await refusal(url)).toEqual({ status: code === "metric_unknown" ? 404 : 400, code });
  });
});

describe("stars and ratings", () => {
  test("are means with their top box, one scale at a time", async () => {
    await add([...times(6, { kind: "stars" as const, value: 5, scaleMin: 1, scaleMax: 5 }), ...times(4, { kind: "stars" as const, value: 2, scaleMin: 1, scaleMax: 5 }), { kind: "stars", value: 9, scaleMin: 1, scaleMax: 10 }]);
    await add([...times(10, { kind: "rating" as const, value: 7, scaleMin: 0, scaleMax: 10 })]);
    const [stars, rating] = await summary(["stars", "rating"]);
    expect(stars).toMatchObject({ unit: "scale", count: 10, score: 3.8, share: { band: "top_box", score: 60 }, otherScales: [{ min: 1, max: 10, count: 1 }] });
    expect(rating).toMatchObject({ count: 10, score: 7, scale: { min: 0, max: 10 }, share: null, bands: [{ name: "upper", count: 10 }, { name: "lower", count: 0 }] });
    expect((await answers("metric=stars&band=top_box")).items).toHaveLength(6);
  });
});

describe("months and weekdays", () => {
  test("are those of the workspace's clock, in their order", async () => {
    await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "Europe/Oslo" });
    // The last evening of May in London is the first of June in Oslo, a Monday.
    await add([{ value: 10, at: "2026-05-31T22:30:00Z" }, { value: 10, at: "2026-06-02T10:00:00Z" }, { value: 0, at: "2026-05-31T20:00:00Z" }]);
    const period = "from=2026-05-01&to=2026-07-01";
    const months = await read(breakdownReply, `breakdown?${period}&by=month`);
    expect(months.groups.map(({ value, count }) => [value, count])).toEqual([["2026-05", 1], ["2026-06", 2]]);
    const days = await read(breakdownReply, `breakdown?${period}&by=weekday`);
    expect(days.groups.map(({ value, count }) => [value, count])).toEqual([["1", 1], ["2", 1], ["7", 1]]);
    expect((await read(answersReply, `answers?${period}&weekday=1`)).items).toHaveLength(1);
  });
});

describe("people", () => {
  beforeEach(async () => {
    const people = Array.from({ length: 14 }, (_, index) => `person-${index}`);
    const identify = (userId: string, plan: string, at: number) => ({ at, type: "identify" as const, userId, traits: { plan } });
    const midJuneMinutes = (Date.UTC(2026, 5, 15) - Date.UTC(2026, 0, 1)) / 60_000;
    // Person 6 moves up between two answers.
    const said = [...people.map((userId, index) => identify(userId, index < 6 ? "gold" : "basic", index)), identify("person-6", "gold", midJuneMinutes)];
    await insertInteractions(db(), organisation.workspaceId, makeMessages(organisation.workspaceId, said));
    await firsthand.settle();
    await add([
      ...people.map((userId, index) => ({ subject: `user:${userId}`, value: index < 6 ? 10 : 0, at: "2026-06-10T12:00:00Z" })),
      { subject: "user:person-6", value: 10, at: "2026-06-20T12:00:00Z" },
    ]);
  });

  test("by a trait count where they stood when they answered", async () => {
    const { groups, asOf } = await breakdown("by=trait:plan");
    expect(asOf).toBe("answer");
    expect(groups.map(({ value, count, score }) => [value, count, score])).toEqual([["basic", 8, -100], ["gold", 7, 100]]);
    expect((await summary(["nps"], `${june}&trait=plan%3Dgold`))[0]).toMatchObject({ count: 7, score: 100 });
    expect((await answers("trait=plan%3Dgold&trait=plan%3Dbasic")).items).toHaveLength(15);
  });

  test("in segments are those of today, each against all others; nearly everybody's is hidden", async () => {
    const make = async (name: string, value: string): Promise<string> => {
      const reply = await organisation.owner.ask("POST", "/api/segments", { kind: "live", name, rule: { match: "all", conditions: [{ kind: "trait", name: "plan", operator: "is", value }] } });
      return z.object({ id: z.uuid() }).parse(reply.body).id;
    };
    const gold = await make("Gold", "gold");
    await make("Basic", "basic");
    await organisation.owner.ask("POST", "/api/segments", { kind: "list", name: "Nobody" });
    const { groups, overlaps, asOf, total } = await breakdown("by=segment");
    expect({ overlaps, asOf, total: total.count }).toEqual({ overlaps: true, asOf: "now", total: 15 });
    expect(groups.map(({ label, count }) => [label, count])).toEqual([["Gold", 8], ["Basic", 7]]);
    expect((await answers(`segment=${gold}`)).items).toHaveLength(8);
    await organisation.owner.ask("POST", "/api/segments", { kind: "live", name: "All", rule: { match: "all", conditions: [{ kind: "trait", name: "plan", operator: "known" }] } });
    expect((await breakdown("by=segment")).groups.map(({ label }) => label)).toEqual(["All", "Gold", "Basic"]);
  });

  test("who served are named, and served so few are hidden", async () => {
    const served = Array.from({ length: 12 }, (_, index) => makeInteraction(organisation.workspaceId, { type: "call", subject: `user:person-${index}`, memberId: index < 6 ? organisation.agent.memberId : index < 9 ? organisation.manager.memberId : null }));
    await insertInteractions(db(), organisation.workspaceId, served);
    await add(served.map(({ id, subject }, index) => ({ kind: "csat", value: index < 6 ? 5 : 1, scaleMin: 1, scaleMax: 5, interactionId: id, subject })));
    const groups = await breakdown("metric=csat&by=member");
    // Three were served by one, and three by nobody: each would show the other.
    expect(groups).toMatchObject({ groups: [{ value: organisation.agent.memberId, count: 6, score: 100 }], hiddenGroups: 2 });
    expect(groups.groups[0]?.label).toMatch(/^agent of/);
    expect((await answers(`metric=csat&member=${organisation.agent.memberId}`)).items).toHaveLength(6);
    expect((await answers("metric=csat&member=")).items).toHaveLength(3);
  });
});

const irrelevantText = { title: { en: "Irrelevant?" }, isRequired: false };
const questions: Question[] = [
  { type: "rating", id: "speed", ...irrelevantText, min: 1, max: 5 },
  { type: "rating", id: "price", ...irrelevantText, min: 1, max: 5 },
  { type: "nps", id: "nps", ...irrelevantText },
];

describe("who was asked", () => {
  beforeEach(async () => {
    const survey = await publishSurvey(organisation.owner, { questions });
    const values = [organisation.workspaceId, crypto.randomUUID(), survey.id];
    await db().query("insert into feedback.distributions (workspace_id, id, survey_id, name, settings, wave, started_at, created_at, changed_at) values ($1, $2, $3, 'Summer', '{}', 2, now(), now(), now())", values);
    await db().query(
      `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, language, state, channel, sent_at, answered_at, response_id, created_at)
       select $1, gen_random_uuid(), $2, $3, 1, person::text, 'en', 'sent', case when person <= 30 then 'email' else 'text' end,
              case when person <= 40 then timestamptz '2026-06-01T10:00:00Z' + person * interval '1 hour' else '2026-05-10T10:00:00Z' end,
              case when person % 4 = 0 then timestamptz '2026-06-20T00:00:00Z' end, gen_random_uuid(), now()
       from generate_series(1, 60) person`, values);
  });

  test("lately has not had the time to answer, so that a rate that is what it was does not look as if it fell", async () => {
    const { rows: [invited] } = await db().query("select survey_id, distribution_id from feedback.invitations where workspace_id = $1 limit 1", [organisation.workspaceId]);
    await db().query("delete from feedback.invitations where workspace_id = $1", [organisation.workspaceId]);
    // Every day thirty are asked. Six of them answer the next day, and six more after ten days, however long ago it is: of the last days these are missing.
    await db().query(
      `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, language, state, channel, sent_at, answered_at, response_id, created_at)
       select $1, gen_random_uuid(), $2, $3, 1, day::text || ' ' || person::text, 'en', 'sent', case when day > 50 then 'text' else 'email' end, asked.at,
              case when person <= 12 and asked.at + asked.takes <= $4 then asked.at + asked.takes end, gen_random_uuid(), now()
       from generate_series(0, 59) day, generate_series(1, 30) person,
            lateral (select timestamptz '2026-05-02T10:00:00Z' + day * interval '1 day' as at, case when person <= 6 then interval '1 day' else interval '10 days' end as takes) asked`,
      [organisation.workspaceId, invited?.["distribution_id"], invited?.["survey_id"], now],
    );

    const [rate] = await summary(["response_rate"]);
    expect(rate?.score).toBeLessThan(36);
    expect(rate?.change).toMatchObject({ compared: { answeringDays: 3, count: 27 * 30, score: 20 }, previousCount: 30 * 30, previousScore: 20, difference: 0, isSignificant: false });
    // Nor does the way that was begun with lately.
    const groups = await breakdown("metric=response_rate&by=channel");
    expect(groups.groups.map(({ value, versusRest }) => [value, versusRest?.difference, versusRest?.isDifferent])).toEqual([["email", 0, false], ["text", 0, false]]);
    const why = explanation.parse((await organisation.viewer.ask("GET", "/api/explanations?metric=response_rate&from=2026-06-01&to=2026-07-01")).body);
    expect(why).toMatchObject({ count: 27 * 30, score: 20, previousCount: 30 * 30 });
    for (const { contributions } of why.splits) for (const { within, isSignificant } of contributions) expect([within, isSignificant]).toEqual([0, false]);

    // Of those asked in the last two days nothing can be compared yet.
    const [latest] = await summary(["response_rate"], "from=2026-06-29&to=2026-07-01");
    expect(latest).toMatchObject({ count: 60, change: { compared: { count: 0, score: null }, previousScore: 20, difference: null, p: null, isSignificant: false } });
  });

  test("is looked up in segments for 200,000 people at most", async () => {
    await organisation.manager.ask("POST", "/api/segments", { kind: "list", name: "Nobody" });
    await db().query(
      `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, customer_id, language, state, channel, sent_at, response_id, created_at)
       select workspace_id, uuidv7(), distribution_id, survey_id, 1, 'many ' || person::text, uuidv7(), 'en', 'sent', 'email', timestamptz '2026-06-02T10:00:00Z', uuidv7(), now()
       from (select * from feedback.invitations where workspace_id = $1 limit 1) one, generate_series(1, 200001) person`, [organisation.workspaceId]);
    expect(await refusal(`breakdown?${june}&metric=response_rate&by=segment`)).toEqual({ status: 400, code: "people_too_many" });
    expect((await breakdown("metric=response_rate&by=segment&channel=text")).groups).toEqual([]);
  });

  test("and answered is a rate with Wilson's interval, against the period before", async () => {
    const [rate] = await summary(["response_rate"]);
    expect(rate).toMatchObject({ unit: "percent", count: 40, score: 25, bands: [{ name: "answered", count: 10 }, { name: "unanswered", count: 30 }], change: { compared: { answeringDays: 3, count: 40, score: 0 }, previousCount: 20, previousScore: 0, isSignificant: false } });
    expect([rate?.low, rate?.high].map((end) => end?.toFixed(1))).toEqual(["14.2", "40.2"]);
    expect((await breakdown("metric=response_rate&by=channel")).groups.map(({ value, count, score }) => [value, count, score?.toFixed(1)])).toEqual([["email", 30, "23.3"], ["text", 10, "30.0"]]);
    const { points } = await read(trendReply, `trend?${june}&metric=response_rate&bucket=week`);
    expect(points.map(({ count }) => count)).toEqual([40, 0, 0, 0, 0]);
    expect((await summary(["response_rate", "nps"], `${june}&channel=text`))[0]).toMatchObject({ count: 10 });
  });

  test("opens the people, answered or not, page by page", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof answers>> = await answers(`metric=response_rate&band=unanswered&limit=7&cursor=${cursor}`);
      seen.push(...page.items.map(({ id }) => id));
      expect(page.items.every(({ kind, value, band }) => kind === "asked" && value === 0 && band === "unanswered")).toBe(true);
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(30);
  });
});

describe("a formula of one's own", () => {
  const make = async (given: Record<string, unknown>, client = organisation.manager) => client.ask("POST", "/api/custom-metrics", { name: "Service", formula: "mean(speed, price)", scaleMin: 1, scaleMax: 5, ...given });
  const respond = async (slug: string, speed: number | null, price: number, channel = "web"): Promise<void> => {
    const save = makeSave(slug, { ...(speed === null ? {} : { speed: { number: speed } }), price: { number: price } }, { openedAgoMs: 60_000 });
    const reply = await firsthand.nobody.ask("POST", "/api/public/responses", { ...save, channel });
    expect(reply.status, reply.text).toBe(200);
  };

  test("is the mean over responses, with interval, course, groups and rows", async () => {
    const survey = await publishSurvey(organisation.owner, { questions });
    for (const [speed, price, channel] of [[5, 4, "web"], [3, 4, "web"], [1, 2, "kiosk"], [null, 3, "kiosk"]] as const) await respond(survey.slug, speed, price, channel);
    await firsthand.settle();
    const made = customMetric.parse((await make({ surveyId: survey.id })).body);
    expect(made).toMatchObject({ metric: `custom:${made.id}`, surveyName: "Relationship" });

    const [own] = await summary([made.metric], "from=2026-06-30&to=2026-07-01");
    expect(own).toMatchObject({ title: "Service", unit: "scale", count: 4, score: 3.125, scale: { min: 1, max: 5 } });
    // Four answers leave all of the scale open: t for three degrees of freedom is 3.18.
    expect([own?.low, own?.high]).toEqual([1, 5]);
    const sum = customMetric.parse((await make({ surveyId: survey.id, name: "Both", formula: "speed + price", scaleMin: 2, scaleMax: 10 })).body);
    expect((await summary([sum.metric, made.metric])).map(({ title, count }) => [title, count])).toEqual([["Both", 3], ["Service", 4]]);
    expect((await breakdown(`metric=${made.metric}&by=channel`)).groups.map(({ value, score }) => [value, score])).toEqual([["kiosk", 2.25], ["web", 4]]);
    const { items } = await answers(`metric=${made.metric}&band=upper`);
    expect(items.map(({ value, scale, responseId }) => [value, scale?.max, responseId !== null]).toSorted()).toEqual([[4.5, 5, true]]);

    const changed = await organisation.manager.ask("PATCH", `/api/custom-metrics/${made.id}`, { formula: "price" });
    expect(customMetric.parse(changed.body)).toMatchObject({ formula: "price", name: "Service" });
    expect((await summary([made.metric]))[0]).toMatchObject({ score: 3.25 });
    expect((await organisation.manager.ask("DELETE", `/api/custom-metrics/${made.id}`)).status).toBe(204);
    expect(await refusal(`trend?metric=${made.metric}`)).toEqual({ status: 404, code: "metric_unknown" });
  });

  test.each([
    ["an unknown question", { formula: "mean(speed, taste)" }, "custom_metric_formula_wrong"],
    ["a formula that cannot be read", { formula: "mean(speed" }, "custom_metric_formula_wrong"],
    ["a trait", { formula: "speed * trait.age" }, "custom_metric_formula_wrong"],
    ["no question", { formula: "1 + 1" }, "custom_metric_formula_wrong"],
    ["a survey of nobody", { surveyId: crypto.randomUUID() }, "custom_metric_formula_wrong"],
    ["a scale without length", { scaleMin: 5, scaleMax: 5 }, "custom_metric_scale_wrong"],
    ["a scale that is too long", { scaleMin: 0, scaleMax: 1000 }, "custom_metric_scale_wrong"],
  ])("with %s is refused", async (_, given, code) => {
    const survey = await publishSurvey(organisation.owner, { questions });
    expect((await make({ surveyId: survey.id, ...given })).body).toMatchObject({ error: { code } });
  });

  test("has a name of its own, is written by who may, and is nobody else's", async () => {
    const survey = await publishSurvey(organisation.owner, { questions });
    expect((await make({ surveyId: survey.id }, organisation.viewer)).status).toBe(403);
    const made = customMetric.parse((await make({ surveyId: survey.id })).body);
    expect(await make({ surveyId: survey.id, name: "SERVICE" })).toMatchObject({ status: 409, body: { error: { code: "custom_metric_name_taken" } } });
    const stranger = await firsthand.makeOrganisation();
    expect((await stranger.owner.ask("GET", `/api/metrics/trend?metric=${made.metric}`)).status).toBe(404);
    expect((await stranger.owner.ask("PATCH", `/api/custom-metrics/${made.id}`, { name: "Taken" })).status).toBe(404);
  });
});

describe("a trend is not read across", () => {
  test("a mix of channels that moved, another scale, or weighting that began", async () => {
    const week = (day: string, channel: string, given: Partial<NewPerception> = {}): Partial<NewPerception> => ({ at: `2026-06-${day}T12:00:00Z`, channel, ...given });
    await add([...times(90, week("03", "email")), ...times(10, week("03", "app"))]);
    await add([...times(88, week("10", "email")), ...times(12, week("10", "app"))]);
    await add([...times(40, week("17", "email", { weight: 2 })), ...times(60, week("17", "app"))]);
    await add([...times(20, week("03", "email", { kind: "ces", value: 4, scaleMin: 1, scaleMax: 7 })), ...times(20, week("17", "email", { kind: "ces", value: 4, scaleMin: 1, scaleMax: 5 }))]);
    const nps = await read(breaksReply, `breaks?${june}&bucket=week`);
    expect(nps.breaks.map(({ at, kind, before, after }) => [at.slice(0, 10), kind, before, after])).toEqual([["2026-06-15", "channel_mix", "email", "app"], ["2026-06-15", "weighting_began", null, null]]);
    expect(nps.breaks[0]?.chiSquare?.cramersV).toBeCloseTo(0.5, 1);
    expect((await read(breaksReply, `breaks?${june}&bucket=week&metric=ces`)).breaks).toMatchObject([{ kind: "scale", before: "1-7", after: "1-5" }]);
  });

  test("comments read by another model, in the course of feelings and needs and nowhere else", async () => {
    await addComments([...times(12, { sentiment: "pos", needs: { EASY: "pos" }, at: "2026-06-03T12:00:00Z" }), ...times(12, { sentiment: "neg", needs: { EASY: "neg" }, at: "2026-06-17T12:00:00Z" })]);
    await add([...times(12, { at: "2026-06-03T12:00:00Z" }), ...times(12, { at: "2026-06-17T12:00:00Z" })]);
    const marks = async (metric: string) => (await read(breaksReply, `breaks?${june}&bucket=week&metric=${metric}`)).breaks;
    expect(await marks("sentiment")).toEqual([]);

    await db().query("update insights.readings set model_version = 'irrelevant+1', xid = pg_current_xact_id() where workspace_id = $1 and at > '2026-06-10'", [organisation.workspaceId]);
    await firsthand.settle();

    const { rows: [before] } = await db().query<{ model: string }>("select min(model_version) as model from insights.readings where workspace_id = $1 and at < '2026-06-10'", [organisation.workspaceId]);
    for (const metric of ["sentiment", "need_easy"]) expect(await marks(metric)).toMatchObject([{ at: "2026-06-15T00:00:00.000Z", kind: "model", before: before?.model, after: "irrelevant+1" }]);
    expect(await marks("nps")).toEqual([]);
  });

  test("a formula, survey or scale that somebody changed, and not another name", async () => {
    const survey = await publishSurvey(organisation.owner, { questions });
    const made = customMetric.parse((await organisation.manager.ask("POST", "/api/custom-metrics", { name: "Service", formula: "mean(speed, price)", scaleMin: 1, scaleMax: 5, surveyId: survey.id })).body);
    const change = async (given: object) => expect((await organisation.manager.ask("PATCH", `/api/custom-metrics/${made.id}`, given)).status).toBe(200);
    const marks = async () => (await read(breaksReply, `breaks?${june}&bucket=week&metric=${made.metric}`)).breaks;
    await change({ name: "Our service" });
    expect(await marks()).toEqual([]);

    await change({ formula: "price" });

    expect(await marks()).toMatchObject([{ at: "2026-06-29T00:00:00.000Z", kind: "formula", before: "mean(speed, price) (1–5)", after: "price (1–5)" }]);
  });

  test("other words of the question, where the survey has answers", async () => {
    const survey = await publishSurvey(organisation.owner, { questions });
    const reworded = questions.map((question) => (question.id === "nps" ? { ...question, title: { en: "Would you come again?" } } : question));
    const draft = await organisation.owner.ask("GET", `/api/surveys/${survey.id}`);
    const { draftRevision } = z.looseObject({ draftRevision: z.number() }).parse(draft.body);
    const changed = await organisation.owner.ask("PATCH", `/api/surveys/${survey.id}`, { draftRevision, draft: { ...survey.draft, questions: reworded } });
    expect(changed.status, changed.text).toBe(200);
    expect((await organisation.owner.ask("POST", `/api/surveys/${survey.id}/versions`)).status).toBeLessThan(300);
    const { rows } = await db().query<{ at: Date }>("select published_at as at from feedback.survey_versions where workspace_id = $1 and number = 2", [organisation.workspaceId]);
    const dayOf = (days: number): string => new Date((rows[0]?.at.getTime() ?? 0) + days * 86_400_000).toISOString().slice(0, 10);
    const around = `from=${dayOf(-3)}&to=${dayOf(2)}&bucket=day`;
    expect((await read(breaksReply, `breaks?${around}`)).breaks).toEqual([]);
    await add([{ surveyId: survey.id, at: `${dayOf(-2)}T12:00:00Z` }]);
    const { breaks } = await read(breaksReply, `breaks?${around}`);
    expect(breaks).toMatchObject([{ at: `${dayOf(0)}T00:00:00.000Z`, kind: "wording", before: "Irrelevant?", after: "Would you come again?", survey: { name: "Relationship", version: 2 } }]);
    expect((await read(breaksReply, `breaks?${around}&metric=csat`)).breaks).toEqual([]);
  });
});
