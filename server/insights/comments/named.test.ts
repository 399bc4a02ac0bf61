import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { insertAccount, insertMember } from "#people";
import { newId } from "#platform/db";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { registerEntry } from "../../journeys/places/places.contract.ts";
import { commentsReply, namedReply, summaryReply, type NamedReply } from "./comments.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let otherOrganisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
  otherOrganisation = await firsthand.makeOrganisation();
});

const june = "from=2026-06-01&to=2026-07-01";
const register = async (kind: "product" | "place", name: string, alsoCalled: readonly string[] = []): Promise<string> => {
  const reply = await organisation.manager.ask("POST", "/api/places", { kind, name, alsoCalled });
  expect(reply.status, reply.text).toBe(201);
  return registerEntry.parse(reply.body).id;
};
const hire = async (name: string): Promise<string> => {
  const [accountId, id] = [newId(), newId()];
  await insertAccount(firsthand.services.db, { id: accountId, email: `${accountId}@example.com`, name, passwordHash: null });
  await insertMember(firsthand.services.db, { id, workspaceId: organisation.workspaceId, accountId, role: "agent" });
  return id;
};
const write = async (texts: readonly string[], { workspaceId, viewer }: Organisation = organisation): Promise<void> => {
  const countRead = async (): Promise<number> => namedReply.parse((await viewer.ask("GET", `/api/comments/named?${june}`)).body).count;
  const before = await countRead();
  await insertPerceptions(firsthand.services.db, workspaceId, texts.map((text) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: "2026-06-10T12:00:00Z", text })));
  await vi.waitFor(async () => expect(await countRead()).toBe(before + texts.length), { timeout: 15_000, interval: 150 });
};
const named = async (who: Client = organisation.viewer, query = ""): Promise<NamedReply> => {
  const reply = await who.ask("GET", `/api/comments/named?${june}${query}`);
  expect(reply.status, reply.text).toBe(200);
  return namedReply.parse(reply.body);
};
const counts = ({ items }: NamedReply): unknown[] => items.map(({ kind, name, count, isKnown }) => [kind, name, count, isKnown]);
const list = async (mention: string): Promise<string[]> =>
  commentsReply.parse((await organisation.viewer.ask("GET", `/api/comments?${june}&limit=100&mention=${encodeURIComponent(mention)}`)).body).items.map(({ text }) => text).toSorted();

describe("what comments name", () => {
  test("is counted by kind with how they feel: products and places of the register by all their names, members by theirs, and what was guessed", async () => {
    await register("product", "Fjell two-person tent", ["tent", "TN-210"]);
    await register("place", "Oslo City");
    const amina = await hire("Amina Yusuf");

    await write([
      "The tent broke at once, terrible quality, I am very angry.",
      "TN-210: terrible, this tent is useless rubbish.",
      "I love my tent, wonderful, thank you!",
      "Amina was so kind in Oslo City, thank you so much!",
      "The mobile app crashes, terrible.",
      "Our waiter Marco was wonderful.",
    ]);

    const told = await named();
    expect(told.count).toBe(6);
    expect(counts(told)).toEqual([["product", "Fjell two-person tent", 3, true], ["product", "mobile app", 1, false], ["place", "Oslo City", 1, true], ["person", "Amina Yusuf", 1, true]]);
    expect(told.items[0]).toMatchObject({ value: "product:fjell two-person tent", share: 0.5, sentiments: { pos: 1, neg: 2, neu: 0, mix: 0 } });
    expect(told.items.at(-1)?.value).toBe(`person:${amina}`);
    expect(await named(organisation.viewer, "&sentiment=pos&limit=1")).toMatchObject({ count: 3, items: [{ name: "Fjell two-person tent", count: 1 }, { name: "Oslo City" }, { name: "Amina Yusuf" }] });
  });

  test("narrows the list and the figures, whichever of its names is asked for", async () => {
    await register("product", "Fjell two-person tent", ["tent"]);
    const amina = await hire("Amina Yusuf");
    await write(["My tent is great.", "Amina is great.", "All is great."]);

    expect(await list("product:fjell two-person tent")).toEqual(["My tent is great."]);
    expect(await list("product:Tent")).toEqual(["My tent is great."]);
    expect(await list(`person:${amina}`)).toEqual(["Amina is great."]);
    expect(await list("product:nothing' or 1=1 --")).toEqual([]);
    const summary = summaryReply.parse((await organisation.viewer.ask("GET", `/api/comments/summary?${june}&mention=product:tent`)).body);
    expect([summary.count, summary.correctedBy === null]).toEqual([1, false]);
    expect((await organisation.viewer.ask("GET", `/api/comments?${june}&mention=tent`)).status).toBe(400);
  });

  test("follows the register: a new name at once, a removed product as customers write it", async () => {
    const tent = await register("product", "Fjell tent");
    await write(["The Fjell tent is great.", "The fjell tent is terrible."]);

    expect((await organisation.manager.ask("PATCH", `/api/places/${tent}`, { name: "Summit tent" })).status).toBe(200);
    expect(counts(await named())).toEqual([["product", "Summit tent", 2, true]]);
    await write(["My Summit tent and your Fjell tent are good, both."]);
    expect(counts(await named())).toEqual([["product", "Summit tent", 3, true]]);
    expect(await list("product:summit tent")).toHaveLength(3);

    expect((await organisation.manager.ask("DELETE", `/api/places/${tent}`)).status).toBe(204);
    expect(counts(await named())).toEqual([["product", "Fjell tent", 2, false], ["product", "Summit tent", 1, false]]);
  });

  test("is found in older comments once they are read anew", async () => {
    await write(["The tent is great."]);
    expect(counts(await named())).toEqual([]);
    await register("product", "Fjell tent", ["tent"]);

    expect((await organisation.manager.ask("POST", "/api/comment-rereadings")).status).toBe(201);

    await vi.waitFor(async () => expect(counts(await named())).toEqual([["product", "Fjell tent", 1, true]]), { timeout: 20_000, interval: 150 });
  });

  test("is known by no name of another workspace", async () => {
    await register("product", "Fjell tent", ["tent"]);
    await hire("Amina Yusuf");
    const text = ["Amina Yusuf sold me a tent."];
    await write(text);
    await write(text, otherOrganisation);

    expect(counts(await named())).toEqual([["product", "Fjell tent", 1, true], ["person", "Amina Yusuf", 1, true]]);
    expect(counts(await named(otherOrganisation.viewer))).toEqual([]);
  });

  test("names members only to whoever may see who belongs to the workspace, and nobody else whom customers name to anybody", async () => {
    await hire("Amina Yusuf");
    await register("product", "Fjell tent", ["tent"]);
    const ofNobodysBusiness = [
      "I went back to Emily Brown, who was rude.", "We drove to Anna Hill, my midwife.", "Then back to Marco, the waiter.", "I lost all faith in Sarah Jenkins.",
      "My Aunt Sarah was left waiting.", "It was for my Grandma Rose, who waited.",
    ];
    await write(["Amina Yusuf sold me a tent.", "Our waiter Marco and nurse Emily were wonderful. Regards, Olga Petrova", ...ofNobodysBusiness]);
    const ask = async (abilities: readonly string[]): Promise<unknown> => {
      const token = await firsthand.makeApiKey(organisation, abilities);
      const reply = await firsthand.nobody.ask("GET", `/api/comments/named?${june}`, undefined, { authorization: `Bearer ${token}` });
      return reply.status === 200 ? counts(namedReply.parse(reply.body)) : reply.status;
    };

    expect(await ask(["comments.read", "members.read"])).toEqual([["product", "Fjell tent", 1, true], ["person", "Amina Yusuf", 1, true]]);
    expect(await ask(["comments.read"])).toEqual([["product", "Fjell tent", 1, true]]);
    expect(await ask(["metrics.read"])).toBe(403);
    const { rows } = await firsthand.services.db.query<{ named: string }>("select named::text as named from insights.readings where workspace_id = $1", [organisation.workspaceId]);
    expect(rows.map(({ named: text }) => text).join()).not.toMatch(/Marco|Emily|Olga|Anna|Sarah|Rose/);
  });

  test("is found among sixteen thousand names", async () => {
    await firsthand.services.db.query(
      `insert into journeys.register_entries (workspace_id, id, kind, name, also_called, position, created_at, updated_at)
       select $1, gen_random_uuid(), 'product', 'Thing ' || number, array(select 'Part ' || number || '-' || part from generate_series(1, 40) part), number, now(), now() from generate_series(1, 400) number`,
      [organisation.workspaceId],
    );
    await write(["Part 7-3 is great.", "Thing 400 is terrible."]);
    expect(counts(await named())).toEqual([["product", "Thing 400", 1, true], ["product", "Thing 7", 1, true]]);
  });
});
