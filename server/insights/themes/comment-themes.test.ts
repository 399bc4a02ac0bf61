import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { transaction } from "#platform/db";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { commentsReply, correctionsReply, type Comment } from "../comments/comments.contract.ts";
import { beginDiscovery, runDiscovery } from "./discoveries.ts";
import { changedTheme, themesReply } from "./themes.contract.ts";
import { spreadRemovals } from "./assignments.queries.ts";
import { deleteRetired, listStoredThemes, raiseVersion, upsertThemes } from "./themes.queries.ts";

let firsthand: Installation;
let organisation: Organisation;

const parcel = "The parcel was left in the rain.";
const parking = "The car park was full.";
const june = "from=2026-06-01&to=2026-07-01";

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, [parcel, parking].map((text) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: "2026-06-10T12:00:00Z", text })));
  await vi.waitUntil(async () => (await list()).length === 2, { timeout: 15_000, interval: 100 });
});
afterAll(() => firsthand.stop());

const list = async (query = ""): Promise<Comment[]> => commentsReply.parse((await organisation.viewer.ask("GET", `/api/comments?${june}${query}`)).body).items;
const find = async (text: string): Promise<Comment> => {
  const found = (await list()).find((one) => one.text === text);
  if (found === undefined) throw new Error("A comment that was read is listed.");
  return found;
};
const namesOf = async (text: string): Promise<string[]> => (await find(text)).themes.map(({ name, isSet }) => (isSet ? `${name} (set)` : name));
const withTheme = async (id: string): Promise<string[]> => (await list(`&theme=${id}`)).map(({ text }) => text).toSorted();
const correct = async (text: string, body: object, who: Client = organisation.agent): Promise<void> => {
  const reply = await who.ask("PATCH", `/api/comments/${(await find(text)).id}/reading`, body);
  expect(reply.status, reply.text).toBe(204);
};
const make = async (name: string, words: readonly string[]): Promise<string> => {
  const { id } = changedTheme.parse((await organisation.manager.ask("POST", "/api/themes", { name, words })).body);
  await vi.waitFor(async () => {
    const { rows } = await firsthand.services.db.query("select from insights.theme_discoveries where workspace_id = $1 and state = 'running'", [organisation.workspaceId]);
    expect(rows).toEqual([]);
  }, { timeout: 15_000, interval: 50 });
  return id;
};
const searchAnew = async (): Promise<void> => {
  const { workspaceId } = organisation;
  const id = await transaction(firsthand.services.db, (tx) => beginDiscovery(tx, { workspaceId, kind: "discovery", memberId: null, at: firsthand.services.clock.now() }));
  if (id !== null) await runDiscovery(firsthand.services, workspaceId, id);
  await firsthand.settle();
};

test("a theme is given to a comment and taken from one, in the figures too, and stays so when themes are looked for anew", async () => {
  const [delivery, cars] = [await make("Delivery", ["parcel"]), await make("Cars", ["car park"])];
  await vi.waitFor(async () => expect(await namesOf(parcel)).toEqual(["Delivery"]), { timeout: 15_000, interval: 100 });

  await correct(parcel, { themes: [{ id: delivery, isSet: false }] });
  await correct(parking, { themes: [{ id: delivery, isSet: true }] });

  const isAsSet = async (): Promise<void> => {
    expect([await namesOf(parcel), await namesOf(parking)]).toEqual([[], ["Cars", "Delivery (set)"]]);
    expect([await withTheme(delivery), await withTheme(cars)]).toEqual([[parking], [parking]]);
  };
  await firsthand.settle();
  await isAsSet();
  await searchAnew();
  await isAsSet();
  const { items } = themesReply.parse((await organisation.viewer.ask("GET", `/api/themes?${june}`)).body);
  expect(items.map(({ name, count }) => [name, count])).toEqual([["Cars", 1], ["Delivery", 1]]);

  expect(correctionsReply.parse((await organisation.viewer.ask("GET", `/api/comments/${(await find(parcel)).id}/corrections`)).body).items).toMatchObject([
    { part: "themes", theme: { id: delivery, name: "Delivery" }, before: "yes", after: "no", isStanding: true, member: { id: organisation.agent.memberId } },
  ]);
  await correct(parcel, { themesAsRead: [delivery] }, organisation.manager);
  await correct(parking, { themesAsRead: [delivery, cars] }, organisation.manager);
  await firsthand.settle();
  expect([await namesOf(parcel), await namesOf(parking)]).toEqual([["Delivery"], ["Cars"]]);
  expect(await withTheme(delivery)).toEqual([parcel]);
});

test("a theme taken from a comment takes along what is merged into it, then and later", async () => {
  const [root, branch] = [await make("Shipping", ["rain"]), await make("Weather", ["left in the rain"])];
  await vi.waitFor(async () => expect(await namesOf(parcel)).toEqual(expect.arrayContaining(["Shipping", "Weather"])), { timeout: 15_000, interval: 100 });
  await correct(parcel, { themes: [{ id: root, isSet: false }] });
  expect(await namesOf(parcel)).toContain("Weather");

  expect((await organisation.manager.ask("POST", `/api/themes/${branch}/merging`, { into: root })).status).toBe(200);

  expect(await namesOf(parcel)).not.toEqual(expect.arrayContaining(["Shipping"]));
  await firsthand.settle();
  expect(await withTheme(root)).toEqual([]);
});

test("a discovered theme that somebody gave to a comment stays though a search finds it no more, and one that nobody cares for goes", async () => {
  const { workspaceId } = organisation;
  const { db } = firsthand.services;
  const stored = (await listStoredThemes(db, workspaceId))[0];
  if (stored === undefined) throw new Error("There are themes.");
  const found = (id: string, name: string) => ({ ...stored, id, name, isNamed: false, state: "proposed" as const, madeBy: "machine" as const, mergedInto: null, terms: [{ term: name, hash: 7, weight: 1 }] });
  const [given, left] = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"];
  await transaction(db, async (tx) => {
    await raiseVersion(tx, workspaceId, null);
    await upsertThemes(tx, workspaceId, [found(given, "zebra"), found(left, "yak")]);
  });
  await correct(parking, { themes: [{ id: given, isSet: true }] });

  await searchAnew();

  const living = (await listStoredThemes(db, workspaceId)).filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id);
  expect([living.includes(given), living.includes(left)]).toEqual([true, false]);
  expect(await namesOf(parking)).toContain("zebra (set)");
});

test("a theme taken from a comment is not of it again where giving it is taken back; taking that back, too, leaves what its words say", async () => {
  const id = await make("Wet goods", ["rain"]);
  await vi.waitFor(async () => expect(await namesOf(parcel)).toContain("Wet goods"), { timeout: 15_000, interval: 100 });
  const said: string[][] = [];
  for (const body of [{ themes: [{ id, isSet: false }] }, { themes: [{ id, isSet: true }] }, { themesAsRead: [id] }, { themesAsRead: [id] }]) {
    await correct(parcel, body);
    said.push((await namesOf(parcel)).filter((name) => name.startsWith("Wet goods")));
  }
  expect(said).toEqual([[], ["Wet goods (set)"], [], ["Wet goods"]]);
});

test("a theme taken from a comment is known again after years, and its heir is taken from that comment as well", async () => {
  const { workspaceId } = organisation;
  const { db } = firsthand.services;
  const [stored] = await listStoredThemes(db, workspaceId);
  if (stored === undefined) throw new Error("There are themes.");
  const [old, other, heir] = ["c", "d", "e"].map((end) => `00000000-0000-4000-8000-00000000000${end}`);
  if (old === undefined || other === undefined || heir === undefined) throw new Error("Three ids were written.");
  const put = (ids: readonly string[], retiredAt: Date | null) => transaction(db, async (tx) => {
    await raiseVersion(tx, workspaceId, null);
    await upsertThemes(tx, workspaceId, ids.map((id) => ({ ...stored, id, name: id, isNamed: false, state: "proposed" as const, madeBy: "machine" as const, mergedInto: null, retiredAt })));
  });
  await put([old, other], null);
  await correct(parcel, { themes: [{ id: old, isSet: false }] });
  await put([old, other], new Date("2020-01-01T00:00:00Z"));

  await transaction(db, (tx) => deleteRetired(tx, workspaceId, new Date("2026-01-01T00:00:00Z")));
  expect((await listStoredThemes(db, workspaceId)).flatMap(({ id }) => (id === old || id === other ? [id] : []))).toEqual([old]);

  await put([heir], null);
  await transaction(db, (tx) => spreadRemovals(tx, workspaceId, [heir], old));
  await db.query("update insights.theme_assignments set theme_ids = array[$2::uuid], sure = '{1}' where perception_id = $1", [(await find(parcel)).id, heir]);
  expect(await namesOf(parcel)).not.toContain(heir);
  // Nobody took the heir itself: it need not be known for ever.
  await put([heir], new Date("2020-01-01T00:00:00Z"));
  await transaction(db, (tx) => deleteRetired(tx, workspaceId, new Date("2026-01-01T00:00:00Z")));
  expect((await listStoredThemes(db, workspaceId)).flatMap(({ id }) => (id === old || id === heir ? [id] : []))).toEqual([old]);
});

test("a theme of nowhere, or of another workspace, is refused", async () => {
  const { id } = await find(parcel);
  const ask = (body: object, who: Client = organisation.agent) => who.ask("PATCH", `/api/comments/${id}/reading`, body);
  expect((await ask({ themes: [{ id: organisation.workspaceId, isSet: true }] })).status).toBe(404);
  expect((await ask({ themesAsRead: [organisation.workspaceId] })).status).toBe(404);
  expect((await ask({ themes: [{ id, isSet: true }] }, organisation.viewer)).status).toBe(403);
});
