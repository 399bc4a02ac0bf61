import { expect, test } from "vitest";
import { insertPerceptions, type NewPerception } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { standForAlerts } from "../alerts/alerts.make.ts";
import { changesReply } from "./changes.contract.ts";

const stand = standForAlerts();
const dayMs = 86_400_000;

/** The same scores at noon of each of some days, the last named. */
const scores = (days: number, values: readonly number[], lastDay: string, given: Partial<NewPerception> = {}): Partial<NewPerception>[] =>
  Array.from({ length: days }, (_, back) => values.map((value, index) => ({ ...given, value, at: new Date(Date.parse(`${lastDay}T12:00:00Z`) - back * dayMs + index * 60_000).toISOString() }))).flat();
const usual = [10, 10, 9, 9, 10, 8, 7, 8, 5, 3, 9, 10];
const bad = [2, 3, 5, 6, 8, 7, 9, 4, 1, 10, 6, 5];

const add = async (rows: readonly Partial<NewPerception>[]): Promise<void> => {
  await insertPerceptions(stand.firsthand.services.db, stand.organisation.workspaceId, rows.map((row) => makePerception({ kind: "nps", ...row })));
  await stand.firsthand.settle();
};
const changes = async (query: string) => changesReply.parse(await stand.ask("GET", `/api/changes?${query}`));

test("a change of a period is what an alert tells of these days", async () => {
  await add([...scores(90, usual, "2027-06-19"), ...scores(7, bad, "2027-06-26")]);
  await stand.makeRule({ what: "nps", direction: "down", smallestChange: 5 });

  const [alert] = await stand.look("2027-06-27T09:00:00Z");
  if (alert === undefined) throw new Error("The fall raised no alert.");
  const { from, to, count, difference, low, high } = alert.evidence;
  const before = new Date(Date.parse(from) - 56 * dayMs).toISOString();
  const { changes: [found] } = await changes(`from=${from}&to=${to}&compareFrom=${before}&compareTo=${from}&metrics=nps`);

  expect(found).toMatchObject({ metric: "nps", count, previousCount: 56 * usual.length });
  expect(found?.difference).toBeCloseTo(difference, 6);
  // An alert believes each weekday of eight weeks by itself, a stretch all of them together: the intervals differ by a hundredth.
  for (const [one, other] of [[found?.low, low], [found?.high, high]] as const) expect(Math.abs((one ?? 0) - other)).toBeLessThan(1);
  expect(found?.p).toBeLessThan(0.001);
});

test("every kind of metric is compared in one request, and what has too few answers is left out", async () => {
  const one = (kind: NewPerception["kind"], max: number, values: readonly number[], lastDay: string) => scores(26, values, lastDay, { kind, scaleMin: 1, scaleMax: max });
  await add([...one("csat", 5, [5, 5, 4, 2], "2027-05-31"), ...one("csat", 5, [1, 2, 4, 2], "2027-06-26")]);
  await add([...one("ces", 7, [6, 5], "2027-05-31"), ...one("ces", 7, [6, 5], "2027-06-26"), ...scores(9, [10], "2027-06-26")]);

  const reply = await changes("from=2027-06-01&to=2027-06-27&metrics=csat&metrics=ces&metrics=nps&metrics=response_rate&metrics=need_easy");

  expect(reply.changes.map(({ metric, p }) => [metric, p < 0.05])).toEqual([["csat", true], ["ces", false]]);
  expect(reply.changes[0]?.difference).toBeCloseTo(-50, 6);
});

test("what moves between two whole stars is a change, as its tile says", async () => {
  const stars = { kind: "stars", scaleMin: 1, scaleMax: 5 } as const;
  await add([...scores(30, [4, 4.1, 4, 4.2], "2027-05-31", stars), ...scores(26, [4.8, 4.9, 4.9, 4.9], "2027-06-26", stars)]);

  const { changes: [found] } = await changes("from=2027-06-01&to=2027-06-27&metrics=stars");

  expect(found?.difference).toBeCloseTo(0.8, 6);
  expect(found?.p).toBeLessThan(0.001);
});

test("only what is chosen is compared", async () => {
  await add([...scores(40, usual, "2027-06-26", { channel: "web" }), ...scores(20, usual, "2027-06-06", { channel: "phone" }), ...scores(20, bad, "2027-06-26", { channel: "phone" })]);
  const period = "from=2027-06-07&to=2027-06-27&metrics=nps";
  const [web, phone] = [await changes(`${period}&channel=web`), await changes(`${period}&channel=phone`)];
  expect([web, phone].map((reply) => reply.changes.map(({ count, p }) => [count, p < 0.05]))).toEqual([[[240, false]], [[240, true]]]);
});

test("periods of more than three years are not compared by days", async () => {
  expect(await changes("from=2020-01-01&to=2027-01-01")).toMatchObject({ changes: [], isTooLong: true });
});

test("what cannot narrow a metric is refused, and a stranger too", async () => {
  await stand.ask("GET", "/api/changes?metrics=nps&language=en", undefined, 400);
  expect((await stand.firsthand.nobody.ask("GET", "/api/changes")).status).toBe(401);
});
