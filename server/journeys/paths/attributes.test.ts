import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { attributesReply, traitValuesReply } from "./paths.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
let stranger: Organisation;

const say = async ({ workspaceId }: Organisation, user: string, traits: Record<string, unknown>): Promise<void> => {
  await insertInteractions(firsthand.services.db, workspaceId, [makeInteraction(workspaceId, { type: "identify", name: "identify", subject: `user:${user}`, userId: user, message: JSON.stringify({ type: "identify", traits }) })]);
};

beforeAll(async () => {
  firsthand = await makeInstallation();
  [organisation, stranger] = [await firsthand.makeOrganisation(), await firsthand.makeOrganisation()];
  for (const [user, plan] of [["one", "Gold"], ["two", "Basic"], ["three", "Basic"]] as const) await say(organisation, user, { plan, "a=b": 1 });
  await say(stranger, "four", { plan: "Golden handshake", secret: "x" });
  await firsthand.settle();
  // Whoever came since: more than are looked at where only the latest count.
  await firsthand.services.db.query("insert into customers.identifiers (workspace_id, kind, value) select $1, 'user', 'later ' || number from generate_series(1, 2100) number", [organisation.workspaceId]);
});
afterAll(() => firsthand.stop());

const listValues = async (query: string): Promise<string[]> => traitValuesReply.parse((await organisation.viewer.ask("GET", `/api/paths/trait-values?${query}`)).body).values;

test("Traits can be chosen however long ago the last customer came who has them, save those that cannot be asked for", async () => {
  expect(attributesReply.parse((await organisation.viewer.ask("GET", "/api/paths/attributes")).body).traits).toEqual(["plan"]);
});

test.each([
  ["all of them, those said most often first", "name=plan", ["Basic", "Gold"]],
  ["those that hold what was typed, in large or small letters", "name=plan&search=gO", ["Gold"]],
  ["none that nobody has", "name=plan&search=silver", []],
  ["none of a trait nobody has", "name=secret", []],
])("Values of a trait are found among all customers of the workspace: %s", async (_, query, values) => {
  expect(await listValues(query)).toEqual(values);
});

test("They are told to whoever may read customers", async () => {
  const token = await firsthand.makeApiKey(organisation, ["paths.read"]);
  expect((await firsthand.nobody.ask("GET", "/api/paths/trait-values?name=plan", undefined, { authorization: `Bearer ${token}` })).status).toBe(403);
  expect((await organisation.viewer.ask("GET", "/api/paths/trait-values?name=a=b")).status).toBe(400);
});
