// Every kind of question through HTTP: answered, kept, and read back as it was given.
import { page } from "#platform/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeSave, publishSurvey } from "../feedback.make.ts";
import type { Answer, Question } from "../surveys/definition.contract.ts";
import { Question as QuestionSchema } from "../surveys/definition.contract.ts";
import { SurveyResponse } from "./responses.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const asked = { id: "q", title: { en: "Irrelevant?" }, isRequired: true };
const options = ["a", "b", "c"].map((id) => ({ id, label: { en: `Option ${id.toUpperCase()}` } }));
const columns = [{ id: "bad", label: { en: "Bad" }, score: 1 }, { id: "good", label: { en: "Good" }, score: 5 }];

type Case = { question: Question; answer: Answer; words: string; perceptions: number; wrong: Answer };
const cases: Case[] = [
  { question: { ...asked, type: "nps" }, answer: { number: 9 }, words: "9", perceptions: 1, wrong: { number: 11 } },
  { question: { ...asked, type: "csat", look: "stars" }, answer: { number: 4 }, words: "4", perceptions: 1, wrong: { number: 0 } },
  { question: { ...asked, type: "ces" }, answer: { number: 7 }, words: "7", perceptions: 1, wrong: { number: 8 } },
  { question: { ...asked, type: "rating", min: 0, max: 3 }, answer: { number: 0 }, words: "0", perceptions: 1, wrong: { number: 4 } },
  { question: { ...asked, type: "single", options }, answer: { choices: ["b"] }, words: "Option B", perceptions: 1, wrong: { choices: ["a", "b"] } },
  { question: { ...asked, type: "multi", options }, answer: { choices: ["a", "c"] }, words: "Option A, Option C", perceptions: 2, wrong: { choices: ["a", "a"] } },
  { question: { ...asked, type: "dropdown", options }, answer: { choices: ["c"] }, words: "Option C", perceptions: 1, wrong: { choices: ["z"] } },
  { question: { ...asked, type: "ranking", options }, answer: { choices: ["c", "a", "b"] }, words: "Option C, Option A, Option B", perceptions: 0, wrong: { choices: ["c", "z"] } },
  { question: { ...asked, type: "picture", options, isMultiple: true }, answer: { choices: ["a", "b"] }, words: "Option A, Option B", perceptions: 2, wrong: { text: "a" } },
  { question: { ...asked, type: "matrix", rows: options.slice(0, 2), columns }, answer: { rows: { a: ["good"], b: ["bad"] } }, words: "Option A: Good", perceptions: 2, wrong: { rows: { a: ["good"] } } },
  { question: { ...asked, type: "constant_sum", options, total: 100 }, answer: { amounts: { a: 60, b: 40 } }, words: "Option A: 60", perceptions: 0, wrong: { amounts: { a: 60 } } },
  { question: { ...asked, type: "slider", min: -5, max: 5, step: 0.5 }, answer: { number: -2.5 }, words: "-2.5", perceptions: 1, wrong: { number: -6 } },
  { question: { ...asked, type: "text", isLong: true }, answer: { text: "Two\nlines" }, words: "Two\nlines", perceptions: 1, wrong: { text: "   " } },
  { question: { ...asked, type: "number", decimals: 1 }, answer: { number: 1.5 }, words: "1.5", perceptions: 0, wrong: { number: 1.55 } },
  { question: { ...asked, type: "date" }, answer: { text: "2026-02-28" }, words: "2026-02-28", perceptions: 0, wrong: { text: "2026-02-30" } },
  { question: { ...asked, type: "email" }, answer: { text: "ann@example.com" }, words: "ann@example.com", perceptions: 0, wrong: { text: "ann@" } },
  { question: { ...asked, type: "phone" }, answer: { text: "+47 123 45 678" }, words: "+47 123 45 678", perceptions: 0, wrong: { text: "12" } },
  {
    question: { ...asked, type: "contact", fields: ["first_name", "email"], requiredFields: ["email"] }, answer: { fields: { first_name: "Ann", email: "ann@example.com" } },
    words: "Ann", perceptions: 0, wrong: { fields: { first_name: "Ann" } },
  },
  { question: { ...asked, type: "consent", statement: { en: "I agree." } }, answer: { choices: ["yes"] }, words: "", perceptions: 0, wrong: { choices: ["no"] } },
];

const responseOf = async (id: string | undefined): Promise<SurveyResponse> => SurveyResponse.parse((await organisation.viewer.ask("GET", `/api/responses/${id}`)).body);

test.each(cases.map((one) => [one.question.type, one] as const))("an answer to a question of the kind %s is kept as it was given", async (_type, { question, answer, words, perceptions, wrong }) => {
  const survey = await publishSurvey(organisation.manager, { questions: [question] });
  const body = makeSave(survey.slug, { q: answer });

  const refused = await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { q: wrong }));
  const reply = await installation.nobody.ask("POST", "/api/public/responses", body);

  expect(refused).toMatchObject({ status: 400, body: { error: { code: "answers_not_valid", details: { problems: [{ questionId: "q" }] } } } });
  expect(reply).toMatchObject({ status: 200, body: { state: "complete", endingId: null } });
  const [shown] = (await responseOf(body.id)).answers;
  expect(shown).toMatchObject({ questionType: question.type, isCounted: true });
  expect(shown?.words).toContain(words);
  if (answer.number !== undefined) expect(shown?.number).toBe(answer.number);
  if (answer.text !== undefined) expect(shown?.text).toBe(answer.text);
  if (answer.choices !== undefined) expect(shown?.choices.map(({ id }) => id)).toEqual(answer.choices);
  const stored = await installation.services.db.query<{ details: unknown }>("select details from feedback.answers where response_id = $1", [body.id]);
  const { rows, amounts, fields } = answer;
  expect(stored.rows[0]?.details ?? {}).toEqual({ ...(rows && { rows }), ...(amounts && { amounts }), ...(fields && { fields }) });
  const felt = await installation.services.db.query("select from customers.perceptions where response_id = $1", [body.id]);
  expect(felt.rowCount).toBe(perceptions);
});

test("every kind of question that is answered without a file has a case here", () => {
  const kinds = QuestionSchema.options.map((option) => option.shape.type.value);
  expect(kinds.filter((kind) => !cases.some(({ question }) => question.type === kind))).toEqual(["file", "statement"]);
});

test("an answer to a statement is refused", async () => {
  const survey = await publishSurvey(organisation.manager, { questions: [{ ...asked, type: "nps" }, { ...asked, id: "said", type: "statement" }] });

  const reply = await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { q: { number: 9 }, said: { text: "no" } }));

  expect(reply).toMatchObject({ status: 400, body: { error: { details: { problems: [{ questionId: "said", problem: "wrong_kind" }] } } } });
  expect(page(SurveyResponse).parse((await organisation.viewer.ask("GET", `/api/responses?surveyId=${survey.id}`)).body).items).toEqual([]);
});
