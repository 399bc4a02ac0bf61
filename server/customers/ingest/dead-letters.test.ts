import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { deadLetterDetail, deadLetterItem } from "./dead-letters.contract.ts";
import { deleteLettersBefore } from "./dead-letters.queries.ts";

let installation: Installation;
let organisation: Organisation;
let stranger: Organisation;
let writeKey: string;
beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  stranger = await installation.makeOrganisation();
  writeKey = await installation.makeWriteKey(organisation);
});
afterAll(() => installation.stop());

const list = z.object({ items: z.array(deadLetterItem), nextCursor: z.string().nullable() });

const refuseOne = async (message: Record<string, unknown>, sentAt?: string): Promise<z.infer<typeof deadLetterItem>> => {
  const headers = { authorization: `Bearer ${writeKey}` };
  const messageId = randomUUID();
  await installation.nobody.ask("POST", "/v1/batch", { batch: [{ messageId, ...message }], ...(sentAt === undefined ? {} : { sentAt }) }, headers);
  const { items } = list.parse((await organisation.admin.ask("GET", "/api/dead-letters?limit=100")).body);
  const found = items.find((item) => item.preview.includes(String(message["messageId"] ?? messageId)));
  if (found === undefined) throw new Error("The event was not refused.");
  return found;
};
const findInteraction = async (id: string | null): Promise<{ name: string; at: Date; receivedAt: Date } | undefined> => {
  const { rows } = await installation.services.db.query<{ name: string; at: Date; receivedAt: Date }>(`select name, at, received_at as "receivedAt" from customers.interactions where id = $1`, [id]);
  return rows[0];
};

describe("a refused event", () => {
  test("can be looked at with its reason", async () => {
    const letter = await refuseOne({ type: "track", userId: "1" });
    const detail = deadLetterDetail.parse((await organisation.admin.ask("GET", `/api/dead-letters/${letter.id}`)).body);
    expect(detail).toMatchObject({ reason: "missing_event", state: "open", source: "segment" });
    expect(JSON.parse(detail.payload)).toMatchObject({ type: "track", userId: "1" });
    const reasons = await organisation.admin.ask("GET", "/api/dead-letters/reasons");
    expect(reasons.body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ reason: "missing_event" })]) });
  });

  test("becomes an interaction when it is mended and replayed, at the time it first came", async () => {
    const letter = await refuseOne({ type: "track", userId: "1", timestamp: "2026-01-01T10:00:00Z" }, new Date(Date.now() - 3_600_000).toISOString());
    const { payload } = deadLetterDetail.parse((await organisation.admin.ask("GET", `/api/dead-letters/${letter.id}`)).body);
    const mended = JSON.stringify({ ...JSON.parse(payload), event: "Mended" });
    const replayed = deadLetterDetail.parse((await organisation.admin.ask("POST", `/api/dead-letters/${letter.id}/replays`, { payload: mended })).body);
    expect(replayed.state).toBe("replayed");
    const interaction = await findInteraction(replayed.interactionId);
    expect(interaction?.name).toBe("Mended");
    expect(interaction?.receivedAt.toISOString()).toBe(letter.receivedAt);
    // Sent by a clock an hour slow: the correction that the batch asked for still holds.
    expect(Math.round(((interaction?.at.getTime() ?? 0) - Date.parse("2026-01-01T10:00:00Z")) / 60_000)).toBe(60);
  });

  test("cannot be replayed twice", async () => {
    const letter = await refuseOne({ type: "track", userId: "1" });
    const payload = JSON.stringify({ type: "track", userId: "1", event: "Once" });
    const first = await organisation.admin.ask("POST", `/api/dead-letters/${letter.id}/replays`, { payload });
    const second = await organisation.admin.ask("POST", `/api/dead-letters/${letter.id}/replays`, { payload });
    expect([first.status, second.status, second.body]).toEqual([200, 409, expect.objectContaining({ error: expect.objectContaining({ code: "dead_letter_resolved" }) })]);
  });

  test("stays open with the reason of now when it is still wrong", async () => {
    const letter = await refuseOne({ type: "track", userId: "1" });
    const again = await organisation.admin.ask("POST", `/api/dead-letters/${letter.id}/replays`, { payload: '{"type":"track","event":"A"}' });
    expect(again.body).toMatchObject({ state: "open", reason: "missing_identity", payload: '{"type":"track","event":"A"}' });
    const broken = await organisation.admin.ask("POST", `/api/dead-letters/${letter.id}/replays`, { payload: "{" });
    expect([broken.status, broken.body]).toEqual([400, expect.objectContaining({ error: expect.objectContaining({ code: "payload_not_json" }) })]);
  });

  test("can be given up, many at once, and is then no longer in the list", async () => {
    const letters = [await refuseOne({ type: "teleport", userId: "1" }), await refuseOne({ type: "teleport", userId: "2" })];
    const ids = letters.map((letter) => letter.id);
    expect((await organisation.admin.ask("POST", "/api/dead-letters/discards", { ids })).body).toEqual({ discarded: 2 });
    const open = list.parse((await organisation.admin.ask("GET", "/api/dead-letters?reason=unknown_type")).body);
    expect(open.items.filter((item) => ids.includes(item.id))).toEqual([]);
  });

  test("can be replayed with many others", async () => {
    const letters = [await refuseOne({ type: "track", userId: "7" }), await refuseOne({ type: "track", userId: "8" })];
    const result = await organisation.admin.ask("POST", "/api/dead-letters/replays", { ids: letters.map((letter) => letter.id) });
    expect(result.body).toEqual({ replayed: 0, stillRefused: 2 });
  });

  test("is cleared away after a quarter", async () => {
    const letter = await refuseOne({ type: "track", userId: "9" });
    await installation.services.db.query("update customers.dead_letters set received_at = now() - interval '91 days' where id = $1", [letter.id]);
    expect(await deleteLettersBefore(installation.services.db, new Date(Date.now() - 90 * 86_400_000), 100)).toBe(1);
  });
});

describe("the list of refused events", () => {
  test("goes on where the page before ended", async () => {
    for (let index = 0; index < 5; index += 1) await refuseOne({ type: "page" });
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = list.parse((await organisation.admin.ask("GET", `/api/dead-letters?limit=2&reason=missing_identity${cursor}`)).body);
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
    } while (cursor !== "");
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(5);
  });

  test("is closed to strangers and to those without the ability", async () => {
    const letter = await refuseOne({ type: "track", userId: "3" });
    expect((await stranger.owner.ask("GET", `/api/dead-letters/${letter.id}`)).status).toBe(404);
    expect((await stranger.owner.ask("POST", `/api/dead-letters/${letter.id}/replays`, {})).status).toBe(404);
    expect((await stranger.owner.ask("POST", "/api/dead-letters/discards", { ids: [letter.id] })).body).toEqual({ discarded: 0 });
    expect(list.parse((await stranger.owner.ask("GET", "/api/dead-letters")).body).items).toEqual([]);
    expect((await organisation.viewer.ask("GET", "/api/dead-letters")).status).toBe(403);
    expect((await organisation.manager.ask("POST", "/api/dead-letters/discards", { ids: [letter.id] })).status).toBe(403);
    expect((await installation.nobody.ask("GET", "/api/dead-letters")).status).toBe(401);
  });
});
