import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition } from "../feedback.make.ts";
import { z } from "zod";
import { Survey } from "../surveys/surveys.contract.ts";

const ENVIRONMENT = "cm5xk2v7q0001abcdfhstuvwx";
let installation: Installation;
let organisation: Organisation;
let survey: Survey;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  await organisation.manager.ask("PUT", "/api/formbricks-environments", { ids: [ENVIRONMENT] });
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Moved here", definition: makeDefinition() })).body);
  survey = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/website`, { isOn: true, triggers: [{ on: "event", name: "checkout" }] });
});
afterAll(() => installation.stop());

const Saved = z.object({ data: z.object({ id: z.string(), quotaFull: z.boolean().optional() }) });
const ask = (method: "GET" | "POST" | "PUT", rest: string, body?: unknown, version = "v1") => installation.nobody.ask(method, `/api/${version}/client/${ENVIRONMENT}/${rest}`, body);

describe("the client API of Formbricks", () => {
  test.each(["v1", "v2"])("gives the surveys and actions of an environment in %s", async (version) => {
    const reply = await ask("GET", "environment", undefined, version);

    expect(reply).toMatchObject({ status: 200, headers: { "cache-control": "public, s-maxage=60, max-age=60", "access-control-allow-origin": "*" } });
    expect(reply.body).toMatchObject({ data: {
      expiresAt: expect.any(String),
      data: { actionClasses: [{ key: "checkout", type: "code" }], surveys: [{ id: survey.id, status: "inProgress", triggers: [{ actionClass: { key: "checkout" } }], questions: [{ id: "nps", type: "nps" }, {}, {}] }], workspace: { recontactDays: 7 } },
    } });
  });

  test("takes a response in steps, once", async () => {
    const begun = await ask("POST", "responses", { surveyId: survey.id, finished: false, data: { nps: 9 }, meta: { url: "https://shop.example" }, ttc: { nps: 1200 } }, "v2");
    const { id } = Saved.parse(begun.body).data;
    const changed = await ask("PUT", `responses/${id}`, { finished: true, data: { matters: "Price" } });
    const again = await ask("PUT", `responses/${id}`, { finished: true, data: { matters: "Price" } });

    expect([begun.status, changed.status, again.status]).toEqual([200, 200, 200]);
    expect(begun.body).toEqual({ data: { id, quotaFull: false } });
    expect((await organisation.manager.ask("GET", `/api/responses?surveyId=${survey.id}`)).body).toMatchObject({ items: [{ id, state: "complete", channel: "widget", answers: [{ questionId: "nps", number: 9 }, { questionId: "matters" }] }] });
  });

  test("counts displays and knows users", async () => {
    expect(Saved.parse((await ask("POST", "displays", { surveyId: survey.id })).body).data.id).not.toBe("");
    expect((await ask("POST", "user", { userId: "42", attributes: { plan: "pro" } }, "v2")).body).toMatchObject({ data: { state: { data: { userId: "42" } } } });
    expect((await organisation.manager.ask("GET", `/api/surveys/${survey.id}/website`)).body).toMatchObject({ displays: { shown: 1 } });
  });

  test.each<[string, "POST" | "GET", string, unknown, number]>([
    ["a response to nothing", "POST", "responses", {}, 400],
    ["an unknown survey", "POST", "responses", { surveyId: "00000000-0000-7000-8000-000000000001", data: {} }, 404],
    ["answers that do not fit", "POST", "responses", { get surveyId() { return survey.id; }, data: { nps: 99 } }, 400],
  ])("refuses %s in its own words", async (_title, method, rest, body, status) => {
    const reply = await ask(method, rest, body);

    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });

  test("knows no environment nobody registered, and gives one to a single workspace", async () => {
    const stranger = await installation.makeOrganisation();

    expect((await installation.nobody.ask("GET", "/api/v1/client/cm5unknown0000/environment")).status).toBe(404);
    expect((await stranger.manager.ask("PUT", "/api/formbricks-environments", { ids: [ENVIRONMENT] })).body).toMatchObject({ error: { code: "formbricks_id_taken" } });
  });
});
