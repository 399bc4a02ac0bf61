import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Installation, Organisation } from "../../firsthand.make.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const read = (answer: Answer, key: string): string => String(Reflect.get(Object(answer.body), key));
const tokenOf = (answer: Answer): string => new URL(read(answer, "link")).searchParams.get("token") ?? "";

describe("an invitation", () => {
  test("makes a member with a new account, once", async () => {
    const invited = await organisation.admin.ask("POST", "/api/invitations", { email: "Grace@Example.com", role: "agent" });
    const token = tokenOf(invited);
    expect(await firsthand.nobody.ask("GET", `/api/public/invitation?token=${token}`)).toMatchObject({ status: 200, body: { email: "grace@example.com", role: "agent", hasAccount: false } });

    const accepted = await firsthand.nobody.ask("POST", "/api/public/invitation", { token, name: "Grace", password: "a long password" });

    expect(accepted).toMatchObject({ status: 201, body: { member: { name: "Grace", role: "agent" }, workspace: { id: organisation.workspaceId } } });
    expect((await firsthand.nobody.ask("POST", "/api/public/invitation", { token, name: "Grace", password: "a long password" })).status).toBe(410);
    expect(await organisation.admin.ask("POST", "/api/invitations", { email: "grace@example.com", role: "agent" })).toMatchObject({ status: 409, body: { error: { code: "member_exists" } } });
  });

  test("to somebody with an account needs that account's password", async () => {
    const first = await organisation.admin.ask("POST", "/api/invitations", { email: "linus@example.com", role: "viewer" });
    await firsthand.nobody.ask("POST", "/api/public/invitation", { token: tokenOf(first), name: "Linus", password: "a long password" });
    const other = await firsthand.makeOrganisation("other");
    const token = tokenOf(await other.admin.ask("POST", "/api/invitations", { email: "linus@example.com", role: "manager" }));

    expect(await firsthand.nobody.ask("POST", "/api/public/invitation", { token, password: "some other password" })).toMatchObject({ status: 401, body: { error: { code: "sign_in_refused" } } });
    expect(await firsthand.nobody.ask("POST", "/api/public/invitation", { token, password: "a long password" })).toMatchObject({ status: 201, body: { workspace: { id: other.workspaceId } } });
  });

  test("stops working when it is withdrawn or replaced", async () => {
    const first = await organisation.admin.ask("POST", "/api/invitations", { email: "a@example.com", role: "viewer" });
    const second = await organisation.admin.ask("POST", "/api/invitations", { email: "a@example.com", role: "viewer" });
    expect((await firsthand.nobody.ask("GET", `/api/public/invitation?token=${tokenOf(first)}`)).status).toBe(410);
    expect((await organisation.admin.ask("DELETE", `/api/invitations/${read(second, "id")}`)).status).toBe(204);
    expect((await firsthand.nobody.ask("GET", `/api/public/invitation?token=${tokenOf(second)}`)).status).toBe(410);
  });
});

describe("a role", () => {
  test("is neither given nor taken above one's own", async () => {
    const { admin, owner, viewer } = organisation;
    const refusal = { status: 403, body: { error: { code: "role_too_high" } } };
    expect(await admin.ask("POST", "/api/invitations", { email: "boss@example.com", role: "owner" })).toMatchObject(refusal);
    expect(await admin.ask("PATCH", `/api/members/${viewer.memberId}`, { role: "owner" })).toMatchObject(refusal);
    expect(await admin.ask("DELETE", `/api/members/${owner.memberId}`)).toMatchObject(refusal);
    expect((await owner.ask("PATCH", `/api/members/${viewer.memberId}`, { role: "owner" })).status).toBe(200);
  });

  test("of the last owner stays", async () => {
    const { owner } = organisation;
    expect(await owner.ask("PATCH", `/api/members/${owner.memberId}`, { role: "admin" })).toMatchObject({ status: 409, body: { error: { code: "last_owner" } } });
    expect(await owner.ask("DELETE", `/api/members/${owner.memberId}`)).toMatchObject({ status: 409, body: { error: { code: "last_owner" } } });
  });

  test("changes what its member may do at once", async () => {
    const { owner, agent } = organisation;
    expect((await agent.ask("GET", "/api/audit")).status).toBe(403);
    await owner.ask("PATCH", `/api/members/${agent.memberId}`, { role: "admin" });
    expect((await agent.ask("GET", "/api/audit")).status).toBe(200);
  });
});

test("a removed member is signed out, and the audit log says who did it", async () => {
  const { admin, viewer } = organisation;
  expect((await admin.ask("DELETE", `/api/members/${viewer.memberId}`)).status).toBe(204);
  expect((await viewer.ask("GET", "/api/session")).status).toBe(401);
  const audit = await admin.ask("GET", "/api/audit");
  expect(audit.body).toMatchObject({ items: [{ action: "member.removed", subject: viewer.memberId, actorId: admin.memberId }] });
});

test("a member of one workspace cannot touch those of another", async () => {
  const other = await firsthand.makeOrganisation("other");
  expect((await other.owner.ask("DELETE", `/api/members/${organisation.viewer.memberId}`)).status).toBe(404);
  expect((await other.owner.ask("PATCH", `/api/members/${organisation.viewer.memberId}`, { role: "admin" })).status).toBe(404);
});

describe("teams", () => {
  const make = (body: unknown) => organisation.manager.ask("POST", "/api/teams", body);
  const codeOf = ({ body }: Answer): unknown => Reflect.get(Object(Reflect.get(Object(body), "error")), "code");
  const always = { from: null, to: null };

  test("say who is in them and which department they belong to today", async () => {
    const { agent, viewer, admin } = organisation;
    const members = [{ memberId: agent.memberId, from: null, to: "2020-01-01" }, { memberId: viewer.memberId, from: "2020-01-01", to: null }];
    const made = await make({ name: "Desk", departments: [{ department: "Sales", from: null, to: "2020-01-01" }, { department: "Service", from: "2020-01-01", to: null }], members });
    expect(made).toMatchObject({ status: 201, body: { name: "Desk", department: "Service", members: [{ ...members[0], hasLeft: false }, { ...members[1], hasLeft: false }] } });
    const put = { name: "Counter", departments: Reflect.get(Object(made.body), "departments"), members, changedAt: read(made, "changedAt") };
    expect(await organisation.manager.ask("PUT", `/api/teams/${read(made, "id")}`, put)).toMatchObject({ status: 200, body: { name: "Counter" } });
    // What was read before somebody else's change does not write over it.
    expect(codeOf(await organisation.manager.ask("PUT", `/api/teams/${read(made, "id")}`, { ...put, name: "Till" }))).toBe("team_changed");
    expect((await admin.ask("GET", "/api/audit")).body).toMatchObject({ items: [{ action: "team.changed", subject: read(made, "id") }, { action: "team.created" }] });
    await admin.ask("DELETE", `/api/members/${viewer.memberId}`);
    expect((await agent.ask("GET", "/api/teams")).body).toMatchObject({ items: [{ name: "Counter", members: [{ hasLeft: false }, { name: expect.stringMatching(/^viewer of/), hasLeft: true }] }] });
    expect((await organisation.manager.ask("DELETE", `/api/teams/${read(made, "id")}`)).status).toBe(204);
    expect((await agent.ask("GET", "/api/teams")).body).toMatchObject({ items: [] });
  });

  test("are refused where nobody could tell who was where", async () => {
    const { agent, viewer } = organisation;
    const stranger = (await firsthand.makeOrganisation("other")).agent.memberId;
    expect((await make({ name: "Desk", members: [{ memberId: agent.memberId, from: "2026-01-01", to: null }] })).status).toBe(201);
    const refused: readonly (readonly [unknown, string])[] = [
      [{ name: "desk" }, "team_name_taken"],
      [{ name: "Other", members: [{ memberId: agent.memberId, ...always }] }, "team_member_elsewhere"],
      [{ name: "Other", members: [{ memberId: viewer.memberId, ...always }, { memberId: viewer.memberId, from: "2026-01-01", to: null }] }, "team_days_wrong"],
      [{ name: "Other", members: [{ memberId: viewer.memberId, from: "2026-01-02", to: "2026-01-02" }] }, "team_days_wrong"],
      [{ name: "Other", departments: [{ department: "A", ...always }, { department: "B", ...always }] }, "team_days_wrong"],
      [{ name: "Other", members: [{ memberId: stranger, ...always }] }, "team_member_unknown"],
      [{ name: "Other", members: [{ memberId: viewer.memberId, from: "2026-02-30", to: null }] }, "invalid_input"],
    ];
    for (const [body, code] of refused) expect([code, codeOf(await make(body))]).toEqual([code, code]);
    expect((await make({ name: "Other", members: [{ memberId: agent.memberId, from: null, to: "2026-01-01" }] })).status).toBe(201);
    expect((await organisation.agent.ask("POST", "/api/teams", { name: "Mine" })).status).toBe(403);
  });
});
