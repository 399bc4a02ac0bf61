import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertPerceptions, type NewPerception } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { changesReply } from "../changes/changes.contract.ts";
import { explanation } from "../explanations/explanations.contract.ts";
import { summaryReply, type MetricSummary } from "./metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const june = "from=2026-06-01&to=2026-06-29";
const ask = async (url: string): Promise<unknown> => {
  const reply = await organisation.viewer.ask("GET", url);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};
const nps = async (): Promise<MetricSummary> => {
  const found = summaryReply.parse(await ask(`/api/metrics/summary?${june}&metrics=nps`)).metrics[0];
  if (found === undefined) throw new Error("A summary has what was asked for.");
  return found;
};
/** A hundred customers, or two hundred, give scores on twenty days of May and of June; of the promoters of May twelve are passives in June. */
const panel = async (who: (place: number, month: string) => string | null): Promise<void> => {
  const value = (place: number, month: string): number => (place < 60 ? (month === "06" && place < 12 ? 8 : 10) : place < 75 ? 8 : 3);
  const rows = ["05", "06"].flatMap((month) => Array.from({ length: 100 }, (_, place): Partial<NewPerception> => ({
    kind: "nps", value: value(place, month), subject: who(place, month), at: `2026-${month}-${String(5 + (place % 20)).padStart(2, "0")}T12:00:00Z`,
  })));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.map((row) => makePerception(row)));
  await firsthand.settle();
};

test("customers who answer in both periods are compared with themselves: what is chance among strangers is a change of theirs", async () => {
  await panel((place) => `user:c${place}`);
  const { change } = await nps();

  expect(change).toMatchObject({ previousScore: 35, difference: -12, isSignificant: true, sameCustomers: { both: 100, customers: 100 } });
  expect(change?.p).toBeLessThan(0.001);
  const { changes: [home] } = changesReply.parse(await ask(`/api/changes?${june}&metrics=nps`));
  expect(home?.p).toBeLessThan(0.01);
  expect(explanation.parse(await ask(`/api/explanations?${june}&metric=nps`)).change?.p).toBe(change?.p);
  expect((await nps()).definition.comparison).toContain("each customer is compared with themselves");
});

test.each([
  ["other customers", (place: number, month: string) => `user:${month} ${place}`],
  ["nobody known", () => null],
  ["a fifth of the same ones", (place: number, month: string) => (place % 5 === 0 ? `user:c${place}` : `user:${month} ${place}`)],
] as const)("the same answers of %s are those of strangers", async (_, who) => {
  await panel(who);
  const { change } = await nps();
  expect(change).toMatchObject({ previousScore: 35, difference: -12, isSignificant: false });
  expect(change?.sameCustomers).toBeUndefined();
  const { changes: [home] } = changesReply.parse(await ask(`/api/changes?${june}&metrics=nps`));
  expect(home?.p).toBeGreaterThan(0.05);
});
