// Whom and where feelings belong to: members, teams and departments as they were then, environments, products and personas.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { insertInteractions, insertPerceptions } from "#customers";
import type { NewInteraction } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeSave, publishSurvey } from "../../feedback/feedback.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { team, type Team } from "../../people/teams/teams.contract.ts";
import { boardNumbers } from "../dashboards/tiles.contract.ts";
import { answersReply, breakdownReply, summaryReply, type BreakdownReply } from "./metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

const now = new Date("2026-06-30T12:00:00Z");
const june = "from=2026-06-01&to=2026-07-01";

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const db = () => firsthand.services.db;
/** So many scores about facts like this, each of a customer of their own. */
const felt = async (count: number, value: number, fact: Partial<NewInteraction>, at = fact.at): Promise<void> => {
  const facts = Array.from({ length: count }, () => makeInteraction(organisation.workspaceId, { type: "call", ...fact, subject: `user:${crypto.randomUUID()}` }));
  await insertInteractions(db(), organisation.workspaceId, facts);
  await insertPerceptions(db(), organisation.workspaceId, facts.map(({ id, subject, at: factAt, touchpoint }) =>
    makePerception({ interactionId: id, subject, at: at ?? factAt, kind: "csat", value, scaleMin: 1, scaleMax: 5, touchpoint })));
};
const read = async <Shape extends z.ZodType>(shape: Shape, url: string): Promise<z.output<Shape>> => {
  const reply = await organisation.viewer.ask("GET", `/api/metrics/${url}`);
  expect(reply.status, reply.text).toBe(200);
  return shape.parse(reply.body);
};
const groupsBy = async (by: string, query = ""): Promise<(readonly [string | null, number, number | null])[]> => shown(await read(breakdownReply, `breakdown?${june}&metric=csat&by=${by}${query}`));
const shown = ({ groups }: BreakdownReply) => groups.map(({ label, count, score }) => [label, count, score] as const);
const countOf = async (query: string): Promise<number | undefined> => (await read(summaryReply, `summary?${june}&metrics=csat&${query}`)).metrics[0]?.count;
const rowsOf = async (query: string): Promise<number> => (await read(answersReply, `answers?${june}&metric=csat&limit=100&${query}`)).items.length;
const put = async (method: "POST" | "PUT", url: string, body: unknown): Promise<Team> => {
  const reply = await organisation.manager.ask(method, url, body);
  expect([200, 201], reply.text).toContain(reply.status);
  return team.parse(reply.body);
};

describe("members, teams and departments", () => {
  let desk: Team;
  let field: Team;

  beforeEach(async () => {
    const { agent, manager } = organisation;
    desk = await put("POST", "/api/teams", { name: "Desk", departments: [{ department: "Service", from: null, to: null }], members: [{ memberId: agent.memberId, from: null, to: "2026-06-15" }] });
    field = await put("POST", "/api/teams", {
      name: "Field",
      departments: [{ department: "Sales", from: null, to: "2026-06-20" }, { department: "Care", from: "2026-06-20", to: null }],
      members: [{ memberId: agent.memberId, from: "2026-06-15", to: null }, { memberId: manager.memberId, from: null, to: null }],
    });
    await felt(6, 5, { memberId: agent.memberId, at: "2026-06-14T23:59:59.000Z" });
    await felt(7, 1, { memberId: agent.memberId, at: "2026-06-15T00:00:00.000Z" });
    await felt(5, 5, { memberId: manager.memberId, at: "2026-06-25T12:00:00.000Z" });
    await felt(8, 3, { at: "2026-06-25T12:00:00.000Z" });
    await firsthand.settle();
  });

  test("are those of the day of the service, though a member changed the team in between", async () => {
    expect(await groupsBy("team")).toEqual([["Field", 12, 500 / 12], [null, 8, 0], ["Desk", 6, 100]]);
    expect(await groupsBy("department")).toEqual([[null, 8, 0], ["Sales", 7, 0], ["Service", 6, 100], ["Care", 5, 100]]);
    expect((await groupsBy("member")).map(([label, count]) => [label?.split(" ")[0] ?? null, count])).toEqual([["agent", 13], [null, 8], ["manager", 5]]);
    expect(await groupsBy("member", `&team=${field.id}`)).toHaveLength(2);
  });

  test("narrow every figure, and open its rows and people", async () => {
    const queries = [`team=${desk.id}`, `team=${desk.id}&team=${field.id}`, "team=", "department=Sales", "department=", `member=${organisation.agent.memberId}&department=Sales`, `member=${organisation.agent.memberId}&team=`];
    const counts = [6, 18, 8, 7, 8, 7, 0];
    for (const [index, query] of queries.entries()) expect([query, await countOf(query), await rowsOf(query)]).toEqual([query, counts[index], counts[index]]);
  });

  test("follow a correction of the past, a deleted team, and a member who leaves", async () => {
    const { agent, manager, owner } = organisation;
    await put("PUT", `/api/teams/${field.id}`, { name: field.name, departments: field.departments, members: [{ memberId: agent.memberId, from: "2026-06-16", to: null }, { memberId: manager.memberId, from: null, to: null }] });
    await expect.poll(() => groupsBy("team"), { timeout: 15_000 }).toEqual([[null, 15, 0], ["Desk", 6, 100], ["Field", 5, 100]]);
    await put("PUT", `/api/teams/${desk.id}`, { name: "Front desk", departments: desk.departments, members: [{ memberId: agent.memberId, from: null, to: "2026-06-16" }] });
    await expect.poll(() => groupsBy("team"), { timeout: 15_000 }).toEqual([["Front desk", 13, 600 / 13], [null, 8, 0], ["Field", 5, 100]]);

    expect((await owner.ask("DELETE", `/api/members/${agent.memberId}`)).status).toBe(204);
    expect((await groupsBy("member")).map(([label, count]) => [label?.split(" ")[0] ?? null, count])).toEqual([["agent", 13], [null, 8], ["manager", 5]]);
    expect(await groupsBy("team")).toEqual([["Front desk", 13, 600 / 13], [null, 8, 0], ["Field", 5, 100]]);

    expect((await manager.ask("DELETE", `/api/teams/${desk.id}`)).status).toBe(204);
    await expect.poll(() => groupsBy("team"), { timeout: 15_000 }).toEqual([[null, 21, 600 / 21], ["Field", 5, 100]]);
    expect(await groupsBy("department")).toEqual([[null, 21, 600 / 21], ["Care", 5, 100]]);
    // Building the copy anew tells the same story as following it.
    await firsthand.services.analytics.rebuild();
    expect(await groupsBy("team")).toEqual([[null, 21, 600 / 21], ["Field", 5, 100]]);
    expect((await groupsBy("member")).map(([label]) => label?.split(" ")[0] ?? null)).toEqual(["agent", null, "manager"]);
  });

  test("are found by the words of a sender, by the day of the fact and not of the answer, and by whoever comes later", async () => {
    const at = "2026-06-14T10:00:00.000Z";
    const named = (word: string): Partial<NewInteraction> => ({ at, message: JSON.stringify({ properties: { agent: word } }) });
    const { rows: [account] } = await db().query<{ email: string }>("select account.email from people.members member join people.accounts account on account.id = member.account_id where member.id = $1", [organisation.agent.memberId]);
    await felt(5, 5, named(account?.email.toUpperCase() ?? ""), "2026-06-18T10:00:00.000Z");
    await felt(5, 5, named("new@example.com"), "2026-06-18T10:00:00.000Z");
    await firsthand.settle();
    expect(await countOf(`team=${desk.id}`)).toBe(11);

    const invited = await organisation.owner.ask("POST", "/api/invitations", { email: "new@example.com", role: "agent" });
    const { link } = z.object({ link: z.string() }).parse(invited.body);
    const joined = await firsthand.nobody.ask("POST", "/api/public/invitation", { token: new URL(link).searchParams.get("token"), name: "Newcomer", password: "a long password" });
    const { member } = z.object({ member: z.object({ id: z.uuid() }) }).parse(joined.body);
    await expect.poll(async () => (await groupsBy("member")).find(([label]) => label === "Newcomer")?.[1], { timeout: 15_000 }).toBe(5);
    await put("POST", "/api/teams", { name: "Newcomers", members: [{ memberId: member.id, from: null, to: "2026-06-15" }] });
    await expect.poll(async () => (await groupsBy("team")).find(([label]) => label === "Newcomers")?.[1], { timeout: 15_000 }).toBe(5);
  });

  test("follow the clock of the workspace, and of two members of one name mean the one who stays", async () => {
    const { admin, owner } = organisation;
    const ids: string[] = [];
    for (const email of [1, 2].map((number) => `${number}-${crypto.randomUUID()}@example.com`)) {
      const { link } = z.object({ link: z.string() }).parse((await owner.ask("POST", "/api/invitations", { email, role: "agent" })).body);
      const joined = await firsthand.nobody.ask("POST", "/api/public/invitation", { token: new URL(link).searchParams.get("token"), name: "Ann Lee", password: "a long password" });
      ids.push(z.object({ member: z.object({ id: z.uuid() }) }).parse(joined.body).member.id);
    }
    await felt(9, 3, { at: "2026-06-25T12:00:00.000Z", message: JSON.stringify({ properties: { agent: "Ann Lee" } }) });
    await firsthand.settle();
    const countByName = async () => (await groupsBy("member")).find(([label]) => label === "Ann Lee")?.[1];
    expect(await countByName()).toBeUndefined();
    expect((await owner.ask("DELETE", `/api/members/${ids[0]}`)).status).toBe(204);
    await expect.poll(countByName, { timeout: 15_000 }).toBe(9);

    // In Oslo it was the 15th of June already.
    expect((await admin.ask("PATCH", "/api/workspace", { timeZone: "Europe/Oslo" })).status).toBe(200);
    await expect.poll(() => groupsBy("team"), { timeout: 15_000 }).toEqual([["Field", 18, 1100 / 18], [null, 17, 0]]);
  });

  test("are named by the link of a survey, with the product", async () => {
    const survey = await publishSurvey(organisation.owner, { questions: [{ type: "csat", id: "csat", title: { en: "Content?" }, isRequired: false }] });
    // As a browser without script sends it, which knows nothing but the address.
    const form = Buffer.from(`response=${crypto.randomUUID()}&opened=${now.getTime() - 60_000}&q.csat=4`);
    const sent = await firsthand.nobody.ask("POST", `/s/${survey.slug}?agent=${organisation.manager.memberId}&product=Tea`, form, { "content-type": "application/x-www-form-urlencoded" });
    expect(sent.status).toBeLessThan(400);
    for (const member of [organisation.manager.memberId, "nobody@example.com"]) {
      const reply = await firsthand.nobody.ask("POST", "/api/public/responses", { ...makeSave(survey.slug, { csat: { number: 4 } }, { openedAgoMs: 60_000 }), member, product: "Tea" });
      expect(reply.status, reply.text).toBe(200);
    }
    await firsthand.settle();
    const kinds = [await countOf(`team=${field.id}&survey=${survey.id}`), await countOf(`member=&survey=${survey.id}`), await countOf(`product=Tea&survey=${survey.id}`)];
    expect(kinds).toEqual([2, 1, 3]);
  });

  test("are those of the fact because of which somebody was asked, whatever the link says", async () => {
    const survey = await publishSurvey(organisation.owner, { questions: [{ type: "csat", id: "csat", title: { en: "Content?" }, isRequired: false }] });
    const call = makeInteraction(organisation.workspaceId, { type: "call", subject: "user:caller", memberId: organisation.agent.memberId, at: "2026-06-14T10:00:00.000Z", message: JSON.stringify({ properties: { product: "Tea" } }) });
    await insertInteractions(db(), organisation.workspaceId, [call]);
    const [distribution, response] = [crypto.randomUUID(), crypto.randomUUID()];
    await db().query(
      `insert into feedback.distributions (workspace_id, id, survey_id, name, settings, started_at, created_at, changed_at) values ($1, $2, $3, 'After calls', '{"schedule": {"kind": "triggered"}}', now(), now(), now())`,
      [organisation.workspaceId, distribution, survey.id]);
    await db().query(
      `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, state, channel, sent_at, response_id, created_at) values ($1, gen_random_uuid(), $2, $3, 0, $4, 'sent', 'email', now(), $5, now())`,
      [organisation.workspaceId, distribution, survey.id, call.id, response]);
    const { url } = z.object({ url: z.string() }).parse((await organisation.owner.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:caller" })).body);
    const save = { ...makeSave(survey.slug, { csat: { number: 4 } }, { openedAgoMs: 60_000 }), id: response, link: new URL(url).searchParams.get("c"), member: organisation.manager.memberId };
    const reply = await firsthand.nobody.ask("POST", "/api/public/responses", save);
    expect(reply.status, reply.text).toBe(200);
    await firsthand.settle();
    const mine = `survey=${survey.id}`;
    expect([await countOf(mine), await countOf(`${mine}&team=${desk.id}&member=${organisation.agent.memberId}&product=Tea`), await countOf(`${mine}&team=${field.id}`)]).toEqual([1, 1, 0]);
  });
});

describe("environments and products", () => {
  test("are those of the register, and follow its changes", async () => {
    const { manager } = organisation;
    await manager.ask("POST", "/api/touchpoints", { name: "Checkout", environment: "At home" });
    const made = await manager.ask("POST", "/api/places", { kind: "product", name: "Tea", alsoCalled: ["T-1"] });
    const about = (touchpoint: string | null, properties: unknown): Partial<NewInteraction> => ({ touchpoint, at: "2026-06-10T12:00:00.000Z", message: JSON.stringify({ properties }) });
    await felt(5, 5, about("Checkout", { sku: "T-1" }));
    await felt(6, 1, about("Counter", { product: "Cup" }));
    await felt(7, 3, about(null, { products: [{ name: "Tea" }, { name: "Cup" }] }));
    await firsthand.settle();
    expect(await groupsBy("environment")).toEqual([[null, 13, 0], ["At home", 5, 100]]);
    expect(await groupsBy("product")).toEqual([[null, 7, 0], ["Cup", 6, 0], ["Tea", 5, 100]]);
    expect([await rowsOf("product=Tea"), await rowsOf("product="), await rowsOf("environment=At%20home&product=Tea")]).toEqual([5, 7, 5]);

    await manager.ask("PATCH", `/api/places/${z.object({ id: z.uuid() }).parse(made.body).id}`, { name: "Green tea" });
    await manager.ask("POST", "/api/places", { kind: "environment", name: "On the sofa", alsoCalled: ["at home"] });
    await expect.poll(() => groupsBy("product"), { timeout: 15_000 }).toEqual([[null, 7, 0], ["Cup", 6, 0], ["Green tea", 5, 100]]);
    await expect.poll(() => groupsBy("environment"), { timeout: 15_000 }).toEqual([[null, 13, 0], ["On the sofa", 5, 100]]);
  });
});

describe("personas", () => {
  test("are segments with a story, and split as these do", async () => {
    const { manager } = organisation;
    const rule = { match: "all", conditions: [{ kind: "interactions", name: "Order *", operator: "at_least", count: 1 }] };
    const made = await manager.ask("POST", "/api/segments", { kind: "live", name: "Buyers", rule, story: "Ada buys when it rains." });
    await manager.ask("POST", "/api/segments", { kind: "live", name: "No persona", rule });
    await felt(6, 5, { type: "track", name: "Order Completed", at: "2026-06-10T12:00:00.000Z" });
    await felt(9, 1, { type: "track", name: "Visit", at: "2026-06-10T12:00:00.000Z" });
    await firsthand.settle();
    expect(made.body).toMatchObject({ story: "Ada buys when it rains." });
    expect(await groupsBy("persona")).toEqual([["Buyers", 6, 100]]);
    const { id } = z.object({ id: z.uuid() }).parse(made.body);
    expect([await countOf(`persona=${id}`), await rowsOf(`persona=${id}`)]).toEqual([6, 6]);

    // Who was asked and answered is known of them as well, of all segments from one question, over time too.
    const { items } = z.object({ items: z.array(z.object({ customerId: z.uuid() })) }).parse((await manager.ask("GET", `/api/segments/${id}/customers`)).body);
    const values = [organisation.workspaceId, crypto.randomUUID(), (await publishSurvey(organisation.owner)).id, items.map(({ customerId }) => customerId)];
    await db().query("insert into feedback.distributions (workspace_id, id, survey_id, name, settings, started_at, created_at, changed_at) values ($1, $2, $3, 'Summer', '{}', now(), now(), now())", values.slice(0, 3));
    await db().query(
      `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, customer_id, state, channel, sent_at, answered_at, response_id, created_at)
       select $1, gen_random_uuid(), $2, $3, 1, asked.id::text, asked.id, 'sent', 'email', timestamptz '2026-06-10T10:00:00Z', case when asked.place <= 3 then now() end, gen_random_uuid(), now()
       from unnest($4::uuid[] || array(select gen_random_uuid() from generate_series(1, 5))) with ordinality asked (id, place)`, values);
    const asked = await read(breakdownReply, `breakdown?${june}&metric=response_rate&by=segment`);
    expect({ groups: shown(asked), total: asked.total.count }).toEqual({ groups: [["Buyers", 6, 50], ["No persona", 6, 50]], total: 11 });
    const tile = { chart: "heat", id: crypto.randomUUID(), place: { x: 0, y: 0, w: 6, h: 4 }, metric: "response_rate", split: "segment", bucket: "month" };
    const board = boardNumbers.parse((await manager.ask("POST", "/api/dashboards/data", { period: { from: "2026-06-01", to: "2026-07-01" }, tiles: [tile] })).body);
    expect(board).toMatchObject({ tiles: [{ heat: [{ label: "Buyers", points: [{ count: 6, score: 50 }] }, { label: "No persona", points: [{ count: 6, score: 50 }] }] }] });

    expect((await manager.ask("PATCH", `/api/segments/${id}`, { story: null })).body).toMatchObject({ story: null, name: "Buyers" });
    expect(await groupsBy("persona")).toEqual([]);
  });
});

test("a channel is found by whatever it was called when a filter was kept", async () => {
  await felt(5, 5, { channel: "E-Mail", at: "2026-06-25T12:00:00.000Z" });
  await insertPerceptions(db(), organisation.workspaceId, Array.from({ length: 6 }, () => makePerception({ subject: `user:${crypto.randomUUID()}`, channel: "E-Mail", at: "2026-06-25T12:00:00.000Z", kind: "csat", value: 1, scaleMin: 1, scaleMax: 5 })));
  await firsthand.settle();
  expect([await countOf("channel=E-Mail"), await countOf("channel=email"), await countOf("channel=e%20mail&channel=EMAIL"), await countOf("channel=post")]).toEqual([6, 6, 6, 0]);
});
