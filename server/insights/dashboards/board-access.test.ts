import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { newId } from "#platform/db";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { team } from "../../people/teams/teams.contract.ts";
import { boardsReply, ownedBoard, type OwnedBoard } from "./board-access.contract.ts";
import { beginSendings } from "./schedules.ts";
import { schedule, schedulesReply } from "./schedules.contract.ts";
import { createdShare } from "./shares.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let otherMember: Client;
let now = new Date("2026-06-30T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now }, environment: { CHROMIUM_PATH: "/nowhere/chromium" } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  now = new Date("2026-06-30T12:00:00Z");
  organisation = await firsthand.makeOrganisation();
  otherMember = await firsthand.makeMember(organisation, "manager");
});

const tiles = [{ id: newId(), chart: "number", metric: "nps", place: { x: 0, y: 0, w: 4, h: 3 } }];
const make = async (who: Client = organisation.manager): Promise<string> => ownedBoard.parse((await who.ask("POST", "/api/dashboards", { name: "Week", tiles })).body).id;
const statusOf = async (who: Pick<Client, "ask">, method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown): Promise<number> => (await who.ask(method, url, body)).status;
const close = async (id: string, access: object, who: Client = organisation.manager): Promise<OwnedBoard> => {
  const reply = await who.ask("PUT", `/api/dashboards/${id}/access`, { changeableBy: "seers", ...access });
  expect(reply.status, reply.text).toBe(200);
  return ownedBoard.parse(reply.body);
};
const isListed = async (who: Pick<Client, "ask">, id: string): Promise<boolean> => boardsReply.parse((await who.ask("GET", "/api/dashboards")).body).items.some((one) => one.id === id);
const makeTeam = async (name: string, members: object[], { admin } = organisation): Promise<string> => {
  const reply = await admin.ask("POST", "/api/teams", { name, members });
  expect(reply.status, reply.text).toBe(201);
  return team.parse(reply.body).id;
};
const withKey = async (...others: string[]): Promise<Pick<Client, "ask">> => {
  const key = await firsthand.makeApiKey(organisation, ["dashboards.read", "dashboards.edit", "dashboards.share", ...(others.length === 0 ? ["metrics.read"] : others)]);
  return { ask: (method, url, body) => firsthand.nobody.ask(method, url, body, { authorization: `Bearer ${key}` }) };
};

test("a new dashboard is everybody's, and belongs to who made it", async () => {
  const id = await make();
  const shown = ownedBoard.parse((await organisation.viewer.ask("GET", `/api/dashboards/${id}`)).body);
  expect(shown).toMatchObject({ access: { seenBy: "everybody", teams: [], roles: [], changeableBy: "seers" }, owner: { id: organisation.manager.memberId }, mayChange: true, maySetAccess: false });
  expect([await isListed(otherMember, id), await isListed(await withKey(), id)]).toEqual([true, true]);
});

test("a dashboard of one's own is there for nobody else: no list, no figures, no change, no copy, no link", async () => {
  const id = await make();
  expect(await close(id, { seenBy: "oneself" })).toMatchObject({ mayChange: true, maySetAccess: true });

  const url = `/api/dashboards/${id}`;
  for (const who of [otherMember, organisation.owner, organisation.viewer, await withKey()]) {
    expect(await isListed(who, id)).toBe(false);
    expect([await statusOf(who, "GET", url), await statusOf(who, "POST", `${url}/data`, {})]).toEqual([404, 404]);
  }
  for (const who of [otherMember, organisation.owner, await withKey()])
    for (const [method, path, body] of [
      ["PATCH", url, { version: 1, name: "Taken" }], ["DELETE", url, undefined], ["POST", `${url}/copies`, undefined], ["PUT", `${url}/access`, { seenBy: "everybody", changeableBy: "seers" }],
      ["GET", `${url}/shares`, undefined], ["POST", `${url}/shares`, { name: "Taken", period: { preset: "90d" } }], ["GET", `${url}/schedules`, undefined],
      ["POST", `${url}/schedules`, { rhythm: "daily", hour: 7, period: "7d", memberIds: [otherMember.memberId] }],
    ] as const) expect(await statusOf(who, method, path, body), `${method} ${path}`).toBe(404);
  expect(await isListed(organisation.manager, id)).toBe(true);
  expect(await statusOf(organisation.manager, "POST", `${url}/data`, {})).toBe(200);

  expect(await statusOf(organisation.manager, "DELETE", url)).toBe(204);
  expect(await statusOf(otherMember, "POST", `${url}/restoration`)).toBe(404);
  expect(await statusOf(organisation.manager, "POST", `${url}/restoration`)).toBe(200);
});

test("a dashboard of a team is seen by whoever is in it today, by owners and admins, and by nobody else", async () => {
  const was = { from: null, to: "2026-06-30" };
  const service = await makeTeam("Service", [{ memberId: otherMember.memberId, from: "2026-06-01", to: null }, { memberId: organisation.agent.memberId, ...was }]);
  const id = await make();
  await close(id, { seenBy: "chosen", teams: [service] });

  const seers = await Promise.all([otherMember, organisation.agent, organisation.viewer, organisation.admin, organisation.owner, organisation.manager].map((who) => isListed(who, id)));
  expect(seers).toEqual([true, false, false, true, true, true]);
  expect(await isListed(await withKey(), id)).toBe(false);
  // A copy of what some see is one's own.
  const copy = ownedBoard.parse((await otherMember.ask("POST", `/api/dashboards/${id}/copies`)).body);
  expect([copy.access.seenBy, copy.owner?.id, await isListed(organisation.manager, copy.id)]).toEqual(["oneself", otherMember.memberId, false]);
});

test("a dashboard of a role that one changes is read by that role and changed by one", async () => {
  const id = await make();
  await close(id, { seenBy: "chosen", roles: ["manager", "viewer"], changeableBy: "oneself" });
  const refused = await otherMember.ask("PATCH", `/api/dashboards/${id}`, { version: 1, name: "Mine" });
  expect(refused).toMatchObject({ status: 403, body: { error: { code: "dashboard_not_changeable" } } });
  expect(await statusOf(otherMember, "POST", `/api/dashboards/${id}/shares`, { name: "Out", period: { preset: "90d" } })).toBe(403);
  expect(await statusOf(otherMember, "PUT", `/api/dashboards/${id}/access`, { seenBy: "oneself", changeableBy: "seers" })).toBe(403);
  expect(await statusOf(otherMember, "GET", `/api/dashboards/${id}`)).toBe(200);
  expect(await isListed(organisation.agent, id)).toBe(false);
  expect(await statusOf(organisation.manager, "PATCH", `/api/dashboards/${id}`, { version: 1, name: "Ours" })).toBe(200);
});

test("nobody can be meant: no team and no role, or a team of another workspace", async () => {
  const id = await make();
  const theirs = await makeTeam("Theirs", [], await firsthand.makeOrganisation());
  const access = (given: object) => organisation.manager.ask("PUT", `/api/dashboards/${id}/access`, { seenBy: "chosen", changeableBy: "seers", ...given });
  expect(await access({})).toMatchObject({ status: 400, body: { error: { code: "dashboard_access_empty" } } });
  expect(await access({ teams: [theirs] })).toMatchObject({ status: 400, body: { error: { code: "dashboard_team_unknown" } } });
});

test("an admin lets others see a dashboard of somebody else, but keeps none from whose it is", async () => {
  const id = await make();
  const url = `/api/dashboards/${id}`;
  const closed = await organisation.admin.ask("PUT", `${url}/access`, { seenBy: "oneself", changeableBy: "seers" });
  expect(closed).toMatchObject({ status: 403, body: { error: { code: "dashboard_not_yours" } } });
  expect(ownedBoard.parse((await otherMember.ask("GET", url)).body).access.seenBy).toBe("everybody");
  expect(await close(id, { seenBy: "chosen", roles: ["viewer"] }, organisation.admin)).toMatchObject({ owner: { id: organisation.manager.memberId }, maySetAccess: true });
  expect(await close(id, { seenBy: "oneself" })).toMatchObject({ access: { seenBy: "oneself" } });
});

test("a team that was deleted since is left out when somebody says anew who sees a dashboard", async () => {
  const [gone, service] = [await makeTeam("Gone", []), await makeTeam("Service", [])];
  const id = await make();
  await close(id, { seenBy: "chosen", teams: [gone, service] });
  expect(await statusOf(organisation.admin, "DELETE", `/api/teams/${gone}`)).toBe(204);

  expect((await close(id, { seenBy: "chosen", teams: [gone, service], roles: ["viewer"] })).access).toMatchObject({ teams: [service], roles: ["viewer"] });
  // Of another dashboard it is a team that nobody knows.
  const other = await make();
  expect(await statusOf(organisation.manager, "PUT", `/api/dashboards/${other}/access`, { seenBy: "chosen", teams: [gone], roles: ["viewer"], changeableBy: "seers" })).toBe(400);
});

test.each([
  ["of facts", { metric: "fact_repeated_contacts" }, "need-facts.read", ["metrics.read"]],
  ["of a metric", {}, "metrics.read", ["need-facts.read"]],
  ["split by a trait", { chart: "bars", split: "trait:plan" }, "customers.read", ["metrics.read", "need-facts.read"]],
])("a tile %s is given outside only by who may see its figures", async (_, given, ability, abilities) => {
  const key = await withKey(...abilities);
  const tile = { id: newId(), chart: "number", metric: "nps", place: { x: 0, y: 0, w: 4, h: 3 }, ...given };
  const refused = { status: 403, body: { error: { code: "not_allowed", details: { ability } } } };
  const id = ownedBoard.parse((await organisation.manager.ask("POST", "/api/dashboards", { name: "Week", tiles: [tile] })).body).id;
  const share = { name: "Out", period: { preset: "90d" } };
  const plan = { rhythm: "daily", hour: 7, period: "7d", addresses: ["somebody@example.com"] };

  expect(await key.ask("POST", `/api/dashboards/${id}/shares`, share)).toMatchObject(refused);
  expect(await key.ask("POST", `/api/dashboards/${id}/schedules`, plan)).toMatchObject(refused);
  expect(await key.ask("POST", "/api/dashboards", { name: "Mine", tiles: [tile] })).toMatchObject(refused);
  // Nor is it put on a dashboard that has a link already; what lies there may be moved.
  const empty = ownedBoard.parse((await key.ask("POST", "/api/dashboards", { name: "Mine" })).body);
  expect(await statusOf(key, "POST", `/api/dashboards/${empty.id}/shares`, share)).toBe(201);
  expect(await key.ask("PATCH", `/api/dashboards/${empty.id}`, { version: 1, tiles: [tile] })).toMatchObject(refused);
  expect(await statusOf(key, "PATCH", `/api/dashboards/${id}`, { version: 1, tiles: [{ ...tile, place: { x: 4, y: 0, w: 4, h: 3 } }] })).toBe(200);
  expect(await statusOf(await withKey(...abilities, ability), "POST", `/api/dashboards/${id}/shares`, share)).toBe(201);
});

test("a link is narrowed by traits only by who may see customers", async () => {
  const key = await withKey();
  const id = await make();
  const share = { name: "Out", period: { preset: "90d" }, filters: { trait: ["plan=pro"] } };
  expect(await key.ask("POST", `/api/dashboards/${id}/shares`, share)).toMatchObject({ status: 403, body: { error: { details: { ability: "customers.read" } } } });
  expect(await statusOf(organisation.manager, "POST", `/api/dashboards/${id}/shares`, share)).toBe(201);
});

test("a link is taken back by who made it, and by who may change the dashboard", async () => {
  const id = await make();
  const makeLink = async (who: Client): Promise<string> => createdShare.parse((await who.ask("POST", `/api/dashboards/${id}/shares`, { name: "Out", period: { preset: "90d" } })).body).id;
  const [theirs, own, another] = [await makeLink(organisation.manager), await makeLink(otherMember), await makeLink(organisation.manager)];
  await close(id, { seenBy: "everybody", changeableBy: "oneself" });

  expect(await otherMember.ask("DELETE", `/api/dashboard-shares/${theirs}`)).toMatchObject({ status: 403, body: { error: { code: "dashboard_not_changeable" } } });
  expect(await statusOf(await withKey(), "DELETE", `/api/dashboard-shares/${theirs}`)).toBe(403);
  expect([await statusOf(otherMember, "DELETE", `/api/dashboard-shares/${own}`), await statusOf(organisation.manager, "DELETE", `/api/dashboard-shares/${theirs}`)]).toEqual([204, 204]);
  await close(id, { seenBy: "oneself" });
  expect(await statusOf(otherMember, "DELETE", `/api/dashboard-shares/${another}`)).toBe(404);
});

test("a mail no longer names a dashboard that was closed to whoever set it up, and can be left all the same", async () => {
  const id = await make();
  const made = schedule.parse((await otherMember.ask("POST", `/api/dashboards/${id}/schedules`, { rhythm: "daily", hour: 7, period: "7d", addresses: ["somebody@example.com"] })).body);
  const { rows } = await firsthand.services.db.query<{ token: string }>("select token from insights.dashboard_recipients where schedule_id = $1", [made.id]);
  const url = `/api/public/board-mails/${rows[0]?.token}`;
  expect(await firsthand.nobody.ask("GET", url)).toMatchObject({ status: 200, body: { dashboard: "Week" } });

  await close(id, { seenBy: "oneself" });
  expect(await firsthand.nobody.ask("GET", url)).toMatchObject({ status: 200, body: { dashboard: "", state: "asked" } });
  expect(await firsthand.nobody.ask("POST", url, { wants: false })).toMatchObject({ status: 200, body: { dashboard: "", state: "left" } });
});

test("one member has a hundred dashboards, which leaves room for the others", async () => {
  await make();
  await firsthand.services.db.query(
    `insert into insights.dashboards (workspace_id, id, name, period, tiles, position, created_at, changed_at, owner_id, seen_by)
     select workspace_id, gen_random_uuid(), 'Mine', '90d', '[]', 1, created_at, created_at, owner_id, 'oneself' from insights.dashboards, generate_series(1, 99) where workspace_id = $1`,
    [organisation.workspaceId],
  );
  expect(await organisation.manager.ask("POST", "/api/dashboards", { name: "Once more" })).toMatchObject({ status: 409, body: { error: { code: "dashboard_limit" } } });
  expect(await statusOf(otherMember, "POST", "/api/dashboards", { name: "Other" })).toBe(201);
});

test("a link leads nowhere once its maker no longer sees the dashboard, and leads there again when they do", async () => {
  const id = await make();
  const link = createdShare.parse((await otherMember.ask("POST", `/api/dashboards/${id}/shares`, { name: "Agency", period: { preset: "90d" } })).body);
  const secret = link.url.split("/").at(-1) ?? "";
  const open = () => Promise.all([statusOf(firsthand.nobody, "POST", `/api/public/boards/${secret}`, {}), statusOf(firsthand.nobody, "POST", `/api/public/boards/${secret}/data`, { filters: {} })]);
  expect(await open()).toEqual([200, 200]);

  await close(id, { seenBy: "oneself" });
  expect(await open()).toEqual([404, 404]);

  await close(id, { seenBy: "chosen", roles: ["manager"] });
  expect(await open()).toEqual([200, 200]);
  await close(id, { seenBy: "oneself" });
  expect(await statusOf(otherMember, "DELETE", `/api/dashboard-shares/${link.id}`)).toBe(204);
});

test("mails reach only members who see the dashboard, and schedules are managed by them alone", async () => {
  const id = await make();
  const plan = { rhythm: "daily", hour: 7, period: "7d", memberIds: [organisation.viewer.memberId, otherMember.memberId] };
  expect(await statusOf(organisation.manager, "POST", `/api/dashboards/${id}/schedules`, plan)).toBe(201);
  await close(id, { seenBy: "chosen", roles: ["viewer"] });
  now = new Date("2026-07-01T07:00:20Z");
  await beginSendings(firsthand.services);

  const sent = await vi.waitFor(async () => {
    const [schedule] = schedulesReply.parse((await organisation.manager.ask("GET", `/api/dashboards/${id}/schedules`)).body).items;
    expect(schedule?.sendings[0]?.sentAt).not.toBeNull();
    return schedule;
  }, { timeout: 30_000 });
  expect(sent?.sendings[0]?.recipients).toBe(1);
  expect(await statusOf(otherMember, "PATCH", `/api/dashboard-schedules/${sent?.id}`, { isPaused: true })).toBe(404);
});
