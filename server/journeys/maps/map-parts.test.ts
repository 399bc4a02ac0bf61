// Comments, accounts of customers, photos and files of a map.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertInteractions } from "#customers";
import { transaction } from "#platform/db";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Client, Installation, Organisation } from "../../firsthand.make.ts";
import { account, type Account } from "./accounts.contract.ts";
import { mapComment, type MapComment } from "./comments.contract.ts";
import { journeyMap, type JourneyMap } from "./maps.contract.ts";
import { stripAfterStart } from "./maps.jobs.ts";

const clock = { now: () => new Date("2026-06-10T12:00:00Z") };
const irrelevantId = "01900000-0000-7000-8000-00000000beef";
let installation: Installation;
let organisation: Organisation;
let member: Client;
let id: string;

beforeAll(async () => {
  installation = await makeInstallation({ clock, environment: { RATE_LIMIT_FACTOR: "1000" } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  member = organisation.agent;
  id = (await createMap()).id;
});

const expectStatus = (reply: Answer, status: number): Answer => {
  expect({ status: reply.status, text: reply.status === status ? "" : reply.text }).toEqual({ status, text: "" });
  return reply;
};
const createMap = async (given: object = {}): Promise<JourneyMap> =>
  journeyMap.parse(expectStatus(await member.ask("POST", "/api/maps", { name: "Buying", from: { kind: "template", template: "first_purchase" }, ...given }), 201).body);
const refusal = (status: number, code: string): object => ({ status, body: { error: { code } } });
const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => (await installation.services.db.query(sql, [organisation.workspaceId])).rows;

const readMails = (): string[] => {
  const folder = join(installation.dataDir, "mails");
  return existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8")) : [];
};

describe("comments", () => {
  const write = async (given: object, by = member): Promise<MapComment> => mapComment.parse(expectStatus(await by.ask("POST", `/api/maps/${id}/comments`, given), 201).body);
  const list = async (): Promise<MapComment[]> => z.object({ items: z.array(mapComment) }).parse((await organisation.viewer.ask("GET", `/api/maps/${id}/comments`)).body).items;

  test("are written about map, step or card, resolved, opened again and deleted", async () => {
    const first = await write({ text: "  Is this true? <script>alert(1)</script> " });
    const second = await write({ text: "Slow", stepId: "step3", cardId: "card1" }, organisation.manager);
    expect(await list()).toEqual([first, second]);
    expect(first).toMatchObject({ text: "Is this true? <script>alert(1)</script>", stepId: null, cardId: null, memberId: member.memberId, mentions: [], resolvedAt: null });

    const resolution = `/api/maps/${id}/comments/${second.id}/resolution`;
    expect((await member.ask("POST", resolution)).body).toMatchObject({ resolvedAt: "2026-06-10T12:00:00.000Z" });
    expect((await member.ask("POST", resolution, { isResolved: false })).body).toMatchObject({ resolvedAt: null, resolvedBy: null });

    expect(await member.ask("DELETE", `/api/maps/${id}/comments/${second.id}`)).toMatchObject(refusal(403, "map_comment_of_other"));
    expectStatus(await member.ask("DELETE", `/api/maps/${id}/comments/${first.id}`), 204);
    expectStatus(await organisation.admin.ask("DELETE", `/api/maps/${id}/comments/${second.id}`), 204);
    expect(await list()).toEqual([]);
    expect(await member.ask("DELETE", `/api/maps/${id}/comments/${first.id}`)).toMatchObject(refusal(404, "not_found"));
  });

  test("mail those they mention, once each, and never their author", async () => {
    const { mentions } = await write({ text: "Look at this", mentions: [organisation.manager.memberId, organisation.manager.memberId, member.memberId] });
    expect(mentions.map((one) => one.id)).toEqual([organisation.manager.memberId, member.memberId]);
    // The words of a mail are forgotten once it is on its way, so it is read where it arrives.
    const arrived = (): string[] => readMails().filter((mail) => mail.includes(`To: ${organisation.manager.email}`));
    await vi.waitFor(() => expect(arrived()).toHaveLength(1), { timeout: 15_000 });
    for (const words of ["wrote on the map", "Look at this", `/maps/${id}`]) expect(arrived()[0]?.replaceAll("=\r\n", "")).toContain(words);
    expect(await rowsOf("select recipient, subject from platform.mails where workspace_id = $1")).toEqual([{ recipient: organisation.manager.email, subject: expect.stringContaining('mentioned you on the map "Buying"') }]);
    expect(await rowsOf("select payload from platform.events where workspace_id = $1 and name = 'map.commented'")).toMatchObject([{ payload: { mapId: id } }]);
  });

  test.each<[string, object, number, string]>([
    ["about a step that is gone", { text: "Slow", stepId: "gone" }, 409, "map_part_unknown"],
    ["about a card that is gone", { text: "Slow", cardId: "gone" }, 409, "map_part_unknown"],
    ["that mention a stranger", { text: "Slow", mentions: [irrelevantId] }, 400, "map_mention_unknown"],
    ["without words", { text: "  " }, 400, "invalid_input"],
  ])("%s are refused, and nobody gets a mail", async (_, given, status, code) => {
    expect(await member.ask("POST", `/api/maps/${id}/comments`, given)).toMatchObject(refusal(status, code));
    expect([await list(), await rowsOf("select id from platform.mails where workspace_id = $1")]).toEqual([[], []]);
  });
});

describe("accounts of a customer", () => {
  const makeCustomer = async (userId = "42", to = organisation): Promise<string> => {
    await insertInteractions(installation.services.db, to.workspaceId, [makeInteraction(to.workspaceId, { type: "track", name: "Order Completed", subject: `user:${userId}`, userId })]);
    await installation.settle();
    const { items } = z.object({ items: z.array(z.object({ id: z.string() })) }).parse((await to.owner.ask("GET", "/api/customers")).body);
    return items[0]?.id ?? "";
  };
  const tell = async (customerId: string, given: object = {}): Promise<Account> =>
    account.parse(expectStatus(await member.ask("POST", `/api/maps/${id}/accounts`, { customerId, stepId: "step8", phase: "after", feeling: 2, motivation: "Glad it is done", evidence: "told", ...given }), 201).body);
  const list = async (query = ""): Promise<Account[]> => z.object({ items: z.array(account) }).parse((await organisation.viewer.ask("GET", `/api/maps/${id}/accounts${query}`)).body).items;
  const perceptions = () => rowsOf(`select kind, value, normalised, touchpoint, is_inferred as "isInferred", at, properties from customers.perceptions where workspace_id = $1`);

  test("that she told herself stand on her timeline, at the touchpoint of the step, and go when they are deleted", async () => {
    const customerId = await makeCustomer();
    const told = await tell(customerId, { at: "2026-06-09T10:00:00+02:00" });
    expect(told).toMatchObject({ customerId, stepId: "step8", phase: "after", feeling: 2, motivation: "Glad it is done", at: "2026-06-09T08:00:00.000Z", isOnTimeline: true });
    expect(await perceptions()).toMatchObject([{ kind: "emotion", value: 2, normalised: 1, touchpoint: "Order placed", isInferred: false, at: new Date("2026-06-09T08:00:00Z"), properties: { mapId: id, step: "Has ordered", phase: "after" } }]);
    const timeline = await organisation.viewer.ask("GET", `/api/customers/${customerId}/timeline`);
    expect(timeline.text).toContain("Order placed");

    expectStatus(await member.ask("DELETE", `/api/maps/${id}/accounts/${told.id}`), 204);
    expect([await list(), await perceptions()]).toEqual([[], []]);
  });

  test("that a member assumed or saw, or that say no feeling, are not hers to have said", async () => {
    const customerId = await makeCustomer();
    await tell(customerId, { evidence: "assumed" });
    await tell(customerId, { evidence: "observed" });
    await tell(customerId, { feeling: null });
    expect((await list()).map(({ isOnTimeline }) => isOnTimeline)).toEqual([false, false, false]);
    expect(await perceptions()).toEqual([]);
  });

  test("that change are withdrawn and recorded anew; other words about the motive leave the feeling alone", async () => {
    const customerId = await makeCustomer();
    const told = await tell(customerId);
    const before = await rowsOf("select id from customers.perceptions where workspace_id = $1");
    const url = `/api/maps/${id}/accounts/${told.id}`;
    expectStatus(await member.ask("PATCH", url, { motivation: "Relief" }), 200);
    expect(await rowsOf("select id from customers.perceptions where workspace_id = $1")).toEqual(before);
    expect((await member.ask("PATCH", url, { feeling: -2 })).body).toMatchObject({ feeling: -2, motivation: "Relief", isOnTimeline: true });
    expect(await perceptions()).toMatchObject([{ normalised: -1 }]);
    expect((await member.ask("PATCH", url, { evidence: "assumed" })).body).toMatchObject({ isOnTimeline: false });
    expect(await perceptions()).toEqual([]);
  });

  test("are found under the customer, also after she was merged with another", async () => {
    const customerId = await makeCustomer();
    await tell(customerId);
    const otherId = (await (async () => {
      await insertInteractions(installation.services.db, organisation.workspaceId, [makeInteraction(organisation.workspaceId, { name: "Search", subject: "user:43", userId: "43" })]);
      await installation.settle();
      return rowsOf(`select id from customers.customers where workspace_id = $1 and merged_into_id is null`);
    })()).map((row) => String(row["id"])).find((one) => one !== customerId) ?? "";
    expect(await list(`?customer=${otherId}`)).toEqual([]);
    expectStatus(await organisation.owner.ask("POST", `/api/customers/${otherId}/merges`, { otherId: customerId }), 200);
    expect((await list(`?customer=${otherId}`)).map(({ motivation }) => motivation)).toEqual(["Glad it is done"]);
    const [told] = await list(`?customer=${customerId}`);
    expect(await list(`?customer=${irrelevantId}`)).toEqual([]);

    expectStatus(await member.ask("PATCH", `/api/maps/${id}/accounts/${told?.id}`, { feeling: -1 }), 200);
    expect(await perceptions()).toMatchObject([{ value: -1 }]);
  });

  test("are erased with her, on the map too, and a map that was hers is everybody's", async () => {
    const customerId = await makeCustomer();
    await tell(customerId);
    const hers = await createMap({ viewpoint: { kind: "customer", customerId } });
    expectStatus(await organisation.owner.ask("POST", `/api/customers/${customerId}/erasure`, { isConfirmed: true }), 200);
    await vi.waitFor(async () => expect(await list()).toEqual([]), { timeout: 15_000 });
    expect(await perceptions()).toEqual([]);
    await vi.waitFor(async () => expect((await member.ask("GET", `/api/maps/${hers.id}`)).body).toMatchObject({ viewpoint: { kind: "everyone" } }), { timeout: 15_000 });
    const told = await rowsOf("select payload from platform.events where workspace_id = $1 and name = 'map.accounts_changed'");
    expect(new Set(told.map((row) => Reflect.get(Object(row["payload"]), "mapId")))).toEqual(new Set([id, hers.id]));
    expect(await member.ask("POST", `/api/maps/${id}/accounts`, { customerId, stepId: "step8", phase: "after", evidence: "told" })).toMatchObject(refusal(400, "map_customer_unknown"));
  });

  test("that change while she is erased bring nothing of her back", async () => {
    const customerId = await makeCustomer();
    const told = await tell(customerId);
    const waiting = async (): Promise<number> => (await installation.services.db.query("select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())")).rowCount ?? 0;
    const replies = await transaction(installation.services.db, async (tx) => {
      // Both wait behind this one, in their order: the erasure is committed before the change goes on.
      await tx.query("select pg_advisory_xact_lock(hashtext('customers.erasures'), hashtext($1))", [organisation.workspaceId]);
      const erasure = organisation.owner.ask("POST", `/api/customers/${customerId}/erasure`, { isConfirmed: true });
      await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 15_000 });
      const change = member.ask("PATCH", `/api/maps/${id}/accounts/${told.id}`, { feeling: -2, motivation: "Back again" });
      await vi.waitFor(async () => expect(await waiting()).toBe(2), { timeout: 15_000 });
      return [erasure, change] as const;
    });
    expect((await replies[0]).status).toBe(200);
    expect(await replies[1]).toMatchObject(refusal(400, "map_customer_unknown"));
    await vi.waitFor(async () => expect(await list()).toEqual([]), { timeout: 15_000 });
    expect(await perceptions()).toEqual([]);
  });

  test("stand in the export of all that is kept about her, those of the customer she was merged with too", async () => {
    const customerId = await makeCustomer();
    await tell(customerId, { evidence: "assumed", motivation: "Wants to be done" });
    const reply = await organisation.owner.ask("GET", `/api/customers/${customerId}/export`);
    expect(JSON.parse(reply.text)).toMatchObject({ maps: [{ map: "Buying", mapId: id, stepId: "step8", step: "Has ordered", phase: "after", feeling: 2, motivation: "Wants to be done", evidence: "assumed" }], contact: {} });
  });

  test("are not all that names her: words of members are shown before she is erased, and stay", async () => {
    const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
    expectStatus(await installation.nobody.ask("POST", "/v1/identify", { userId: "ann", messageId: irrelevantId, traits: { name: "Ann Lee", email: "ann@shop.example" } }, { authorization }), 200);
    await installation.settle();
    const [row] = await rowsOf("select id from customers.customers where workspace_id = $1 and merged_into_id is null");
    const customerId = String(row?.["id"]);
    const first = journeyMap.parse((await member.ask("GET", `/api/maps/${id}`)).body).document.cards[0];
    const words = (was: string, text: string): object => ({ id: crypto.randomUUID(), knows: 0, edits: [{ do: "change", part: "card", id: first?.id, was: { text: was }, now: { text } }] });
    expectStatus(await member.ask("POST", `/api/maps/${id}/edits`, words(first?.text ?? "", "As Ann Lee told us, \"never again\"")), 200);
    expectStatus(await member.ask("POST", `/api/maps/${id}/comments`, { text: "Mail ann@shop.example?" }), 201);
    await createMap({ name: "About Anne Leeds" });
    const list = async (by = member): Promise<unknown> => Object(expectStatus(await by.ask("GET", `/api/words-on-maps?customer=${customerId}`), 200).body).items;
    const here = { mapId: id, mapName: "Buying" };
    expect(await list()).toEqual([
      { ...here, place: "card", stepId: first?.stepId, text: "As Ann Lee told us, \"never again\"" }, { ...here, place: "comment", stepId: null, text: "Mail ann@shop.example?" }, { ...here, place: "history", stepId: null, text: "" },
    ]);
    expectStatus(await member.ask("POST", `/api/maps/${id}/edits`, words("As Ann Lee told us, \"never again\"", "As one told us")), 200);
    expect(await list()).toMatchObject([{ place: "comment" }, { place: "history" }]);

    const key = await installation.makeApiKey(organisation, ["maps.read"]);
    expect(await installation.nobody.ask("GET", `/api/words-on-maps?customer=${customerId}`, undefined, { authorization: `Bearer ${key}` })).toMatchObject(refusal(403, "not_allowed"));
    const stranger = await installation.makeOrganisation("stranger");
    expect(await list(stranger.owner)).toEqual([]);
  });

  test("leave the timeline when their map is deleted", async () => {
    await tell(await makeCustomer());
    expectStatus(await member.ask("DELETE", `/api/maps/${id}`), 204);
    expect(await perceptions()).toEqual([]);
  });

  test("of a stranger's customer, or about a step that is gone, are refused", async () => {
    const stranger = await installation.makeOrganisation("stranger");
    const theirs = await makeCustomer("77", stranger);
    const given = { stepId: "step8", phase: "after", feeling: 1, evidence: "told" };
    expect(await member.ask("POST", `/api/maps/${id}/accounts`, { ...given, customerId: theirs })).toMatchObject(refusal(400, "map_customer_unknown"));
    expect(await member.ask("POST", `/api/maps/${id}/accounts`, { ...given, customerId: await makeCustomer(), stepId: "gone" })).toMatchObject(refusal(409, "map_part_unknown"));
    expect(await member.ask("POST", "/api/maps", { name: "Theirs", from: { kind: "template", template: "blank" }, viewpoint: { kind: "customer", customerId: theirs } })).toMatchObject(refusal(400, "map_customer_unknown"));
    expect(await list()).toEqual([]);
  });
});

describe("who has a map open", () => {
  const pages = ["01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002"] as const;
  const stay = async (by: Client, page: string): Promise<string[]> => namesIn(expectStatus(await by.ask("PUT", `/api/maps/${id}/presences/${page}`), 200));
  const namesIn = ({ body }: Answer): string[] => z.object({ items: z.array(z.object({ memberId: z.uuid(), name: z.string() })) }).parse(body).items.map(({ name }) => name);
  const told = async (): Promise<number> => (await rowsOf("select 1 from platform.events where workspace_id = $1 and name = 'map.presence_changed'")).length;

  test("is told to whoever has it open as well, a member once; goodbye is told at once, signs of life are not", async () => {
    const [agent] = await stay(member, pages[0]);
    expect(new Set(await stay(organisation.viewer, pages[1]))).toEqual(new Set([agent, expect.any(String)]));
    expect(await stay(member, irrelevantId)).toHaveLength(2);
    expect(await told()).toBe(3);
    await stay(member, pages[0]);
    expect(await told()).toBe(3);
    // Somebody else's page cannot be taken away.
    expectStatus(await organisation.viewer.ask("DELETE", `/api/maps/${id}/presences/${pages[0]}`), 204);
    expectStatus(await organisation.viewer.ask("DELETE", `/api/maps/${id}/presences/${pages[1]}`), 204);
    expect(await told()).toBe(4);
    expect(namesIn(await organisation.viewer.ask("GET", `/api/maps/${id}/presences`))).toEqual([agent]);
  });

  test("is forgotten when nothing was heard of a page for twenty seconds", async () => {
    await stay(member, pages[0]);
    await installation.services.db.query("update journeys.map_presences set seen_at = seen_at - interval '21 seconds' where workspace_id = $1", [organisation.workspaceId]);
    expect(namesIn(await member.ask("GET", `/api/maps/${id}/presences`))).toEqual([]);
    expect(await stay(organisation.viewer, pages[1])).toHaveLength(1);
    expect(await rowsOf("select 1 from journeys.map_presences where workspace_id = $1")).toHaveLength(1);
  });

  test("is nobody's business in another organisation", async () => {
    const stranger = await installation.makeOrganisation("stranger");
    expect(await stranger.owner.ask("PUT", `/api/maps/${id}/presences/${pages[0]}`)).toMatchObject(refusal(404, "not_found"));
  });
});

describe("photos", () => {
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");
  const upload = (content: Buffer, to = id): Promise<Answer> => member.ask("POST", `/api/maps/${to}/photos`, content, { "content-type": "application/octet-stream" });

  test("are taken in, put on a card, and come along with a copy", async () => {
    // What its camera tells of the place stands before its end, and is not kept.
    const told = Buffer.concat([png.subarray(0, -12), Buffer.from([0, 0, 0, 4]), Buffer.from("tEXthere1234"), png.subarray(-12)]);
    const { fileId } = z.object({ fileId: z.uuid() }).parse(expectStatus(await upload(told), 201).body);
    const put = { do: "change", part: "card", id: "card1", was: { fileId: null }, now: { fileId } };
    expect((await member.ask("POST", `/api/maps/${id}/edits`, { id: irrelevantId, knows: 0, edits: [put] })).body).toMatchObject({ refused: [] });
    const shown = await organisation.viewer.ask("GET", `/api/maps/${id}/photos/${fileId}`);
    expect({ bytes: shown.bytes.equals(png), type: shown.headers["content-type"], sniff: shown.headers["x-content-type-options"], kept: shown.headers["cache-control"] })
      .toEqual({ bytes: true, type: "image/png", sniff: "nosniff", kept: "private, max-age=31536000, immutable" });

    const copy = journeyMap.parse(expectStatus(await member.ask("POST", `/api/maps/${id}/copies`, { name: "Copy", state: "to_be" }), 201).body);
    expect(copy.document.cards.find((card) => card.id === "card1")?.fileId).toBe(fileId);
    expectStatus(await member.ask("DELETE", `/api/maps/${id}`), 204);
    expectStatus(await organisation.viewer.ask("GET", `/api/maps/${copy.id}/photos/${fileId}`), 200);
    expect(await organisation.viewer.ask("GET", `/api/maps/${id}/photos/${fileId}`)).toMatchObject(refusal(404, "not_found"));
  });

  test("stand in the file of a map, and can be brought in again", async () => {
    const { fileId } = z.object({ fileId: z.uuid() }).parse(expectStatus(await upload(png), 201).body);
    await upload(png);
    expectStatus(await member.ask("POST", `/api/maps/${id}/edits`, { id: irrelevantId, knows: 0, edits: [{ do: "change", part: "card", id: "card1", was: { fileId: null }, now: { fileId } }] }), 200);
    const file = JSON.parse((await organisation.viewer.ask("GET", `/api/maps/${id}/map.json`)).text);
    expect(file).toMatchObject({ name: "Buying", photosLeftOut: 0, photos: [{ id: fileId, contentType: "image/png" }] });
    const again = await upload(Buffer.from(file.photos[0].data, "base64"), (await createMap({ from: { kind: "document", document: file.document } })).id);
    expectStatus(again, 201);
    expect(Buffer.from(file.photos[0].data, "base64").equals(png)).toBe(true);
  });

  test("of the time when they were taken in as they came are stripped after a start, copies too, under the same address", async () => {
    const { db } = installation.services;
    const stored = async (content: Buffer): Promise<string> => {
      const { fileId } = z.object({ fileId: z.uuid() }).parse(expectStatus(await upload(png), 201).body);
      await db.query("update journeys.map_photos set content = $2, awaits_stripping = true where id = $1", [fileId, content]);
      return fileId;
    };
    const fileId = await stored(Buffer.concat([png.subarray(0, -12), Buffer.from([0, 0, 0, 4]), Buffer.from("tEXthere1234"), png.subarray(-12)]));
    const damaged = await stored(png.subarray(0, 33));
    expectStatus(await member.ask("POST", `/api/maps/${id}/edits`, { id: irrelevantId, knows: 0, edits: [{ do: "change", part: "card", id: "card1", was: { fileId: null }, now: { fileId } }] }), 200);
    const copy = journeyMap.parse(expectStatus(await member.ask("POST", `/api/maps/${id}/copies`, { name: "Copy", state: "to_be" }), 201).body);

    await stripAfterStart(installation.services);
    await expect.poll(() => rowsOf("select id from journeys.map_photos where workspace_id = $1 and awaits_stripping")).toEqual([]);

    expect(await rowsOf("select length(content) as bytes from journeys.map_photos where workspace_id = $1 order by 1")).toEqual([{ bytes: 33 }, { bytes: png.length }, { bytes: png.length }]);
    for (const map of [id, copy.id]) {
      expect((await organisation.viewer.ask("GET", `/api/maps/${map}/photos/${fileId}`)).bytes.equals(png)).toBe(true);
      const file = await organisation.viewer.ask("GET", `/api/maps/${map}/map.json`);
      expect([JSON.parse(file.text).photos[0].data, file.headers["cache-control"]]).toEqual([png.toString("base64"), "private, no-store"]);
    }
    expect((await organisation.viewer.ask("GET", `/api/maps/${id}/photos/${damaged}`)).bytes.equals(png.subarray(0, 33))).toBe(true);
  });

  test.each<[string, () => Buffer, number, string]>([
    ["a page that calls itself a photo", () => Buffer.from("<svg onload=alert(1)>"), 400, "map_photo_refused"],
    ["nothing", () => Buffer.alloc(0), 400, "map_photo_refused"],
    ["the first bytes of a JPEG", () => Buffer.from([0xff, 0xd8, 0xff]), 400, "map_photo_refused"],
    ["more pixels than browsers bear", () => Buffer.concat([png.subarray(0, 20), Buffer.from([0, 0, 0x20, 0x01]), png.subarray(24)]), 400, "map_photo_refused"],
    ["more than 5 MB", () => Buffer.concat([png, Buffer.alloc(5 * 1024 ** 2)]), 413, "map_photo_too_large"],
  ])("are not taken in: %s", async (_, content, status, code) => {
    expect(await upload(content())).toMatchObject(refusal(status, code));
    expect(await rowsOf("select id from journeys.map_photos where workspace_id = $1")).toEqual([]);
  });
});

describe("files", () => {
  test("of a map can be read in again", async () => {
    const file = await organisation.viewer.ask("GET", `/api/maps/${id}/map.json`);
    const read = z.object({ name: z.string(), description: z.string(), state: z.string(), document: z.unknown() }).parse(JSON.parse(file.text));
    const again = await createMap({ name: read.name, description: read.description, state: read.state, from: { kind: "document", document: read.document } });
    const first = journeyMap.parse((await member.ask("GET", `/api/maps/${id}`)).body);
    expect([again.document, again.description]).toEqual([first.document, first.description]);
    expect(file.headers["content-disposition"]).toBe('attachment; filename="Buying.json"');
  });

  test("of a map can be drawn by mermaid", async () => {
    const file = await organisation.viewer.ask("GET", `/api/maps/${id}/map.mmd`);
    expect(file.text.split("\n").slice(0, 4)).toEqual(["journey", "    title Buying", "    section Discover", "      Notices us: 4: Customer, Marketing"]);
  });
});
