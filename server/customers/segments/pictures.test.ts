// The picture of a persona: one, stripped, gone with the segment, shown by the maps drawn for it.
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { transaction } from "#platform/db";
import { makeInstallation, type Answer, type Installation, type Organisation } from "../../firsthand.make.ts";
import { segment as segmentShape, type Segment } from "./segments.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let persona: Segment;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  persona = segmentShape.parse((await organisation.manager.ask("POST", "/api/segments", { kind: "live", name: "Priya", story: "Orders on the train.", rule: { match: "all", conditions: [] } })).body);
});

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");
const send = (content: Buffer, by = organisation.manager): Promise<Answer> => by.ask("POST", `/api/segments/${persona.id}/pictures`, content, { "content-type": "application/octet-stream" });
const read = async (): Promise<Segment> => segmentShape.parse((await organisation.viewer.ask("GET", `/api/segments/${persona.id}`)).body);

test("a picture stands in place of the one before, without what its camera tells, and can be taken away", async () => {
  const [first, told] = [String(Object((await send(png)).body).pictureId), Buffer.concat([png.subarray(0, -12), Buffer.from([0, 0, 0, 4]), Buffer.from("tEXthere1234"), png.subarray(-12)])];
  const reply = await send(told);
  expect(reply.status, reply.text).toBe(201);
  const { pictureId } = await read();
  expect([Object(reply.body).pictureId, pictureId === first]).toEqual([pictureId, false]);

  const shown = await organisation.viewer.ask("GET", `/api/segments/${persona.id}/pictures/${pictureId}`);
  expect({ status: shown.status, bytes: shown.bytes.equals(png), type: shown.headers["content-type"], sniff: shown.headers["x-content-type-options"], kept: shown.headers["cache-control"] })
    .toEqual({ status: 200, bytes: true, type: "image/png", sniff: "nosniff", kept: "private, max-age=31536000, immutable" });
  expect((await organisation.viewer.ask("GET", `/api/segments/${persona.id}/pictures/${first}`)).status).toBe(404);

  expect((await organisation.manager.ask("DELETE", `/api/segments/${persona.id}/pictures`)).status).toBe(204);
  expect((await organisation.viewer.ask("GET", `/api/segments/${persona.id}/pictures/${pictureId}`)).status).toBe(404);
  expect((await read()).pictureId).toBeNull();
});

test("a map drawn for the persona shows its picture while the persona is there", async () => {
  const made = await organisation.owner.ask("POST", "/api/maps", { name: "Buying", viewpoint: { kind: "persona", name: "Priya", story: "", segmentId: null, personaId: persona.id }, from: { kind: "template", template: "support" } });
  const map = async (): Promise<unknown> => (await organisation.viewer.ask("GET", `/api/maps/${String(Object(made.body).id)}`)).body;
  expect(await map()).toMatchObject({ personaPictureId: null });
  const { pictureId } = Object((await send(png)).body);
  expect(await map()).toMatchObject({ personaPictureId: pictureId, isPersonaGone: false });

  await organisation.manager.ask("PATCH", `/api/segments/${persona.id}`, { story: null });
  expect(await map()).toMatchObject({ personaPictureId: null, isPersonaGone: true });
  expect((await organisation.owner.ask("DELETE", `/api/maps/${String(Object(made.body).id)}`)).status).toBe(204);
  expect((await organisation.manager.ask("DELETE", `/api/segments/${persona.id}`)).status).toBe(204);
  expect((await firsthand.services.db.query("select id from customers.segment_pictures where workspace_id = $1", [organisation.workspaceId])).rows).toEqual([]);
});

const wide = Buffer.from(png);
wide.writeUInt32BE(8193, 16);

test.each<[string, () => Buffer, number, string, string]>([
  ["a page that calls itself a picture", () => Buffer.from("<svg onload=alert(1)>"), 400, "segment_picture_refused", "no picture"],
  ["the first bytes of a JPEG", () => Buffer.from([0xff, 0xd8, 0xff]), 400, "segment_picture_refused", "no picture"],
  ["a damaged PNG", () => Buffer.concat([png.subarray(0, 8), Buffer.from("rubbish, and more than one chunk of it")]), 400, "segment_picture_refused", "no picture"],
  ["nothing", () => Buffer.alloc(0), 400, "segment_picture_refused", "empty"],
  ["more pixels than browsers bear", () => wide, 400, "segment_picture_refused", "8,192 pixels"],
  ["more than 2 MB", () => Buffer.concat([png, Buffer.alloc(2 * 1024 ** 2)]), 413, "segment_picture_too_large", "2 MB"],
])("is not taken in, and leaves the one before: %s", async (_, content, status, code, words) => {
  const { pictureId } = Object((await send(png)).body);
  expect(await send(content())).toMatchObject({ status, body: { error: { code, message: expect.stringContaining(words) } } });
  expect((await read()).pictureId).toBe(pictureId);
});

test("is refused as one of an unknown segment when that is deleted meanwhile", async () => {
  const { db } = firsthand.services;
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%customers.segment%'";
  const sent = await transaction(db, async (tx) => {
    await tx.query("delete from customers.segments where id = $1", [persona.id]);
    const reply = send(png);
    await vi.waitFor(async () => expect((await db.query(waiting)).rowCount).toBeGreaterThan(0), { timeout: 10_000 });
    return { reply };
  });
  expect(await sent.reply).toMatchObject({ status: 404, body: { error: { code: "segment_unknown" } } });
});

test("is not taken from whoever may only look", async () => expect((await send(png, organisation.viewer)).status).toBe(403));
