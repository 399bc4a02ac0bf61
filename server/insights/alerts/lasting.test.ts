// What becomes of an alert while it lasts: it grows worse, its rule is snoozed, the server is away.
import { describe, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { alertsReply, rulesReply, unseenReply, type Alert } from "./alerts.contract.ts";
import { standForAlerts } from "./alerts.make.ts";
import { sendDigests } from "./digests.ts";
import { postAlert } from "./telling.ts";

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

const npsRule = async (): Promise<string> => rulesReply.parse(await ask("GET", "/api/alert-rules")).items.find(({ what }) => what === "nps")?.id ?? "";
const tell = async (change: object): Promise<unknown> => ask("PATCH", `/api/alert-rules/${await npsRule()}`, change);
const snooze = async (until: string | null): Promise<unknown> => stand.organisation.manager.ask("PUT", `/api/alert-rules/${await npsRule()}/snooze`, { until });
/** Lets the digests look at these times, and gives the mails there are: to whom, and what about. */
const mails = async (...times: readonly string[]): Promise<string[]> => {
  for (const at of times) {
    stand.clock.at = new Date(at);
    await sendDigests(stand.firsthand.services, stand.organisation.workspaceId);
  }
  const { rows } = await stand.firsthand.services.db.query<{ to: string; subject: string }>('select recipient as "to", subject from platform.mails where workspace_id = $1 order by id', [stand.organisation.workspaceId]);
  return rows.map(({ to, subject }) => `${to}: ${subject.replace(/^[^:]*: /u, "")}`);
};
const jobs = async (): Promise<string[]> => {
  const { rows } = await stand.firsthand.services.db.query<{ name: string }>(
    `select task.identifier as name from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
     where job.payload ->> 'workspaceId' = $1 and task.identifier in ('alerts.hook', 'alerts.chat', 'alerts.mail') order by name`, [stand.organisation.workspaceId]);
  return rows.map(({ name }) => name);
};

describe("a snooze", () => {
  test("keeps webhooks quiet that wait for the end of quiet hours", async () => {
    await tell({ hookUrl: "http://127.0.0.1:9/irrelevant", told: { owners: "never", members: [], quiet: { from: "08:00", to: "23:30" } } });
    const [alert] = await fall();
    expect(await jobs()).toEqual(["alerts.hook"]);

    // Nobody listens there: it is refused as soon as it is tried.
    const post = (): Promise<void> => postAlert(stand.firsthand.services, { workspaceId: stand.organisation.workspaceId, alertId: alert?.id ?? "", attempt: 1 });
    await expect(post()).rejects.toThrow("did not take the message");
    await snooze("2027-07-04T00:00:00Z");
    await post();
  });

  test.each([
    ["passes", async () => look("2027-07-09T09:00:00Z")],
    ["is lifted", async () => { await snooze(null); return look("2027-07-03T09:00:00Z"); }],
  ])("that %s lets be told what began during it and lasts, once", async (_what, wake) => {
    await tell({ told: { owners: "now", members: [{ memberId: stand.organisation.agent.memberId, mail: "daily" }], quiet: null } });
    await snooze("2027-07-08T00:00:00Z");
    const [hushed] = await fall();
    await answer(8, poor, "2027-07-09");
    expect([hushed?.isQuiet, await unseen(), await mails("2027-07-02T09:30:00Z", "2027-07-03T08:02:00Z")]).toEqual([true, 0, []]);

    const woken = await wake();

    expect(woken.map(({ id, isQuiet, state }) => [id, isQuiet, state])).toEqual([[hushed?.id, false, "raised"]]);
    expect(woken[0]?.detail).toMatch(/ It began while its rule was snoozed\.$/u);
    expect(await unseen()).toBe(1);
    await vi.waitFor(async () => expect((await mails()).map((mail) => mail.slice(0, mail.indexOf(":")))).toEqual([stand.organisation.owner.email]), { timeout: 15_000 });
    const [owner, ...digest] = await mails("2027-07-10T08:02:00Z", "2027-07-11T08:02:00Z");
    expect(owner).toContain("NPS fell to");
    expect(digest.map((mail) => mail.replace(/: .*$/u, ""))).toEqual([stand.organisation.agent.email]);
  });

  test("of what was over before it ended says nothing", async () => {
    await tell({ told: { owners: "now", members: [], quiet: null } });
    await snooze("2027-08-08T00:00:00Z");
    await fall();
    await answer(30, usual, "2027-07-31");
    for (let day = 10; day <= 31; day += 1) await look(`2027-07-${day}T09:00:00Z`);

    expect(await look("2027-08-08T09:00:00Z")).toMatchObject([{ state: "over", isQuiet: true }]);
    expect([await jobs(), await mails()]).toEqual([[], []]);
  });
});

test("a digest that was due while the server was away is sent when it is back, and says since when; none is sent twice", async () => {
  await fall();
  // Raised on the second; the server is away from the evening of that day until the afternoon of the fifth, a Monday.
  const owner = stand.organisation.owner.email;
  expect(await mails("2027-07-02T10:02:00Z", "2027-07-05T15:02:00Z", "2027-07-05T16:02:00Z", "2027-07-06T08:02:00Z")).toEqual([`${owner}: one alert since 2027-07-02`]);
});
