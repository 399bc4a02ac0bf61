// People in groups: contact lists and segments, waves of distributions, weights, who was asked by name, and groups too small to be shown.
import { parse } from "csv-parse/sync";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { makeSave, publishSurvey } from "../feedback.make.ts";
import type { Answers, Question } from "../surveys/definition.contract.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { Crosstab, Groups, JoinedMetric, Report, Waves } from "./reports.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let member: Client;
let survey: Survey;
let now = new Date("2026-06-10T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  now = new Date("2026-06-10T12:00:00Z");
  organisation = await firsthand.makeOrganisation();
  member = organisation.owner;
  survey = await publishSurvey(member, { questions });
});

const asked = (id: string) => ({ id, title: { en: "Irrelevant?" }, isRequired: false });
const questions: Question[] = [
  { type: "nps", ...asked("nps") }, { type: "csat", ...asked("csat") }, { type: "ces", ...asked("ease") },
  { type: "single", ...asked("sex"), options: [{ id: "f", label: { en: "Woman" } }, { id: "m", label: { en: "Man" } }] },
];

const respond = async (answers: Answers, given: Record<string, unknown> = {}): Promise<void> => {
  const reply = await firsthand.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, answers, { openedAgoMs: 60_000, ...given }));
  expect(reply.status, reply.text).toBe(200);
};
const respondMany = async (count: number, answers: Answers, given: Record<string, unknown> = {}): Promise<void> => {
  await Promise.all(Array.from({ length: count }, () => respond(answers, given)));
};
const respondAs = async (identifier: string, answers: Answers, given: Record<string, unknown> = {}): Promise<void> => {
  const { url } = z.object({ url: z.string() }).parse((await member.ask("POST", `/api/surveys/${survey.id}/links`, { identifier })).body);
  await respond(answers, { link: new URL(url).searchParams.get("c") ?? "", ...given });
};
const read = async <Shape extends z.ZodType>(shape: Shape, path: string): Promise<z.output<Shape>> => {
  await firsthand.settle();
  const reply = await member.ask("GET", path.startsWith("/api") ? path : `/api/surveys/${survey.id}/report${path}`);
  expect(reply.status, reply.text).toBe(200);
  return shape.parse(reply.body);
};
const post = async (path: string, body: unknown): Promise<string> => {
  const reply = await member.ask("POST", path, body);
  expect(reply.status, reply.text).toBeLessThan(300);
  return z.object({ id: z.string().default("") }).parse(reply.body).id;
};
const scoreOf = (report: Report, id = "nps") => report.questions.find((question) => question.id === id)?.score;
const setThreshold = async (anonymityThreshold: number): Promise<void> => {
  expect((await member.ask("PUT", `/api/surveys/${survey.id}/settings`, { anonymityThreshold })).status).toBe(200);
};
const db = () => firsthand.services.db;

describe("contact lists and segments", () => {
  const makeList = async (name: string, identifiers: readonly string[]): Promise<string> => {
    const id = await post("/api/segments", { kind: "list", name });
    await post(`/api/segments/${id}/entries`, { identifiers });
    return id;
  };
  /** Four people: 1 and 2 are of plan gold, 3 and 4 of basic; 1 to 3 are promoters. */
  const makePeople = async (): Promise<void> => {
    const authorization = `Bearer ${await firsthand.makeWriteKey(organisation)}`;
    for (const [userId, plan] of [["1", "gold"], ["2", "gold"], ["3", "basic"], ["4", "basic"]]) await firsthand.nobody.ask("POST", "/v1/identify", { userId, messageId: `m${userId}`, traits: { plan, email: `p${userId}@example.com` }, timestamp: "2026-06-01T00:00:00Z" }, { authorization });
    await firsthand.settle();
    for (const userId of ["1", "2", "3"]) await respondAs(`user:${userId}`, { nps: { number: 10 }, sex: { choices: ["f"] } });
    await respondAs("email:p4@example.com", { nps: { number: 0 }, sex: { choices: ["m"] } });
    await respond({ nps: { number: 7 } });
    await firsthand.settle();
  };

  test("narrow a report to their people, whichever identifier they answered with; several widen", async () => {
    await makePeople();
    const gold = await post("/api/segments", { kind: "live", name: "Gold", rule: { match: "all", conditions: [{ kind: "trait", name: "plan", operator: "is", value: "gold" }] } });
    const fourth = await makeList("Fourth", ["4"]);
    expect(scoreOf(await read(Report, `?segment=${gold}`))).toMatchObject({ score: 100, count: 2 });
    expect(scoreOf(await read(Report, `?segment=${fourth}`))).toMatchObject({ score: -100, count: 1 });
    expect(scoreOf(await read(Report, `?segment=${gold}&segment=${fourth}&channel=web`))).toMatchObject({ count: 3 });
    expect((await read(Report, `?segment=${fourth}&trait=plan%3Dgold`)).rates.started).toBe(0);
    const stranger = await firsthand.makeOrganisation();
    const theirs = z.object({ id: z.string() }).parse((await stranger.owner.ask("POST", "/api/segments", { kind: "list", name: "Theirs" })).body).id;
    expect(await member.ask("GET", `/api/surveys/${survey.id}/report?segment=${theirs}`)).toMatchObject({ status: 400, body: { error: { code: "group_unknown" } } });
  });

  test("stand side by side by name, and nothing is tested where somebody is on several", async () => {
    await makePeople();
    const [first, second, rest] = [await makeList("First", ["1", "2"]), await makeList("Second", ["2", "4"]), await makeList("Rest", ["3", "4"])];
    const shared = await read(Groups, `/groups?question=nps&by=segment&compared=${first}&compared=${second}`);
    expect(shared).toMatchObject({ overlaps: true, total: { count: 5 }, groups: [{ label: "First", score: 100, count: 2, versusRest: null }, { label: "Second", score: 0, count: 2, versusRest: null }] });
    const apart = await read(Groups, `/groups?question=nps&by=segment&compared=${first}&compared=${rest}`);
    expect(apart).toMatchObject({ overlaps: false, groups: [{ label: "First", score: 100 }, { label: "Rest", score: 0 }] });
    const table = await read(Crosstab, `/crosstab?rows=sex&columns=by:segment&compared=${first}&compared=${second}`);
    expect(table).toMatchObject({ overlaps: true, chiSquare: null, columns: [{ label: "First", count: 2 }, { label: "Second", count: 2 }], lines: [{ key: "f", cells: [{ count: 2 }, { count: 1 }] }, { key: "m", cells: [{ count: 0 }, { count: 1 }] }] });
  });

  test("on which nearly everybody is are hidden below the anonymity threshold, since the others would show", async () => {
    await makePeople();
    const nearlyAll = await makeList("Nearly all", ["1", "2", "3", "4"]);
    const half = await makeList("Half", ["1", "2"]);
    await setThreshold(2);
    expect(await read(Groups, `/groups?question=nps&by=segment&compared=${nearlyAll}&compared=${half}`)).toMatchObject({ groups: [{ label: "Half" }], hiddenGroups: 1 });
    expect(await read(Report, `?segment=${nearlyAll}`)).toMatchObject({ isTooFewToShow: true, questions: [] });
    expect(await read(Report, `?segment=${half}`)).toMatchObject({ isTooFewToShow: false });
  });
});

/** Three invitations by mail, two by text message in the second wave; the people with even numbers answered. */
const makeInvitations = async (): Promise<string> => {
  const distribution = crypto.randomUUID();
  const values = [organisation.workspaceId, distribution, survey.id, now];
  await db().query("insert into feedback.distributions (workspace_id, id, survey_id, name, settings, wave, started_at, created_at, changed_at) values ($1, $2, $3, 'Summer', '{}', 2, $4, $4, $4)", values);
  await db().query("insert into feedback.distribution_waves (workspace_id, distribution_id, number, begins_at, people) select $1, $2, number, $3::timestamptz + number * interval '1 day', 3 from generate_series(1, 2) number", [organisation.workspaceId, distribution, now]);
  const { rows } = await db().query<{ response: string; wave: number; person: number }>(
    `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, language, state, channel, sent_at, delivered_at, clicked_at, answered_at, response_id, created_at)
     select $1, gen_random_uuid(), $2, $3, case when person <= 3 then 1 else 2 end, person::text, case when person = 1 then 'de' else 'en' end, 'sent', case when person <= 3 then 'email' else 'text' end, $4, $4,
            case when person % 2 = 0 then $4::timestamptz end, case when person % 2 = 0 then $4::timestamptz end, gen_random_uuid(), $4
     from generate_series(1, 5) person
     returning response_id as response, wave, person_key::int as person`,
    values,
  );
  for (const { response, wave, person } of rows) if (person % 2 === 0) await respond({ nps: { number: wave === 1 ? 0 : 10 } }, { id: response, channel: wave === 1 ? "email" : "text" });
  return distribution;
};

describe("waves of a distribution", () => {
  test("are a dimension with the name of the distribution, to filter, group and compare by", async () => {
    await respond({ nps: { number: 7 } });
    const distribution = await makeInvitations();
    const { dimensions } = await read(Report, "");
    expect(dimensions.wave).toEqual(expect.arrayContaining([{ value: "", label: null, count: 1 }, { value: `${distribution}/1`, label: "Summer · 1", count: 1 }, { value: `${distribution}/2`, label: "Summer · 2", count: 1 }]));
    expect(scoreOf(await read(Report, `?wave=${distribution}/2`))).toMatchObject({ score: 100, count: 1 });
    expect((await read(Waves, "/waves?question=nps&by=wave")).waves).toMatchObject([{ label: "Summer · 1", score: -100 }, { label: "Summer · 2", score: 100 }]);
    expect((await read(Groups, "/groups?question=nps&by=wave")).groups.map(({ label }) => label).toSorted()).toEqual(["Summer · 1", "Summer · 2", null]);
    expect((await read(Crosstab, "/crosstab?rows=nps&columns=by:wave")).columns.map(({ label }) => label)).toEqual(["", "Summer · 1", "Summer · 2"]);
  });
});

describe("the response rate", () => {
  test("says of every way people were asked on how many answered of how many, also where it is filtered", async () => {
    const distribution = await makeInvitations();
    const list = crypto.randomUUID();
    await db().query(
      `insert into feedback.call_lists (workspace_id, id, survey_id, name, segment_id, status, script, kind, hours_from, hours_to, days, attempts_max, pause_hours, created_at)
       values ($1, $2, $3, 'Calls', gen_random_uuid(), 'open', '', 'relationship', '09:00', '20:00', '{1}', 3, 4, $4)`,
      [organisation.workspaceId, list, survey.id, now],
    );
    await db().query(
      `with called (place, outcome) as (values (1, '1.1'), (2, '2.11'), (3, '3.13'), (4, null)), targets as (
         insert into feedback.call_targets (workspace_id, list_id, id, customer_id, next_at, outcome) select $1, $2, md5(place::text)::uuid, gen_random_uuid(), $3, outcome from called returning id, outcome
       )
       insert into feedback.call_attempts (workspace_id, list_id, target_id, number, outcome, note, at) select $1, $2, id, 1, outcome, '', $3 from targets where outcome is not null`,
      [organisation.workspaceId, list, now],
    );
    const ratesOf = async (query: string) => (await read(Report, `?${query}`)).rates;
    const all = await ratesOf("from=2026-06-10&to=2026-06-11");
    expect(all.outreach).toMatchObject([
      { channel: "email", asked: 3, delivered: 3, opened: 1, answered: 1, rate: { numerator: 1, denominator: 3 } },
      { channel: "text", asked: 2, answered: 1 },
      { channel: "interview", asked: 3, delivered: 2, opened: null, answered: 1 },
    ]);
    expect(all).toMatchObject({ invited: 8, delivered: 7, opened: 2, responseRate: { numerator: 3, denominator: 8 } });
    expect(await ratesOf("from=2026-06-11&to=2026-06-12")).toMatchObject({ outreach: [], invited: null, responseRate: null });
    expect((await ratesOf("channel=interview")).responseRate).toMatchObject({ numerator: 1, denominator: 3 });
    expect((await ratesOf("channel=text")).outreach).toMatchObject([{ channel: "text", asked: 2 }]);
    expect((await ratesOf("channel=web")).responseRate).toBeNull();
    expect((await ratesOf("language=en")).outreach).toMatchObject([{ channel: "email", asked: 2, answered: 1 }, { channel: "text", asked: 2 }]);
    expect((await ratesOf(`wave=${distribution}/1`)).outreach).toMatchObject([{ channel: "email", asked: 3 }]);
    expect(await ratesOf("trait=plan%3Dgold")).toMatchObject({ outreach: [], outreachUnknown: "trait", responseRate: null });
  });
});

describe("weights", () => {
  test("count in groups, waves and crosstabs too, beside the plain figures", async () => {
    // Women are three in four of the answers and half of the people; on the web they are promoters, by mail they are not.
    await respondMany(30, { nps: { number: 10 }, sex: { choices: ["f"] } });
    await respondMany(10, { nps: { number: 0 }, sex: { choices: ["m"] } });
    now = new Date("2026-06-17T12:00:00Z");
    await respondMany(30, { nps: { number: 7 }, sex: { choices: ["f"] } }, { channel: "email" });
    await respondMany(10, { nps: { number: 10 }, sex: { choices: ["m"] } }, { channel: "email" });
    await firsthand.settle();
    const half = { dimension: "sex", groups: [{ value: "f", share: 0.5 }, { value: "m", share: 0.5 }] };
    expect((await member.ask("PUT", `/api/surveys/${survey.id}/weighting`, { targets: [half], trimLow: 0.1, trimHigh: 5 })).status).toBe(200);

    const { total, groups } = await read(Groups, "/groups?question=nps&by=channel&weighted=true");
    const round = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : Math.round(value * 1e6) / 1e6);
    // Every woman weighs 2/3, every man 2.
    expect(groups.map(({ value, score, weighted }) => [value, score, round(weighted?.score), round(weighted?.effectiveCount)])).toEqual([["email", 25, 50, 30], ["web", 50, 0, 30]]);
    expect([total.score, round(total.weighted?.score)]).toEqual([37.5, 25]);
    expect(groups[0]?.versusRest).toMatchObject({ isDifferent: true });
    expect(round(groups[0]?.versusRest?.difference)).toBe(50);
    const { waves } = await read(Waves, "/waves?question=nps&by=week&weighted=true");
    expect(waves.map(({ weighted }) => round(weighted?.score))).toEqual([0, 50]);
    expect(round(waves[1]?.change?.difference)).toBe(50);
    const table = await read(Crosstab, "/crosstab?rows=sex&columns=by:channel&weighted=true");
    expect(table.isWeighted).toBe(true);
    expect(table.lines.map(({ share, weightedShare, cells }) => [share, round(weightedShare), ...cells.map((cell) => round(cell.weightedShare))])).toEqual([[0.75, 0.5, 0.5, 0.5], [0.25, 0.5, 0.5, 0.5]]);
    const byQuestion = await read(Crosstab, "/crosstab?rows=nps&columns=sex&weighted=true");
    expect(byQuestion.columns.map(({ count }) => count)).toEqual([60, 20]);
    expect(byQuestion.lines.map(({ key, weightedShare }) => [key, round(weightedShare)])).toEqual([["0", 0.25], ["7", 0.25], ["10", 0.5]]);
    expect((await read(Groups, "/groups?question=nps&by=channel")).groups[0]?.weighted).toBeNull();
  });
});

const airportFile = join(import.meta.dirname, "../../../../shared/data/survey/sfo_2018.csv.gz");
const hasAirport = existsSync(airportFile);
const AirportRow = z.object({ RESPNUM: z.string(), NETPRO: z.string(), Q14FIND: z.string(), Q15PROBLEM: z.string(), AIRLINE_CODE: z.string(), WEIGHT: z.coerce.number() });

describe.skipIf(!hasAirport)(hasAirport ? "a real survey of 2,650 passengers" : `a real survey of 2,650 passengers (skipped: it is not at ${airportFile})`, () => {
  test("gives the known score, weighted to the share of each airline, ease of finding one's way, and the score by either", async () => {
    const text = gunzipSync(readFileSync(airportFile)).toString("latin1");
    const read2018: unknown[] = parse(text, { columns: (names: string[]) => names.map((name) => name.trim()), relax_column_count: true });
    const rows = read2018.map((row) => AirportRow.parse(row)).filter(({ NETPRO }) => NETPRO !== "11" && NETPRO !== "");
    const weights = new Map<string, number>();
    for (const { AIRLINE_CODE, WEIGHT } of rows) weights.set(AIRLINE_CODE, (weights.get(AIRLINE_CODE) ?? 0) + WEIGHT);
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    survey = await publishSurvey(member, { questions: [
      { type: "nps", ...asked("nps") }, { type: "csat", ...asked("ease") },
      { type: "single", ...asked("problem"), options: ["1", "2", "3"].map((id) => ({ id, label: { en: `Answer ${id}` } })) },
      { type: "dropdown", ...asked("airline"), options: [...weights.keys()].map((id) => ({ id, label: { en: `Airline ${id}` } })) },
    ] });
    // In the file 0 says that nothing was answered.
    const answered = (value: string): string => (value === "0" ? "" : value);
    const lines = rows.map((row) => [row.RESPNUM, "2018-05-15T12:00:00Z", row.NETPRO, answered(row.Q14FIND), answered(row.Q15PROBLEM), row.AIRLINE_CODE].join(","));
    const brought = await member.ask("POST", `/api/surveys/${survey.id}/response-imports?name=airport.csv`, Buffer.from(["id,submitdate,nps,ease,problem,airline", ...lines].join("\n")), { "content-type": "application/octet-stream" });
    expect(brought.body, brought.text).toMatchObject({ import: { rowsAdded: 2_650, rowsRefused: 0 } });
    await firsthand.settle();
    const targets = [{ dimension: "airline", groups: [...weights].map(([value, weight]) => ({ value, share: weight / total })) }];
    expect((await member.ask("PUT", `/api/surveys/${survey.id}/weighting`, { targets, trimLow: 0, trimHigh: 100 })).status).toBe(200);

    const report = await read(Report, "?weighted=true");

    const [nps, ease] = [scoreOf(report), scoreOf(report, "ease")];
    expect([nps?.count, nps?.score?.toFixed(2), nps?.weighted?.score?.toFixed(2)]).toEqual([2_650, "30.98", "35.11"]);
    expect([report.weighting?.effectiveCount.toFixed(0), report.weighting?.designEffect.toFixed(2), report.weighting?.efficiency.toFixed(3)]).toEqual(["2134", "1.24", "0.805"]);
    // The linearised error beside Kish's, which the same report gives: spread of the weighted score over the effective answers.
    const boxes = report.questions.find(({ id }) => id === "nps")?.boxes ?? [];
    const spread = boxes.reduce((sum, { key, weightedShare }) => sum + (weightedShare ?? 0) * (100 * pointOf(key) - (nps?.weighted?.score ?? 0)) ** 2, 0);
    const linearised = ((nps?.weighted?.high ?? 0) - (nps?.weighted?.low ?? 0)) / 2 / 1.959964;
    expect([Math.sqrt(spread / (report.weighting?.effectiveCount ?? 0)).toFixed(3), linearised.toFixed(3)]).toEqual(["1.590", "1.578"]);
    expect([ease?.count, ease?.mean?.value.toFixed(3), ease?.score?.toFixed(1)]).toEqual([2_522, "4.399", "85.1"]);
    expect(await npsBy("ease")).toEqual(["1: -66.7 (24)", "2: -44.9 (49)", "3: -29.7 (303)", "4: 16.5 (667)", "5: 55.5 (1479)"]);
    expect(await npsBy("problem")).toEqual(expect.arrayContaining(["1: -3.6 (359)", "2: 37.4 (2181)"]));
  });

  const pointOf = (key: string): number => (Number(key) >= 9 ? 1 : Number(key) >= 7 ? 0 : -1);
  const npsBy = async (question: string): Promise<string[]> => {
    const { columns, lines } = await read(Crosstab, `/crosstab?rows=nps&columns=${question}`);
    return columns.map(({ key, count }, place) => {
      const points = lines.reduce((sum, line) => sum + (line.cells[place]?.count ?? 0) * pointOf(line.key), 0);
      return `${key}: ${((100 * points) / count).toFixed(1)} (${count})`;
    });
  };
});

describe("satisfaction and effort", () => {
  test("are compared by group and wave, and over several surveys", async () => {
    now = new Date("2026-05-10T12:00:00Z");
    await respondMany(15, { csat: { number: 5 }, ease: { number: 7 } }, { channel: "email" });
    await respondMany(5, { csat: { number: 1 }, ease: { number: 6 } }, { channel: "email" });
    now = new Date("2026-06-10T12:00:00Z");
    await respondMany(4, { csat: { number: 4 }, ease: { number: 3 } });
    await respondMany(16, { csat: { number: 2 }, ease: { number: 2 } });
    for (const [question, scores] of [["csat", [75, 20]], ["ease", [6.75, 2.2]]] as const) {
      const { groups } = await read(Groups, `/groups?question=${question}&by=channel`);
      expect(groups.map(({ value, score }) => [value, score])).toEqual([["email", scores[0]], ["web", scores[1]]]);
      expect(groups.map(({ versusRest }) => versusRest?.isDifferent)).toEqual([true, true]);
      const { waves } = await read(Waves, `/waves?question=${question}&by=month`);
      expect(waves.map(({ score }) => score)).toEqual(scores);
      expect(waves[1]?.change?.isSignificant).toBe(true);
      expect(waves[1]?.change?.difference).toBeCloseTo(scores[1] - scores[0], 9);
    }
    const first = survey;
    survey = await publishSurvey(member, { questions });
    await respondMany(5, { csat: { number: 5 }, ease: { number: 1 } });
    for (const [metric, total, each] of [["csat", (100 * 24) / 45, [47.5, 100]], ["ces", (6.75 * 20 + 2.2 * 20 + 5) / 45, [4.475, 1]]] as const) {
      const joined = await read(JoinedMetric, `/api/survey-metrics?survey=${first.id}&survey=${survey.id}&metric=${metric}`);
      expect(joined.total.count).toBe(45);
      expect(joined.total.score).toBeCloseTo(total, 9);
      for (const [index, one] of joined.surveys.entries()) expect(one.score).toBeCloseTo(each[index] ?? 0, 9);
    }
  });
});

describe("groups smaller than the survey's anonymity threshold", () => {
  test("are hidden with the next smallest, so that the total does not give them away; time is no group of people", async () => {
    await respondMany(6, { nps: { number: 9 }, sex: { choices: ["f"] } });
    await respondMany(4, { nps: { number: 8 }, sex: { choices: ["m"] } }, { channel: "qr" });
    await respondMany(2, { nps: { number: 0 }, sex: { choices: ["m"] } }, { channel: "kiosk" });
    await setThreshold(3);

    expect(await read(Groups, "/groups?question=nps&by=channel")).toMatchObject({ groups: [{ value: "web", count: 6 }], hiddenGroups: 2, total: { count: 12 } });
    expect((await read(Crosstab, "/crosstab?rows=sex&columns=by:channel")).columns.map(({ key }) => key)).toEqual(["web"]);
    expect((await read(Crosstab, "/crosstab?rows=nps&columns=sex")).columns.map(({ key }) => key)).toEqual(["f", "m"]);
    expect(await read(Waves, "/waves?question=nps&by=month")).toMatchObject({ waves: [{ count: 12 }], hiddenGroups: 0 });
    expect(await read(Report, "?channel=kiosk")).toMatchObject({ isTooFewToShow: true, questions: [], rates: { started: 0 } });
    expect(await read(Report, "?channel=web&channel=qr")).toMatchObject({ isTooFewToShow: true });
    expect(await read(Report, "?channel=web")).toMatchObject({ isTooFewToShow: false, rates: { completed: 6 } });
    expect((await member.ask("GET", `/api/surveys/${survey.id}/report/groups?question=nps&by=language&channel=kiosk`)).body).toMatchObject({ error: { code: "group_too_small" } });
  });

  test("are also those a crosstab leaves out: who answered one question only would be the difference to everybody", async () => {
    await respondMany(6, { nps: { number: 9 }, sex: { choices: ["f"] } });
    await respondMany(4, { nps: { number: 8 }, sex: { choices: ["m"] } });
    await respond({ nps: { number: 0 } });
    await setThreshold(3);
    expect(await read(Crosstab, "/crosstab?rows=nps&columns=sex")).toMatchObject({ columns: [{ key: "f" }], hiddenGroups: 1 });
  });
});

describe("what responses were about, and who served", () => {
  const team = async (name: string, memberId: string): Promise<string> => post("/api/teams", { name, departments: [{ department: `${name} department`, from: null, to: null }], members: [{ memberId, from: null, to: null }] });

  test("split and narrow a report as they do every figure, by team, department, member and product", async () => {
    const { agent, manager } = organisation;
    const [desk, field] = [await team("Desk", agent.memberId), await team("Field", manager.memberId)];
    await respondMany(4, { nps: { number: 10 }, sex: { choices: ["f"] } }, { member: agent.memberId, product: "Tea" });
    await respondMany(3, { nps: { number: 0 }, sex: { choices: ["m"] } }, { member: manager.memberId, product: "Cup" });
    await respondMany(2, { nps: { number: 7 } });

    const groups = async (by: string, query = "") => (await read(Groups, `/groups?question=nps&by=${by}${query}`)).groups.map(({ value, label, count, score }) => [value, label, count, score]);
    expect(await groups("team")).toEqual([[desk, "Desk", 4, 100], [field, "Field", 3, -100], [null, null, 2, 0]]);
    expect(await groups("department")).toEqual([["Desk department", null, 4, 100], ["Field department", null, 3, -100], [null, null, 2, 0]]);
    expect(await groups("member")).toEqual([[agent.memberId, expect.stringContaining("agent"), 4, 100], [manager.memberId, expect.stringContaining("manager"), 3, -100], [null, null, 2, 0]]);
    expect(await groups("product", `&team=${desk}&team=`)).toEqual([["Tea", null, 4, 100], [null, null, 2, 0]]);
    expect(await read(Crosstab, "/crosstab?rows=sex&columns=by:team")).toMatchObject({ columns: [{ label: "Desk", count: 4 }, { label: "Field", count: 3 }], lines: [{ key: "f", cells: [{ count: 4 }, { count: 0 }] }, { key: "m", cells: [{ count: 0 }, { count: 3 }] }] });

    const counts = [];
    for (const query of [`team=${desk}`, `team=${desk}&product=Cup`, "department=Field%20department", `member=${agent.memberId}&member=`, "product=Tea&channel=web"]) counts.push((await read(Report, `?${query}`)).rates.completed);
    expect(counts).toEqual([4, 0, 3, 6, 4]);
    const { circumstances, rates } = await read(Report, `?team=${field}`);
    expect(circumstances.filter(({ name }) => name === "team")).toEqual([{ name: "team", value: desk, label: "Desk", count: 4 }, { name: "team", value: field, label: "Field", count: 3 }, { name: "team", value: "", label: null, count: 2 }]);
    expect([...new Set(circumstances.map(({ name }) => name))].toSorted()).toEqual(["department", "member", "product", "team"]);
    expect(rates.responseRate).toBeNull();

    // A team of somebody else's served nobody here, and no group is shown that is too small.
    const stranger = await firsthand.makeOrganisation();
    const theirs = z.object({ id: z.string() }).parse((await stranger.manager.ask("POST", "/api/teams", { name: "Theirs" })).body).id;
    expect((await read(Report, `?team=${theirs}`)).rates.completed).toBe(0);
    await setThreshold(3);
    expect(await groups("team")).toEqual([[desk, "Desk", 4, 100]]);
    expect((await read(Report, `?member=${agent.memberId}&member=${manager.memberId}`)).isTooFewToShow).toBe(true);
  });
});
