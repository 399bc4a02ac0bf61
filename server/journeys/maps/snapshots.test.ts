import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { newId } from "#platform/db";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { blankDocument, makeCard, makeLane, makeStage, makeStep } from "./document.make.ts";
import { mapDocument, type MapDocument } from "./document.contract.ts";
import { orderDocument } from "./document.rules.ts";
import { sentEdits, type MapEdit } from "./edits.contract.ts";
import { journeyMap, type JourneyMap } from "./maps.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation({ environment: { RATE_LIMIT_FACTOR: "1000" } });
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const drawn = (): MapDocument => orderDocument({
  ...blankDocument(), stages: [makeStage("buys"), makeStage("uses")], steps: [makeStep("cart", "buys"), makeStep("pays", "buys")], lanes: [makeLane("does")], cards: [makeCard("one1", "cart", "does", { text: "0" })],
});
const create = async (document: MapDocument): Promise<string> =>
  journeyMap.parse((await organisation.agent.ask("POST", "/api/maps", { name: "Buying", from: { kind: "document", document } })).body).id;
const send = async (id: string, edits: MapEdit[]): Promise<number> => {
  const reply = await organisation.agent.ask("POST", `/api/maps/${id}/edits`, { id: newId(), knows: 0, edits });
  const { refused, revision } = sentEdits.parse(reply.body);
  expect(refused).toEqual([]);
  return revision;
};
const look = async (id: string, revision: number): Promise<MapDocument> => z.object({ document: mapDocument }).parse((await organisation.viewer.ask("GET", `/api/maps/${id}/revisions/${revision}`)).body).document;
const restore = async (id: string, revision: number): Promise<JourneyMap> => journeyMap.parse((await organisation.agent.ask("POST", `/api/maps/${id}/restorations`, { revision })).body);
const snapshotsOf = async (id: string): Promise<number[]> =>
  (await installation.services.db.query<{ revision: number }>("select revision from journeys.map_snapshots where map_id = $1 order by revision", [id])).rows.map(({ revision }) => revision);
const forget = (id: string): Promise<unknown> => installation.services.db.query("delete from journeys.map_snapshots where map_id = $1", [id]);

/** Edits of every kind, so that each state is another: words, places, parts that come and go. */
const editsAt = (turn: number): MapEdit[] => {
  const edits: MapEdit[] = [{ do: "change", part: "card", id: "one1", was: { text: String(turn) }, now: { text: String(turn + 1) } }];
  if (turn % 7 === 3) edits.push({ do: "put", part: "card", value: makeCard(`card${turn}`, "pays", "does", { text: `of ${turn}` }), before: null });
  if (turn % 14 === 12) edits.push({ do: "remove", part: "card", id: `card${turn - 2}` });
  if (turn % 11 === 5) edits.push({ do: "move", part: "stage", id: "uses", before: (turn - 5) % 22 === 0 ? "buys" : null });
  return edits;
};

test("states are looked at and brought back alike with the snapshots of a long history and without them", async () => {
  const id = await create(drawn());
  for (let turn = 0; turn < 260; turn += 1) expect(await send(id, editsAt(turn))).toBe(turn + 1);
  const kept = await snapshotsOf(id);
  expect(kept).toHaveLength(3);
  const around = [0, 1, ...kept.flatMap((revision) => [revision - 1, revision, revision + 1]), 260];
  const looked = await Promise.all(around.map((revision) => look(id, revision)));
  const [, second = 0] = kept;
  const restored = await restore(id, second + 1);
  expect(restored.document).toEqual(looked[around.indexOf(second + 1)]);

  await forget(id);
  expect(await Promise.all(around.map((revision) => look(id, revision)))).toEqual(looked);
  expect(looked[around.indexOf(second)]?.cards[0]?.text).toBe(String(second));
  await restore(id, 260);
  expect((await restore(id, second + 1)).document).toEqual(restored.document);
});

test("a state is read from the snapshot before it, not from the beginning", async () => {
  const id = await create(drawn());
  for (let turn = 0; turn < 100; turn += 1) await send(id, editsAt(turn));
  const [revision = 0] = await snapshotsOf(id);
  await installation.services.db.query("update journeys.map_snapshots set document = jsonb_set(document, '{cards,0,text}', '\"as kept\"') where map_id = $1", [id]);
  expect([(await look(id, revision)).cards[0]?.text, (await look(id, revision - 1)).cards[0]?.text]).toEqual(["as kept", String(revision - 1)]);
});

test("a large map is kept less often: only after as many edits as it has parts", async () => {
  const cards = Array.from({ length: 300 }, (_, index) => makeCard(`card${index}`, "cart", "does", { text: "0" }));
  const id = await create(orderDocument({ ...drawn(), cards }));
  const all = (turn: number): MapEdit[] => cards.map((card) => ({ do: "change", part: "card", id: card.id, was: { text: String(turn) }, now: { text: String(turn + 1) } }));
  await send(id, all(0));
  expect(await snapshotsOf(id)).toEqual([]);
  await send(id, all(1));
  expect(await snapshotsOf(id)).toEqual([2]);
});

test("of a very long history fifty snapshots are kept, evenly, and every state is still read", async () => {
  const id = await create(drawn());
  // A hundred edits at once make a snapshot of their own.
  const many = (turn: number): MapEdit[] => Array.from({ length: 100 }, (_, at) => ({ do: "change", part: "card", id: "one1", was: { text: String(turn * 100 + at) }, now: { text: String(turn * 100 + at + 1) } }));
  for (let turn = 0; turn < 130; turn += 1) expect(await send(id, many(turn))).toBe(turn + 1);

  const kept = await snapshotsOf(id);
  expect([kept.length, kept.at(-1)]).toEqual([50, 130]);
  expect(Math.max(...kept.map((revision, place) => revision - (kept[place - 1] ?? 0)))).toBeLessThanOrEqual(6);
  for (const revision of [0, 1, 2, 57, 129, 130]) expect((await look(id, revision)).cards[0]?.text).toBe(String(revision * 100));
}, 60_000);

test("a map with far more snapshots has fifty, evenly, after the next edit", async () => {
  const id = await create(drawn());
  const { db } = installation.services;
  await db.query("update journeys.maps set revision = 9000 where id = $1", [id]);
  await db.query("insert into journeys.map_snapshots (workspace_id, map_id, revision, document) select workspace_id, id, place * 100, document from journeys.maps, generate_series(1, 90) place where id = $1", [id]);

  expect(await send(id, editsAt(0))).toBe(9001);

  const kept = await snapshotsOf(id);
  expect([kept.length, kept.at(-1)]).toEqual([50, 9000]);
  expect(Math.max(...kept.map((revision, place) => revision - (kept[place - 1] ?? 0)))).toBe(200);
});

test("snapshots go with their map", async () => {
  const id = await create(drawn());
  for (let turn = 0; turn < 100; turn += 1) await send(id, editsAt(turn));
  expect(await snapshotsOf(id)).toHaveLength(1);
  expect((await organisation.agent.ask("DELETE", `/api/maps/${id}`)).status).toBe(204);
  expect(await snapshotsOf(id)).toEqual([]);
});
