// What becomes of a complete response: which ending its person sees, and whether it counts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeSave, publishSurvey } from "../feedback.make.ts";
import type { Answers, Ending, Question, Quota } from "../surveys/definition.contract.ts";
import { SurveyLink } from "../surveys/surveys.contract.ts";
import { SavedResponse, SurveyResponse } from "./responses.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
});

const asked = { title: { en: "Irrelevant?" }, isRequired: true };
const options = ["yes", "no"].map((id) => ({ id, label: { en: id }, score: id === "yes" ? 10 : 0 }));
const questions: Question[] = [
  { ...asked, id: "bought", type: "single", options },
  { ...asked, id: "nps", type: "nps", isRequired: false, showIf: [{ questionId: "bought", operator: "is", value: "yes" }] },
];
const ending = (id: string, given: Partial<Ending> = {}): Ending => ({ id, title: { en: id }, conditions: [], ...given });
const screenOut = ending("not_you", { isScreenOut: true, conditions: [{ questionId: "bought", operator: "is", value: "no" }] });
const quota = (given: Partial<Quota> = {}): Quota => ({ id: "buyers", name: "Buyers", limit: 1, conditions: [{ questionId: "bought", operator: "is", value: "yes" }], endingId: "full", ...given });

const answer = async (slug: string, answers: Answers, given: object = {}): Promise<SavedResponse> => {
  const reply = await installation.nobody.ask("POST", "/api/public/responses", makeSave(slug, answers, given));
  expect(reply.status, reply.text).toBe(200);
  return SavedResponse.parse(reply.body);
};
const readBack = async (id: string): Promise<SurveyResponse> => SurveyResponse.parse((await organisation.viewer.ask("GET", `/api/responses/${id}`)).body);
const countPerceptions = async (): Promise<number> =>
  (await installation.services.db.query("select from customers.perceptions where workspace_id = $1", [organisation.workspaceId])).rowCount ?? 0;
const countInteractions = async (): Promise<number> =>
  (await installation.services.db.query("select from customers.interactions where workspace_id = $1", [organisation.workspaceId])).rowCount ?? 0;
const yes: Answers = { bought: { choices: ["yes"] }, nps: { number: 9 } };

describe("an ending", () => {
  test("is told by its id; without one the thank-you stands", async () => {
    const survey = await publishSurvey(organisation.manager, { questions, endings: [ending("happy", { conditions: [{ questionId: "nps", operator: "at_least", value: 9 }] })] });

    const happy = await answer(survey.slug, yes);
    const other = await answer(survey.slug, { ...yes, nps: { number: 3 } });

    expect([happy.endingId, other.endingId]).toEqual(["happy", null]);
    expect(await readBack(happy.id)).toMatchObject({ endingId: "happy", outcome: "counted" });
  });

  test("that screens out keeps the response, but not among the feelings", async () => {
    const survey = await publishSurvey(organisation.manager, { questions, endings: [screenOut] });

    const saved = await answer(survey.slug, { bought: { choices: ["no"] } });

    expect(saved.endingId).toBe("not_you");
    expect(await readBack(saved.id)).toMatchObject({ outcome: "screened_out", endingId: "not_you" });
    expect([await countPerceptions(), await countInteractions()]).toEqual([0, 1]);
  });
});

describe("a quota", () => {
  test("gives its last place to exactly one of two who finish at once", async () => {
    const survey = await publishSurvey(organisation.manager, { questions, endings: [ending("full")], quotas: [quota()] });

    const saved = await Promise.all(Array.from({ length: 6 }, () => answer(survey.slug, yes)));

    const outcomes = await Promise.all(saved.map(async ({ id }) => (await readBack(id)).outcome));
    expect(outcomes.toSorted()).toEqual(["counted", ...Array.from({ length: 5 }, () => "over_quota")]);
    expect(saved.map(({ endingId }) => endingId).toSorted()).toEqual(["full", "full", "full", "full", "full", null]);
    // The one that counts: bought and nps.
    expect(await countPerceptions()).toBe(2);
  });

  test("is not used up by repeating a save, nor by those it does not ask for", async () => {
    const survey = await publishSurvey(organisation.manager, { questions, endings: [ending("full")], quotas: [quota({ limit: 2 })] });
    const first = makeSave(survey.slug, yes);

    await Promise.all([first, first, first].map((body) => installation.nobody.ask("POST", "/api/public/responses", body)));
    await answer(survey.slug, { bought: { choices: ["no"] } });
    const second = await answer(survey.slug, yes);
    const third = await answer(survey.slug, yes);

    expect([second.endingId, third.endingId]).toEqual([null, "full"]);
  });

  test("that is full takes no place in another", async () => {
    const survey = await publishSurvey(organisation.manager, {
      questions, endings: [ending("full")],
      quotas: [quota(), quota({ id: "all", limit: 2, conditions: [] })],
    });
    await answer(survey.slug, yes);
    await answer(survey.slug, yes);

    const last = await answer(survey.slug, { bought: { choices: ["no"] } });

    expect(await readBack(last.id)).toMatchObject({ outcome: "counted" });
  });
});

test("calculations are worked out from what was shown and kept", async () => {
  const survey = await publishSurvey(organisation.manager, { questions, calculations: [{ id: "points", name: "Points", formula: "bought + nps * 2" }] });

  const both = await answer(survey.slug, yes);
  const hidden = await answer(survey.slug, { bought: { choices: ["no"] }, nps: { number: 10 } });

  expect((await readBack(both.id)).calculations).toEqual({ points: 28 });
  expect((await readBack(hidden.id)).calculations).toEqual({ points: null });
});

test("an answer to a hidden question is kept, not counted, and decides nothing", async () => {
  const survey = await publishSurvey(organisation.manager, { questions, endings: [ending("happy", { conditions: [{ questionId: "nps", operator: "at_least", value: 9 }] })] });

  const saved = await answer(survey.slug, { bought: { choices: ["no"] }, nps: { number: 10 } });

  expect(saved.endingId).toBeNull();
  expect((await readBack(saved.id)).answers).toMatchObject([{ isCounted: true }, { questionId: "nps", isCounted: false }]);
  expect(await countPerceptions()).toBe(1);
});

test("traits of the person of a signed link decide what is shown; of nobody they do not", async () => {
  const survey = await publishSurvey(organisation.manager, {
    questions: [{ ...asked, id: "nps", type: "nps" }, { ...asked, id: "gold", type: "text", showIf: [{ trait: "plan", operator: "is", value: "gold" }] }],
  });
  const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
  await installation.nobody.ask("POST", "/v1/identify", { userId: "42", messageId: "1", traits: { plan: "gold" } }, { authorization });
  await installation.settle();
  const { url } = SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42" })).body);
  const link = new URL(url).searchParams.get("c") ?? "";

  const missing = await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }, { link }));
  const known = await answer(survey.slug, { nps: { number: 9 }, gold: { text: "Shiny" } }, { link });
  const anonymous = await answer(survey.slug, { nps: { number: 9 }, gold: { text: "Not asked" } });

  expect(missing).toMatchObject({ status: 400, body: { error: { details: { problems: [{ questionId: "gold", problem: "missing" }] } } } });
  expect((await readBack(known.id)).answers[1]).toMatchObject({ isCounted: true });
  expect((await readBack(anonymous.id)).answers[1]).toMatchObject({ isCounted: false });
});

describe("a survey that closes meanwhile", () => {
  test("refuses the rest of a half-given response with a clear code and keeps its first half", async () => {
    const survey = await publishSurvey(organisation.manager, { questions });
    const half = makeSave(survey.slug, { bought: { choices: ["yes"] } }, { isComplete: false });
    await installation.nobody.ask("POST", "/api/public/responses", half);

    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
    const reply = await installation.nobody.ask("POST", "/api/public/responses", { ...half, revision: 2, isComplete: true, answers: yes });

    expect(reply).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
    expect(await readBack(half.id ?? "")).toMatchObject({ state: "partial", answers: [{ questionId: "bought" }] });
  });
});

test("a text of ten megabytes is refused before it is read as JSON", async () => {
  const survey = await publishSurvey(organisation.manager, { questions });

  const reply = await installation.nobody.ask("POST", "/api/public/responses", `{"id":"${"x".repeat(10_000_000)}"}`, { "content-type": "application/json" });

  expect(reply).toMatchObject({ status: 413, body: { error: { code: "too_large" } } });
  expect((await answer(survey.slug, yes)).state).toBe("complete");
});
