// The two ways a response is saved, alone and in a group, must not differ in anything that can be seen.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { irrelevantQuestions, makeSave, publishSurvey } from "../feedback.make.ts";
import type { Answers } from "../surveys/definition.contract.ts";
import { SurveyLink } from "../surveys/surveys.contract.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { SaveResponseBody } from "./responses.contract.ts";
import { saveAlone, saveResponse } from "./responses.ts";

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
let installation: Installation;
let organisation: Organisation;
let survey: Survey;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  survey = await publishSurvey(organisation.manager, {
    questions: irrelevantQuestions,
    endings: [{ id: "sorry", title: { en: "Sorry" }, conditions: [{ questionId: "nps", operator: "at_most", value: 2 }], isScreenOut: true }],
    calculations: [{ id: "half", name: "Half", formula: "nps / 2" }],
  });
});

const ways: [string, typeof saveResponse][] = [["alone", (services, given, sender) => saveAlone(services, given, sender ?? { address: null })], ["in a group", saveResponse]];
const body = (answers: Answers, given: object = {}): SaveResponseBody => SaveResponseBody.parse(makeSave(survey.slug, answers, given));
/** Everything that is stored, without what is an id or a time of the database. */
const stored = async (): Promise<unknown[]> => {
  const read = async (text: string) => (await installation.services.db.query(text, [organisation.workspaceId])).rows;
  return Promise.all([
    read(`select version, state, revision, language, channel, touchpoint, source, campaign, subject, started_at, saved_at, completed_at, recorded_at, outcome, flags, ending_id,
                 calculations, words, score, has_comment from feedback.responses where workspace_id = $1 order by id`),
    read("select question_id, question_type, position, number, choices, text, details, is_shown, is_recorded from feedback.answers where workspace_id = $1 order by response_id, position"),
    read("select type, name, subject, user_id, at, received_at, channel, touchpoint, direction, source from customers.interactions where workspace_id = $1"),
    read("select subject, at, kind, value, scale_min, scale_max, normalised, choice, text, source, channel, touchpoint, weight, properties::text from customers.perceptions where workspace_id = $1 order by kind, choice"),
    read("select name, payload ->> 'state' as state, payload ->> 'outcome' as outcome from platform.events where workspace_id = $1 and name like 'response%'"),
  ]);
};

const cases: [string, Answers, object][] = [
  ["scores, words and choices", { nps: { number: 6 }, why: { text: "Late \u0000 \ud800 <b>" }, matters: { choices: ["other"], text: "Trust" } }, { channel: "qr", touchpoint: "Shop", source: "a", campaign: "b" }],
  ["answers to hidden questions", { nps: { number: 9 }, why: { text: "Hidden" } }, {}],
  ["whoever is screened out", { nps: { number: 1 } }, {}],
  ["what came too fast", { nps: { number: 6 }, why: { text: "x" }, matters: { choices: ["price"] } }, { openedAgoMs: 100 }],
  ["what was given long ago", { nps: { number: 9 } }, { openedAgoMs: 7_260_000, answeredAgoMs: 7_200_000, language: "de" }],
];

test.each(cases)("%s are stored the same by both ways", async (_title, answers, given) => {
  const results: unknown[] = [];
  for (const [, save] of ways) {
    const saved = await save(installation.services, body(answers, given));
    results.push([saved.state, saved.revision, saved.endingId, await stored()]);
    // The same workspace and survey again, so that names and versions are equal.
    for (const table of ["feedback.responses", "customers.interactions", "customers.perceptions", "platform.events"])
      await installation.services.db.query(`delete from ${table} where workspace_id = $1`, [organisation.workspaceId]);
  }

  expect(results[1]).toEqual(results[0]);
  expect(JSON.stringify(results[0])).toContain("response.saved");
});

describe.each(ways)("saving %s", (_way, save) => {
  test.each<[string, Answers, object, string]>([
    ["an answer off the scale", { nps: { number: 11 } }, {}, "answers_not_valid"],
    ["a missing answer", {}, {}, "answers_not_valid"],
    ["an unknown version", { nps: { number: 9 } }, { version: 7 }, "survey_version_unknown"],
    ["an unknown survey", { nps: { number: 9 } }, { slug: "nothing2here" }, "survey_unknown"],
  ])("refuses %s for the same reason", async (_title, answers, given, code) => {
    await expect(save(installation.services, body(answers, given))).rejects.toMatchObject({ code });
    expect((await stored())[0]).toEqual([]);
  });

  test("keeps what is sent many times once", async () => {
    const same = body({ nps: { number: 9 } });

    const replies = await Promise.all(Array.from({ length: 8 }, () => save(installation.services, same)));

    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect((await stored()).map((rows) => (Array.isArray(rows) ? rows.length : -1))).toEqual([1, 1, 1, 1, 1]);
  });

  test("completes what was begun before", async () => {
    const half = body({ nps: { number: 9 } }, { isComplete: false });
    await save(installation.services, half);

    expect(await save(installation.services, { ...half, revision: 2, isComplete: true, answers: { nps: { number: 5 } } })).toMatchObject({ state: "complete", revision: 2 });
    expect((await stored())[1]).toMatchObject([{ number: 5 }]);
  });

  test("refuses from the moment the survey is closed", async () => {
    await save(installation.services, body({ nps: { number: 9 } }));
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);

    await expect(save(installation.services, body({ nps: { number: 9 } }))).rejects.toMatchObject({ code: "survey_closed" });
  });

  test("heeds settings from the moment they are changed", async () => {
    await save(installation.services, body({ nps: { number: 9 } }));
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { responseLimit: 2 });

    await Promise.all(Array.from({ length: 3 }, () => save(installation.services, body({ nps: { number: 9 } }))));

    const { rows } = await installation.services.db.query<{ outcome: string }>("select outcome from feedback.responses where workspace_id = $1 order by outcome", [organisation.workspaceId]);
    expect(rows.map(({ outcome }) => outcome)).toEqual(["counted", "counted", "over_quota", "over_quota"]);
  });
});

test("one bad save among many harms none of its neighbours", async () => {
  const known = body({ nps: { number: 3 } }, { isComplete: false });
  await saveResponse(installation.services, known);
  const good = Array.from({ length: 30 }, () => body({ nps: { number: 9 } }));
  const bad = body({ nps: { number: 99 } });

  const replies = await Promise.allSettled([...good, bad, { ...known, revision: 2, isComplete: true }, good[0] ?? bad].map((one) => saveResponse(installation.services, one)));

  expect(replies.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect((await stored())[0]).toHaveLength(31);
  expect((await stored())[4]).toHaveLength(31);
});

test("responses of several surveys and workspaces share a commit and stay apart", async () => {
  const other = await installation.makeOrganisation();
  const otherSurvey = await publishSurvey(other.manager, { questions: irrelevantQuestions });

  await Promise.all(Array.from({ length: 20 }, (_, index) => saveResponse(installation.services, SaveResponseBody.parse(makeSave(index % 2 === 0 ? survey.slug : otherSurvey.slug, { nps: { number: 9 } })))));

  expect((await stored()).map((rows) => (Array.isArray(rows) ? rows.length : -1))).toEqual([10, 10, 10, 10, 10]);
});

test("only a response that came by a link concerns whoever asks people", async () => {
  await saveResponse(installation.services, body({ nps: { number: 9 } }));
  await saveAlone(installation.services, body({ nps: { number: 9 } }), { address: null });
  const { url } = SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42" })).body);
  await saveResponse(installation.services, body({ nps: { number: 9 } }, { link: new URL(url).searchParams.get("c") }));

  const { rows } = await installation.services.db.query<{ isNobodys: boolean }>(
    `select (payload ->> 'isNobodys')::boolean as "isNobodys" from platform.events where workspace_id = $1 and name = 'response.saved' order by id`, [organisation.workspaceId]);
  expect(rows.map(({ isNobodys }) => isNobodys)).toEqual([true, true, false]);
});
