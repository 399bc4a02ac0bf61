// What was read in comments changes when they are read anew by another model: that is no change of customers.
import { expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { summaryReply } from "../comments/comments.contract.ts";
import { rulesReply } from "./alerts.contract.ts";
import { standForAlerts } from "./alerts.make.ts";

const stand = standForAlerts();
const dayMs = 86_400_000;
// Under 200 comments, so that no search for themes begins by itself: while it is copied, no rule looks.
const days = 64;
const aDay = 3;

// The last day lies behind the one on which the stand begins: rules may have looked by themselves then, and never look back before their last look.
const write = async (): Promise<void> => {
  const end = Date.parse("2027-07-06T12:00:00Z");
  const rows = Array.from({ length: days * aDay }, (_, place) => makePerception({
    kind: "comment", value: null, scaleMin: null, scaleMax: null, at: new Date(end - Math.floor(place / aDay) * dayMs).toISOString(),
    text: place % 12 === 0 ? "The parcel never arrived." : place % 2 === 0 ? "It is open on Sundays." : "It is closed on Mondays.",
  }));
  await insertPerceptions(stand.firsthand.services.db, stand.organisation.workspaceId, rows);
  await vi.waitFor(async () => {
    await stand.firsthand.settle();
    const told = await stand.ask("GET", "/api/comments/summary?from=2027-01-01&to=2027-08-01");
    expect(summaryReply.parse(told).count).toBe(days * aDay);
  }, { timeout: 40_000, interval: 300 });
};
const query = (sql: string, values: unknown[]): Promise<unknown> => stand.firsthand.services.db.query(sql, [stand.organisation.workspaceId, ...values]);
/** Half of all comments from a day on are read as broken promises, as by a model that is readier to say so. */
const readAnewFrom = async (day: string): Promise<void> => {
  await query(`update insights.readings set needs = '{"PROMISE":"neg"}', xid = pg_current_xact_id() where workspace_id = $1 and at >= $2 and perception_id in (select id from customers.perceptions where workspace_id = $1 and text like '%Mondays.')`, [day]);
  // Before the clock moves on: rules look by themselves every few minutes, also just then.
  await stand.firsthand.settle();
};
const rereading = (state: string, endedAt: string | null): Promise<unknown> =>
  query(
    `insert into insights.rereadings (workspace_id, id, state, reason, begun_at, moved_at, ended_at, comments_total) values ($1, gen_random_uuid(), $2, 'new_model', '2027-07-07T08:55:00Z', '2027-07-07T08:59:00Z', $3, 1080)
     on conflict (workspace_id) do update set state = excluded.state, ended_at = excluded.ended_at`,
    [state, endedAt],
  );
const promiseRule = async () => rulesReply.parse(await stand.ask("GET", "/api/alert-rules")).items.find(({ what }) => what === "unmet_promise");
const told = async (at: string): Promise<string[]> => (await stand.look(at)).filter(({ what }) => what === "unmet_promise").map(({ title }) => title);

test("rules about what was read wait while history is read anew, then look at all of it again without an alert", async () => {
  await write();
  expect(await told("2027-07-06T09:00:00Z")).toEqual([]);
  expect((await promiseRule())?.lookedAt).toBe("2027-07-06T00:00:00.000Z");

  // The newest first: for a while nine days are of the new model, and the others of the old one.
  await readAnewFrom("2027-06-28");
  await rereading("running", null);
  expect(await told("2027-07-07T09:00:00Z")).toEqual([]);
  expect((await promiseRule())?.lookedAt).toBe("2027-07-06T00:00:00.000Z");

  await readAnewFrom("2027-01-01");
  await rereading("done", "2027-07-07T09:02:00Z");
  // The copy that rules look at may not have followed yet.
  await told("2027-07-07T09:05:00Z");
  expect((await promiseRule())?.lookedAt).toBe("2027-07-06T00:00:00.000Z");
  expect(await told("2027-07-07T09:15:00Z")).toEqual([]);
  expect((await promiseRule())?.lookedAt).toBe("2027-07-07T00:00:00.000Z");
}, 120_000);

test("an alert of before ends where history that was read anew says nothing of it", async () => {
  await write();
  expect(await told("2027-07-04T08:00:00Z")).toEqual([]);
  await readAnewFrom("2027-06-28");
  expect(await told("2027-07-07T08:00:00Z")).toHaveLength(1);

  await readAnewFrom("2027-01-01");
  await rereading("done", "2027-07-07T09:02:00Z");
  await stand.look("2027-07-08T09:15:00Z");

  const alerts = (await stand.look("2027-07-08T09:20:00Z")).filter(({ what }) => what === "unmet_promise");
  expect(alerts.map(({ state, endReason }) => [state, endReason])).toEqual([["over", "history"]]);
}, 120_000);
