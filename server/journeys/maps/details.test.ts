// A step that a map of its own shows in detail: what happens there counts here, and within it nothing is out of order.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { alignedCasesReply, deviationsReply, type DeviationsReply } from "../deviations/deviations.contract.ts";
import { overlayReply, type OverlayReply } from "../overlays/overlays.contract.ts";
import type { MapStep } from "./document.contract.ts";
import { makeStage, makeStep } from "./document.make.ts";
import { journeyMap, type JourneyMap } from "./maps.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const walk = async (walks: Readonly<Record<string, string>>): Promise<void> => {
  const rows = Object.entries(walks).flatMap(([who, touchpoints]) => touchpoints.split(", ").map((touchpoint, hour) =>
    makeInteraction(organisation.workspaceId, { subject: `user:${who}`, userId: who, touchpoint, at: new Date(Date.UTC(2026, 3, 1, 8 + hour)).toISOString() })));
  await insertInteractions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
};
const step = (id: string, touchpoint: string | null, given: Partial<MapStep> = {}): MapStep => makeStep(id, "stage1", { name: id, matches: touchpoint === null ? [] : [{ touchpoint, channel: null }], ...given });
const draw = async (name: string, steps: readonly MapStep[]): Promise<JourneyMap> => {
  const document = { stages: [makeStage("stage1")], steps: [...steps], lanes: [], cards: [], measured: [] };
  const reply = await organisation.owner.ask("POST", "/api/maps", { name, from: { kind: "document", document } });
  expect(reply.status, reply.text).toBe(201);
  return journeyMap.parse(reply.body);
};
const change = async (id: string, stepId: string, was: Partial<MapStep>, now: Partial<MapStep>): Promise<void> => {
  const reply = await organisation.owner.ask("POST", `/api/maps/${id}/edits`, { id: crypto.randomUUID(), knows: 0, edits: [{ do: "change", part: "step", id: stepId, was, now }] });
  expect([reply.status, Object(reply.body).refused], reply.text).toEqual([200, []]);
};
const span = "from=2026-04-01&to=2026-05-01";
const overlayOf = async (id: string): Promise<OverlayReply> => overlayReply.parse((await organisation.viewer.ask("GET", `/api/maps/${id}/overlay?${span}`)).body);
const deviationsOf = async (id: string): Promise<DeviationsReply> => deviationsReply.parse((await organisation.viewer.ask("GET", `/api/maps/${id}/deviations?${span}`)).body);
const countsOf = ({ steps }: OverlayReply): Record<string, number> => Object.fromEntries(steps.map(({ stepId, customers }) => [stepId, customers]));

const way = (number: number) => ({ fork: { id: "fork1", way: number } });
/** Two ways to pay; the one by invoice parts again, into post and mail, on a map of its own. */
const drawBuying = async (): Promise<{ outer: JourneyMap; inner: JourneyMap }> => {
  const inner = await draw("By invoice", [step("bill", "Invoice"), step("post", "Letter", way(1)), step("mail", "E-mail", way(2)), step("transfer", "Transfer")]);
  const outer = await draw("Buying", [step("cart", "Cart"), step("card", "Card", way(1)), step("invoice", null, { ...way(2), childMapId: inner.id }), step("done", "Thanks")]);
  return { outer, inner };
};
const walks = {
  card: "Cart, Card, Thanks", post: "Cart, Invoice, Letter, Transfer, Thanks", mail: "Cart, Invoice, E-mail, Transfer, Thanks", round: "Cart, Invoice, Letter, Invoice, Transfer, Thanks", neither: "Cart, Thanks",
};

test("a way that parts again on a map of its own shows who went it, and so does its fork", async () => {
  await walk(walks);
  const { outer } = await drawBuying();
  const overlay = await overlayOf(outer.id);

  expect(countsOf(overlay)).toEqual({ cart: 5, card: 1, invoice: 3, done: 5 });
  expect(overlay.steps.find(({ stepId }) => stepId === "invoice")).toMatchObject({ isBound: true, interactions: 10, effort: null, next: { stepId: "done", customers: 3 } });
  expect(overlay.forks).toEqual([{ customers: 4, ways: [{ stepIds: ["card"], customers: 1, share: 0.25 }, { stepIds: ["invoice"], customers: 3, share: 0.75 }] }]);
});

test("what is done one after the other within that step is one step, in whatever order; before and after it order matters", async () => {
  await walk({ ...walks, early: "Invoice, Cart, Transfer, Thanks" });
  const { outer } = await drawBuying();
  const reply = await deviationsOf(outer.id);

  expect(reply).toMatchObject({ cases: 6, asPlanned: 4 });
  expect(reply.deviations.map(({ kind, name, cases }) => [kind, name, cases])).toEqual([["missing", "card / invoice", 1], ["out_of_order", "invoice", 1]]);
  const reached = await organisation.viewer.ask("GET", `/api/maps/${outer.id}/deviations/out_of_order/invoice/customers?${span}`);
  expect(alignedCasesReply.parse(reached.body).items.map(({ moves }) => moves.map(({ kind, stepName }) => `${kind} ${stepName ?? ""}`))).toEqual([["out_of_order invoice", "sync cart", "sync invoice", "sync done"]]);
});

test("what is bound on the map of its own counts at once on the map around it, which it names", async () => {
  await walk(walks);
  const { outer, inner } = await drawBuying();
  expect(await deviationsOf(outer.id)).toMatchObject({ asPlanned: 4 });
  await change(inner.id, "transfer", { matches: [{ touchpoint: "Transfer", channel: null }] }, { matches: [] });

  expect((await deviationsOf(outer.id)).deviations.map(({ kind, name, cases }) => [kind, name, cases])).toEqual([["missing", "card / invoice", 1], ["ad_hoc", "Transfer", 3]]);
  const shown = journeyMap.parse((await organisation.viewer.ask("GET", `/api/maps/${inner.id}`)).body);
  expect([shown.detailOf, outer.detailOf]).toEqual([[{ id: outer.id, name: "Buying" }], []]);
});

test("a map of another organisation adds nothing", async () => {
  const stranger = await firsthand.makeOrganisation();
  const { inner } = await drawBuying();
  const document = { stages: [makeStage("stage1")], steps: [step("invoice", null, { childMapId: inner.id })], lanes: [], cards: [], measured: [] };
  const made = journeyMap.parse((await stranger.owner.ask("POST", "/api/maps", { name: "Theirs", from: { kind: "document", document } })).body);

  expect(made.document.steps[0]?.childMapId).toBeNull();
  expect(journeyMap.parse((await organisation.viewer.ask("GET", `/api/maps/${inner.id}`)).body).detailOf.map(({ name }) => name)).toEqual(["Buying"]);
});
