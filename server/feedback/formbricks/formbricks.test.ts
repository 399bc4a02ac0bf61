import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { publishSurvey } from "../feedback.make.ts";
import { z } from "zod";
import type { Survey } from "../surveys/surveys.contract.ts";

const ENVIRONMENT = "cm5xk2v7q0001abcdfhstuvwx";
let installation: Installation;
let organisation: Organisation;
let survey: Survey;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  await organisation.manager.ask("PUT", "/api/formbricks-environments", { ids: [ENVIRONMENT] });
  survey = await publishSurvey(organisation.manager);
  await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/website`, { isOn: true, triggers: [{ on: "event", name: "checkout" }] });
});
afterAll(() => installation.stop());

const Saved = z.object({ data: z.object({ id: z.string(), quotaFull: z.boolean().optional() }) });
const Told = z.object({ data: z.object({ state: z.object({ data: z.object({ contactId: z.string() }) }) }) });
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

  test("keeps both of two additions that come at once, in the version its client knows", async () => {
    const { id } = Saved.parse((await ask("POST", "responses", { surveyId: survey.id, data: { nps: 4 } })).body).data;
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);

    const replies = await Promise.all([{ why: "Too slow" }, { matters: "Price" }, {}].map((data) => ask("PUT", `responses/${id}`, { finished: false, data })));

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await organisation.manager.ask("GET", `/api/responses/${id}`)).body).toMatchObject({ version: 1, answers: [{ questionId: "nps", number: 4 }, { questionId: "why", text: "Too slow" }, { questionId: "matters" }] });
  });

  test.each([{ displayId: "display-of-somebody-1" }, { singleUseId: "7" }])("takes a response that is sent again as the same one: %j", async (names) => {
    const body = { surveyId: survey.id, finished: true, data: { nps: 7 }, ...names };

    const replies = await Promise.all([ask("POST", "responses", body), ask("POST", "responses", body, "v2"), ask("POST", "responses", body)]);

    const ids = new Set(replies.map((reply) => Saved.parse(reply.body).data.id));
    expect(ids.size).toBe(1);
    expect((await organisation.manager.ask("GET", `/api/responses/${[...ids].join()}`)).body).toMatchObject({ state: "complete", outcome: "counted" });
    // Without such an id nothing says that it is the same.
    expect(Saved.parse((await ask("POST", "responses", { surveyId: survey.id, data: { nps: 7 } })).body).data.id).not.toBe([...ids].join());
  });

  test("says when all places are taken", async () => {
    const quotas = [{ id: "few", name: "Few", limit: 1, conditions: [] }];
    const limited = await publishSurvey(organisation.manager, { quotas });
    const send = () => ask("POST", "responses", { surveyId: limited.id, finished: true, data: { nps: 7 } });

    expect((await send()).body).toMatchObject({ data: { quotaFull: false } });
    expect((await send()).body).toMatchObject({ data: { quotaFull: true, quota: { action: "endSurvey" } } });
  });

  test("asks for no proof of work, which its clients cannot give, but for a human pace and not too many from one address", async () => {
    const guarded = await publishSurvey(organisation.manager);
    await organisation.manager.ask("PUT", `/api/surveys/${guarded.id}/settings`, { protection: { proofOfWork: "light", perAddressHourly: 1 } });
    const flagsAfter = async (ttc: Record<string, number>, data: Record<string, unknown>): Promise<unknown> => {
      const { id } = Saved.parse((await ask("POST", "responses", { surveyId: guarded.id, finished: true, data, ttc })).body).data;
      return (await installation.services.db.query<{ flags: string[] }>("select flags from feedback.responses where id = $1", [id])).rows[0]?.flags;
    };

    expect(await flagsAfter({ nps: 4_000, matters: 5_000 }, { nps: 7, matters: "Price" })).toEqual([]);
    expect(await flagsAfter({ nps: 5, why: 5, matters: 5, _total: 15 }, { nps: 3, why: "Slow", matters: "Price" })).toEqual(["too_fast", "many_from_one_address"]);
  });

  test("counts displays and knows users", async () => {
    expect(Saved.parse((await ask("POST", "displays", { surveyId: survey.id })).body).data.id).not.toBe("");
    expect((await ask("POST", "user", { userId: "42", attributes: { plan: "pro" } }, "v2")).body).toMatchObject({ data: { state: { data: { userId: "42", contactId: "42" } }, messages: [expect.stringContaining("proves")] } });
    expect((await organisation.manager.ask("GET", `/api/surveys/${survey.id}/website`)).body).toMatchObject({ displays: { shown: 1 } });
  });

  test("keeps what is said of somebody, and whose answers they are, with proof only", async () => {
    const { secret } = z.object({ secret: z.string() }).parse((await organisation.owner.ask("GET", "/api/website-identity")).body);
    const proof = createHmac("sha256", secret).update("77").digest("hex");
    const tell = async (userId: string, attributes: Record<string, unknown>) => Told.parse((await ask("POST", "user", { userId, attributes })).body).data.state.data.contactId;
    const traitsOf = async (userId: string) => (await installation.services.db.query<{ traits: unknown }>(
      "select message -> 'traits' as traits from customers.interactions where subject = $1 and type = 'identify' order by seq", [`user:${userId}`])).rows.map(({ traits }) => traits);
    const subjectAfter = async (person: Record<string, unknown>): Promise<unknown> => {
      const { id } = Saved.parse((await ask("POST", "responses", { surveyId: survey.id, finished: true, data: { nps: 9 }, ...person }, "v2")).body).data;
      return (await installation.services.db.query<{ subject: string | null }>("select subject from feedback.responses where id = $1", [id])).rows[0]?.subject;
    };

    await tell("78", { plan: "pro" });
    await tell("78", { plan: "pro", firsthand_proof: proof });
    const contactId = await tell("77", { plan: "pro", email: "ann@example.com", language: "de", firsthand_proof: proof });

    expect([await traitsOf("78"), await traitsOf("77")]).toEqual([[], [{ plan: "pro", email: "ann@example.com", language: "de" }]]);
    expect([await subjectAfter({ contactId }), await subjectAfter({ contactId: "77" }), await subjectAfter({ userId: "77" })]).toEqual(["user:77", null, null]);
  });

  test("gives no survey for a segment, as its clients would show it to everybody", async () => {
    const secret = await publishSurvey(organisation.manager);
    await organisation.manager.ask("PUT", `/api/surveys/${secret.id}/website`, { isOn: true, segmentId: "00000000-0000-7000-8000-000000000001" });

    expect((await ask("GET", "environment")).text).not.toContain(secret.id);
  });

  test.each<[string, "POST" | "GET" | "PUT", string, unknown, number]>([
    ["a response to nothing", "POST", "responses", {}, 400],
    ["an unknown survey", "POST", "responses", { surveyId: "00000000-0000-7000-8000-000000000001", data: {} }, 404],
    ["a change of what has no such id", "PUT", "responses/not-a-uuid", { data: { nps: 1 } }, 404],
    ["a change of nothing", "PUT", "responses/00000000-0000-7000-8000-000000000001", { data: { nps: 1 } }, 404],
    ["a file", "POST", "storage", { fileName: "a.png", fileType: "image/png", surveyId: "irrelevant" }, 400],
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
