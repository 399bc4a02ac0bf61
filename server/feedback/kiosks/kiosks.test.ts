import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition, makeSave } from "../feedback.make.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { Kiosk, KioskConfig, PairedKiosk, Pairing } from "./kiosks.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const publishSurvey = async (manager = organisation.manager, definition = makeDefinition()): Promise<Survey> => {
  const created = Survey.parse((await manager.ask("POST", "/api/surveys", { name: "At the door", definition })).body);
  return Survey.parse((await manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
const createKiosk = async (given: Record<string, unknown> = {}): Promise<{ kiosk: Kiosk; survey: Survey }> => {
  const survey = await publishSurvey();
  const kiosk = Kiosk.parse((await organisation.manager.ask("POST", "/api/kiosks", { name: "Door", place: "Main street", touchpoint: "Shop", surveyId: survey.id, pin: "1234", ...given })).body);
  return { kiosk, survey };
};
const publishStrangersSurvey = async (): Promise<Survey> => {
  const { manager } = await installation.makeOrganisation();
  const survey = await publishSurvey(manager);
  await manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { protection: { proofOfWork: "light" } });
  return survey;
};
const codeFor = async (kiosk: Kiosk): Promise<string> => Pairing.parse((await organisation.manager.ask("POST", `/api/kiosks/${kiosk.id}/pairing`)).body).code;
const pair = (code: string) => installation.nobody.ask("POST", "/api/public/kiosks/pairing", { code });
const config = (token: string, waiting = 0) => installation.nobody.ask("GET", `/api/public/kiosks/config?waiting=${waiting}`, undefined, { "x-kiosk-token": token });
const listed = async (): Promise<Kiosk[]> => z.object({ items: z.array(Kiosk) }).parse((await organisation.viewer.ask("GET", "/api/kiosks")).body).items;

describe("a device", () => {
  test("becomes the kiosk its code was made for, and learns all it needs to ask", async () => {
    const { kiosk, survey } = await createKiosk();
    const paired = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    expect(paired.config).toMatchObject({ kiosk: { id: kiosk.id, name: "Door", touchpoint: "Shop", idleSeconds: 30 }, survey: { slug: survey.slug, version: 1 } });
    expect(JSON.stringify(paired)).not.toContain("1234");
  });

  test("may type the code small and without its dash, once", async () => {
    const { kiosk } = await createKiosk();
    const code = await codeFor(kiosk);
    expect((await pair(code.toLowerCase().replace("-", " "))).status).toBe(200);
    expect(await pair(code)).toMatchObject({ status: 404, body: { error: { code: "kiosk_code_wrong" } } });
  });

  test("makes one kiosk of a code that two type at once", async () => {
    const { kiosk } = await createKiosk();
    const code = await codeFor(kiosk);
    const statuses = (await Promise.all([pair(code), pair(code)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 404]);
  });

  test("is locked out once another is paired", async () => {
    const { kiosk } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    await codeFor(kiosk);
    expect(await config(token)).toMatchObject({ status: 401, body: { error: { code: "kiosk_unknown" } } });
    expect(await config("fhd_nonsense-nonsense-nonsense")).toMatchObject({ status: 401 });
  });

  test("says how much it has to send, and shows as online", async () => {
    const { kiosk } = await createKiosk({ name: "Counter" });
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    await config(token, 7);
    expect((await listed()).find(({ id }) => id === kiosk.id)).toMatchObject({ state: "online", waiting: 7, surveyName: "At the door", surveyStatus: "open" });
  });

  test("asks nothing while its survey is closed, and what it is told next", async () => {
    const { kiosk, survey } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
    expect(KioskConfig.parse((await config(token)).body).survey).toBeNull();
    const other = await publishSurvey();
    await organisation.manager.ask("PATCH", `/api/kiosks/${kiosk.id}`, { surveyId: other.id, idleSeconds: 60 });
    expect(KioskConfig.parse((await config(token)).body)).toMatchObject({ kiosk: { idleSeconds: 60 }, survey: { slug: other.slug } });
  });

  test.each<[string, Record<string, unknown>]>([
    ["after its end", { closesAt: "2026-01-01T00:00:00Z" }], ["before its beginning", { opensAt: "2099-01-01T00:00:00Z" }],
  ])("asks nothing %s, and the register says so", async (_title, settings) => {
    const { kiosk, survey } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, settings);
    expect(KioskConfig.parse((await config(token)).body).survey).toBeNull();
    expect((await listed()).find(({ id }) => id === kiosk.id)).toMatchObject({ hindrance: "not_open" });
  });

  test("asks nothing once all places are taken, and is told before when its survey ends", async () => {
    const { kiosk, survey } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { responseLimit: 1, closesAt: "2099-01-01T00:00:00Z" });
    expect(KioskConfig.parse((await config(token)).body).survey).toMatchObject({ closesAt: "2099-01-01T00:00:00Z" });
    await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }));
    expect((await listed()).find(({ id }) => id === kiosk.id)).toMatchObject({ hindrance: "not_open" });
    expect(KioskConfig.parse((await config(token)).body).survey).toBeNull();
  });

  test("says what the server refuses and why, and the register shows it", async () => {
    const { kiosk } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    await installation.nobody.ask("GET", "/api/public/kiosks/config?waiting=3&refused=2&problem=survey_closed", undefined, { "x-kiosk-token": token });
    expect((await listed()).find(({ id }) => id === kiosk.id)).toMatchObject({ waiting: 3, refused: 2, problem: "survey_closed" });
  });

  test("is trusted by its token: hours of answers from one address, without a proof, count", async () => {
    const { kiosk, survey } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { protection: { proofOfWork: "light", perAddressHourly: 1 } });
    const bring = (slug: string, shown: string) => installation.nobody.ask("POST", "/api/public/kiosks/responses", makeSave(slug, { nps: { number: 9 } }, { channel: "kiosk" }), { "x-kiosk-token": shown });
    const flagsOf = async (slug: string, shown: string) => {
      const { rows } = await installation.services.db.query("select flags from feedback.responses where id = $1", [z.object({ id: z.string() }).parse((await bring(slug, shown)).body).id]);
      return rows[0]?.["flags"];
    };
    for (const _ of [1, 2, 3]) expect(await flagsOf(survey.slug, token)).toEqual([]);
    expect(await flagsOf(survey.slug, "fhd_nonsense-nonsense-nonsense")).toEqual(["no_proof"]);
    const strangers = await publishStrangersSurvey();
    expect(await flagsOf(strangers.slug, token)).toEqual(["no_proof"]);
  });

  test("brings its answers in as answers of the kiosk, each once", async () => {
    const { survey } = await createKiosk();
    const save = makeSave(survey.slug, { nps: { number: 9 } }, { channel: "kiosk", touchpoint: "Shop", source: "Door", answeredAgoMs: 86_400_000, openedAgoMs: 86_410_000 });
    for (const _ of [1, 2]) expect((await installation.nobody.ask("POST", "/api/public/responses", save)).status).toBe(200);
    const { body } = await organisation.manager.ask("GET", `/api/responses?surveyId=${survey.id}`);
    expect(body).toMatchObject({ items: [{ channel: "kiosk", touchpoint: "Shop", source: "Door" }] });
  });
});

test("what was answered without a line before the survey was closed still counts, and nothing after it", async () => {
  const { survey } = await createKiosk();
  await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
  const save = (answeredAgoMs: number) => installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }, { channel: "kiosk", answeredAgoMs, openedAgoMs: answeredAgoMs + 5_000 }));
  expect((await save(3_600_000)).status).toBe(200);
  expect(await save(0)).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
});

test("what was answered before the hour of closing counts, too", async () => {
  const { survey } = await createKiosk();
  await organisation.manager.ask("PUT", `/api/surveys/${survey.id}/settings`, { closesAt: new Date(Date.now() - 1_800_000).toISOString() });
  const save = (answeredAgoMs: number) => installation.nobody.ask("POST", "/api/public/kiosks/responses", makeSave(survey.slug, { nps: { number: 9 } }, { channel: "kiosk", answeredAgoMs, openedAgoMs: answeredAgoMs + 5_000 }));
  expect((await save(3_600_000)).status).toBe(200);
  expect(await save(60_000)).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
});

describe("kiosks", () => {
  test("that several members change at once keep every change", async () => {
    const { kiosk } = await createKiosk();
    const change = (body: object) => organisation.manager.ask("PATCH", `/api/kiosks/${kiosk.id}`, body);
    await Promise.all([change({ name: "Back door" }), change({ place: "Side street" }), change({ idleSeconds: 90 }), change({ pin: "87654321" }), change({ touchpoint: null })]);
    expect((await listed()).find(({ id }) => id === kiosk.id)).toMatchObject({ name: "Back door", place: "Side street", idleSeconds: 90, touchpoint: null });
  });

  test("take no survey that requires a file, and ask nothing when it comes to require one", async () => {
    const photo = (isRequired: boolean) => makeDefinition({ questions: [{ id: "photo", type: "file", title: { en: "A photo?" }, isRequired, kinds: ["image"], filesMax: 1, sizeMaxMb: 5 }] });
    const { kiosk } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    const [required, optional] = [await publishSurvey(organisation.manager, photo(true)), await publishSurvey(organisation.manager, photo(false))];
    const move = ({ id }: Survey) => organisation.manager.ask("PATCH", `/api/kiosks/${kiosk.id}`, { surveyId: id });
    expect(await move(required)).toMatchObject({ status: 409, body: { error: { code: "kiosk_takes_no_files" } } });
    expect(await move(optional)).toMatchObject({ status: 200, body: { hindrance: null } });
    expect(KioskConfig.parse((await config(token)).body).survey).toMatchObject({ slug: optional.slug });
    await organisation.manager.ask("PATCH", `/api/surveys/${optional.id}`, { draft: photo(true) });
    await organisation.manager.ask("POST", `/api/surveys/${optional.id}/versions`);
    expect(KioskConfig.parse((await config(token)).body).survey).toBeNull();
    expect((await listed()).find(({ id }) => id === kiosk.id)).toMatchObject({ hindrance: "file_required" });
  });

  test("are removed, with their devices locked out", async () => {
    const { kiosk } = await createKiosk();
    const { token } = PairedKiosk.parse((await pair(await codeFor(kiosk))).body);
    expect((await organisation.manager.ask("DELETE", `/api/kiosks/${kiosk.id}`)).status).toBe(204);
    expect((await config(token)).status).toBe(401);
    expect((await organisation.manager.ask("DELETE", `/api/kiosks/${kiosk.id}`)).status).toBe(404);
  });

  test.each<[string, Record<string, unknown>]>([
    ["without a name", { name: "" }], ["with a PIN of letters", { pin: "abcd" }], ["with a short PIN", { pin: "12" }], ["that never rests", { idleSeconds: 1 }], ["with a tag for a name", { name: "<b>x</b>" }],
  ])("%s are refused", async (_title, given) => {
    const survey = await publishSurvey();
    expect((await organisation.manager.ask("POST", "/api/kiosks", { name: "Door", surveyId: survey.id, pin: "1234", ...given })).status).toBe(400);
  });

  test("are set up by managers, for surveys of their own workspace", async () => {
    const { kiosk, survey } = await createKiosk();
    const body = { name: "Door", surveyId: survey.id, pin: "1234" };
    expect((await organisation.agent.ask("POST", "/api/kiosks", body)).status).toBe(403);
    const stranger = await installation.makeOrganisation();
    expect((await stranger.manager.ask("POST", "/api/kiosks", body)).status).toBe(404);
    expect((await stranger.manager.ask("PATCH", `/api/kiosks/${kiosk.id}`, { name: "Mine" })).status).toBe(404);
    expect((await stranger.manager.ask("POST", `/api/kiosks/${kiosk.id}/pairing`)).status).toBe(404);
  });
});

test("the page of a kiosk allows only its own script", async () => {
  const reply = await installation.nobody.ask("GET", "/k");
  expect(reply.status).toBe(200);
  expect(reply.headers["content-security-policy"]).toContain("script-src 'self'");
  expect(reply.text).not.toMatch(/<script(?! type="module" src="\/s\/client\/kiosk\.js")/);
});

test("guessing codes comes to an end", async () => {
  const tries: number[] = [];
  for (let n = 0; n < 40; n += 1) tries.push((await pair(`AAAA${n}`)).status);
  expect(tries.at(-1)).toBe(429);
});
