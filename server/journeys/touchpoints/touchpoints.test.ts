import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { page } from "#platform/http";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import type { NewInteraction } from "#customers";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { listedTouchpoint, proposal, touchpoint } from "./touchpoints.contract.ts";
import type { ListedTouchpoint, Proposal, Touchpoint } from "./touchpoints.contract.ts";

const clock = { now: () => new Date("2026-06-10T12:00:00Z") };
let installation: Installation;
let organisation: Organisation;
let stranger: Client;

beforeAll(async () => {
  installation = await makeInstallation({ clock });
  stranger = (await installation.makeOrganisation()).owner;
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
});

const happen = async (...facts: Partial<NewInteraction>[]): Promise<void> => {
  await insertInteractions(installation.services.db, organisation.workspaceId, facts.map((fact) => makeInteraction(organisation.workspaceId, { subject: "user:1", userId: "1", ...fact })));
  await installation.settle();
};
const register = async (given: Record<string, unknown>): Promise<Touchpoint> => {
  const reply = await organisation.manager.ask("POST", "/api/touchpoints", given);
  expect(reply.status).toBe(201);
  return touchpoint.parse(reply.body);
};
const list = async (): Promise<ListedTouchpoint[]> => page(listedTouchpoint).parse((await organisation.viewer.ask("GET", "/api/touchpoints")).body).items;
const proposals = async (): Promise<Proposal[]> => page(proposal).parse((await organisation.viewer.ask("GET", "/api/touchpoint-proposals")).body).items;
const namesInFigures = async (): Promise<unknown[]> => {
  const rows = await installation.services.analytics.query(
    `select touchpoint, stage, channel from experience where workspace_id = cast($1 as uuid) and record = 'interaction' order by "at", seq`, [organisation.workspaceId]);
  return rows.map((row) => [row["touchpoint"], row["stage"], row["channel"]]);
};

describe("the register of touchpoints", () => {
  test("starts empty, and yet what happened has names to propose", async () => {
    await happen({ name: "Order Completed" }, { name: "Order Completed" }, { type: "call", name: "Support call" }, { type: "identify", name: "identify" });

    expect(await list()).toEqual([]);
    expect(await proposals()).toMatchObject([
      { name: "Order placed", stage: "Buy", kind: "purchase", seen: { interactions: 2, customers: 1, evidence: "some" } },
      { name: "Support call", stage: "Get help", channel: "phone", kind: "support", seen: { interactions: 1 } },
    ]);
  });

  test("shows what was met and felt at each touchpoint, and what was never seen", async () => {
    await happen(...Array.from({ length: 30 }, (_, index) => ({ name: "Order Delivered", subject: `user:${index + 1}`, userId: String(index + 1) })));
    await insertPerceptions(installation.services.db, organisation.workspaceId, Array.from({ length: 10 }, () =>
      makePerception({ kind: "csat", value: 5, scaleMin: 1, scaleMax: 5, touchpoint: "Delivery", at: "2026-06-02T12:00:00Z" })));
    await installation.settle();
    await register({ name: "Delivery", stage: "Receive", kind: "delivery" });
    await register({ name: "Showroom" });

    expect(await list()).toMatchObject([
      { name: "Delivery", key: "delivery", position: 1, seen: { interactions: 30, customers: 30, scores: 10, feeling: 1, evidence: "measured" } },
      { name: "Showroom", key: "showroom", position: 2, seen: { interactions: 0, scores: 0, lastAt: null, evidence: "assumption" } },
    ]);
    expect(await proposals()).toEqual([]);
  });

  test("says what a touchpoint is and what it asks; what a change leaves out stays", async () => {
    const full = {
      name: "Parcel <b>shop</b>", kind: "delivery", team: "Logistics", nature: "human", environment: "On the way", asks: "Show the code", steps: 3, minutes: 7.5, documents: ["Passport", "Code"],
    };
    const created = await register(full);
    expect(created).toMatchObject(full);

    const changed = await organisation.manager.ask("PATCH", `/api/touchpoints/${created.id}`, { steps: null, documents: [] });
    expect(changed.body).toMatchObject({ ...full, steps: null, documents: [] });
    expect(await list()).toMatchObject([{ ...full, steps: null, documents: [] }]);
    expect(await register({ name: "Hotline", kind: "support" })).toMatchObject({ nature: "human", team: null, steps: null, minutes: null, documents: [] });
  });

  test.each([{ kind: "advert" }, { nature: "virtual" }, { steps: 1.5 }, { steps: -1 }, { minutes: -0.5 }, { documents: [""] }, { team: "x".repeat(81) }])("refuses a touchpoint with %j", async (wrong) => {
    expect((await organisation.manager.ask("POST", "/api/touchpoints", { name: "Hotline", ...wrong })).body).toMatchObject({ error: { code: "invalid_input" } });
  });

  test("proposes the hundred most met of 5,000 names, markup and all, within its limits", async () => {
    const facts = Array.from({ length: 5_000 }, (_, index) => ({ name: `<img src=x onerror=alert(${index})>` }));
    await happen({ name: "<b>Invoice</b> sent" }, { name: "<b>Invoice</b> sent" }, ...facts);

    const found = await proposals();
    expect(found).toHaveLength(100);
    expect(found[0]).toMatchObject({ name: "<b>Invoice</b> sent", kind: "invoice", seen: { interactions: 2 } });
    const last = "<img src=x onerror=alert(999)>";
    await register({ name: last });
    // It is the last of all names in alphabetical order and was met as rarely as the others.
    expect(await list()).toMatchObject([{ name: last, seen: { interactions: 1, evidence: "some" } }]);
    expect(await proposals()).toHaveLength(100);
  });

  test("renames the past when a rule is added, changed and removed", async () => {
    await happen({ name: "Order Completed", message: JSON.stringify({ properties: { total: 900 } }) }, { name: "Order Completed", message: JSON.stringify({ properties: { total: 20 } }), at: "2026-06-01T13:00:00Z" });
    const figures = (expected: unknown[]): Promise<void> => expect.poll(namesInFigures, { timeout: 15_000 }).toEqual(expected);

    const large = await register({ name: "Large order", stage: "Purchase", channel: "desk", rules: [{ names: ["Order Completed"], properties: [{ field: "properties.total", operator: "more_than", value: "500" }] }] });
    await figures([["Large order", "Purchase", "desk"], ["Order placed", "Buy", null]]);

    await organisation.manager.ask("PATCH", `/api/touchpoints/${large.id}`, { name: "Big order", rules: [{ names: ["Order*"] }] });
    await figures([["Big order", "Purchase", "desk"], ["Big order", "Purchase", "desk"]]);

    expect((await organisation.manager.ask("DELETE", `/api/touchpoints/${large.id}`)).status).toBe(204);
    await figures([["Order placed", "Buy", null], ["Order placed", "Buy", null]]);
  });

  test("takes whatever was met, however long its name, and so does a map of a path", async () => {
    const name = `Paid for ${"shoes, ".repeat(65)}and socks`;
    await happen({ name });
    expect(await proposals()).toMatchObject([{ name, seen: { interactions: 1 } }]);
    await register({ name });
    expect(await list()).toMatchObject([{ name, seen: { interactions: 1 } }]);

    const map = await organisation.manager.ask("POST", "/api/maps", { name: "Long", from: { kind: "path", touchpoints: [name] } });
    expect(map.body).toMatchObject({ document: { steps: [{ matches: [{ touchpoint: name }] }] } });
    const { id } = Object(map.body);
    await expect.poll(async () => (await organisation.manager.ask("GET", `/api/maps/${id}/overlay?from=2026-06-01&to=2026-06-10`)).body, { timeout: 15_000 }).toMatchObject({ steps: [{ customers: 1 }] });
    expect((await organisation.manager.ask("POST", "/api/touchpoints", { name: "x".repeat(501) })).status).toBe(400);
  });

  test("keeps a former name, which leads to the present one", async () => {
    const cart = await register({ name: "Cart" });
    await organisation.manager.ask("PATCH", `/api/touchpoints/${cart.id}`, { name: "Basket" });
    await happen({ name: "Product Added" }, { name: "irrelevant", touchpoint: "cart", at: "2026-06-01T13:00:00Z" });

    await expect.poll(async () => (await list())[0], { timeout: 15_000 }).toMatchObject({ key: "cart", name: "Basket", formerNames: ["Cart"], seen: { interactions: 2 } });
    expect((await organisation.manager.ask("POST", "/api/touchpoints", { name: "CART" })).body).toMatchObject({ error: { code: "touchpoint_exists" } });
  });

  test("gives feelings the present name and the stage of their touchpoint, when it is registered late and when it is renamed", async () => {
    await insertPerceptions(installation.services.db, organisation.workspaceId, [makePerception({ kind: "csat", value: 4, scaleMin: 1, scaleMax: 5, touchpoint: "parcel", at: "2026-06-02T12:00:00Z" })]);
    await installation.settle();
    const felt = async (): Promise<unknown> =>
      (await installation.services.analytics.query("select touchpoint, stage from experience where workspace_id = cast($1 as uuid) and record = 'perception'", [organisation.workspaceId]))[0];
    expect(await felt()).toEqual({ touchpoint: "parcel", stage: null });

    const parcel = await register({ name: "Parcel", stage: "Receive" });
    await expect.poll(felt, { timeout: 15_000 }).toEqual({ touchpoint: "Parcel", stage: "Receive" });
    await organisation.manager.ask("PATCH", `/api/touchpoints/${parcel.id}`, { name: "Delivery" });
    await expect.poll(felt, { timeout: 15_000 }).toEqual({ touchpoint: "Delivery", stage: "Receive" });
  });

  test("gives facts and feelings the environment of their touchpoint when that is said, changed and taken back", async () => {
    const parcel = await register({ name: "Delivery" });
    await happen({ name: "Order Delivered" });
    await insertPerceptions(installation.services.db, organisation.workspaceId, [makePerception({ kind: "csat", value: 4, scaleMin: 1, scaleMax: 5, touchpoint: "Delivery", at: "2026-06-02T12:00:00Z" })]);
    await installation.settle();
    const environments = async (): Promise<unknown[]> =>
      (await installation.services.analytics.query(`select environment from experience where workspace_id = cast($1 as uuid) order by "at"`, [organisation.workspaceId])).map((row) => row["environment"]);

    for (const environment of ["At home", "On the way", null]) {
      expect((await organisation.manager.ask("PATCH", `/api/touchpoints/${parcel.id}`, { environment })).status).toBe(200);
      await expect.poll(environments, { timeout: 15_000 }).toEqual([environment, environment]);
    }
  });

  test("refuses more rules than facts can be compared with as they come in, and lets them be shortened", async () => {
    const pages = (count: number): object => ({ pages: Array.from({ length: count }, (_, index) => `/page${index}/*`) });
    const rules = Array.from({ length: 20 }, () => pages(49));
    const [first] = await Promise.all(["One", "Two", "Three", "Four", "Five"].map((name) => register({ name, rules })));
    const refused = { status: 409, body: { error: { code: "touchpoint_rules_limit" } } };
    expect(await organisation.manager.ask("POST", "/api/touchpoints", { name: "Six", rules: [{ pages: ["/a"] }] })).toMatchObject(refused);
    await register({ name: "Without rules" });

    const change = (given: object) => organisation.manager.ask("PATCH", `/api/touchpoints/${first?.id}`, given);
    expect(await change({ rules: [...rules.slice(1), pages(50)] })).toMatchObject(refused);
    expect((await change({ rules: rules.slice(2), name: "Shorter" })).status).toBe(200);
    expect((await change({ rules: rules.slice(1) })).status).toBe(200);
  });

  test("lets the first of two matching touchpoints win, in the order people choose", async () => {
    const first = await register({ name: "First", rules: [{ names: ["ping"] }] });
    const second = await register({ name: "Second", rules: [{ names: ["ping"] }] });
    await happen({ name: "ping" });
    await expect.poll(namesInFigures, { timeout: 15_000 }).toEqual([["First", null, null]]);

    expect((await organisation.manager.ask("PUT", "/api/touchpoint-order", { ids: [second.id, first.id] })).status).toBe(204);
    await expect.poll(namesInFigures, { timeout: 15_000 }).toEqual([["Second", null, null]]);
    expect((await list()).map(({ name }) => name)).toEqual(["Second", "First"]);
    for (const ids of [[first.id], [first.id, first.id], [first.id, second.id, organisation.workspaceId]]) {
      expect((await organisation.manager.ask("PUT", "/api/touchpoint-order", { ids })).body).toMatchObject({ error: { code: "touchpoint_order_wrong" } });
    }
  });
});

describe("who may do what", () => {
  test("agents and viewers read, managers write", async () => {
    const created = await register({ name: "Cart", ownerId: organisation.agent.memberId });

    expect((await organisation.viewer.ask("GET", `/api/touchpoints/${created.id}`)).body).toMatchObject({ name: "Cart", ownerId: organisation.agent.memberId });
    expect((await organisation.viewer.ask("POST", "/api/touchpoints", { name: "Other" })).status).toBe(403);
    expect((await organisation.agent.ask("PATCH", `/api/touchpoints/${created.id}`, { name: "Other" })).status).toBe(403);
    expect((await installation.nobody.ask("GET", "/api/touchpoints")).status).toBe(401);
  });

  test("a stranger sees and changes nothing, and cannot own", async () => {
    const created = await register({ name: "Cart" });

    expect(page(listedTouchpoint).parse((await stranger.ask("GET", "/api/touchpoints")).body).items).toEqual([]);
    expect((await stranger.ask("GET", `/api/touchpoints/${created.id}`)).status).toBe(404);
    expect((await stranger.ask("PATCH", `/api/touchpoints/${created.id}`, { name: "Mine" })).status).toBe(404);
    expect((await stranger.ask("DELETE", `/api/touchpoints/${created.id}`)).status).toBe(404);
    expect((await organisation.manager.ask("PATCH", `/api/touchpoints/${created.id}`, { ownerId: stranger.memberId })).body).toMatchObject({ error: { code: "touchpoint_owner_unknown" } });
  });
});
