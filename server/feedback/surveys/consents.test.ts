import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeSave, publishSurvey } from "../feedback.make.ts";
import type { Survey } from "./surveys.contract.ts";
import { SurveyLink } from "./surveys.contract.ts";
import { surveysListeners } from "./surveys.listeners.ts";

let installation: Installation;
let organisation: Organisation;
let survey: Survey;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  survey = await publishSurvey(organisation.manager, { questions: [
    { id: "nps", type: "nps", title: { en: "Recommend?" }, isRequired: true },
    { id: "news", type: "consent", title: { en: "News?" }, isRequired: false, statement: { en: "Send me news." }, purpose: "campaign" },
  ] });
  const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
  await installation.nobody.ask("POST", "/v1/identify", { userId: "ann", messageId: "irrelevant", traits: { name: "Ann" } }, { authorization });
  await installation.settle();
});
afterAll(() => installation.stop());

const answer = async (answers: Record<string, unknown>, identifier: string | null): Promise<string> => {
  const link = identifier === null ? undefined : (new URL(SurveyLink.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier })).body).url).searchParams.get("c") ?? undefined);
  const save = makeSave(survey.slug, {}, { answers: { nps: { number: 9 }, ...answers }, ...(link === undefined ? {} : { link }) });
  expect((await installation.nobody.ask("POST", "/api/public/responses", save)).status).toBe(200);
  return save.id ?? "";
};
const stated = async (): Promise<[purpose: string, isGiven: boolean, source: string][]> =>
  (await installation.services.db.query<{ purpose: string; isGiven: boolean; source: string }>(
    `select purpose, is_given as "isGiven", source from customers.contact_consents where workspace_id = $1 order by at, id`, [organisation.workspaceId]))
    .rows.map(({ purpose, isGiven, source }) => [purpose, isGiven, source]);
const untilStated = (count: number): Promise<void> => vi.waitFor(async () => expect(await stated()).toHaveLength(count), { timeout: 15_000, interval: 50 });

test("what a known person agrees to in a survey counts in the contact policy once, and no more when it is corrected or no customer gave it", async () => {
  await answer({ news: { choices: ["yes"] } }, null);
  const id = await answer({ news: { choices: ["yes"] } }, "user:ann");
  await untilStated(1);
  const [again] = surveysListeners;
  await again?.run({ services: installation.services, workspaceId: organisation.workspaceId, payload: { responseId: id, state: "complete" } });
  expect(await stated()).toEqual([["campaign", true, "survey"]]);

  expect((await organisation.manager.ask("PUT", `/api/responses/${id}/answers/news`, { answer: null, reason: "Ticked by mistake" })).status).toBe(200);
  await untilStated(2);
  expect((await organisation.manager.ask("PUT", `/api/responses/${id}/answers/news`, { answer: { choices: ["yes"] }, reason: "It was right" })).status).toBe(200);
  await untilStated(3);
  expect((await organisation.manager.ask("PUT", `/api/responses/${id}/flag`, { reason: "A test of ours" })).status).toBe(200);
  await untilStated(4);

  expect((await stated()).map(([, isGiven]) => isGiven)).toEqual([true, false, true, false]);
});
