// What can be chosen to narrow figures by: everything that is known, not only what a few answers name.
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions, insertPerceptions, searchTraitValues } from "#customers";
import { transaction } from "#platform/db";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { knownValuesReply } from "./known-values.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

const known = async (query: string, who: Client = organisation.viewer) => {
  const reply = await who.ask("GET", `/api/metrics/values?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return knownValuesReply.parse(reply.body);
};
const valuesOf = async (query: string) => (await known(query)).items.map(({ value }) => value);

test("are those of all facts, scores and comments, however old, and those of the register that were not met yet", async () => {
  organisation = await firsthand.makeOrganisation();
  const { db } = firsthand.services;
  const comment = { kind: "comment" as const, value: null, scaleMin: null, scaleMax: null, text: "Irrelevant." };
  await insertPerceptions(db, organisation.workspaceId, [
    ...[1, 2, 3].map(() => makePerception({ ...comment, touchpoint: "Delivery", at: "2019-06-01T12:00:00.000Z" })), makePerception({ kind: "stars", value: 5, scaleMin: 1, scaleMax: 5, touchpoint: "Delivery", channel: "web" }),
    makePerception({ touchpoint: "Delivery desk" }), makePerception({ ...comment, touchpoint: null }),
  ]);
  await insertInteractions(db, organisation.workspaceId, [1, 2].map(() => makeInteraction(organisation.workspaceId, { touchpoint: "Invoice" })));
  const made = await organisation.manager.ask("POST", "/api/touchpoints", { name: "Workshop", environment: "Hall 3" });
  expect(made.status, made.text).toBe(201);
  await firsthand.settle();

  expect(await valuesOf("by=touchpoint")).toEqual(["Delivery", "Invoice", null, "Delivery desk", "Workshop"]);
  expect(await valuesOf("by=environment")).toContain("Hall 3");
  expect(await known("by=touchpoint&search=dELIV&limit=1")).toEqual({ items: [{ value: "Delivery", label: "Delivery" }], chosen: [], isMore: true });
  expect(await known("by=touchpoint&search=shop")).toMatchObject({ items: [{ value: "Workshop" }], isMore: false });
  expect(await known("by=touchpoint&search=nowhere")).toMatchObject({ items: [], isMore: false });

  const stranger = await firsthand.makeOrganisation();
  expect((await known("by=touchpoint", stranger.owner)).items).toEqual([]);
});

test("go by name where they have an id, with the names of those chosen before", async () => {
  organisation = await firsthand.makeOrganisation();
  const team = (await organisation.manager.ask("POST", "/api/teams", { name: "Desk" })).body;
  await organisation.manager.ask("POST", "/api/segments", { kind: "list", name: "Regulars" });
  const survey = (await organisation.manager.ask("POST", "/api/surveys", { name: "Onboarding" })).body;
  const idOf = (one: unknown): string => String(Reflect.get(Object(one), "id"));

  expect((await known("by=team&search=des")).items).toEqual([{ value: idOf(team), label: "Desk" }]);
  expect((await known(`by=team&search=nobody&chosen=${idOf(team)}&chosen=`))).toEqual({ items: [], chosen: [{ value: idOf(team), label: "Desk" }, { value: null, label: null }], isMore: false });
  expect((await known("by=segment")).items.map(({ label }) => label)).toEqual(["Regulars"]);
  expect((await known("by=survey&search=board")).items).toEqual([{ value: idOf(survey), label: "Onboarding" }]);
  expect((await known("by=member&search=agent")).items).toHaveLength(1);

  // Values of traits are customers' own, and who belongs to the workspace is not for every key either.
  const key = await firsthand.makeApiKey(organisation, ["metrics.read"]);
  for (const by of ["trait:plan", "member"]) {
    const asked = await firsthand.nobody.ask("GET", `/api/metrics/values?by=${by}`, undefined, { authorization: `Bearer ${key}` });
    expect([asked.status, asked.body], by).toMatchObject([403, { error: { code: "not_allowed" } }]);
  }
  expect((await known("by=trait:plan")).items).toEqual([]);
});

test("of traits are searched among everybody, not only among whoever was met last", async () => {
  organisation = await firsthand.makeOrganisation();
  const say = (number: number, value: string) => firsthand.services.db.query(
    `with identifier as (insert into customers.identifiers (workspace_id, kind, value) select $1, 'user', $3 || number from generate_series(1, $2::int) number returning id)
     insert into customers.traits (identifier_id, name, value, at, source) select id, 'city', to_jsonb($3::text), '2026-01-01', 'interaction' from identifier`,
    [organisation.workspaceId, number, value],
  );
  await say(3, "Old Harbour");
  await say(2_100, "Newtown");

  expect(await valuesOf("by=trait:city")).toEqual(["Newtown", "Old Harbour"]);
  expect(await known("by=trait:city&search=hARB")).toMatchObject({ items: [{ value: "Old Harbour" }], isMore: false });
  expect(await known("by=trait:city&limit=1")).toMatchObject({ items: [{ value: "Newtown" }], isMore: true });
  expect((await known("by=trait:city", (await firsthand.makeOrganisation()).owner)).items).toEqual([]);
});

test("of a trait whose name ends in a number are not taken for those of another name", async () => {
  organisation = await firsthand.makeOrganisation();
  await firsthand.services.db.query(
    `with identifier as (insert into customers.identifiers (workspace_id, kind, value) values ($1, 'user', 'one') returning id)
     insert into customers.traits (identifier_id, name, value, at, source)
     select id, said.name, to_jsonb(said.value), '2026-01-01', 'interaction' from identifier, (values ('plan', '5 seats'), ('plan 5', 'five seats')) said (name, value)`,
    [organisation.workspaceId],
  );
  // Of the one "5 5 seats" is left when blanks join what is asked, of the other as well.
  expect(await valuesOf("by=trait:plan&limit=5&search=5%20seats")).toEqual(["5 seats"]);
  expect(await valuesOf("by=trait:plan%205&limit=5&search=seats")).toEqual(["five seats"]);
});

test("of traits are given up where the database does not answer", async () => {
  const { db } = firsthand.services;
  await transaction(db, async (tx) => {
    await tx.query("lock table customers.traits in access exclusive mode");
    await expect(searchTraitValues(db, organisation.workspaceId, { name: "city", search: "", limit: 10 }, 50)).rejects.toMatchObject({ code: "57014" });
  });
});
