import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeMessages, type MessageGiven } from "../customers.make.ts";
import { deleteByImport, insertInteractions } from "../interactions/interactions.queries.ts";
import { customerDetail, customerRow, timelineItem, type CustomerDetail, type TimelineItem } from "../profiles/profiles.contract.ts";
import { identityPreview, shownClaim, type ShownClaim } from "./identity.contract.ts";
import { newId } from "#platform/db";
import { page } from "#platform/http";
import { repairIdentities } from "./repair.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await makeInstallation();
});
afterAll(() => installation.stop());

type World = { organisation: Organisation; say: (...given: MessageGiven[]) => Promise<void>; find: (name: string) => Promise<CustomerDetail>; links: (id: string) => Promise<ShownClaim[]>; timeline: (id: string) => Promise<TimelineItem[]> };

const makeWorld = async (): Promise<World> => {
  const organisation = await installation.makeOrganisation();
  const ask = organisation.manager.ask;
  return {
    organisation,
    say: async (...given) => {
      await insertInteractions(installation.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, given));
      await installation.settle();
    },
    find: async (name) => {
      const { items } = page(customerRow).parse((await ask("GET", `/api/customers?who=all&search=${encodeURIComponent(name)}`)).body);
      const [found, ...others] = items;
      if (found === undefined || others.length > 0) throw new Error(`${items.length} customers are called ${name}.`);
      return customerDetail.parse((await ask("GET", `/api/customers/${found.id}`)).body);
    },
    links: async (id) => page(shownClaim).partial().parse((await ask("GET", `/api/customers/${id}/links`)).body).items ?? [],
    timeline: async (id) => page(timelineItem).parse((await ask("GET", `/api/customers/${id}/timeline`)).body).items,
  };
};

const identifiersOf = (customer: CustomerDetail): string[] => customer.identifiers.map((identifier) => `${identifier.kind}:${identifier.value}`).sort();
const namesOf = (items: readonly TimelineItem[]): string[] => items.map((item) => item.name ?? "");

describe("who a customer is", () => {
  test("what an unknown visitor did before signing in is on her timeline", async () => {
    const { say, find, timeline } = await makeWorld();

    await say({ at: 1, anonymousId: "dev", name: "Viewed" }, { at: 2, type: "identify", anonymousId: "dev", userId: "ada", traits: { name: "Ada" } });

    const ada = await find("Ada");
    expect(identifiersOf(ada)).toEqual(["anonymous:dev", "user:ada"]);
    expect(ada.interactions).toBe(2);
    expect(namesOf(await timeline(ada.id))).toEqual(["identify", "Viewed"]);
  });

  test("on a shared computer each sees only what she did herself", async () => {
    const { say, find, timeline } = await makeWorld();

    await say(
      { at: 1, type: "identify", anonymousId: "pc", userId: "ada", traits: { name: "Ada" } }, { at: 2, anonymousId: "pc", name: "Ada looks" },
      { at: 3, type: "identify", anonymousId: "pc", userId: "bob", traits: { name: "Bob" } }, { at: 4, anonymousId: "pc", name: "Bob looks" },
    );

    expect(namesOf(await timeline((await find("Ada")).id))).toEqual(["Ada looks", "identify"]);
    expect(namesOf(await timeline((await find("Bob")).id))).toEqual(["Bob looks", "identify"]);
    expect((await find("Bob")).interactions).toBe(2);
  });

  test("junk identifiers belong to nobody and join nobody", async () => {
    const { say, find, organisation } = await makeWorld();

    await say(
      { at: 1, type: "identify", anonymousId: "a1", userId: "null", traits: { name: "First" } },
      { at: 2, type: "identify", anonymousId: "a2", userId: "null", traits: { name: "Second" } },
      { at: 3, userId: "undefined", anonymousId: "guest" },
    );

    expect(identifiersOf(await find("First"))).toEqual(["anonymous:a1"]);
    const { body } = await organisation.manager.ask("GET", "/api/customers?who=all");
    expect(page(customerRow).parse(body).items).toHaveLength(2);
  });

  test("messages in any order, and sent twice, give the same people", async () => {
    const messages: MessageGiven[] = [
      { at: 1, anonymousId: "d1" }, { at: 2, type: "identify", anonymousId: "d1", userId: "ada", traits: { email: "ada@example.com" } },
      { at: 3, type: "identify", anonymousId: "d2", traits: { email: "ada@example.com" } }, { at: 4, anonymousId: "d2" },
      { at: 5, type: "identify", anonymousId: "d2", userId: "bob" }, { at: 6, anonymousId: "d2", name: "Late" },
    ];
    const inOrder = await makeWorld();
    const reversed = await makeWorld();

    await inOrder.say(...messages);
    for (const message of messages.toReversed()) await reversed.say(message);
    await reversed.say(...messages);

    for (const world of [inOrder, reversed]) {
      const ada = await world.find("ada@example.com");
      expect(identifiersOf(ada)).toEqual(["anonymous:d1", "anonymous:d2", "email:ada@example.com", "user:ada"]);
      expect(ada.interactions).toBe(4);
      expect(namesOf(await world.timeline((await world.find("bob")).id))).toEqual(["Late", "identify"]);
    }
  });
});

describe("two users who may be one person", () => {
  const makePair = async () => {
    const world = await makeWorld();
    await world.say(
      { at: 1, type: "identify", userId: "u1", traits: { name: "Ada One", email: "ada@example.com" } },
      { at: 2, userId: "u1", name: "Bought" },
      { at: 3, type: "identify", userId: "u2", anonymousId: "phone", traits: { name: "Ada Two", email: "ada@example.com" } },
      { at: 4, anonymousId: "phone", name: "Asked" },
    );
    const [one, two] = [await world.find("Ada One"), await world.find("Ada Two")];
    const suggestion = (await world.links(two.id)).find((claim) => claim.status === "proposed");
    if (suggestion === undefined) throw new Error("No suggestion was made.");
    return { ...world, one, two, suggestion, manager: world.organisation.manager };
  };

  test("stay two until a member says so, and the preview says what would move", async () => {
    const { one, two, suggestion, manager } = await makePair();

    const preview = await manager.ask("GET", `/api/customers/${two.id}/links/preview?claimIds=${suggestion.id}&decision=accepted`);

    expect(suggestion.reason).toBe("two_users");
    const { moves, customers } = identityPreview.parse(preview.body);
    expect(moves.map((move) => move.identifier.value).sort()).toEqual(["phone", "u2"]);
    expect(moves.every((move) => move.toCustomerId === one.id)).toBe(true);
    expect(customers).toHaveLength(1);
  });

  test("become one by accepting, and two again by retracting, each with their own", async () => {
    const { one, two, suggestion, manager, timeline, find } = await makePair();
    const decide = (decision: string | null) => manager.ask("POST", `/api/customers/${one.id}/links/decisions`, { claimIds: [suggestion.id], decision });

    expect((await decide("accepted")).body).toMatchObject({ customerId: one.id });
    expect(namesOf(await timeline(one.id))).toEqual(["Asked", "identify", "Bought", "identify"]);
    expect((await manager.ask("GET", `/api/customers/${two.id}`)).body).toMatchObject({ id: one.id, mergedFrom: two.id, interactions: 4 });

    expect((await decide("retracted")).status).toBe(200);
    expect(namesOf(await timeline(two.id))).toEqual(["Asked", "identify"]);
    expect(await find("Ada Two")).toMatchObject({ id: two.id, interactions: 2, mergedFrom: null });
    expect(await find("Ada One")).toMatchObject({ id: one.id, interactions: 2 });
  });

  test("a refused suggestion does not come back with the next message", async () => {
    const { one, two, suggestion, manager, say, links } = await makePair();

    await manager.ask("POST", `/api/customers/${two.id}/links/decisions`, { claimIds: [suggestion.id], decision: "refused" });
    await say({ at: 9, type: "identify", userId: "u2", traits: { email: "ada@example.com" } });

    expect((await links(two.id)).find((claim) => claim.id === suggestion.id)).toMatchObject({ status: "refused", decision: "refused" });
    expect((await manager.ask("GET", `/api/customers/${one.id}`)).body).toMatchObject({ interactions: 2 });
  });

  test("any two customers can be merged by hand and separated again", async () => {
    const { say, find, links, organisation: { manager } } = await makeWorld();
    await say({ at: 1, type: "identify", userId: "x", traits: { name: "Xenia" } }, { at: 2, type: "identify", userId: "y", traits: { name: "Yuri" } });
    const [x, y] = [await find("Xenia"), await find("Yuri")];

    const preview = await manager.ask("GET", `/api/customers/${x.id}/merges/preview?otherId=${y.id}`);
    const merged = await manager.ask("POST", `/api/customers/${x.id}/merges`, { otherId: y.id });
    const link = (await links(x.id)).find((claim) => claim.rule === "manual");
    const separated = await manager.ask("POST", `/api/customers/${x.id}/links/decisions`, { claimIds: [link?.id], decision: "retracted" });

    expect(preview.body).toMatchObject({ moves: [{ identifier: { value: "y" }, toCustomerId: x.id }], interactions: 1 });
    expect(merged.body).toMatchObject({ customerId: x.id });
    expect(separated.status).toBe(200);
    expect((await find("Yuri")).id).toBe(y.id);
    expect((await manager.ask("POST", `/api/customers/${x.id}/merges`, { otherId: x.id })).body).toMatchObject({ error: { code: "merge_with_itself" } });
  });

  test("a stranger and a viewer cannot decide", async () => {
    const { two, suggestion, organisation } = await makePair();
    const stranger = (await installation.makeOrganisation()).owner;
    const decide = (client: Client) => client.ask("POST", `/api/customers/${two.id}/links/decisions`, { claimIds: [suggestion.id], decision: "accepted" });

    expect((await decide(stranger)).status).toBe(404);
    expect((await decide(organisation.viewer)).status).toBe(403);
    expect((await decide(organisation.manager)).status).toBe(200);
  });
});

test("undoing an import takes back its customers, links, traits and counts, and leaves the others' alone", async () => {
  const { organisation, say, find, timeline } = await makeWorld();
  const importId = newId();
  const { db } = installation.services;
  await say({ at: 1, type: "identify", userId: "ada", traits: { name: "Ada", plan: "free" } }, { at: 2, userId: "ada", name: "Bought" });
  const imported = makeMessages(organisation.workspaceId, [
    { at: 3, type: "identify", userId: "ada", traits: { plan: "pro", email: "ada@example.com" } },
    { at: 4, type: "identify", userId: "zoe", traits: { name: "Zoe", email: "zoe@example.com" } },
  ]);
  await insertInteractions(db, organisation.workspaceId, imported.map((row) => ({ ...row, importId })));
  await installation.settle();
  expect((await find("Zoe")).interactions).toBe(1);

  await deleteByImport(db, organisation.workspaceId, importId, 100);
  await repairIdentities(db, organisation.workspaceId);

  const { items } = page(customerRow).parse((await organisation.manager.ask("GET", "/api/customers?who=all")).body);
  expect(items.map((item) => item.name)).toEqual(["Ada"]);
  const ada = await find("Ada");
  expect(ada.interactions).toBe(2);
  expect(identifiersOf(ada)).toEqual(["user:ada"]);
  expect(ada.traits.find((trait) => trait.name === "plan")?.value).toBe("free");
  expect(namesOf(await timeline(ada.id))).toEqual(["Bought", "identify"]);
});

test("a device of more people than a household ends up as nobody's", async () => {
  const { organisation, say, find } = await makeWorld();
  const people = Array.from({ length: 102 }, (_, index) => ({ at: index * 2, type: "identify" as const, userId: `p${index}`, anonymousId: "kiosk", traits: { name: `Person ${index}.` } }));

  await say(...people.slice(0, 50));
  await say(...people.slice(50), { at: 500, anonymousId: "kiosk", name: "Looked" });

  expect(identifiersOf(await find("Person 101."))).toEqual(["user:p101"]);
  expect((await find("Person 101.")).interactions).toBe(1);
  const { items } = page(customerRow).parse((await organisation.manager.ask("GET", "/api/customers?who=anonymous")).body);
  expect(items).toEqual([]);
});

test("a workspace blocks a value of its own, and what hung on it falls apart until it is freed again", async () => {
  const { organisation, say, find } = await makeWorld();
  const put = (client: Client, blockedValues: string[]) => client.ask("PUT", "/api/customers/identity-settings", { blockedValues, perKind: { email: 2 } });
  await say(
    { at: 1, type: "identify", userId: "ada", traits: { name: "Ada", email: "shop@example.com" } },
    { at: 2, type: "identify", anonymousId: "till", traits: { email: "shop@example.com" } },
  );
  expect(identifiersOf(await find("Ada"))).toEqual(["anonymous:till", "email:shop@example.com", "user:ada"]);

  expect((await put(organisation.manager, [])).status).toBe(403);
  expect((await put(organisation.admin, ["Shop@Example.com"])).body).toMatchObject({ blockedValues: ["shop@example.com"], perKind: { email: 2, phone: 5 } });
  await say({ at: 3, type: "identify", userId: "bob", traits: { name: "Bob", email: "shop@example.com" } });

  expect(identifiersOf(await find("Ada"))).toEqual(["user:ada"]);
  expect(identifiersOf(await find("Bob"))).toEqual(["user:bob"]);
  expect((await put(organisation.admin, [])).status).toBe(200);
  expect(identifiersOf(await find("Ada"))).toEqual(["anonymous:till", "email:shop@example.com", "user:ada"]);
});

describe("the priority of kinds", () => {
  const put = (client: Client, settings: Record<string, unknown>) => client.ask("PUT", "/api/customers/identity-settings", { blockedValues: [], perKind: {}, ...settings });
  const from = (at: number, email: string, phone: string): MessageGiven => ({ at, type: "identify", traits: { name: "Ada", email, phone } });
  const idsOf = async (organisation: Organisation): Promise<string[]> => page(customerRow).parse((await organisation.manager.ask("GET", "/api/customers")).body).items.map((item) => item.id);

  test.each<[string, string[] | undefined, "email" | "phone"]>([
    ["an address", undefined, "email"], ["a phone number, where phones come first,", ["phone", "email", "external"], "phone"],
  ])("lets the customer of %s survive a merge", async (_title, priority, survivor) => {
    const { organisation, say } = await makeWorld();
    expect((await put(organisation.admin, priority === undefined ? {} : { priority })).status).toBe(200);
    await say({ at: 1, type: "identify", traits: { name: "Called", phone: "+4930123456" } });
    const [called] = await idsOf(organisation);
    await say({ at: 2, type: "identify", traits: { name: "Wrote", email: "ada@example.com" } });
    const wrote = (await idsOf(organisation)).find((id) => id !== called);

    await say(from(3, "ada@example.com", "+4930123456"));

    expect(await idsOf(organisation)).toEqual([survivor === "email" ? wrote : called]);
  });

  test("a change makes no second link of a pair a member has separated", async () => {
    const { organisation, say, find, links } = await makeWorld();
    await say(from(1, "ada@example.com", "+4930123456"));
    const ada = await find("Ada");
    const [link] = await links(ada.id);
    await organisation.manager.ask("POST", `/api/customers/${ada.id}/links/decisions`, { claimIds: [link?.id], decision: "retracted" });
    expect(await idsOf(organisation)).toHaveLength(2);

    await put(organisation.admin, { priority: ["phone", "external", "email"] });
    await say(from(9, "ada@example.com", "+4930123456"));

    expect(await idsOf(organisation)).toHaveLength(2);
    expect(await links(ada.id)).toMatchObject([{ id: link?.id, decision: "retracted" }]);
  });

  test("is external, email, phone until somebody changes it, stays when left out, and names every kind once", async () => {
    const { organisation } = await makeWorld();
    const read = async (): Promise<unknown> => (await organisation.manager.ask("GET", "/api/customers/identity-settings")).body;

    expect(await read()).toMatchObject({ priority: ["external", "email", "phone"] });
    expect((await put(organisation.admin, { priority: ["email", "phone", "external"] })).body).toMatchObject({ priority: ["email", "phone", "external"] });
    await put(organisation.admin, { perKind: { email: 3 } });
    expect(await read()).toMatchObject({ priority: ["email", "phone", "external"], perKind: { email: 3 } });
    for (const priority of [["email", "phone"], ["email", "email", "phone"], ["user", "email", "phone"], ["anonymous", "email", "phone", "external"]])
      expect((await put(organisation.admin, { priority })).body).toMatchObject({ error: { code: "invalid_input" } });
    expect((await put(organisation.manager, { priority: ["email", "phone", "external"] })).status).toBe(403);
  });
});
