// Coming back, on the paths asked for: by what cuts them and what narrows them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { returnReply } from "./paths.contract.ts";

let firsthand: Installation;
let organisation: Organisation;
const startMs = Date.parse("2026-06-01T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-07-01T00:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
  // What was met, on which day, and of which order.
  const walks: Record<string, [string, number, (string | string[])?][]> = {
    // Buys, and buys again eight days later.
    again: [["Home", 0], ["Buy", 0.01, "o1"], ["Home", 8], ["Buy", 8.01, "o2"]],
    // Buys, and is back a week later to look, and to have the same order mended.
    looks: [["Home", 0], ["Buy", 0.01, "o3"], ["Home", 8], ["Mend", 9, "o3"]],
    // Only ever looks.
    never: [["Home", 0], ["Home", 8], ["Home", 9]],
    // Bought before, too.
    known: [["Buy", -10, "o4"], ["Buy", 1, "o5"], ["Buy", 9, "o6"]],
    // Buys two things at once, and gets them one after the other.
    both: [["Pay", 1, ["o7", "o8"]], ["Get", 9, "o7"], ["Get", 17, "o8"]],
    // Buys one thing, and asks for it and another later.
    asks: [["Pay", 1, "o9"], ["Ask", 9, ["o9", "o10"]]],
    // Buys two things at once, and asks for the second and another later.
    tied: [["Order", 1, ["o11", "o12"]], ["Ask", 9, ["o12", "o13"]]],
    // The same, for the first of both.
    untied: [["Order", 1, ["o14", "o15"]], ["Ask", 9, ["o14", "o16"]]],
    // Gets what was bought first before what was bought meanwhile.
    gets: [["Choose", 1, "o17"], ["Choose", 2, "o18"], ["Deliver", 3, "o17"], ["Deliver", 12, "o18"]],
    // Says until when anything is known.
    last: [["End", 29]],
  };
  const rows = Object.entries(walks).flatMap(([who, steps]) => steps.map(([touchpoint, day, order]) => makeInteraction(organisation.workspaceId, {
    subject: `user:${who}`, userId: who, name: touchpoint, touchpoint, channel: touchpoint === "Mend" ? "phone" : "web", at: new Date(startMs + day * 86_400_000).toISOString(), message: order === undefined ? null : JSON.stringify({ properties: { order_id: order } }),
  })));
  await insertInteractions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
});
afterAll(() => firsthand.stop());

const ask = (query: string, client: Client = organisation.viewer) => client.ask("GET", `/api/paths/retention?from=2026-06-01T00:00:00Z&to=2026-07-01&unit=week&most=1&${query}`);

// Customers first met, and how many of them came back in the second week.
test.each([
  ["all of one customer", "", 9, 8],
  ["all of those who bought", "passes=Buy", 2, 2],
  ["from the first buying to another", "passes=Buy&first=Buy&back=Buy", 2, 1],
  ["visits", "cut=session", 9, 8],
  ["visits with buying in them", "cut=session&passes=Buy", 2, 1],
  ["visits with buying in them, from their first step to another buying", "cut=session&passes=Buy&back=Buy", 2, 1],
  ["visits without buying", "cut=session&avoids=Buy", 8, 6],
  ["orders, where what tells of two at once is no coming back", "cut=object&object=order_id", 7, 2],
  ["orders, from getting one to getting another bought before that", "cut=object&object=order_id&first=Deliver&back=Deliver", 1, 1],
  ["orders, from getting one to getting another bought with it", "cut=object&object=order_id&first=Get&back=Get", 1, 0],
  ["orders that were mended", "cut=object&object=order_id&passes=Mend", 1, 0],
  ["from buying to mending", "cut=touchpoint&start=Buy&end=Mend", 2, 1],
  ["those of one channel", "channel=phone", 1, 0],
])("%s", async (_, query, customers, returned) => {
  const reply = await ask(query);
  expect(reply.status, reply.text).toBe(200);
  const { points, ...found } = returnReply.parse(reply.body);
  expect([found.customers, points[0]?.returned]).toEqual([customers, returned]);
});

test("is not asked by what customers carry without the right to see them, nor by a cut that is not said", async () => {
  expect((await ask("cut=object")).body).toMatchObject({ error: { code: "path_cut_unclear" } });
  const token = await firsthand.makeApiKey(organisation, ["paths.read"]);
  const reply = await firsthand.nobody.ask("GET", "/api/paths/retention?trait=plan%3Dgold", undefined, { authorization: `Bearer ${token}` });
  expect(reply.status).toBe(403);
});
