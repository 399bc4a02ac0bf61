import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { newId } from "#platform/db";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Client, Installation, Organisation } from "../../firsthand.make.ts";
import { blankDocument, editsOf, makeCard, makeLane, makeStage, makeStep, someDocument } from "./document.make.ts";
import type { MapDocument } from "./document.contract.ts";
import { applyEdits, orderDocument } from "./document.rules.ts";
import { editGroup, sentEdits, type MapEdit, type SentEdits } from "./edits.contract.ts";
import { historyLine, journeyMap, listedMap, type JourneyMap, type ListedMap } from "./maps.contract.ts";
import { listFaults } from "./parts.rules.ts";

let now = new Date("2026-06-10T12:00:00Z");
let installation: Installation;
let organisation: Organisation;
let member: Client;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => now }, environment: { RATE_LIMIT_FACTOR: "1000" } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  now = new Date("2026-06-10T12:00:00Z");
  organisation = await installation.makeOrganisation();
  member = organisation.agent;
});

const drawn = (): MapDocument => orderDocument({
  ...blankDocument(),
  stages: [makeStage("buys"), makeStage("uses")], steps: [makeStep("cart", "buys"), makeStep("pays", "buys")], lanes: [makeLane("does")],
  cards: [makeCard("one1", "cart", "does", { text: "Looks" }), makeCard("two2", "pays", "does", { text: "Pays" })],
});
const readMap = (reply: Answer, status = 200): JourneyMap => {
  expect({ status: reply.status, text: reply.status === status ? "" : reply.text }).toEqual({ status, text: "" });
  return journeyMap.parse(reply.body);
};
const create = async (from: object, given: object = {}): Promise<JourneyMap> => readMap(await member.ask("POST", "/api/maps", { name: "First purchase", from, ...given }), 201);
const createDrawn = (): Promise<JourneyMap> => create({ kind: "document", document: drawn() });
const get = async (id: string): Promise<JourneyMap> => readMap(await organisation.viewer.ask("GET", `/api/maps/${id}`));
const list = async (query = ""): Promise<ListedMap[]> => z.object({ items: z.array(listedMap) }).parse((await organisation.viewer.ask("GET", `/api/maps${query}`)).body).items;
const send = async (id: string, edits: MapEdit[], given: { id?: string; knows?: number; by?: Client } = {}): Promise<SentEdits> => {
  const reply = await (given.by ?? member).ask("POST", `/api/maps/${id}/edits`, { id: given.id ?? newId(), knows: given.knows ?? 0, edits });
  expect({ status: reply.status, text: reply.status === 200 ? "" : reply.text }).toEqual({ status: 200, text: "" });
  return sentEdits.parse(reply.body);
};
const rename = (id: string, was: string, name: string): MapEdit => ({ do: "change", part: "card", id, was: { text: was }, now: { text: name } });
const refusal = (status: number, code: string): object => ({ status, body: { error: { code } } });

describe("a map", () => {
  test("is drawn from a template, listed, changed, archived and deleted", async () => {
    const made = await create({ kind: "template", template: "first_purchase" });
    expect(made).toMatchObject({ name: "First purchase", state: "as_is", viewpoint: { kind: "everyone" }, ownerId: member.memberId, basedOn: null, revision: 0, isArchived: false, steps: 11, boundSteps: 11 });
    expect(made.document.steps[0]).toMatchObject({ name: "Notices us", matches: [{ touchpoint: "Promotion", channel: null }] });
    expect(await list()).toMatchObject([{ id: made.id, steps: 11 }]);

    now = new Date("2026-06-11T12:00:00Z");
    const changed = readMap(await organisation.manager.ask("PATCH", `/api/maps/${made.id}`, { name: "<b>Buying</b>", ownerId: null, isArchived: true, viewpoint: { kind: "persona", name: "Ada", story: "In a hurry", segmentId: null } }));
    expect(changed).toMatchObject({ name: "<b>Buying</b>", description: made.description, ownerId: null, isArchived: true, viewpoint: { kind: "persona", name: "Ada" }, changedAt: now.toISOString() });
    expect([(await list()).length, (await list("?archived=true")).length]).toEqual([0, 1]);
    expect(readMap(await organisation.manager.ask("PATCH", `/api/maps/${made.id}`, {}))).toEqual(changed);

    expect((await member.ask("DELETE", `/api/maps/${made.id}`)).status).toBe(204);
    expect(await member.ask("GET", `/api/maps/${made.id}`)).toMatchObject(refusal(404, "not_found"));
    const { rows } = await installation.services.db.query("select action from platform.audit_entries where workspace_id = $1 and action like 'map.%' order by at, id", [organisation.workspaceId]);
    expect(rows.map((row) => row["action"])).toEqual(["map.created", "map.changed", "map.deleted"]);
  });

  test("comes from a path, with the stages of the register", async () => {
    await organisation.manager.ask("POST", "/api/touchpoints", { name: "Cart", stage: "Choose" });
    const made = await create({ kind: "path", touchpoints: ["Search", "Cart", "Cart"] });
    expect(made.document.stages.map(({ name }) => name)).toEqual(["Consider", "Choose"]);
    expect(made.document.steps.map(({ name }) => name)).toEqual(["Search", "Cart", "Cart 2"]);
  });

  test("comes from a document, in order, without what points outside of the workspace", async () => {
    const elsewhere = newId();
    const document = { ...drawn(), steps: [makeStep("pays", "uses", { ownerId: elsewhere, childMapId: elsewhere }), makeStep("cart", "buys", { ownerId: member.memberId })], cards: [makeCard("one1", "cart", "does", { fileId: elsewhere })] };
    const made = await create({ kind: "document", document });
    expect(made.document.steps).toMatchObject([{ id: "cart", ownerId: member.memberId }, { id: "pays", ownerId: null, childMapId: null }]);
    expect(made.document.cards).toMatchObject([{ fileId: null }]);
  });

  test.each<[string, object, string]>([
    ["a document that is not whole", { from: { kind: "document", document: { ...drawn(), stages: [] } } }, "map_document_broken"],
    ["a segment of nobody", { viewpoint: { kind: "segment", segmentId: "01900000-0000-7000-8000-00000000beef" } }, "map_segment_unknown"],
    ["a persona of a segment of nobody", { viewpoint: { kind: "persona", name: "Ada", story: "", segmentId: "01900000-0000-7000-8000-00000000beef" } }, "map_segment_unknown"],
    ["a customer of nobody", { viewpoint: { kind: "customer", customerId: "01900000-0000-7000-8000-00000000beef" } }, "map_customer_unknown"],
    ["an unknown template", { from: { kind: "template", template: "none" } }, "invalid_input"],
    ["an empty path", { from: { kind: "path", touchpoints: [] } }, "invalid_input"],
  ])("is not drawn from %s", async (_, given, code) => {
    expect(await member.ask("POST", "/api/maps", { name: "Map", from: { kind: "template", template: "blank" }, ...given })).toMatchObject(refusal(400, code));
    expect(await list()).toEqual([]);
  });

  test("keeps the segment it is drawn for from being deleted", async () => {
    const segment = z.object({ id: z.uuid() }).parse((await organisation.manager.ask("POST", "/api/segments", { kind: "list", name: "Regulars" })).body);
    await create({ kind: "template", template: "blank" }, { name: "Of regulars", viewpoint: { kind: "persona", name: "Ada", story: "", segmentId: segment.id } });
    const reply = await organisation.manager.ask("DELETE", `/api/segments/${segment.id}`);
    expect({ status: reply.status, says: reply.text.includes("Of regulars") }).toEqual({ status: 409, says: true });
  });

  test("is read by viewers and not changed by them, and is unknown to strangers", async () => {
    const { id } = await createDrawn();
    const stranger = (await installation.makeOrganisation("stranger")).owner;
    expect(await organisation.viewer.ask("POST", "/api/maps", { name: "Map", from: { kind: "template", template: "blank" } })).toMatchObject(refusal(403, "not_allowed"));
    expect(await organisation.viewer.ask("POST", `/api/maps/${id}/edits`, { id: newId(), knows: 0, edits: [rename("one1", "Looks", "Taken")] })).toMatchObject(refusal(403, "not_allowed"));
    expect(await stranger.ask("POST", `/api/maps/${id}/edits`, { id: newId(), knows: 0, edits: [rename("one1", "Looks", "Taken")] })).toMatchObject(refusal(404, "not_found"));
    expect(await organisation.manager.ask("PATCH", `/api/maps/${id}`, { ownerId: stranger.memberId })).toMatchObject(refusal(400, "map_owner_unknown"));
  });
});

describe("edits", () => {
  test("are carried out, raise the revision and are told to whoever asks", async () => {
    const { id } = await createDrawn();
    expect(await send(id, [rename("one1", "Looks", "Searches"), { do: "measure", lanes: ["words"] }])).toEqual({ revision: 1, missed: [], refused: [] });
    expect(await get(id)).toMatchObject({ revision: 1, document: { measured: ["words"], cards: [{ text: "Searches" }, { text: "Pays" }] } });
    const told = z.object({ items: z.array(editGroup) }).parse((await organisation.viewer.ask("GET", `/api/maps/${id}/edits?after=0`)).body).items;
    expect(told).toMatchObject([{ revision: 1, memberId: member.memberId, edits: [rename("one1", "Looks", "Searches"), { do: "measure", lanes: ["words"] }] }]);
  });

  test("sent again change nothing and are answered alike", async () => {
    const { id } = await createDrawn();
    const [group, edits] = [newId(), [rename("one1", "Looks", "Searches"), rename("two2", "Nothing", "Never")]];
    const first = await send(id, edits, { id: group });
    await send(id, [rename("one1", "Searches", "Finds")], { by: organisation.manager });
    expect(await send(id, edits, { id: group })).toEqual(first);
    expect(await get(id)).toMatchObject({ revision: 2, document: { cards: [{ text: "Finds" }, { text: "Pays" }] } });
  });

  test("that are all refused are answered alike when sent again, and raise nothing", async () => {
    const { id } = await createDrawn();
    const [group, edits] = [newId(), [rename("one1", "Before", "After")]];
    const first = await send(id, edits, { id: group });
    expect(first).toEqual({ revision: 0, missed: [], refused: [{ edit: edits[0], because: "changed_meanwhile", theirs: { text: "Looks" } }] });
    await send(id, [rename("one1", "Looks", "Before")]);
    expect(await send(id, edits, { id: group })).toEqual(first);
    expect((await get(id)).document.cards[0]?.text).toBe("Before");
  });

  test("of two members who did not see each other's both stand where they differ, and the later is told where they do not", async () => {
    const { id } = await createDrawn();
    await send(id, [rename("one1", "Looks", "Mine"), rename("two2", "Pays", "Mine too")]);
    const sent = await send(id, [rename("one1", "Looks", "Theirs"), { do: "change", part: "card", id: "one1", was: { feeling: null }, now: { feeling: -2 } }], { by: organisation.manager });
    expect(sent).toMatchObject({ revision: 2, missed: [{ revision: 1, memberId: member.memberId }], refused: [{ because: "changed_meanwhile", theirs: { text: "Mine" } }] });
    expect((await get(id)).document.cards[0]).toMatchObject({ text: "Mine", feeling: -2 });
  });

  test("of a card whose step was deleted meanwhile are refused, and the words come back to their author", async () => {
    const { id } = await createDrawn();
    await send(id, [{ do: "remove", part: "step", id: "cart" }], { by: organisation.manager });
    const mine = rename("one1", "Looks", "A long thought");
    expect(await send(id, [mine, rename("two2", "Pays", "Kept")])).toMatchObject({ revision: 2, missed: [{ revision: 1 }], refused: [{ edit: mine, because: "gone", theirs: {} }] });
    expect((await get(id)).document.cards).toMatchObject([{ id: "two2", text: "Kept" }]);
  });

  test("sent five times at once, as impatient clients do, are carried out once", async () => {
    const { id } = await createDrawn();
    const [group, edits] = [newId(), [rename("one1", "Looks", "Searches")]];
    const sent = await Promise.all(Array.from({ length: 5 }, () => send(id, edits, { id: group })));
    expect(sent).toEqual(Array.from({ length: 5 }, () => ({ revision: 1, missed: [], refused: [] })));
    expect((await get(id)).revision).toBe(1);
  });

  test("of any kind, from four members at once, leave a whole document that is the fold of all groups", async () => {
    const [begun] = fc.sample(someDocument(), { numRuns: 1, seed: 7 });
    const { id } = await create({ kind: "document", document: begun });
    const groups = fc.sample(editsOf(begun ?? blankDocument()), { numRuns: 60, seed: 11 }).filter((edits) => edits.length > 0);
    const members = [member, organisation.manager, organisation.admin, organisation.owner];
    await Promise.all(members.map(async (by, turn) => {
      for (const edits of groups.filter((_, index) => index % members.length === turn)) await send(id, edits, { by });
    }));
    const { document, revision } = await get(id);
    const { items } = z.object({ items: z.array(editGroup) }).parse((await member.ask("GET", `/api/maps/${id}/edits`)).body);
    expect(items.map((group) => group.revision)).toEqual(Array.from({ length: revision }, (_, index) => index + 1));
    expect(revision).toBeGreaterThan(10);
    expect(items.reduce((current, group) => applyEdits(current, group.edits).document, begun ?? blankDocument())).toEqual(document);
    expect(listFaults(document)).toEqual([]);
    expect((await member.ask("GET", `/api/maps/${id}/revisions/${revision}`)).body).toEqual({ document });
  });

  test("of fifty senders at once all stand, and what was done gives the document that is there", async () => {
    const { id } = await createDrawn();
    const begun = (await get(id)).document;
    const senders = Array.from({ length: 50 }, (_, index) => index);
    const sent = await Promise.all(senders.map((index) => send(id, [
      { do: "put", part: "card", value: makeCard(`new${index}x`, index % 2 === 0 ? "cart" : "pays", "does", { text: `Card ${index}` }), before: index % 3 === 0 ? "one1" : null },
      rename("one1", "Looks", `Sender ${index}`),
    ], { by: index % 2 === 0 ? member : organisation.manager })));

    const { revision, document } = await get(id);
    expect(revision).toBe(50);
    expect(sent.map((one) => one.revision).sort((one, other) => one - other)).toEqual(senders.map((index) => index + 1));
    expect(senders.filter((index) => !document.cards.some((card) => card.text === `Card ${index}`))).toEqual([]);
    expect(sent.filter(({ refused }) => refused.length === 0)).toHaveLength(1);
    const { items } = z.object({ items: z.array(editGroup) }).parse((await member.ask("GET", `/api/maps/${id}/edits?after=0`)).body);
    expect(items.reduce((current, group) => applyEdits(current, group.edits).document, begun)).toEqual(document);
  });

  test("name only members, maps and photos of the workspace", async () => {
    const stranger = await installation.makeOrganisation("stranger");
    const theirs = z.object({ id: z.string() }).parse((await stranger.owner.ask("POST", "/api/maps", { name: "Theirs", from: { kind: "template", template: "blank" } })).body).id;
    const { id } = await createDrawn();
    const sent = await send(id, [
      { do: "change", part: "step", id: "cart", was: { ownerId: null }, now: { ownerId: stranger.owner.memberId } },
      { do: "change", part: "step", id: "cart", was: { childMapId: null }, now: { childMapId: theirs } },
      { do: "change", part: "card", id: "one1", was: { fileId: null }, now: { fileId: newId() } },
      { do: "change", part: "step", id: "cart", was: { ownerId: null }, now: { ownerId: organisation.manager.memberId } },
    ]);
    expect(sent.refused.map(({ because }) => because)).toEqual(["unknown", "unknown", "unknown"]);
    expect((await get(id)).document.steps[0]).toMatchObject({ ownerId: organisation.manager.memberId, childMapId: null });
  });

  test("put no map into itself, at any depth, and not by two members at once", async () => {
    const [outer, inner, innermost] = [await createDrawn(), await createDrawn(), await createDrawn()];
    const nest = (childMapId: string): MapEdit => ({ do: "change", part: "step", id: "cart", was: { childMapId: null }, now: { childMapId } });
    expect((await send(outer.id, [nest(outer.id)])).refused).toMatchObject([{ because: "contains_itself" }]);
    expect((await send(outer.id, [nest(inner.id)])).refused).toEqual([]);
    expect((await send(inner.id, [nest(innermost.id)])).refused).toEqual([]);
    expect((await send(innermost.id, [nest(outer.id)])).refused).toMatchObject([{ because: "contains_itself" }]);

    const [one, other] = [await createDrawn(), await createDrawn()];
    const both = await Promise.all([send(one.id, [nest(other.id)]), send(other.id, [nest(one.id)])]);
    expect(both.flatMap(({ refused }) => refused)).toMatchObject([{ because: "contains_itself" }]);
  });

  test("may come from a program, with the abilities of its key", async () => {
    const { id } = await createDrawn();
    const body = { id: newId(), knows: 0, edits: [rename("one1", "Looks", "Searches")] };
    const ask = async (abilities: string[]) => installation.nobody.ask("POST", `/api/maps/${id}/edits`, body, { authorization: `Bearer ${await installation.makeApiKey(organisation, abilities)}` });
    expect(await ask(["maps.read"])).toMatchObject(refusal(403, "not_allowed"));
    expect(await ask(["maps.write"])).toMatchObject({ status: 200, body: { revision: 1, refused: [] } });
    expect((await member.ask("GET", `/api/maps/${id}/edits`)).body).toMatchObject({ items: [{ memberId: null, memberName: null }] });
    expect(await get(id)).toMatchObject({ changedBy: null, revision: 1 });
  });

  test("are told live", async () => {
    const { id } = await createDrawn();
    await send(id, [rename("one1", "Looks", "Searches")]);
    const { rows } = await installation.services.db.query("select name, payload from platform.events where workspace_id = $1 and name = 'map.changed' order by id", [organisation.workspaceId]);
    expect(rows).toMatchObject([{ payload: { mapId: id, revision: 0 } }, { payload: { mapId: id, revision: 1 } }]);
  });
});

describe("the history of a map", () => {
  const historyOf = async (id: string, query = "") => z.object({ items: z.array(historyLine), nextCursor: z.string().nullable() }).parse((await organisation.viewer.ask("GET", `/api/maps/${id}/history${query}`)).body);

  test("says who did what, joins what belongs together, and brings every state back", async () => {
    const { id } = await createDrawn();
    await send(id, [rename("one1", "Looks", "Searches")]);
    now = new Date("2026-06-10T12:04:00Z");
    await send(id, [rename("one1", "Searches", "Finds"), { do: "put", part: "stage", value: makeStage("asks", { name: "<i>Asks</i>" }), before: null }]);
    await send(id, [{ do: "remove", part: "stage", id: "buys" }], { by: organisation.manager });
    now = new Date("2026-06-10T12:30:00Z");
    expect((await historyOf(id)).items).toMatchObject([
      { revision: 3, memberId: organisation.manager.memberId, changes: 1, summary: "1 stage removed" },
      { revision: 2, memberId: member.memberId, at: "2026-06-10T12:04:00.000Z", changes: 3, summary: '2 cards changed, stage "<i>Asks</i>" added' },
    ]);
    expect((await organisation.viewer.ask("GET", `/api/maps/${id}/revisions/0`)).body).toEqual({ document: drawn() });
    expect(await organisation.viewer.ask("GET", `/api/maps/${id}/revisions/4`)).toMatchObject(refusal(404, "map_revision_unknown"));

    const wanted = z.object({ document: z.unknown() }).parse((await organisation.viewer.ask("GET", `/api/maps/${id}/revisions/2`)).body).document;
    const restored = readMap(await member.ask("POST", `/api/maps/${id}/restorations`, { revision: 2 }));
    expect(restored).toMatchObject({ revision: 4, document: wanted });
    expect((await historyOf(id)).items[0]).toMatchObject({ revision: 4, restoredRevision: 2, summary: "Brought revision 2 back" });
    expect(readMap(await member.ask("POST", `/api/maps/${id}/restorations`, { revision: 4 })).revision).toBe(4);
    // What was undone is not lost either, and the others hear of it like of any edit.
    expect(readMap(await member.ask("POST", `/api/maps/${id}/restorations`, { revision: 3 })).document.stages.map((stage) => stage.id)).toEqual(["uses", "asks"]);
  });

  test("comes page by page", async () => {
    const { id } = await createDrawn();
    for (const revision of [0, 1, 2, 3, 4]) {
      now = new Date(Date.UTC(2026, 5, 10, 12, 10 * revision));
      await send(id, [rename("one1", revision === 0 ? "Looks" : `Text ${revision - 1}`, `Text ${revision}`)]);
    }
    const first = await historyOf(id, "?limit=2");
    const second = await historyOf(id, `?limit=2&cursor=${first.nextCursor}`);
    const third = await historyOf(id, `?limit=2&cursor=${second.nextCursor}`);
    expect([first, second, third].map(({ items }) => items.map(({ revision }) => revision))).toEqual([[5, 4], [3, 2], [1]]);
    expect(third.nextCursor).toBeNull();
    expect(await member.ask("GET", `/api/maps/${id}/history?cursor=none`)).toMatchObject(refusal(400, "map_cursor_wrong"));
  });

  test("is told in parts when groups are large, and still brings every state back", async () => {
    const texts = Array.from({ length: 500 }, (_, index) => `card${index}`);
    const { id, document } = await create({ kind: "document", document: { ...drawn(), cards: texts.map((text) => makeCard(text, "cart", "does", { text: "0" })) } });
    for (let turn = 0; turn < 12; turn += 1) {
      now = new Date(Date.UTC(2026, 5, 11, 0, 10 * turn));
      await send(id, texts.map((card) => rename(card, String(turn), String(turn + 1))));
    }
    const told = z.object({ items: z.array(editGroup) }).parse((await member.ask("GET", `/api/maps/${id}/edits`)).body).items;
    expect(told.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const pages = [await historyOf(id)];
    for (let cursor = pages[0]?.nextCursor; typeof cursor === "string"; cursor = pages.at(-1)?.nextCursor) pages.push(await historyOf(id, `?cursor=${cursor}`));
    expect(pages.flatMap(({ items }) => items.map(({ revision, changes }) => [revision, changes]))).toEqual(Array.from({ length: 12 }, (_, index) => [12 - index, 500]));
    const after = z.object({ document: z.object({ cards: z.array(z.object({ text: z.string() })) }) }).parse((await member.ask("GET", `/api/maps/${id}/revisions/12`)).body);
    expect(after.document.cards.filter(({ text }) => text === "12")).toHaveLength(500);
    expect((await member.ask("GET", `/api/maps/${id}/revisions/0`)).body).toEqual({ document });
  });

  test("brings a state back without the members and maps that are gone since", async () => {
    const [{ id }, child] = [await createDrawn(), await createDrawn()];
    await send(id, [{ do: "change", part: "step", id: "cart", was: { childMapId: null, name: "cart" }, now: { childMapId: child.id, name: "Nested" } }]);
    await send(id, [{ do: "change", part: "step", id: "cart", was: { childMapId: child.id, name: "Nested" }, now: { childMapId: null, name: "Flat" } }]);
    await member.ask("DELETE", `/api/maps/${child.id}`);
    expect(readMap(await member.ask("POST", `/api/maps/${id}/restorations`, { revision: 1 })).document.steps[0]).toMatchObject({ name: "Nested", childMapId: null });
  });
});

describe("a copy", () => {
  test("has the same parts under the same ids, knows where it comes from, and goes its own way", async () => {
    const source = await createDrawn();
    const copy = readMap(await member.ask("POST", `/api/maps/${source.id}/copies`, { name: "As it shall be", state: "to_be" }), 201);
    expect(copy).toMatchObject({ state: "to_be", basedOn: { id: source.id, name: "First purchase" }, revision: 0, document: source.document });
    await send(copy.id, [{ do: "remove", part: "stage", id: "buys" }]);
    expect((await get(source.id)).document).toEqual(source.document);
    await member.ask("DELETE", `/api/maps/${source.id}`);
    expect((await get(copy.id)).basedOn).toBeNull();
  });
});

describe("hostile requests", () => {
  test("a map of 3,000 cards takes edits, and no card more", async () => {
    const full = orderDocument({ ...drawn(), cards: Array.from({ length: 3_000 }, (_, index) => makeCard(`card${index}`, index % 2 === 0 ? "cart" : "pays", "does", { text: `<img src=x onerror=alert(${index})>` })) });
    const { id } = await create({ kind: "document", document: full });
    const more: MapEdit[] = Array.from({ length: 499 }, (_, index) => ({ do: "change", part: "card", id: `card${index}`, was: { text: `<img src=x onerror=alert(${index})>` }, now: { text: "Safe" } }));
    const sent = await send(id, [...more, { do: "put", part: "card", value: makeCard("onemore", "cart", "does"), before: null }]);
    expect(sent.refused).toMatchObject([{ because: "full" }]);
    expect((await get(id)).document.cards.filter(({ text }) => text === "Safe")).toHaveLength(499);
  });

  test.each<[string, () => object, number, string]>([
    ["501 edits", () => ({ id: newId(), knows: 0, edits: Array.from({ length: 501 }, () => ({ do: "measure", lanes: [] })) }), 400, "invalid_input"],
    ["no edits", () => ({ id: newId(), knows: 0, edits: [] }), 400, "invalid_input"],
    ["an edit of nothing known", () => ({ id: newId(), knows: 0, edits: [{ do: "burn", part: "stage", id: "buys" }] }), 400, "invalid_input"],
    ["a part id that is a path", () => ({ id: newId(), knows: 0, edits: [{ do: "remove", part: "stage", id: "../../etc" }] }), 400, "invalid_input"],
    ["a zero byte", () => ({ id: newId(), knows: 0, edits: [rename("one1", "Looks", "a\u0000b")] }), 400, "invalid_input"],
    ["half a sign", () => ({ id: newId(), knows: 0, edits: [rename("one1", "Looks", "a\ud800b")] }), 400, "invalid_input"],
    ["more than a megabyte", () => ({ id: newId(), knows: 0, edits: [rename("one1", "Looks", "a".repeat(1_100_000))] }), 413, "too_large"],
  ])("%s: refused, nothing changed", async (_, body, status, code) => {
    const { id } = await createDrawn();
    expect(await member.ask("POST", `/api/maps/${id}/edits`, body())).toMatchObject(refusal(status, code));
    expect(await get(id)).toMatchObject({ revision: 0, document: drawn() });
  });
});
