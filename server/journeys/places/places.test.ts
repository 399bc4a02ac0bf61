import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import type { NewInteraction } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { channelsReply } from "../channels/channels.contract.ts";
import { entriesReply, registerEntry } from "./places.contract.ts";
import type { EntriesReply, EntryKind, RegisterEntry } from "./places.contract.ts";

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
const add = async (body: Record<string, unknown>): Promise<RegisterEntry> => {
  const reply = await organisation.manager.ask("POST", "/api/places", body);
  expect(reply.status, reply.text).toBe(201);
  return registerEntry.parse(reply.body);
};
const refusalOf = async (body: Record<string, unknown>): Promise<unknown> => (await organisation.manager.ask("POST", "/api/places", body)).body;
const read = async (kind: EntryKind): Promise<EntriesReply> => entriesReply.parse((await organisation.viewer.ask("GET", `/api/places?kind=${kind}`)).body);
const about = (properties: object): Partial<NewInteraction> => ({ message: JSON.stringify({ properties }) });

describe("stages", () => {
  test("are proposed from what was met and from the register of touchpoints, and stand in the order that is given to them", async () => {
    await happen({ name: "Order Completed" }, { name: "Product Viewed" }, { name: "Product Viewed", at: "2026-06-01T13:00:00Z" });
    await organisation.manager.ask("POST", "/api/touchpoints", { name: "Farewell", stage: "Leave" });
    expect(await read("stage")).toMatchObject({
      items: [], basis: { days: 90, examined: null },
      proposals: [{ name: "Consider", phase: "before", meetings: 2 }, { name: "Buy", phase: "during", meetings: 1 }, { name: "Leave", phase: "after", meetings: 0 }],
    });

    const buy = await add({ kind: "stage", name: "Buy", phase: "during" });
    const consider = await add({ kind: "stage", name: "Consider", phase: "before" });
    const dream = await add({ kind: "stage", name: "Dream" });
    expect((await organisation.manager.ask("PUT", "/api/place-order", { kind: "stage", ids: [dream.id, consider.id, buy.id] })).status).toBe(204);

    const { items, proposals } = await read("stage");
    expect(items.map(({ name, meetings }) => [name, meetings])).toEqual([["Dream", 0], ["Consider", 2], ["Buy", 1]]);
    expect(proposals.map(({ name }) => name)).toEqual(["Leave"]);
    for (const ids of [[buy.id], [buy.id, buy.id, consider.id], [buy.id, consider.id, organisation.workspaceId]]) {
      expect((await organisation.manager.ask("PUT", "/api/place-order", { kind: "stage", ids })).body).toMatchObject({ error: { code: "place_order_wrong" } });
    }
  });

  test("keep a former name", async () => {
    await happen({ name: "Order Completed" });
    const stage = await add({ kind: "stage", name: "Buy" });
    const changed = await organisation.manager.ask("PATCH", `/api/places/${stage.id}`, { name: "Order", phase: "during" });

    expect(changed.body).toMatchObject({ name: "Order", formerNames: ["Buy"], phase: "during" });
    expect((await read("stage")).items).toMatchObject([{ name: "Order", meetings: 1 }]);
    expect(await refusalOf({ kind: "stage", name: "BUY" })).toMatchObject({ error: { code: "place_exists" } });
    expect(await add({ kind: "place", name: "Buy" })).toMatchObject({ kind: "place" });
  });
});

describe("channels", () => {
  test("are proposed from what was met and planned; one that was never used shows", async () => {
    await happen({ name: "Anything", channel: "web" }, { name: "Anything", channel: "web" }, { name: "Anything", channel: null });
    await organisation.manager.ask("POST", "/api/touchpoints", { name: "Stall", channel: "market" });
    await add({ kind: "channel", name: "Website", alsoCalled: ["web"] });
    await add({ kind: "channel", name: "Fax" });

    const { items, proposals } = await read("channel");
    expect(items.map(({ name, meetings }) => [name, meetings])).toEqual([["Website", 2], ["Fax", 0]]);
    expect(proposals).toMatchObject([{ name: "market", meetings: 0 }]);
    expect(await refusalOf({ kind: "channel", name: "App", parentId: items[0]?.id })).toMatchObject({ error: { code: "place_parent_wrong" } });
  });

  test("of several spellings are one in every figure, also in the past, and asked for by any of them", async () => {
    await happen({ name: "Order Completed", channel: "web" }, { name: "Order Completed", channel: "WWW" }, { name: "Order Completed", channel: "website" }, { name: "Order Completed", channel: "app" });
    const used = async (): Promise<unknown> => channelsReply.parse((await organisation.viewer.ask("GET", "/api/channels")).body).channels.map(({ channel, meetings }) => [channel, meetings]);
    expect(await used()).toEqual([["WWW", 1], ["app", 1], ["web", 1], ["website", 1]]);

    const entry = await add({ kind: "channel", name: "Website", alsoCalled: ["web", "www"] });
    await expect.poll(() => used(), { timeout: 15_000 }).toEqual([["Website", 3], ["app", 1]]);
    for (const channel of ["web", "Website"]) expect((await organisation.viewer.ask("GET", `/api/paths/graph?channel=${channel}`)).body).toMatchObject({ totals: { steps: 3 } });

    await organisation.manager.ask("PATCH", `/api/places/${entry.id}`, { name: "Online", alsoCalled: ["web"] });
    await expect.poll(() => used(), { timeout: 15_000 }).toEqual([["Online", 2], ["WWW", 1], ["app", 1]]);
    expect((await organisation.manager.ask("DELETE", `/api/places/${entry.id}`)).status).toBe(204);
    await expect.poll(() => used(), { timeout: 15_000 }).toEqual([["WWW", 1], ["app", 1], ["web", 1], ["website", 1]]);
  });
});

describe("environments", () => {
  test("were met when a touchpoint in them was", async () => {
    await happen({ name: "Order Delivered" }, { name: "Order Delivered" });
    await organisation.manager.ask("POST", "/api/touchpoints", { name: "Delivery", environment: "At home" });
    await organisation.manager.ask("POST", "/api/touchpoints", { name: "Showroom", environment: "In the shop" });
    await add({ kind: "environment", name: "In the shop" });
    await add({ kind: "environment", name: "On the way" });

    const { items, proposals } = await read("environment");
    expect(items.map(({ name, meetings }) => [name, meetings])).toEqual([["In the shop", 0], ["On the way", 0]]);
    expect(proposals).toMatchObject([{ name: "At home", meetings: 2, phase: null }]);
  });
});

describe("products and places", () => {
  test("are found in the latest messages, by whatever name a sender uses", async () => {
    await happen(about({ product_id: "TN-210", name: "Tent <b>210</b>" }), about({ sku: "TN-210", store: "Oslo" }), about({ store_id: 3 }), about({ gate: "G7" }));
    expect(await read("product")).toMatchObject({ items: [], basis: { days: null, examined: 4 }, proposals: [{ name: "Tent <b>210</b>", alsoCalled: ["TN-210"], meetings: 2 }] });

    const tents = await add({ kind: "product", name: "Tents" });
    await add({ kind: "product", name: "Tent <b>210</b>", alsoCalled: ["TN-210"], parentId: tents.id });
    await add({ kind: "place", name: "Oslo", alsoCalled: ["3"] });
    await add({ kind: "place", name: "G7", field: "properties.gate" });

    expect((await read("product")).items.map(({ name, meetings, parentId }) => [name, meetings, parentId])).toEqual([["Tents", 0, null], ["Tent <b>210</b>", 2, tents.id]]);
    expect(await read("place")).toMatchObject({ items: [{ name: "Oslo", meetings: 2 }, { name: "G7", meetings: 1 }], proposals: [] });
  });

  test("belong to one of their kind, never in a circle; what they belong to may go", async () => {
    const norway = await add({ kind: "place", name: "Norway" });
    const oslo = await add({ kind: "place", name: "Oslo", parentId: norway.id });
    const stage = await add({ kind: "stage", name: "Buy" });

    expect((await organisation.manager.ask("PATCH", `/api/places/${norway.id}`, { parentId: oslo.id })).body).toMatchObject({ error: { code: "place_parent_wrong" } });
    expect(await refusalOf({ kind: "place", name: "Bergen", parentId: stage.id })).toMatchObject({ error: { code: "place_parent_wrong" } });
    expect(await refusalOf({ kind: "stage", name: "Pay", parentId: stage.id })).toMatchObject({ error: { code: "place_parent_wrong" } });
    expect(await refusalOf({ kind: "place", name: "Bergen", phase: "before" })).toMatchObject({ error: { code: "place_field_wrong" } });
    expect(await refusalOf({ kind: "stage", name: "Pay", field: "properties.stage" })).toMatchObject({ error: { code: "place_field_wrong" } });
    expect((await organisation.manager.ask("DELETE", `/api/places/${norway.id}`)).status).toBe(204);
    expect((await read("place")).items).toMatchObject([{ name: "Oslo", parentId: null }]);
  });
});

test("members read, managers write, strangers see and change nothing", async () => {
  const created = await add({ kind: "place", name: "Oslo" });

  expect((await organisation.agent.ask("POST", "/api/places", { kind: "place", name: "Bergen" })).status).toBe(403);
  expect((await stranger.ask("PATCH", `/api/places/${created.id}`, { name: "Mine" })).status).toBe(404);
  expect((await stranger.ask("DELETE", `/api/places/${created.id}`)).status).toBe(404);
  expect((await stranger.ask("POST", "/api/places", { kind: "place", name: "Below", parentId: created.id })).body).toMatchObject({ error: { code: "place_parent_wrong" } });
  expect(entriesReply.parse((await stranger.ask("GET", "/api/places?kind=place")).body).items).toEqual([]);
  expect((await installation.nobody.ask("GET", "/api/places?kind=place")).status).toBe(401);
  expect((await organisation.viewer.ask("GET", "/api/places?kind=galaxy")).status).toBe(400);
});
