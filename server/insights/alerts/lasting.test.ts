// What becomes of an alert while it lasts: it grows worse, its rule is snoozed, the server is away.
import { expect, test } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { alertsReply, unseenReply, type Alert } from "./alerts.contract.ts";
import { standForAlerts } from "./alerts.make.ts";

const stand = standForAlerts();
const { ask } = stand;
const dayMs = 86_400_000;
const usual = [10, 10, 9, 9, 10, 8, 7, 8, 5, 3, 9, 10];
const poor = [10, 9, 9, 10, 8, 7, 8, 5, 3, 2, 6, 5];
const terrible = [0, 1, 0, 2, 1, 0, 3, 0, 1, 0, 2, 1];

/** The same scores on each of some days. */
const answer = async (days: number, values: readonly number[], lastDay: string): Promise<void> => {
  const rows = Array.from({ length: days }, (_, back) => values.map((value, index) => makePerception({ value, at: new Date(Date.parse(`${lastDay}T12:00:00Z`) - back * dayMs + index * 60_000).toISOString() }))).flat();
  await insertPerceptions(stand.firsthand.services.db, stand.organisation.workspaceId, rows);
};
const look = async (at: string): Promise<Alert[]> => (await stand.look(at)).filter(({ what }) => what === "nps");
/** Ten weeks that were looked at, and five poorer days that were as well. */
const fall = async (): Promise<Alert[]> => {
  await answer(70, usual, "2027-06-26");
  await look("2027-06-27T09:00:00Z");
  await answer(5, poor, "2027-07-01");
  return look("2027-07-02T09:00:00Z");
};
const unseen = async (): Promise<number> => unseenReply.parse(await ask("GET", "/api/alerts/unseen")).unseen;

test("a far worse fall is told while one lasts, with what it rests on, and once", async () => {
  const [first] = await fall();
  await ask("POST", "/api/alerts/seen", {}, 204);
  await answer(3, terrible, "2027-07-04");

  const found = await look("2027-07-05T09:00:00Z");

  expect(found.map(({ state, endReason, isQuiet }) => [state, endReason, isQuiet])).toEqual([["raised", null, false], ["over", "worse", false]]);
  expect(found[1]).toMatchObject({ id: first?.id, title: first?.title });
  expect(found[0]?.title).toMatch(/^NPS fell to −100, 1\d\d points below what eight weeks say$/u);
  expect(found[0]?.evidence).toMatchObject({ value: -100, expected: expect.closeTo(42, 0) });
  expect(await unseen()).toBe(1);

  await answer(1, terrible, "2027-07-05");
  expect(await look("2027-07-06T09:00:00Z")).toHaveLength(2);
  expect(alertsReply.parse(await ask("GET", "/api/alerts?state=open")).items.filter(({ what }) => what === "nps").map(({ id }) => id)).toEqual([found[0]?.id]);
});
