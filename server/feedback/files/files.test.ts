// Files with answers and pictures of surveys, through HTTP.
import { existsSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeSave, publishSurvey } from "../feedback.make.ts";
import { SurveyResponse } from "../responses/responses.contract.ts";
import type { Survey } from "../surveys/surveys.contract.ts";
import { SurveyPicture, UploadedFile } from "./files.contract.ts";
import { removeFiles, removeUnusedFiles, stripAfterStart } from "./files.jobs.ts";
import { hasFile } from "./stored-files.ts";

const clock = { at: Date.now() };
let installation: Installation;
let organisation: Organisation;
let stranger: Client;
let survey: Survey;

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");
/** With what its camera tells, which stands before its end. */
const toldPng = Buffer.concat([png.subarray(0, -12), Buffer.from([0, 0, 0, 4]), Buffer.from("tEXthere1234"), png.subarray(-12)]);
const widePng = Buffer.concat([png.subarray(0, 16), Buffer.from([0, 0, 0x20, 0x01]), png.subarray(20)]);
const pdf = Buffer.from("%PDF-1.7\nirrelevant");
const script = Buffer.from("<html><script>alert(1)</script></html>");

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) }, environment: { RATE_LIMIT_FACTOR: "10" } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
  survey = await publishSurvey(organisation.manager, {
    questions: [
      { id: "photo", type: "file", title: { en: "A photo?" }, isRequired: false, kinds: ["image"], filesMax: 2, sizeMaxMb: 1 },
      { id: "nps", type: "nps", title: { en: "Score?" }, isRequired: false },
    ],
  });
});

const send = (responseId: string, bytes: Buffer, given: { questionId?: string; name?: string; slug?: string; type?: string } = {}): Promise<Answer> =>
  installation.nobody.ask(
    "POST",
    `/api/public/files?${new URLSearchParams({ slug: given.slug ?? survey.slug, responseId, questionId: given.questionId ?? "photo", name: given.name ?? "cat.png" })}`,
    bytes, { "content-type": given.type ?? "image/png" },
  );
const sendGood = async (responseId: string, bytes = png): Promise<UploadedFile> => {
  const reply = await send(responseId, bytes);
  expect(reply.status, reply.text).toBe(201);
  return UploadedFile.parse(reply.body);
};
const answer = (id: string, files: { id: string; name: string }[], given: object = {}) =>
  installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { photo: { files } }, { id, ...given }));
const pathOf = (id: string): string => join(installation.dataDir, "files", "responses", id);
const onDisk = (): string[] => {
  const folder = pathOf("");
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe("a file of an answer", () => {
  test("is kept with its answer and given to members as a download only", async () => {
    const id = crypto.randomUUID();
    const file = await sendGood(id);
    expect(await answer(id, [file])).toMatchObject({ status: 200 });

    const shown = SurveyResponse.parse((await organisation.viewer.ask("GET", `/api/responses/${id}`)).body);
    const reply = await organisation.viewer.ask("GET", `/api/responses/${id}/files/${file.id}`);

    expect(shown.answers[0]?.files).toEqual([{ id: file.id, name: "cat.png" }]);
    expect(reply).toMatchObject({ status: 200, headers: { "content-type": "image/png", "content-disposition": 'attachment; filename="cat.png"', "x-content-type-options": "nosniff" } });
    expect((await stranger.ask("GET", `/api/responses/${id}/files/${file.id}`)).status).toBe(404);
    expect((await installation.nobody.ask("GET", `/api/responses/${id}/files/${file.id}`)).status).toBe(401);
    expect((await installation.nobody.ask("GET", `/s/files/${file.id}`)).status).toBe(404);
  });

  test("keeps nothing of where a photo was taken, however many pixels it has", async () => {
    const sent = Buffer.concat([widePng.subarray(0, -12), toldPng.subarray(-28)]);
    const file = await sendGood(crypto.randomUUID(), sent);

    expect(readFileSync(pathOf(file.id)).equals(widePng)).toBe(true);
    expect(file.sizeBytes).toBe(widePng.length);
  });

  test.each<[string, Buffer, { questionId?: string; name?: string; slug?: string; type?: string }, number, string]>([
    ["a page called a picture", script, { name: "cat.png", type: "image/png" }, 415, "file_kind_refused"],
    ["a PDF where pictures are asked", pdf, {}, 415, "file_kind_refused"],
    ["a drawing with scripts", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), { type: "image/svg+xml" }, 415, "file_kind_refused"],
    ["more than a megabyte", Buffer.concat([png, Buffer.alloc(1_100_000)]), {}, 413, "file_too_large"],
    ["a damaged picture", Buffer.concat([png.subarray(0, 8), Buffer.alloc(5_000, 7)]), {}, 400, "picture_refused"],
    ["nothing", Buffer.alloc(0), {}, 400, "file_empty"],
    ["a question that takes no file", png, { questionId: "nps" }, 400, "file_not_asked"],
    ["an unknown question", png, { questionId: "__proto__" }, 400, "file_not_asked"],
    ["an unknown survey", png, { slug: "nothing2here" }, 404, "survey_unknown"],
  ])("is refused for %s, and leaves nothing on the disk", async (_title, bytes, given, status, code) => {
    const before = onDisk().length;

    expect(await send(crypto.randomUUID(), bytes, given)).toMatchObject({ status, body: { error: { code } } });

    expect(onDisk()).toHaveLength(before);
  });

  test("is refused where the survey is closed, and beyond what may be sent", async () => {
    const id = crypto.randomUUID();
    for (let count = 0; count < 6; count += 1) await sendGood(id);
    expect(await send(id, png)).toMatchObject({ status: 409, body: { error: { code: "too_many_files" } } });

    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
    expect(await send(crypto.randomUUID(), png)).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
  });

  test("is taken only as often as may be, also of many sent at once, and a refused one leaves its place", async () => {
    const id = crypto.randomUUID();
    for (let count = 0; count < 4; count += 1) expect((await send(id, script)).status).toBe(415);

    const replies = await Promise.all(Array.from({ length: 12 }, () => send(id, png)));

    expect(replies.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 6 }, () => 201), ...Array.from({ length: 6 }, () => 409)]);
  });

  test("that nobody sent, or that was sent for another response, does not count as an answer", async () => {
    const foreign = await sendGood(crypto.randomUUID());

    for (const file of [foreign, { id: crypto.randomUUID(), name: "made-up.png" }]) {
      expect(await answer(crypto.randomUUID(), [file])).toMatchObject({ status: 400, body: { error: { code: "file_unknown" } } });
    }
    expect((await organisation.viewer.ask("GET", "/api/responses")).body).toMatchObject({ items: [] });
  });

  test.each([
    ["../../etc/passwd", "passwd.png"], ["C:\\evil\\x.exe", "x.png"], ["\u202Egnp.exe", "gnp.png"], ["", "file.png"], ["<img src=x>.png", "img src=x.png"],
  ])("called %j is kept as %j", async (name, kept) => {
    expect(UploadedFile.parse((await send(crypto.randomUUID(), png, { name })).body).name).toBe(kept);
  });

  test("goes when its response is erased with its person, or deleted", async () => {
    const id = crypto.randomUUID();
    const file = await sendGood(id);
    await answer(id, [file]);
    expect(onDisk()).toContain(file.id);

    await installation.services.db.query("delete from feedback.responses where id = $1", [id]);
    await removeFiles(installation.services);

    expect(onDisk()).not.toContain(file.id);
  });

  test("that no answer names goes after two days; one that an answer names stays", async () => {
    const id = crypto.randomUUID();
    const [kept, left] = [await sendGood(id), await sendGood(id)];
    await answer(id, [kept]);

    clock.at += 3 * 86_400_000;
    await removeUnusedFiles(installation.services);

    expect(onDisk()).toContain(kept.id);
    expect(onDisk()).not.toContain(left.id);
    expect((await organisation.viewer.ask("GET", `/api/responses/${id}/files/${kept.id}`)).status).toBe(200);
  });
});

describe("a picture of a survey", () => {
  const upload = (client: Client, bytes: Buffer, name = "logo.png") =>
    client.ask("POST", `/api/surveys/${survey.id}/files?name=${name}`, bytes, { "content-type": "application/octet-stream" });

  test("is public under its address and cannot be taken for a page", async () => {
    const picture = SurveyPicture.parse((await upload(organisation.manager, toldPng)).body);

    const reply = await installation.nobody.ask("GET", picture.url);
    expect([reply.bytes.equals(png), picture.sizeBytes, reply.headers["content-length"]]).toEqual([true, png.length, String(png.length)]);

    expect(picture.url).toBe(`/s/files/${picture.id}`);
    expect(reply).toMatchObject({ status: 200, headers: { "content-type": "image/png", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; sandbox" } });
  });

  test("is PNG, JPEG or WebP, and only for who builds surveys", async () => {
    expect(await upload(organisation.manager, pdf)).toMatchObject({ status: 415 });
    expect(await upload(organisation.manager, Buffer.from("<svg/>"), "logo.svg")).toMatchObject({ status: 415, body: { error: { code: "file_kind_refused" } } });
    expect(await upload(organisation.manager, widePng)).toMatchObject({ status: 400, body: { error: { code: "picture_refused", message: expect.stringContaining("8,192 pixels") } } });
    expect(await upload(organisation.manager, png.subarray(0, 40))).toMatchObject({ status: 400, body: { error: { code: "picture_refused", message: expect.stringContaining("damaged") } } });
    expect((await upload(organisation.viewer, png)).status).toBe(403);
    expect((await upload(stranger, png)).status).toBe(404);
  });
});

const asOnceStored = async (content: Buffer): Promise<SurveyPicture> => {
  const picture = SurveyPicture.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/files`, png, { "content-type": "application/octet-stream" })).body);
  writeFileSync(pathOf(picture.id), content);
  await installation.services.db.query("update feedback.files set size_bytes = $2, awaits_stripping = true where id = $1", [picture.id, content.length]);
  return picture;
};

test("photos that were stored as they came are stripped after a start, once, and keep their address", async () => {
  const { db } = installation.services;
  const [told, damaged, missing] = [await asOnceStored(toldPng), await asOnceStored(Buffer.concat([png.subarray(0, 33), toldPng.subarray(-28)])), await asOnceStored(toldPng)];
  rmSync(pathOf(missing.id));
  const sizes = async (): Promise<unknown[]> => (await db.query("select id, size_bytes::int as size from feedback.files where survey_id = $1 and not awaits_stripping order by id", [survey.id])).rows;

  await stripAfterStart(installation.services);

  await expect.poll(sizes).toEqual([{ id: told.id, size: png.length }, { id: damaged.id, size: 45 }, { id: missing.id, size: toldPng.length }].toSorted((one, other) => (one.id < other.id ? -1 : 1)));
  expect((await installation.nobody.ask("GET", told.url)).bytes.equals(png)).toBe(true);
  expect(onDisk().toSorted()).toEqual(expect.arrayContaining([damaged.id, told.id].toSorted()));
  const before = onDisk().length;
  await stripAfterStart(installation.services);
  expect(onDisk()).toHaveLength(before);
});

test("a photo that cannot be read now holds up none of the others, and waits", async () => {
  const [unread, ...others] = [await asOnceStored(toldPng), await asOnceStored(toldPng), await asOnceStored(toldPng)].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const path = pathOf(unread?.id ?? "");
  rmSync(path);
  symlinkSync(path, path);
  const waiting = async (): Promise<unknown[]> => (await installation.services.db.query("select id from feedback.files where survey_id = $1 and awaits_stripping", [survey.id])).rows;

  await stripAfterStart(installation.services);

  await expect.poll(waiting).toEqual([{ id: unread?.id }]);
  for (const { url } of others) expect((await installation.nobody.ask("GET", url)).bytes.equals(png)).toBe(true);
  rmSync(path);
});

test("a file of which the disk cannot tell now is not taken for a missing one", async () => {
  symlinkSync(pathOf("loop"), pathOf("loop"));

  await expect(hasFile(installation.services, "loop")).rejects.toThrow("ELOOP");

  rmSync(pathOf("loop"));
  expect(await hasFile(installation.services, "loop")).toBe(false);
});
