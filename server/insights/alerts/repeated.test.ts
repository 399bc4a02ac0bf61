// The same answers, once of a panel that answers every four weeks and once of strangers.
import { describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/customers.make.ts";
import { summaryReply } from "../comments/comments.contract.ts";
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

describe("a need", () => {
  /** Each writes much the same every four weeks; from the thirteenth week on every eighth of those whose promises were kept says that one was broken. */
  const comments = answers.map(({ who, place, at }) => ({ who, place, at, isBroken: who % 3 === 0 || (Math.floor(place / PER_DAY) >= 12 * 7 && (who * 5) % 16 < 2) }));
  const writeAs = async (subjectOf: (comment: (typeof comments)[number]) => string): Promise<void> => {
    const { db } = stand.firsthand.services;
    const { workspaceId } = stand.organisation;
    await insertPerceptions(db, workspaceId, comments.map((one) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: one.at, subject: subjectOf(one), text: one.isBroken ? "Number 1." : "Number 2." })));
    await copied(({ count }) => count, comments.length);
    await db.query(
      `update insights.readings set needs = '{"PROMISE":"neg"}', xid = pg_current_xact_id() where workspace_id = $1 and perception_id in (select id from customers.perceptions where workspace_id = $1 and text = 'Number 1.')`, [workspaceId],
    );
    await copied(({ needs }) => needs.find(({ name }) => name === "PROMISE")?.unmet.count, comments.filter(({ isBroken }) => isBroken).length);
  };
  /** Waits until the copy that rules look at has it all. */
  const copied = (counted: (told: z.infer<typeof summaryReply>) => number | undefined, expected: number): Promise<void> =>
    vi.waitFor(async () => {
      await stand.firsthand.settle();
      expect(counted(summaryReply.parse(await stand.ask("GET", "/api/comments/summary?from=2027-01-01&to=2027-08-01")))).toBe(expected);
    }, { timeout: 60_000, interval: 300 });
  const lookAtPromises = async () => {
    await stand.makeRule({ what: "unmet_promise", direction: "up", sensitivity: "rarely", smallestChange: 1 });
    return (await stand.look(new Date(begin + WEEKS * 7 * dayMs + 6 * 3_600_000).toISOString())).filter(({ what }) => what === "unmet_promise");
  };

  test("unmet more often among customers who wrote before as well is told", async () => {
    await writeAs(({ who }) => `user:panel-${who}`);

    const [alert] = await lookAtPromises();

    expect(alert).toMatchObject({ direction: "up" });
    expect(alert?.evidence.low).toBeGreaterThan(0);
  }, 90_000);

  test("as much more often unmet among strangers may be chance", async () => {
    await writeAs(({ place }) => `user:stranger-${place}`);

    expect(await lookAtPromises()).toEqual([]);
  }, 90_000);
});
