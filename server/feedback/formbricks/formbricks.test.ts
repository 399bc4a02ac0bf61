import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { publishSurvey } from "../feedback.make.ts";
import { z } from "zod";
import { SurveyResponse } from "../responses/responses.contract.ts";
import type { Survey } from "../surveys/surveys.contract.ts";

const ENVIRONMENT = "cm5xk2v7q0001abcdfhstuvwx";
const clock = { at: Date.now() };
let installation: Installation;
let organisation: Organisation;
let survey: Survey;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) } });
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

describe("a file of an answer from a client of Formbricks", () => {
  const chunk = (type: string, data = Buffer.alloc(0)): Buffer => Buffer.concat([Buffer.from(data.length.toString(16).padStart(8, "0"), "hex"), Buffer.from(type), data, Buffer.alloc(4)]);
  const png = Buffer.concat([Buffer.from([0x89]), Buffer.from("PNG\r\n"), Buffer.from([0x1a, 0x0a]), chunk("IHDR", Buffer.alloc(13)), chunk("IDAT", Buffer.concat([Buffer.from("\r\n--not the end\r\n\r\n"), Buffer.alloc(70_000, 7)])), chunk("IEND")]);
  const file = { type: "file", title: { en: "A photo?" }, isRequired: false, filesMax: 2, sizeMaxMb: 1 } as const;
  let asking: Survey;

  beforeAll(async () => {
    asking = await publishSurvey(organisation.manager, { questions: [{ id: "photo", ...file, kinds: ["image"] }, { id: "paper", ...file, kinds: ["pdf"] }, { id: "why", type: "text", title: { en: "Why?" }, isRequired: false }] });
  });

  const Place = z.object({ data: z.object({ signedUrl: z.string(), fileUrl: z.string(), presignedFields: z.record(z.string(), z.string()), updatedFileName: z.string() }) });
  const placeFor = async (fileName = "cat.png") => {
    const reply = await ask("POST", "storage", { fileName, fileType: "image/png", surveyId: asking.id, allowedFileExtensions: ["png"] });
    expect(reply.status, reply.text).toBe(200);
    return Place.parse(reply.body).data;
  };
  const send = async ({ signedUrl, presignedFields }: Pick<z.infer<typeof Place>["data"], "signedUrl" | "presignedFields">, bytes: Uint8Array<ArrayBuffer> = png) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(presignedFields)) form.append(name, value);
    form.append("file", new Blob([bytes], { type: "image/png" }));
    const sent = new Response(form);
    const { pathname, search } = new URL(signedUrl, "http://irrelevant");
    return installation.nobody.ask("POST", `${pathname}${search}`, Buffer.from(await sent.arrayBuffer()), { "content-type": sent.headers.get("content-type") ?? "" });
  };
  const upload = async (fileName = "cat.png", bytes: Uint8Array<ArrayBuffer> = png): Promise<string> => {
    const place = await placeFor(fileName);
    const reply = await send(place, bytes);
    expect(reply.status, reply.text).toBe(204);
    return place.fileUrl;
  };
  const answer = (photo: unknown, rest = "responses", method: "POST" | "PUT" = "POST") => ask(method, rest, { surveyId: asking.id, finished: true, data: { photo } });

  test("is sent to its place, kept with the response that names it, and given to members without what its camera tells", async () => {
    const begun = Saved.parse((await ask("POST", "responses", { surveyId: asking.id, finished: false, data: { why: "See" } })).body).data;
    const [first, second] = [await upload("../../Ünser‮ <cat>.png", Buffer.concat([png.subarray(0, -12), chunk("tEXt", Buffer.from("taken here")), png.subarray(-12)])), await upload("b.exe")];
    const saved = await answer([first, second], `responses/${begun.id}`, "PUT");
    expect(saved.status, saved.text).toBe(200);

    const shown = SurveyResponse.parse((await organisation.manager.ask("GET", `/api/responses/${begun.id}`)).body);
    const files = shown.answers.find(({ questionId }) => questionId === "photo")?.files ?? [];
    const reply = await organisation.manager.ask("GET", `/api/responses/${begun.id}/files/${files[0]?.id ?? ""}`);

    expect(files.map(({ name }) => name)).toEqual(["Ünser cat.png", "b.png"]);
    expect(reply).toMatchObject({ status: 200, headers: { "content-type": "image/png" } });
    expect(readFileSync(join(installation.dataDir, "files", "responses", files[0]?.id ?? "")).equals(png)).toBe(true);
    expect(new URL(first).pathname).toMatch(new RegExp(`^/storage/${ENVIRONMENT}/private/`));
    // Nothing is to be had at that address but the page of the app that says so.
    expect((await installation.nobody.ask("GET", new URL(first).pathname)).headers["content-type"]).toContain("text/html");
    // The same save again is the same answer; the file of one response is none of another's.
    expect((await answer([first, second], `responses/${begun.id}`, "PUT")).status).toBe(200);
    expect(await answer([first])).toMatchObject({ status: 400, body: { message: expect.stringContaining("not here") } });
  });

  test("is left out where it was skipped", async () => {
    expect((await answer("skipped")).status).toBe(200);
  });

  test.each<[string, Uint8Array<ArrayBuffer>, number, string]>([
    ["a page called a picture", Buffer.from("<html><script>alert(1)</script></html>"), 415, "bad_request"],
    ["nothing", new Uint8Array(), 400, "bad_request"],
    ["more than a megabyte", Buffer.concat([png, Buffer.alloc(1_100_000)]), 413, "EntityTooLarge"],
  ])("is refused where it is %s, and its place is used up", async (_title, bytes, status, code) => {
    const place = await placeFor();

    expect(await send(place, bytes)).toMatchObject({ status, body: { code } });
    expect(await send(place)).toMatchObject({ status: 403 });
    expect((await answer([place.fileUrl])).status).toBe(400);
  });

  test("is taken at its place once, for ten minutes, for this site, survey and name", async () => {
    const place = await placeFor();
    const stranger = await installation.makeOrganisation();
    await stranger.manager.ask("PUT", "/api/formbricks-environments", { ids: ["another-environment"] });
    const at = (signedUrl: string) => send({ ...place, signedUrl });

    expect((await at(place.signedUrl.replace(ENVIRONMENT, "another-environment"))).status).toBe(403);
    expect((await at(place.signedUrl.replace(ENVIRONMENT, "unknown-environment"))).status).toBe(404);
    expect((await at(place.signedUrl.replace("cat.png", "dog.png"))).status).toBe(403);
    expect((await at(place.signedUrl.replace(asking.id, survey.id))).status).toBe(403);
    expect((await at(place.signedUrl.replace(/signature=[^&]*/, "signature="))).status).toBe(403);
    clock.at += 600_000;
    expect((await at(place.signedUrl)).status).toBe(403);
    const later = await placeFor();
    expect((await send(later)).status).toBe(204);
    expect((await send(later)).status).toBe(403);
  });

  test("that is cut off leaves nothing", async () => {
    const place = await placeFor();
    const { pathname, search } = new URL(place.signedUrl);
    const begun = Buffer.concat([Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="blob"\r\n\r\n'), png]);

    expect((await installation.nobody.ask("POST", `${pathname}${search}`, begun, { "content-type": "multipart/form-data; boundary=b" })).status).toBe(400);
    expect((await answer([place.fileUrl])).status).toBe(400);
  });

  test.each<[string, () => unknown | Promise<unknown>]>([
    ["that was never sent", async () => [(await placeFor()).fileUrl]],
    ["at another address", () => ["https://files.example/a.png"]],
    ["that is only a word", () => "a.png"],
    ["of a kind another question takes", async () => [await upload("a.pdf", Buffer.from("%PDF-1.7\nirrelevant"))]],
    ["too many", async () => [await upload(), await upload(), await upload()]],
  ])("is no answer: one %s", async (_title, named) => {
    expect((await answer(await named())).status).toBeGreaterThanOrEqual(400);
  });

  test.each<[string, object, number]>([
    ["a survey that asks for none", { get surveyId() { return survey.id; } }, 400],
    ["an unknown survey", { surveyId: "00000000-0000-7000-8000-000000000001" }, 404],
    ["a file without a name", { fileName: " " }, 400],
    ["a name nobody has", { fileName: "a".repeat(201) }, 400],
  ])("gets no place for %s", async (_title, given, status) => {
    expect(await ask("POST", "storage", { fileName: "a.png", fileType: "image/png", get surveyId() { return asking.id; }, ...given })).toMatchObject({ status, body: { code: expect.any(String), message: expect.any(String) } });
  });

  test("goes with a response nobody knows nowhere", async () => {
    const url = await upload();
    expect((await answer([url], "responses/00000000-0000-7000-8000-000000000001", "PUT")).status).toBe(404);
    expect((await answer([url])).status).toBe(200);
  });
});
