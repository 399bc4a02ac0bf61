// The same answers, once of a panel that answers every four weeks and once of strangers.
import { expect, test } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/customers.make.ts";
import { standForAlerts } from "./alerts.make.ts";

const stand = standForAlerts();
const dayMs = 86_400_000;
const begin = Date.parse("2027-03-08T12:00:00Z");
const [PER_DAY, WEEKS] = [12, 16];

/** Each says the same every four weeks; from the thirteenth week on every fourth of those who were content is no more. */
const answers = Array.from({ length: WEEKS * 7 * PER_DAY }, (_, place) => {
  const day = Math.floor(place / PER_DAY);
  const who = (day % 28) * PER_DAY + (place % PER_DAY);
  const usual = [10, 10, 8, 9, 3, 10, 8, 10, 2, 9, 8, 9][(who * 7) % 12] ?? 8;
  const fallen = day >= 12 * 7 && usual >= 9 && (who * 5) % 16 < 4;
  return { who, place, at: new Date(begin + day * dayMs + (place % PER_DAY) * 60_000).toISOString(), value: fallen ? 7 : usual };
});
const answerAs = (subjectOf: (answer: (typeof answers)[number]) => string) =>
  insertPerceptions(stand.firsthand.services.db, stand.organisation.workspaceId, answers.map((one) => makePerception({ kind: "nps", value: one.value, scaleMin: 0, scaleMax: 10, at: one.at, subject: subjectOf(one) })));
const lookAtAll = async () => {
  await stand.makeRule({ what: "nps", direction: "down", sensitivity: "rarely" });
  return (await stand.look(new Date(begin + WEEKS * 7 * dayMs + 6 * 3_600_000).toISOString())).filter(({ what }) => what === "nps");
};

test("a fall among customers who answered before as well is told, on how each moved", async () => {
  await answerAs(({ who }) => `user:panel-${who}`);

  const [alert] = await lookAtAll();

  expect(alert).toMatchObject({ direction: "down" });
  expect(alert?.evidence.high).toBeLessThan(0);
});

test("as much of a fall among strangers may be chance", async () => {
  await answerAs(({ place }) => `user:stranger-${place}`);

  expect(await lookAtAll()).toEqual([]);
});
