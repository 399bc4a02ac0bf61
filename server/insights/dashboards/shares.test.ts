import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import type { NewPerception } from "#customers";
import { newId } from "#platform/db";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { board } from "./dashboards.contract.ts";
import { createdShare, passReply, sharedBoard, sharesReply, type CreatedShare } from "./shares.contract.ts";
import { maskContacts } from "./share-privacy.rules.ts";
import { boardNumbers, type GivenTile } from "./tiles.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let now = new Date("2026-06-30T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now }, environment: { RATE_LIMIT_FACTOR: "100" } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  now = new Date("2026-06-30T12:00:00Z");
  organisation = await firsthand.makeOrganisation("Shop");
});

const place = { x: 0, y: 0, w: 4, h: 3 };
const tile = (given: Partial<GivenTile> | object = {}): object => ({ id: newId(), chart: "number", metric: "nps", place, ...given });
const add = async (rows: readonly Partial<NewPerception>[]): Promise<void> => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.map((row) => makePerception({ at: "2026-06-20T12:00:00Z", ...row })));
  await firsthand.settle();
};
const many = (count: number, row: Partial<NewPerception>): Partial<NewPerception>[] => Array.from({ length: count }, () => row);
const makeBoard = async (tiles: readonly object[]): Promise<string> => {
  const reply = await organisation.manager.ask("POST", "/api/dashboards", { name: "Board", tiles });
  expect(reply.status, reply.text).toBe(201);
  return board.parse(reply.body).id;
};
const share = async (id: string, given: object = {}): Promise<CreatedShare & { secret: string }> => {
  const reply = await organisation.manager.ask("POST", `/api/dashboards/${id}/shares`, { name: "Board of directors", period: { preset: "30d" }, ...given });
  expect(reply.status, reply.text).toBe(201);
  const made = createdShare.parse(reply.body);
  return { ...made, secret: made.url.split("/").at(-1) ?? "" };
};
const visit = (secret: string, path = "", body: object = {}) => firsthand.nobody.ask("POST", `/api/public/boards/${secret}${path}`, body);
const numbersOf = async (secret: string, body: object = {}) => {
  const reply = await visit(secret, "/data", body);
  expect(reply.status, reply.text).toBe(200);
  return boardNumbers.parse(reply.body).tiles;
};

describe("a link to a dashboard", () => {
  test("shows the board and its numbers to whoever has it, without signing in, and counts the visits", async () => {
    await add(many(12, { value: 10 }));
    const id = await makeBoard([tile()]);
    const { secret } = await share(id);

    expect(await visit(secret)).toMatchObject({ status: 200, body: { state: "open", name: "Board", organisation: "Shop", tiles: [{ metric: "nps" }], choices: [] } });
    expect(await numbersOf(secret)).toMatchObject([{ state: "measured", summary: { count: 12, score: 100 } }]);
    const { items } = sharesReply.parse((await organisation.manager.ask("GET", `/api/dashboards/${id}/shares`)).body);
    expect(items).toMatchObject([{ name: "Board of directors", openedCount: 1, hasPassword: false }]);
    expect(JSON.stringify(items)).not.toContain(secret);
  });

  test("leads nowhere once it is taken back, has expired, or its board is deleted", async () => {
    const id = await makeBoard([tile()]);
    const [taken, expiring, deleted] = [await share(id), await share(id, { expiresAt: "2026-07-01T00:00:00Z" }), await share(await makeBoard([tile()]))];
    const statusOf = async ({ secret }: { secret: string }): Promise<number[]> => [(await visit(secret)).status, (await visit(secret, "/data")).status];
    for (const one of [taken, expiring, deleted]) expect(await statusOf(one)).toEqual([200, 200]);

    expect((await organisation.manager.ask("DELETE", `/api/dashboard-shares/${taken.id}`)).status).toBe(204);
    expect((await organisation.manager.ask("DELETE", `/api/dashboard-shares/${taken.id}`)).status).toBe(404);
    now = new Date("2026-07-01T00:00:00Z");
    await firsthand.services.db.query("update insights.dashboards set deleted_at = now() where workspace_id = $1 and id <> $2", [organisation.workspaceId, id]);

    for (const one of [taken, expiring, deleted]) expect(await statusOf(one)).toEqual([404, 404]);
    expect(await visit("x".repeat(43))).toMatchObject({ status: 404, body: { error: { code: "share_unknown" } } });
  });

  test("with a password opens to the right one only, and to the pass it gives for half a day", async () => {
    const { secret } = await share(await makeBoard([tile()]), { password: "open sesame" });
    expect((await visit(secret)).body).toEqual({ state: "locked" });
    expect(await visit(secret, "/data")).toMatchObject({ status: 403, body: { error: { code: "share_locked" } } });
    expect(await visit(secret, "/pass", { password: "open barley" })).toMatchObject({ status: 403, body: { error: { code: "share_password_wrong" } } });

    const { pass } = passReply.parse((await visit(secret, "/pass", { password: "open sesame" })).body);

    expect(sharedBoard.parse((await visit(secret, "", { pass })).body).state).toBe("open");
    expect(await numbersOf(secret, { pass })).toHaveLength(1);
    const [until = "", signature] = pass.split(".");
    for (const forged of [`${Number(until) + 1}.${signature}`, "", "9999999999999."]) expect((await visit(secret, "", { pass: forged })).body).toEqual({ state: "locked" });
    now = new Date("2026-07-01T00:00:01Z");
    expect((await visit(secret, "", { pass })).body).toEqual({ state: "locked" });
  });

  test("holds the visitor to its filters, and lets him choose within them where it says so", async () => {
    await add([...many(11, { value: 10, channel: "web" }), ...many(10, { value: 3, channel: "shop" }), ...many(12, { value: 3, channel: "web", at: "2026-01-01T12:00:00Z" })]);
    const id = await makeBoard([tile()]);
    const frozen = await share(id, { filters: { channel: ["web"] } });
    const free = await share(id, { isFilterable: true });
    const count = async (secret: string, body: object = {}) => (await numbersOf(secret, body)).map((one) => (one.state === "measured" ? one.summary?.count : one.state === "excluded" ? one.reason : one.code))[0];
    const chosen = { period: { preset: "all" }, filters: { channel: ["shop"] } };

    const within = await share(id, { filters: { channel: ["web"] }, isFilterable: true });

    expect([await count(frozen.secret), await count(frozen.secret, chosen), await count(free.secret), await count(free.secret, chosen)]).toEqual([11, 11, 21, 10]);
    expect([await count(within.secret, { filters: { channel: ["shop", "web"] } }), await count(within.secret, chosen)]).toEqual([11, "filters_disagree"]);
    expect(sharedBoard.parse((await visit(free.secret)).body)).toMatchObject({ choices: [{ name: "touchpoint" }, { name: "channel", values: [{ value: "web" }, { value: "shop" }] }, { name: "stage" }] });
    expect((await visit(free.secret, "/data", { filters: { member: [newId()] } })).status).toBe(400);
  });

  test("lets him choose what whoever made it named, of everything that numbers are narrowed to", async () => {
    const { agent, manager, owner } = organisation;
    const team = async (name: string, memberId: string): Promise<string> => {
      const made = await manager.ask("POST", "/api/teams", { name, departments: [{ department: `${name} department`, from: null, to: null }], members: [{ memberId, from: null, to: null }] });
      expect(made.status, made.text).toBe(201);
      return z.object({ id: z.uuid() }).parse(made.body).id;
    };
    const [desk, field] = [await team("Desk", agent.memberId), await team("Field", manager.memberId)];
    const served = async (count: number, memberId: string, value: number): Promise<void> => {
      const facts = Array.from({ length: count }, () => makeInteraction(organisation.workspaceId, { type: "call", memberId, at: "2026-06-20T12:00:00Z", subject: `user:${crypto.randomUUID()}` }));
      await insertInteractions(firsthand.services.db, organisation.workspaceId, facts);
      await add(facts.map(({ id, subject }) => ({ interactionId: id, subject, value })));
    };
    await served(14, agent.memberId, 10);
    await served(11, manager.memberId, 3);
    // Of too few answers to be offered.
    await team("Few", owner.memberId);
    await served(9, owner.memberId, 8);
    const id = await makeBoard([tile()]);
    const [few, more] = [await share(id, { isFilterable: true, choosable: ["channel"] }), await share(id, { isFilterable: true, choosable: ["team", "department"] })];
    const count = async (secret: string, filters: object): Promise<unknown> => (await numbersOf(secret, { filters })).map((one) => (one.state === "measured" ? [one.summary?.count, one.summary?.score] : one.state))[0];

    expect([few.choosable, more.choosable, (await share(id)).choosable]).toEqual([["channel"], ["team", "department"], []]);
    expect(sharedBoard.parse((await visit(more.secret)).body)).toMatchObject({
      choices: [{ name: "team", values: [{ value: desk, label: "Desk" }, { value: field, label: "Field" }] }, { name: "department", values: [{ value: "Desk department" }, { value: "Field department" }] }],
    });
    expect([await count(more.secret, { team: [desk] }), await count(more.secret, { department: ["Field department"] }), await count(few.secret, { team: [desk] })]).toEqual([[14, 100], [11, -100], [34, expect.closeTo(300 / 34, 9)]]);
    for (const filters of [{ member: [agent.memberId] }, { trait: ["plan=gold"] }]) expect((await visit(more.secret, "/data", { filters })).status).toBe(400);
    expect((await manager.ask("POST", `/api/dashboards/${id}/shares`, { name: "Names", period: { preset: "30d" }, choosable: ["member"] })).status).toBe(400);
    // A team of somebody else's is not offered.
    const stranger = await firsthand.makeOrganisation();
    const theirs = z.object({ id: z.uuid() }).parse((await stranger.manager.ask("POST", "/api/teams", { name: "Theirs" })).body).id;
    expect(await count(more.secret, { team: [theirs] })).toEqual("excluded");
  });

  test("tells nothing about single people: no names, no groups under five, and words only where that was wanted", async () => {
    await add([...many(12, { value: 10, channel: "web" }), ...many(9, { value: 8, channel: "phone" }), ...many(4, { value: 3, channel: "shop" }), { kind: "comment", value: null, text: "Call me: 0171 2345678, ada@example.com" }]);
    const id = await makeBoard([tile({ chart: "bars", split: "channel" }), tile({ chart: "bars", split: "member" }), tile({ chart: "answers" }), tile({ filters: { channel: ["shop"] } })]);
    const closed = await numbersOf((await share(id)).secret);
    const open = await numbersOf((await share(id, { showsComments: true })).secret);

    expect(closed).toMatchObject([
      { breakdown: { groups: [{ value: "web", count: 12 }], hiddenGroups: 2 } }, { state: "excluded", reason: "personal" }, { state: "excluded", reason: "personal" }, { summary: { score: null, bands: [], distribution: [] } },
    ]);
    expect(open[2]).toMatchObject({ state: "measured" });
    expect(JSON.stringify(open)).not.toMatch(/"customer":\{|"responseId":"|ada@example/);
  });

  test("is made and taken back by who may share, is noted, and is no way into another workspace", async () => {
    const id = await makeBoard([tile()]);
    expect((await organisation.agent.ask("POST", `/api/dashboards/${id}/shares`, { name: "Mine", period: { preset: "30d" } })).status).toBe(403);
    const made = await share(id);
    const stranger = await firsthand.makeOrganisation();
    expect((await stranger.owner.ask("DELETE", `/api/dashboard-shares/${made.id}`)).status).toBe(404);
    await organisation.manager.ask("DELETE", `/api/dashboard-shares/${made.id}`);
    const { rows } = await firsthand.services.db.query<{ action: string }>("select action from platform.audit_entries where workspace_id = $1 and action like 'dashboard.share%' order by id", [organisation.workspaceId]);
    expect(rows.map(({ action }) => action)).toEqual(["dashboard.shared", "dashboard.share_revoked"]);
  });
});

test.each([
  ["Write to ada.l@example.co.uk!", "Write to [address]!"],
  ["Call +49 171 234-5678 now", "Call [number] now"],
  ["Order 12345 took 3 days in 2026", "Order 12345 took 3 days in 2026"],
  ["", ""],
])("%j is shown as %j", (text, shown) => {
  expect(maskContacts(text)).toBe(shown);
});
