// What is beyond a limit is said: nothing is told as a whole that is a part.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { makeStage, makeStep } from "../maps/document.make.ts";
import { bindSteps } from "../overlays/spots.rules.ts";
import { recallNaming } from "../touchpoints/naming.ts";
import { nameActivities } from "./activities.rules.ts";
import { alignedCasesReply, deviationsReply } from "./deviations.contract.ts";
import { countVariants, listMetSpots, type CountedVariants } from "./traces.queries.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const startMs = Date.UTC(2026, 3, 1);
/** One interaction a second, in order. */
const add = async (traces: ReadonlyMap<string, readonly string[]>, channelOf: (who: string) => string = () => "web"): Promise<void> => {
  const rows = [...traces].flatMap(([who, touchpoints]) => touchpoints.map((touchpoint, second) =>
    makeInteraction(organisation.workspaceId, { subject: `user:${who}`, userId: who, touchpoint, name: "met", channel: channelOf(who), at: new Date(startMs + second * 1_000).toISOString() })));
  for (let start = 0; start < rows.length; start += 5_000) await insertInteractions(firsthand.services.db, organisation.workspaceId, rows.slice(start, start + 5_000));
  await firsthand.settle();
};
const search = makeStep("find", "stage1", { name: "Search", matches: [{ touchpoint: "Search", channel: null }] });
const people = (count: number): string[] => Array.from({ length: count }, (_, at) => `c${at}`);
const span = "from=2026-04-01&to=2026-05-01";

const drawn = async (): Promise<string> => {
  const document = { stages: [makeStage("stage1")], steps: [search], lanes: [], cards: [], measured: [] };
  const reply = await organisation.owner.ask("POST", "/api/maps", { name: "Buying", viewpoint: { kind: "everyone" }, from: { kind: "document", document } });
  expect(reply.status, reply.text).toBe(201);
  return String(Object(reply.body).id);
};

test("touchpoints beyond the twenty thousand met most, and deviations beyond fifty of a kind, are said to be left out", async () => {
  const id = await drawn();
  // "Often" is met by everybody and stands among those told; of 20,100 others, each met once, the rarest stand on no path.
  await add(new Map(people(30).map((who, at) => [who, ["Search", "Often", ...Array.from({ length: 670 }, (_, place) => `Page ${at * 670 + place}`)]])));

  const reply = await organisation.viewer.ask("GET", `/api/maps/${id}/deviations?${span}`);
  expect(reply.status, reply.text).toBe(200);
  const { cases, leftOut, deviations } = deviationsReply.parse(reply.body);
  expect({ cases, leftOut }).toEqual({ cases: 30, leftOut: { interactions: 102, cases: 0, deviations: { missing: 0, ad_hoc: 19_949, out_of_order: 0, failed: 0 } } });
  expect(deviations).toHaveLength(50);
  expect(deviations[0]).toMatchObject({ name: "Often", cases: 30 });
}, 60_000);

test("cases of a deviation are looked for among the two thousand ways taken most, and how many more there are is said", async () => {
  const id = await drawn();
  const page = (at: number): string => `Page ${at % 50}`;
  await add(new Map(people(2_003).map((who, at) => [who, at < 3 ? ["Search", "Blog"] : ["Search", "Blog", page(at), page(Math.floor(at / 50))]])));

  const reply = await organisation.viewer.ask("GET", `/api/maps/${id}/deviations/ad_hoc/Blog/customers?${span}`);
  expect(reply.status, reply.text).toBe(200);
  const { items, waysLeftOut } = alignedCasesReply.parse(reply.body);
  expect([items.length, waysLeftOut]).toEqual([10, 1]);
}, 60_000);

const countUpTo = async (most: number): Promise<CountedVariants> => {
  const { analytics, db } = firsthand.services;
  const selection = { workspaceId: organisation.workspaceId, fromMs: startMs, toMs: startMs + 86_400_000, channels: null, customers: null, segments: null };
  const { spots } = await listMetSpots(analytics, selection);
  const traces = { spots, activities: nameActivities(bindSteps([search], await recallNaming(db, organisation.workspaceId)), spots), gapMs: null, every: 1 };
  return countVariants(analytics, selection, traces, { contacts: [], money: null, knownUntilMs: startMs }, most);
};

test("cases of the ways taken least are counted as left out where ways are too many to be read", async () => {
  await add(new Map(people(9).map((who, at) => [who, at < 5 ? ["Search"] : at < 7 ? ["Search", "Cart"] : ["Search", `Page ${at}`]])));

  const { variants, rareCases } = await countUpTo(2);
  expect([variants.map(({ cases }) => cases), rareCases]).toEqual([[5, 2], 2]);
});

test("a way is counted for all channels by which customers came to it, or for none", async () => {
  // Of six who only searched one came by the app; of five who went on, two did.
  await add(new Map(people(11).map((who, at) => [who, at < 6 ? ["Search"] : ["Search", "Cart"]])), (who) => (["c5", "c9", "c10"].includes(who) ? "app" : "web"));

  const { variants, rareCases } = await countUpTo(3);
  expect([variants.map(({ stratum, cases }) => [stratum, cases]), rareCases]).toEqual([[["app new", 1], ["web new", 5]], 5]);
  expect(await countUpTo(4)).toMatchObject({ rareCases: 0, variants: [{ cases: 1 }, { cases: 5 }, { cases: 2 }, { cases: 3 }] });
});
