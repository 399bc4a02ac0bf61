import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeDefinition } from "../feedback.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import type { Answers, Question, SurveyDefinition } from "../surveys/definition.contract.ts";
import { Crosstab, Groups, JoinedMetric, Report, ReportComment, Waves, Weighting, type QuestionReport } from "./reports.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let member: Client;
let now = new Date("2026-06-10T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  now = new Date("2026-06-10T12:00:00Z");
  organisation = await firsthand.makeOrganisation();
  member = organisation.owner;
});

const title = { en: "Irrelevant?" };
const asked = (id: string) => ({ id, title, isRequired: false });
const options = [["a", "Alpha"], ["b", "Beta"], ["c", "Gamma"]].map(([id = "", en = ""]) => ({ id, label: { en } }));
const questions: Question[] = [
  { type: "nps", ...asked("nps") },
  { type: "text", ...asked("why") },
  { type: "single", ...asked("sex"), options: [{ id: "f", label: { en: "Woman" } }, { id: "m", label: { en: "Man" } }] },
  { type: "multi", ...asked("many"), options },
  { type: "ranking", ...asked("order"), options },
  { type: "matrix", ...asked("grid"), rows: options, columns: options },
  { type: "constant_sum", ...asked("shares"), options, total: 100 },
  { type: "number", ...asked("age") },
  { type: "ces", ...asked("ease") },
];

type Published = { id: string; slug: string; version: number };

const publish = async (definition: SurveyDefinition = makeDefinition({ questions }), who = member): Promise<Published> => {
  const created = z.object({ id: z.string(), slug: z.string(), name: z.string(), draftRevision: z.int() }).parse((await who.ask("POST", "/api/surveys", { name: "Irrelevant survey" })).body);
  const saved = await who.ask("PATCH", `/api/surveys/${created.id}`, { draft: definition, draftRevision: created.draftRevision });
  expect(saved.status, saved.text).toBe(200);
  const published = await who.ask("POST", `/api/surveys/${created.id}/versions`);
  expect(published.status, published.text).toBe(201);
  return { ...created, version: 1 };
};

const respond = async (survey: Published, answers: Answers, given: Record<string, unknown> = {}): Promise<string> => {
  const id = crypto.randomUUID();
  const body = { id, slug: survey.slug, version: survey.version, revision: 1, language: "en", isComplete: true, answers, openedAgoMs: 60_000, ...given };
  const reply = await firsthand.nobody.ask("POST", "/api/public/responses", body);
  expect(reply.status, reply.text).toBe(200);
  return id;
};
const respondMany = async (survey: Published, count: number, answers: Answers, given: Record<string, unknown> = {}): Promise<void> => {
  for (let done = 0; done < count; done++) await respond(survey, answers, given);
};

const read = async <Shape extends z.ZodType>(shape: Shape, path: string, who = member): Promise<z.output<Shape>> => {
  await firsthand.settle();
  const reply = await who.ask("GET", path);
  expect(reply.status, reply.text).toBe(200);
  return shape.parse(reply.body);
};
const report = (survey: Published, query = ""): Promise<Report> => read(Report, `/api/surveys/${survey.id}/report?${query}`);
const questionOf = (shown: Report, id: string): QuestionReport => {
  const found = shown.questions.find((question) => question.id === id);
  if (found === undefined) throw new Error(`No question ${id}.`);
  return found;
};
const sharesOf = (question: QuestionReport): Record<string, number> => Object.fromEntries(question.boxes.map(({ key, share }) => [key, share]));

describe("a report", () => {
  test("of a survey nobody has answered is empty, not an error", async () => {
    const shown = await report(await publish());
    expect(shown.rates).toMatchObject({ started: 0, completed: 0, completionRate: { share: null }, responseRate: null, invited: null });
    expect(shown.questions.map(({ id, count, evidence }) => [id, count, evidence])).toEqual(questions.map(({ id }) => [id, 0, "none"]));
  });

  test("gives every kind of question its numbers, on the people who answered it", async () => {
    const survey = await publish();
    await respond(survey, {
      nps: { number: 10 }, why: { text: "Fast" }, sex: { choices: ["f"] }, many: { choices: ["a", "b"] }, order: { choices: ["b", "a", "c"] },
      grid: { rows: { a: ["b"], b: ["c"] } }, shares: { amounts: { a: 60, b: 40 } }, age: { number: 30 }, ease: { number: 7 },
    });
    await respond(survey, { nps: { number: 3 }, many: { choices: ["b"] }, order: { choices: ["a"] }, grid: { rows: { a: ["c"] } }, shares: { amounts: { a: 100 } }, age: { number: 50 }, ease: { number: 4 } });

    const shown = await report(survey);

    expect(questionOf(shown, "nps")).toMatchObject({ count: 2, shown: 2, skipped: 0, score: { metric: "nps", score: 0, count: 2, evidence: "anecdotal", scale: { min: 0, max: 10 } } });
    expect(questionOf(shown, "why")).toMatchObject({ count: 1, skipped: 1, hasComments: true });
    expect(sharesOf(questionOf(shown, "sex"))).toEqual({ f: 1, m: 0 });
    expect(sharesOf(questionOf(shown, "many"))).toEqual({ a: 0.5, b: 1, c: 0 });
    expect(questionOf(shown, "order").options.map(({ key, mean, count, firstShare }) => [key, mean, count, firstShare])).toEqual([["a", 1.5, 2, 0.5], ["b", 1, 1, 0.5], ["c", 3, 1, 0]]);
    expect(questionOf(shown, "grid").rows.map(({ key, count, boxes }) => [key, count, boxes.map(({ share }) => share)])).toEqual([["a", 2, [0, 0.5, 0.5]], ["b", 1, [0, 0, 1]], ["c", 0, [0, 0, 0]]]);
    expect(questionOf(shown, "shares").options.map(({ key, mean }) => [key, mean])).toEqual([["a", 80], ["b", 20], ["c", 0]]);
    expect(questionOf(shown, "age").numbers).toMatchObject({ mean: 40, median: 40, min: 30, max: 50 });
    expect(questionOf(shown, "age").numbers?.histogram.reduce((sum, bin) => sum + bin.count, 0)).toBe(2);
    expect(questionOf(shown, "ease").score).toMatchObject({ metric: "ces", score: 5.5, share: { band: "easy", score: 50 } });
    expect(shown.rates.medianSeconds).toBe(60);
  });

  test("leaves skipped questions out of every denominator: one promoter and two who skipped score 100 with n = 1", async () => {
    const survey = await publish();
    await respond(survey, { nps: { number: 10 } });
    await respond(survey, { ease: { number: 7 } });
    await respond(survey, { ease: { number: 7 } });
    expect(questionOf(await report(survey), "nps")).toMatchObject({ count: 1, skipped: 2, shown: 3, score: { score: 100, count: 1 } });
  });

  test("says where people left, once their answers stand, and what is still being answered", async () => {
    const survey = await publish();
    await respond(survey, { nps: { number: 9 }, sex: { choices: ["f"] } }, { isComplete: false });
    await respond(survey, { nps: { number: 9 } });
    expect((await report(survey)).rates).toMatchObject({ started: 2, completed: 1, answering: 1, partial: 0 });
    await firsthand.services.db.query("update feedback.responses set recorded_at = $2 where survey_id = $1 and state = 'partial'", [survey.id, now]);

    const shown = await report(survey);

    expect(shown.rates).toMatchObject({ started: 2, completed: 1, partial: 1, answering: 0, completionRate: { numerator: 1, denominator: 2, share: 0.5 } });
    expect(questionOf(shown, "many")).toMatchObject({ left: 1, shown: 2, skipped: 1, count: 0 });
    expect(questionOf(shown, "order")).toMatchObject({ left: 0, shown: 1 });
    expect(questionOf(shown, "nps").count).toBe(2);
  });

  test("leaves out what was flagged, and forgets what is edited or deleted", async () => {
    const survey = await publish();
    const first = await respond(survey, { nps: { number: 10 } });
    const second = await respond(survey, { nps: { number: 0 } });
    const third = await respond(survey, { nps: { number: 0 } });
    expect(questionOf(await report(survey), "nps").score?.count).toBe(3);
    const { db } = firsthand.services;
    await db.query("update feedback.responses set outcome = 'flagged' where id = $1", [second]);
    await db.query("update feedback.answers set number = 8 where response_id = $1 and question_id = 'nps'", [first]);
    await db.query("delete from feedback.responses where id = $1", [third]);

    const shown = await report(survey);

    expect(questionOf(shown, "nps")).toMatchObject({ count: 1, score: { score: 0 } });
    expect(shown.rates).toMatchObject({ started: 1, completed: 1, flagged: 1 });
    await firsthand.services.analytics.rebuild();
    expect(await report(survey)).toEqual(shown);
  });

  test("follows its filters; the days are those of the workspace", async () => {
    const survey = await publish();
    await respond(survey, { nps: { number: 10 } }, { channel: "email", language: "de", campaign: "May" });
    now = new Date("2026-06-11T12:00:00Z");
    await respond(survey, { nps: { number: 0 } }, { channel: "web" });
    const scoreOf = async (query: string): Promise<number | null | undefined> => questionOf(await report(survey, query), "nps").score?.score;
    expect(await scoreOf("channel=email")).toBe(100);
    expect(await scoreOf("channel=email&channel=web")).toBe(0);
    expect(await scoreOf("language=de")).toBe(100);
    expect(await scoreOf("campaign=")).toBe(-100);
    expect(await scoreOf("version=1&from=2026-06-11")).toBe(-100);
    expect(await scoreOf("from=2026-06-10&to=2026-06-11")).toBe(100);
    expect((await report(survey, "channel=kiosk")).rates.started).toBe(0);
    expect((await report(survey)).dimensions.channel).toMatchObject([{ value: "email", count: 1 }, { value: "web", count: 1 }]);
    expect((await member.ask("GET", `/api/surveys/${survey.id}/report?from=2026-06-11&to=2026-06-11`)).status).toBe(400);
  });

  test("never scores two scales of a rating together", async () => {
    const rating = (max: number): Question[] => [{ type: "rating", ...asked("stars"), min: 1, max }];
    const survey = await publish(makeDefinition({ questions: rating(5) }));
    await respondMany(survey, 2, { stars: { number: 5 } });
    const { draftRevision } = z.object({ draftRevision: z.int() }).parse((await member.ask("GET", `/api/surveys/${survey.id}`)).body);
    await member.ask("PATCH", `/api/surveys/${survey.id}`, { draft: makeDefinition({ questions: rating(7) }), draftRevision });
    expect((await member.ask("POST", `/api/surveys/${survey.id}/versions`)).status).toBe(201);
    await respondMany({ ...survey, version: 2 }, 3, { stars: { number: 6 } });
    expect(questionOf(await report(survey), "stars")).toMatchObject({ count: 3, score: { metric: "rating", score: 6, scale: { min: 1, max: 7 } } });
    expect(questionOf(await report(survey, "version=1"), "stars")).toMatchObject({ count: 2, score: { score: 5, scale: { min: 1, max: 5 } } });
  });

  test("is of one's own workspace", async () => {
    const survey = await publish();
    const stranger = await firsthand.makeOrganisation();
    for (const path of ["report", "report/waves?question=nps", "report/crosstab?rows=nps&columns=sex", "report/comments?question=why", "weighting"])
      expect((await stranger.owner.ask("GET", `/api/surveys/${survey.id}/${path}`)).status, path).toBe(404);
  });
});

describe("segments", () => {
  test("by trait are those of the customer when they answered", async () => {
    const survey = await publish();
    const authorization = `Bearer ${await firsthand.makeWriteKey(organisation)}`;
    for (const [userId, plan] of [["1", "gold"], ["2", "basic"]]) await firsthand.nobody.ask("POST", "/v1/identify", { userId, messageId: `m${userId}`, traits: { plan, email: `${userId}@example.com` }, timestamp: "2026-06-01T00:00:00Z" }, { authorization });
    await firsthand.settle();
    const linkOf = async (identifier: string): Promise<string> => {
      const { url } = z.object({ url: z.string() }).parse((await member.ask("POST", `/api/surveys/${survey.id}/links`, { identifier })).body);
      return new URL(url).searchParams.get("c") ?? "";
    };
    await respond(survey, { nps: { number: 10 } }, { link: await linkOf("user:1") });
    await respond(survey, { nps: { number: 0 } }, { link: await linkOf("user:2") });
    await respond(survey, { nps: { number: 8 } });

    const shown = await report(survey);
    expect(shown.traits).toEqual([{ name: "plan", values: ["basic", "gold"] }]);
    expect(questionOf(await report(survey, "trait=plan%3Dgold"), "nps").score).toMatchObject({ score: 100, count: 1 });
    const groups = await read(Groups, `/api/surveys/${survey.id}/report/groups?question=nps&by=trait:plan`);
    expect(groups.groups.map(({ value, score }) => [value, score])).toEqual([[null, 0], ["basic", -100], ["gold", 100]]);
    expect(groups.total).toMatchObject({ count: 3, score: 0 });
  });
});

describe("comparisons", () => {
  test("waves are tested against the one before", async () => {
    const survey = await publish();
    now = new Date("2026-05-10T12:00:00Z");
    await respondMany(survey, 9, { nps: { number: 0 } });
    await respond(survey, { nps: { number: 8 } });
    now = new Date("2026-06-10T12:00:00Z");
    await respondMany(survey, 9, { nps: { number: 10 } });
    await respond(survey, { nps: { number: 8 } });
    const { waves } = await read(Waves, `/api/surveys/${survey.id}/report/waves?question=nps&by=month`);
    expect(waves.map(({ key, score, count }) => [key, score, count])).toEqual([["2026-05-01", -90, 10], ["2026-06-01", 90, 10]]);
    expect(waves[1]?.change).toMatchObject({ difference: 180, isSignificant: true });
    const byVersion = await read(Waves, `/api/surveys/${survey.id}/report/waves?question=nps&by=version`);
    expect(byVersion.waves.map(({ key, count }) => [key, count])).toEqual([["1", 20]]);
    expect((await member.ask("GET", `/api/surveys/${survey.id}/report/waves?question=why`)).status).toBe(400);
  });

  test("a crosstab of two questions says which columns differ", async () => {
    const survey = await publish();
    await respondMany(survey, 24, { sex: { choices: ["f"] }, many: { choices: ["a"] } });
    await respondMany(survey, 6, { sex: { choices: ["f"] }, many: { choices: ["b", "c"] } });
    await respondMany(survey, 8, { sex: { choices: ["m"] }, many: { choices: ["a", "b"] } });
    await respondMany(survey, 22, { sex: { choices: ["m"] }, many: { choices: ["b"] } });
    await respond(survey, { many: { choices: ["a"] } });
    const { lines, columns, count, chiSquare } = await read(Crosstab, `/api/surveys/${survey.id}/report/crosstab?rows=many&columns=sex`);
    expect(columns.map(({ label, letter, count: base, isTested }) => [label, letter, base, isTested])).toEqual([["Woman", "A", 30, true], ["Man", "B", 30, true]]);
    expect(lines.map(({ label, cells }) => [label, ...cells.map(({ count: n, higherThan }) => `${n}${higherThan}`)])).toEqual([["Alpha", "24B", "8"], ["Beta", "6", "30"], ["Gamma", "6", "0"]]);
    expect(count).toBe(60);
    expect(chiSquare).toBeNull();
    const turned = await read(Crosstab, `/api/surveys/${survey.id}/report/crosstab?rows=sex&columns=many`);
    expect(turned).toMatchObject({ overlaps: true, chiSquare: null });
    const byChannel = await read(Crosstab, `/api/surveys/${survey.id}/report/crosstab?rows=sex&columns=by:channel`);
    expect(byChannel.columns.map(({ key, count: base }) => [key, base])).toEqual([["web", 60]]);
  });

  test("several surveys are one metric, and never on two scales", async () => {
    const first = await publish();
    const second = await publish();
    await respondMany(first, 3, { nps: { number: 10 } });
    await respond(second, { nps: { number: 0 } });
    const joined = await read(JoinedMetric, `/api/survey-metrics?survey=${first.id}&survey=${second.id}&metric=nps`);
    expect(joined.total).toMatchObject({ count: 4, score: 50 });
    expect(joined.surveys.map(({ score, count }) => [score, count])).toEqual([[100, 3], [-100, 1]]);
    const rating = (max: number): SurveyDefinition => makeDefinition({ questions: [{ type: "rating", ...asked("stars"), min: 1, max }] });
    const [five, seven] = [await publish(rating(5)), await publish(rating(7))];
    await respond(five, { stars: { number: 5 } });
    await respond(seven, { stars: { number: 5 } });
    await firsthand.settle();
    expect(await member.ask("GET", `/api/survey-metrics?survey=${five.id}&survey=${seven.id}&metric=rating`)).toMatchObject({ status: 400, body: { error: { code: "scales_differ" } } });
    expect(await member.ask("GET", `/api/survey-metrics?survey=${first.id}&survey=${seven.id}&metric=nps`)).toMatchObject({ status: 400, body: { error: { code: "not_scored" } } });
  });
});

describe("weighting", () => {
  const half = { dimension: "sex", groups: [{ value: "f", share: 0.5 }, { value: "m", share: 0.5 }] };

  test("moves scores to the true shares, and shows what that costs beside the plain figure", async () => {
    const survey = await publish();
    await respondMany(survey, 6, { nps: { number: 10 }, sex: { choices: ["f"] } });
    await respondMany(survey, 2, { nps: { number: 0 }, sex: { choices: ["m"] } });
    await firsthand.settle();
    const put = await member.ask("PUT", `/api/surveys/${survey.id}/weighting`, { targets: [half], trimLow: 0.1, trimHigh: 5 });
    expect(put.status, put.text).toBe(200);
    expect(Weighting.parse(put.body).result).toMatchObject({ isConverged: true, count: 8, trimmed: 0 });
    const shown = await report(survey, "weighted=true");
    expect(shown.weighting?.effectiveCount).toBeCloseTo(64 / (6 * (2 / 3) ** 2 + 2 * 4), 6);
    expect(questionOf(shown, "nps").score).toMatchObject({ score: 50, count: 8 });
    expect(questionOf(shown, "nps").score?.weighted?.score).toBeCloseTo(0, 6);
    expect(questionOf(shown, "sex").boxes.map(({ share, weightedShare }) => [share, Number(weightedShare?.toFixed(6))])).toEqual([[0.75, 0.5], [0.25, 0.5]]);
    expect((await report(survey)).weighting).toBeNull();
    expect((await member.ask("DELETE", `/api/surveys/${survey.id}/weighting`)).status).toBe(204);
    expect((await read(Weighting, `/api/surveys/${survey.id}/weighting`)).weighting).toBeNull();
  });

  test("is refused by a question more than one in ten did not answer, and by a name that is none", async () => {
    const survey = await publish();
    await respondMany(survey, 4, { sex: { choices: ["f"] } });
    await respond(survey, { nps: { number: 0 } });
    await firsthand.settle();
    expect(await member.ask("PUT", `/api/surveys/${survey.id}/weighting`, { targets: [half] })).toMatchObject({ status: 409, body: { error: { code: "weights_missing_answers" } } });
    expect(await member.ask("PUT", `/api/surveys/${survey.id}/weighting`, { targets: [{ ...half, dimension: "nothing" }] })).toMatchObject({ status: 400, body: { error: { code: "group_unknown" } } });
    expect((await organisation.viewer.ask("PUT", `/api/surveys/${survey.id}/weighting`, { targets: [half] })).status).toBe(403);
  });
});

describe("comments", () => {
  test("can be searched, newest first, and a % in the search is a %", async () => {
    const survey = await publish();
    for (const text of ["Too slow", "100% fine", "slow again"]) {
      now = new Date(now.getTime() + 60_000);
      await respond(survey, { why: { text } });
    }
    const list = async (query: string): Promise<string[]> =>
      (await read(z.object({ items: z.array(ReportComment), nextCursor: z.string().nullable() }), `/api/surveys/${survey.id}/report/comments?question=why&${query}`)).items.map(({ text }) => text);
    expect(await list("")).toEqual(["slow again", "100% fine", "Too slow"]);
    expect(await list("search=SLOW")).toEqual(["slow again", "Too slow"]);
    expect(await list("search=0%25")).toEqual(["100% fine"]);
    const page = z.object({ nextCursor: z.string() }).parse((await member.ask("GET", `/api/surveys/${survey.id}/report/comments?question=why&limit=1`)).body);
    expect(await list(`limit=1&cursor=${page.nextCursor}`)).toEqual(["100% fine"]);
  });

  test("can be narrowed to the days of the report, which are those of the workspace's clock", async () => {
    const { owner } = await firsthand.makeOrganisation();
    expect((await owner.ask("PATCH", "/api/workspace", { timeZone: "Europe/Oslo" })).status).toBe(200);
    const survey = await publish(makeDefinition({ questions }), owner);
    // In Oslo the second day has begun already.
    for (const [at, text] of [["2026-06-01T12:00:00Z", "first"], ["2026-06-01T22:30:00Z", "second"], ["2026-06-02T22:30:00Z", "third"]] as const) {
      now = new Date(at);
      await respond(survey, { why: { text } });
    }
    const list = async (days: string): Promise<string[]> =>
      (await read(z.object({ items: z.array(ReportComment) }), `/api/surveys/${survey.id}/report/comments?question=why&${days}`, owner)).items.map(({ text }) => text);
    expect(await list("from=2026-06-02&to=2026-06-03")).toEqual(["second"]);
    expect([await list("from=2026-06-02"), await list("to=2026-06-02")]).toEqual([["third", "second"], ["first"]]);
    expect(await owner.ask("GET", `/api/surveys/${survey.id}/report/comments?question=why&from=2026-06-02&to=2026-06-02`)).toMatchObject({ status: 400, body: { error: { code: "report_period_empty" } } });
  });
});
