import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { journeyMap, listedMap, type JourneyMap } from "./maps.contract.ts";

let installation: Installation;
let organisation: Organisation;
let member: Client;

beforeAll(async () => {
  installation = await makeInstallation();
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  member = organisation.agent;
});

const made = z.object({ id: z.uuid() });
const makePersona = async (story: string | null = "Orders on the train."): Promise<string> =>
  made.parse((await organisation.manager.ask("POST", "/api/segments", { kind: "live", name: "Priya", story, rule: { match: "all", conditions: [] } })).body).id;
const change = async (id: string, body: object): Promise<void> => expect((await organisation.manager.ask("PATCH", `/api/segments/${id}`, body)).status).toBe(200);
const personaOf = (personaId: string | null, given: object = {}): object => ({ kind: "persona", name: "as sent", story: "as sent", segmentId: null, personaId, ...given });
const blank = { kind: "template", template: "blank" };
const draw = async (viewpoint: object, from: object = blank): Promise<JourneyMap> => {
  const reply = await member.ask("POST", "/api/maps", { name: "Buying", viewpoint, from });
  expect({ status: reply.status, text: reply.status === 201 ? "" : reply.text }).toEqual({ status: 201, text: "" });
  return journeyMap.parse(reply.body);
};
const get = async (id: string): Promise<JourneyMap> => journeyMap.parse((await organisation.viewer.ask("GET", `/api/maps/${id}`)).body);
const stored = async (id: string): Promise<unknown> => (await installation.services.db.query<{ viewpoint: unknown }>("select viewpoint from journeys.maps where id = $1", [id])).rows[0]?.viewpoint;
const nobody = "01900000-0000-7000-8000-00000000beef";

test("a map for a persona of the workspace shows the name and story it has now, and is measured from its customers", async () => {
  const personaId = await makePersona();
  const { id, viewpoint } = await draw(personaOf(personaId));
  expect(viewpoint).toEqual({ kind: "persona", name: "Priya", story: "Orders on the train.", segmentId: personaId, personaId });
  expect((await member.ask("GET", `/api/maps/${id}/overlay`)).body).toMatchObject({ viewpoint: "segment", segments: [{ id: personaId }] });

  await change(personaId, { name: "Priya N.", story: "Orders at night." });
  expect(await get(id)).toMatchObject({ isPersonaGone: false, viewpoint: { name: "Priya N.", story: "Orders at night." } });
  const { items } = z.object({ items: z.array(listedMap) }).parse((await member.ask("GET", "/api/maps")).body);
  expect(items).toMatchObject([{ id, viewpoint: { name: "Priya N." } }]);
});

test("what is no persona any more leaves its last name and story, and is live again when it becomes one", async () => {
  const personaId = await makePersona();
  const { id } = await draw(personaOf(personaId));
  await change(personaId, { name: "Priya N." });
  await installation.settle();
  expect(await stored(id)).toMatchObject({ name: "Priya N." });

  await change(personaId, { name: "Commuters", story: null });
  await installation.settle();
  expect(await get(id)).toMatchObject({ isPersonaGone: true, viewpoint: { name: "Priya N.", story: "Orders on the train.", personaId } });
  await change(personaId, { name: "Priya again", story: "Back." });
  expect(await get(id)).toMatchObject({ isPersonaGone: false, viewpoint: { name: "Priya again", story: "Back." } });

  await installation.settle();
  await installation.services.db.query("delete from customers.segments where id = $1", [personaId]);
  expect(await get(id)).toMatchObject({ isPersonaGone: true, viewpoint: { name: "Priya again" } });
});

test("pages with the map open hear that its persona is told anew, and nothing of who belongs to it", async () => {
  const personaId = made.parse((await organisation.manager.ask("POST", "/api/segments", { kind: "list", name: "Priya", story: "Orders on the train." })).body).id;
  const { id } = await draw(personaOf(personaId));
  const heard = async (act: () => Promise<unknown>): Promise<number> => {
    const before = await countTold();
    await act();
    await installation.settle();
    return (await countTold()) - before;
  };
  expect({
    listed: await heard(async () => expect((await organisation.manager.ask("POST", `/api/segments/${personaId}/entries`, { identifiers: ["priya@example.org"] })).status).toBe(201)),
    described: await heard(() => change(personaId, { description: "From the survey.", story: "Orders on the train." })),
    told: await heard(() => change(personaId, { story: "Another." })),
    gone: await heard(() => change(personaId, { story: null })),
    back: await heard(() => change(personaId, { story: "Another." })),
    revision: (await get(id)).revision,
  }).toEqual({ listed: 0, described: 0, told: 1, gone: 1, back: 1, revision: 0 });
});

const countTold = async (): Promise<number> =>
  (await installation.services.db.query<{ count: number }>("select count(*)::int as count from platform.events where name = 'map.changed'")).rows[0]?.count ?? 0;

test("maps of before personas could be chosen stay as they were", async () => {
  const { id } = await draw({ kind: "everyone" });
  await installation.services.db.query("update journeys.maps set viewpoint = $2 where id = $1", [id, JSON.stringify({ kind: "persona", name: "Ada", story: "In a hurry", segmentId: null })]);
  expect(await get(id)).toMatchObject({ isPersonaGone: false, viewpoint: { kind: "persona", name: "Ada", story: "In a hurry", segmentId: null, personaId: null } });
});

test.each<[string, object, string]>([
  ["nobody's", personaOf(nobody), "map_persona_unknown"],
  ["made up of a segment of nobody", personaOf(null, { segmentId: nobody }), "map_segment_unknown"],
])("a persona that is %s is refused", async (_, viewpoint, code) => {
  expect(await member.ask("POST", "/api/maps", { name: "Map", viewpoint, from: blank })).toMatchObject({ status: 400, body: { error: { code } } });
});

test("a segment without a story is no persona, and strangers' personas are unknown", async () => {
  const stranger = (await installation.makeOrganisation("stranger")).owner;
  for (const [by, id] of [[member, await makePersona(null)], [stranger, await makePersona()]] as const) {
    expect(await by.ask("POST", "/api/maps", { name: "Map", viewpoint: personaOf(id), from: blank })).toMatchObject({ status: 400, body: { error: { code: "map_persona_unknown" } } });
  }
});

test("personas to choose from are segments with a story", async () => {
  const personaId = await makePersona();
  await organisation.manager.ask("POST", "/api/segments", { kind: "list", name: "Regulars" });
  expect((await member.ask("GET", "/api/segments?personas=true")).body).toMatchObject({ items: [{ id: personaId, story: "Orders on the train." }], nextCursor: null });
});

test("a file keeps the persona where it is known, and elsewhere its name and story", async () => {
  const personaId = await makePersona();
  const { id } = await draw(personaOf(personaId));
  const file = z.object({ viewpoint: z.record(z.string(), z.unknown()), document: z.unknown() }).parse(JSON.parse((await member.ask("GET", `/api/maps/${id}/map.json`)).text));
  expect(file.viewpoint).toMatchObject({ name: "Priya", personaId });
  expect((await draw(file.viewpoint, { kind: "document", document: file.document })).viewpoint).toMatchObject({ name: "Priya", personaId });

  const stranger = (await installation.makeOrganisation("elsewhere")).owner;
  const there = await stranger.ask("POST", "/api/maps", { name: "Buying", viewpoint: file.viewpoint, from: { kind: "document", document: file.document } });
  expect(there).toMatchObject({ status: 201, body: { isPersonaGone: false, viewpoint: { kind: "persona", name: "Priya", story: "Orders on the train.", segmentId: null, personaId: null } } });
});

test("a copy follows the persona as the first does", async () => {
  const personaId = await makePersona();
  const { id } = await draw(personaOf(personaId));
  expect((await member.ask("POST", `/api/maps/${id}/copies`, { name: "Better", state: "to_be" })).body).toMatchObject({ viewpoint: { name: "Priya", personaId } });
});

test("a copy of a map whose persona is gone waits for it as the first does", async () => {
  const personaId = await makePersona();
  const { id } = await draw(personaOf(personaId));
  await change(personaId, { story: null });
  const copy = journeyMap.parse((await member.ask("POST", `/api/maps/${id}/copies`, { name: "Better", state: "to_be" })).body);
  expect(copy).toMatchObject({ isPersonaGone: true, viewpoint: { name: "Priya", story: "Orders on the train.", personaId } });
  await change(personaId, { story: "Back." });
  expect(await get(copy.id)).toMatchObject({ isPersonaGone: false, viewpoint: { name: "Priya", story: "Back." } });
});
