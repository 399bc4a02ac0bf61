import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { newId } from "#platform/db";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { team } from "../../people/teams/teams.contract.ts";
import { boardsReply, ownedBoard, type OwnedBoard } from "./board-access.contract.ts";
import { beginSendings } from "./schedules.ts";
import { schedulesReply } from "./schedules.contract.ts";
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
const withKey = async (): Promise<Pick<Client, "ask">> => {
  const key = await firsthand.makeApiKey(organisation, ["dashboards.read", "dashboards.edit", "dashboards.share", "metrics.read"]);
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

test("a link leads nowhere once its maker no longer sees the dashboard, and leads there again when they do", async () => {
  const id = await make();
  const link = createdShare.parse((await otherMember.ask("POST", `/api/dashboards/${id}/shares`, { name: "Agency", period: { preset: "90d" } })).body);
  const secret = link.url.split("/").at(-1) ?? "";
  const open = () => Promise.all([statusOf(firsthand.nobody, "POST", `/api/public/boards/${secret}`, {}), statusOf(firsthand.nobody, "POST", `/api/public/boards/${secret}/data`, { filters: {} })]);
  expect(await open()).toEqual([200, 200]);

  await close(id, { seenBy: "oneself" });
  expect(await open()).toEqual([404, 404]);
  expect(await statusOf(otherMember, "DELETE", `/api/dashboard-shares/${link.id}`)).toBe(404);

  await close(id, { seenBy: "chosen", roles: ["manager"] });
  expect(await open()).toEqual([200, 200]);
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
