import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { page } from "#platform/http";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeMessages, type MessageGiven } from "../customers.make.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { customerRow } from "../profiles/profiles.contract.ts";
import { groupRow, type GroupRow } from "./groups.contract.ts";

let installation: Installation;
let organisation: Organisation;
let member: Client;
let stranger: Client;

beforeAll(async () => {
  installation = await makeInstallation();
  stranger = (await installation.makeOrganisation()).owner;
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  member = organisation.viewer;
});
afterAll(() => installation.stop());

const say = async (...given: MessageGiven[]): Promise<void> => {
  await insertInteractions(installation.services.db, organisation.workspaceId, makeMessages(organisation.workspaceId, given));
  await installation.settle();
};
const joined = (at: number, userId: string, groupId: string, traits: Record<string, unknown> = {}): MessageGiven => ({
  at, type: "group", userId, messageId: `${userId} in ${groupId} at ${at}`, message: { groupId }, traits,
});
const named = (at: number, userId: string, name: string): MessageGiven => ({ at, type: "identify", userId, traits: { name } });
const list = async (query = "", client = member): Promise<{ items: GroupRow[]; nextCursor: string | null }> => page(groupRow).parse((await client.ask("GET", `/api/customers/groups${query}`)).body);
const names = async (query: string): Promise<string[]> => (await list(query)).items.map((group) => group.name);
const idOf = async (name: string): Promise<number> => (await list(`?search=${encodeURIComponent(name)}`)).items[0]?.id ?? 0;
const customersOf = async (id: number, query = ""): Promise<{ items: { name: string }[]; nextCursor: string | null }> =>
  page(customerRow.omit({ traits: true })).parse((await member.ask("GET", `/api/customers/groups/${id}/customers${query}`)).body);
const everyPage = async <Item>(ask: (query: string) => Promise<{ items: Item[]; nextCursor: string | null }>): Promise<Item[]> => {
  const seen: Item[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const { items, nextCursor } = await ask(`?limit=2${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);
    seen.push(...items);
    cursor = nextCursor;
  }
  return seen;
};

describe("the list of groups", () => {
  test("shows each with its kind, its customers and when one of them was seen last", async () => {
    await say(
      joined(1, "ada", "acme", { name: "Acme", kind: "Company", employees: 40 }), joined(2, "bob", "acme"), joined(3, "ada", "acme"),
      joined(4, "cleo", "family-7", { type: "household" }), { at: 30, userId: "bob", name: "Asked" }, { at: 90, userId: "nobody-of-it", name: "Asked" },
    );

    expect((await list()).items).toEqual([
      { id: expect.any(Number), key: "acme", name: "Acme", kind: "Company", traits: { name: "Acme", kind: "Company", employees: 40 }, customers: 2, firstSeenAt: "2026-01-01T00:01:00.000Z", lastSeenAt: "2026-01-01T00:30:00.000Z" },
      { id: expect.any(Number), key: "family-7", name: "family-7", kind: "household", traits: { type: "household" }, customers: 1, firstSeenAt: "2026-01-01T00:04:00.000Z", lastSeenAt: "2026-01-01T00:04:00.000Z" },
    ]);
  });

  test("tells what was said last, and since when, in whatever order it arrives", async () => {
    await say(joined(5, "ada", "acme", { name: "Acme", plan: "pro" }), joined(3, "bob", "acme", { name: "Old name", plan: "free" }));
    await say(joined(1, "cleo", "acme", { plan: "none", seats: 3 }));

    expect((await list()).items).toMatchObject([{ name: "Acme", traits: { plan: "pro", seats: 3 }, customers: 3, firstSeenAt: "2026-01-01T00:01:00.000Z" }]);
  });

  test("finds by part of name or key, taking wildcards literally", async () => {
    await say(joined(1, "ada", "k-1", { name: "Acme 100%_x" }), joined(2, "ada", "k-2", { name: "Bolt" }));

    expect(await names("?search=ACM")).toEqual(["Acme 100%_x"]);
    expect(await names("?search=k-2")).toEqual(["Bolt"]);
    expect(await names("?search=100%25_")).toEqual(["Acme 100%_x"]);
    expect(await names("?search=%25")).toEqual(["Acme 100%_x"]);
    expect(await names("?search=nothing")).toEqual([]);
  });

  test("pages show every group once, in the order of their names", async () => {
    await say(...["e", "b", "d", "a", "c"].map((key, index) => joined(index, "ada", key)), joined(9, "ada", "other", { name: "c" }));

    expect((await everyPage(list)).map((group) => group.name)).toEqual(["a", "b", "c", "c", "d", "e"]);
  });

  test.each(["?cursor=xxx", "?limit=0", "?cursor=WyJhIiwiYiJd"])("refuses %s", async (query) => {
    expect((await member.ask("GET", `/api/customers/groups${query}`)).body).toMatchObject({ error: { code: "invalid_input" } });
  });

  test("shows another organisation nothing", async () => {
    await say(joined(1, "ada", "acme"));

    expect((await list("", stranger)).items).toEqual([]);
    expect((await list("?search=acme", stranger)).items).toEqual([]);
  });
});

describe("one group", () => {
  test("shows what is known about it and its customers by name, each once, page by page", async () => {
    await say(
      named(1, "u1", "Dora"), named(2, "u2", "Ada"), named(3, "u3", "Cleo"), named(4, "u4", "Bob"), named(5, "u5", "Eve of elsewhere"),
      { at: 6, type: "identify", userId: "u2", traits: { email: "ada@example.com" } }, { at: 7, type: "group", message: { groupId: "acme", context: { traits: { email: "ada@example.com" } } } },
      ...["u1", "u2", "u3", "u4"].map((userId) => joined(10, userId, "acme", { plan: "pro" })), joined(11, "u5", "bolt"),
    );
    const id = await idOf("acme");

    expect(groupRow.parse((await member.ask("GET", `/api/customers/groups/${id}`)).body)).toMatchObject({ key: "acme", traits: { plan: "pro" }, customers: 4 });
    expect((await everyPage((query) => customersOf(id, query))).map((customer) => customer.name)).toEqual(["Ada", "Bob", "Cleo", "Dora"]);
  });

  test("of a device passed on counts whoever had it when the group was said", async () => {
    await say(
      { ...named(1, "ada", "Ada"), anonymousId: "device" }, { at: 5, anonymousId: "device", message: { context: { groupId: "acme" } } },
      { ...named(10, "bob", "Bob"), anonymousId: "device" }, { at: 11, anonymousId: "device", name: "Looked" },
    );
    const id = await idOf("acme");

    expect((await customersOf(id)).items.map((customer) => customer.name)).toEqual(["Ada"]);
    expect((await list()).items[0]).toMatchObject({ customers: 1 });
  });

  test("whose last customer was erased stays without customers", async () => {
    await say(joined(1, "ada", "acme"));
    const [ada] = page(customerRow).parse((await member.ask("GET", "/api/customers")).body).items;

    expect((await organisation.admin.ask("POST", `/api/customers/${ada?.id}/erasure`, { isConfirmed: true })).status).toBe(200);

    expect((await list()).items[0]).toMatchObject({ key: "acme", customers: 0, lastSeenAt: null });
  });

  test("is unknown to another organisation, and so are its customers", async () => {
    await say(joined(1, "ada", "acme"));
    const id = await idOf("acme");

    for (const path of [`${id}`, `${id}/customers`, "999999999", "999999999/customers"])
      expect(await stranger.ask("GET", `/api/customers/groups/${path}`)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    expect((await member.ask("GET", "/api/customers/groups/acme")).status).toBe(400);
    expect((await installation.nobody.ask("GET", `/api/customers/groups/${id}`)).status).toBe(401);
  });
});
