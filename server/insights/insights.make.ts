// A workspace in which everything this module measures has something to say of March 2026.
import { expect, vi } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { insertPastResponses } from "#feedback";
import { makeInteraction, makePerception } from "../customers/customers.make.ts";
import { publishSurvey } from "../feedback/feedback.make.ts";
import type { Installation, Organisation } from "../firsthand.make.ts";
import { madeRule } from "./alerts/alerts.contract.ts";
import { changedTheme } from "./themes/themes.contract.ts";

/** Ten of thirty comments are about late parcels, which an alert tells; of forty customers the twenty unhappy ones call twice, and twelve of them
 *  order again within sixty days; sixty responses say that speed goes with recommending. */
export const makeMeasured = async (firsthand: Installation, organisation: Organisation): Promise<{ surveyId: string }> => {
  const { workspaceId, manager } = organisation;
  const { db } = firsthand.services;
  const theme = changedTheme.parse((await manager.ask("POST", "/api/themes", { name: "Late parcels", words: ["parcel"] })).body).id;
  const comments = Array.from({ length: 30 }, (_, place) => makePerception({
    kind: "comment", value: null, scaleMin: null, scaleMax: null, text: place % 3 === 0 ? `The parcel came late, ${place}` : `All was well, ${place}`, at: "2026-03-10T12:00:00Z",
  }));
  const feelings = customers.map((place) => makePerception({ subject: `user:c${place}`, kind: "csat", value: place < 20 ? 2 : 5, scaleMin: 1, scaleMax: 5, at: "2026-03-15T12:00:00Z" }));
  await insertPerceptions(db, workspaceId, [...comments, ...feelings]);
  await insertInteractions(db, workspaceId, customers.flatMap((place) => factsOf(workspaceId, place)));
  await raiseAlert(firsthand, organisation, theme);
  const surveyId = await ratedSurvey(firsthand, organisation);
  await vi.waitFor(async () => {
    const { rows } = await db.query<{ count: number }>("select count(*) as count from insights.theme_assignments where workspace_id = $1 and cardinality(theme_ids) = 1", [workspaceId]);
    expect(Number(rows[0]?.count)).toBe(10);
  }, { timeout: 30_000, interval: 100 });
  await firsthand.settle();
  return { surveyId };
};

const customers = Array.from({ length: 40 }, (_, place) => place);

const factsOf = (workspaceId: string, place: number) => {
  const [call, order] = ["Support call", "Order Completed"];
  const facts = [
    { at: "2026-03-02T12:00:00.000Z", name: order }, { at: "2026-03-05T12:00:00.000Z", name: call },
    ...(place < 20 ? [{ at: "2026-03-07T12:00:00.000Z", name: call }] : []), ...(place < 12 ? [{ at: "2026-04-20T12:00:00.000Z", name: order }] : []),
  ];
  return facts.map((fact) => makeInteraction(workspaceId, { ...fact, subject: `user:c${place}`, userId: `c${place}`, message: JSON.stringify({ properties: { order_id: `${place} ${fact.at}`, total: 10, currency: "EUR" } }) }));
};

const raiseAlert = async ({ services }: Installation, { workspaceId, manager }: Organisation, theme: string): Promise<void> => {
  const rule = madeRule.parse((await manager.ask("POST", "/api/alert-rules", { what: "theme_share", direction: "up", filters: { theme } })).body);
  const [from, to] = ["2026-03-10T00:00:00.000Z", "2026-03-11T00:00:00.000Z"];
  const evidence = { unit: "percent", from, to, count: 30, countBefore: 300, value: 33, expected: 10, difference: 23, low: 12, high: 34, yearsBetween: 40, points: [] };
  await services.db.query(
    `insert into insights.alerts (id, workspace_id, rule_id, step, direction, raised_at, is_quiet, is_from_history, evidence)
     values (gen_random_uuid(), $1, $2, 1, 'up', '2026-03-11T00:15:00Z', false, false, $3)`,
    [workspaceId, rule.id, JSON.stringify(evidence)],
  );
};

const ratedSurvey = async ({ services }: Installation, { workspaceId, owner }: Organisation): Promise<string> => {
  const question = (id: string) => ({ type: "csat" as const, id, title: { en: `About ${id}` }, isRequired: false });
  const { id: surveyId } = await publishSurvey(owner, { questions: [{ ...question("recommend"), type: "nps" }, question("speed"), question("price")] });
  const [language, channel, startedAt] = ["en", "web", "2026-03-20T12:00:00Z"] as const;
  const responses = Array.from({ length: 60 }, () => ({ id: crypto.randomUUID(), surveyId, version: 1, language, channel, touchpoint: null, subject: null, startedAt, completedAt: startedAt }));
  const answers = responses.flatMap(({ id }, place) => {
    const speed = 1 + (place % 5);
    const numbers = [["recommend", "nps", Math.min(10, speed * 2 + (place % 2))], ["speed", "csat", speed], ["price", "csat", 1 + (Math.floor(place / 5) % 5)]] as const;
    return numbers.map(([questionId, questionType, number], position) => ({ responseId: id, questionId, questionType, position, number, text: null, choice: null }));
  });
  await insertPastResponses(services.db, workspaceId, responses, answers);
  return surveyId;
};
