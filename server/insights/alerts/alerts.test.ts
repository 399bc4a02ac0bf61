import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { insertPerceptions, type NewPerception } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { alert, alertsReply, madeRule, rule, rulesReply, trialReply, unseenReply, type Alert, type Rule } from "./alerts.contract.ts";
import { writeToChat } from "./chat.ts";
import { sendDigests } from "./digests.ts";
import { lookByDueRules } from "./looking.ts";
import { mailAlert } from "./telling.ts";

let firsthand: Installation;
let organisation: Organisation;
let hook: { server: Server; url: string; calls: { headers: Record<string, unknown>; body: string }[]; status: number };
const clock = { at: new Date("2027-06-30T09:00:00Z") };

beforeAll(async () => {
  hook = await listenForHooks();
  firsthand = await makeInstallation({ clock: { now: () => clock.at }, environment: { OUTSIDE_HOSTS_ALLOWED: "127.0.0.1" } });
});
afterAll(async () => {
  await firsthand.stop();
  hook.server.close();
});
beforeEach(async () => {
  clock.at = new Date("2027-06-25T09:00:00Z");
  hook.calls.length = 0;
  hook.status = 200;
  organisation = await firsthand.makeOrganisation();
});

const listenForHooks = async (): Promise<typeof hook> => {
  const calls: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, reply) => {
    let body = "";
    request.on("data", (piece) => (body += String(piece)));
    request.on("end", () => {
      calls.push({ headers: request.headers, body });
      reply.writeHead(hook.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, calls, status: 200, url: `http://127.0.0.1:${Object(server.address()).port}/alerts` };
};

const dayMs = 86_400_000;
/** Ten scores on each of some days before a day: good ones, or from a day on bad ones. */
const scores = (days: number, values: readonly number[], lastDay: string, given: Partial<NewPerception> = {}): Partial<NewPerception>[] =>
  Array.from({ length: days }, (_, back) => values.map((value, index) => ({ ...given, value, at: new Date(Date.parse(`${lastDay}T12:00:00Z`) - back * dayMs + index * 60_000).toISOString() }))).flat();
const usual = [10, 10, 9, 9, 10, 8, 7, 8, 5, 3, 9, 10];
const bad = [2, 3, 5, 6, 8, 7, 9, 4, 1, 10, 6, 5];

const add = async (rows: readonly Partial<NewPerception>[]): Promise<void> => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.map((row) => makePerception(row)));
  await firsthand.settle();
};
const look = async (at?: string): Promise<void> => {
  if (at !== undefined) clock.at = new Date(at);
  await firsthand.settle();
  await lookByDueRules(firsthand.services);
};
const ask = async (method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown, who: Client = organisation.manager, status = method === "POST" ? 201 : 200): Promise<unknown> => {
  const reply = await who.ask(method, url, body);
  expect(reply.status, reply.text).toBe(status);
  return reply.body;
};
const alerts = async (query = "", who: Client = organisation.viewer): Promise<Alert[]> => alertsReply.parse(await ask("GET", `/api/alerts${query}`, undefined, who)).items;
const rules = async (): Promise<Rule[]> => rulesReply.parse(await ask("GET", "/api/alert-rules")).items;
const unseen = async (who: Client = organisation.viewer): Promise<number> => unseenReply.parse(await ask("GET", "/api/alerts/unseen", undefined, who)).unseen;
const npsRule = async (): Promise<Rule> => {
  const found = (await rules()).find(({ what }) => what === "nps");
  if (found === undefined) throw new Error("No rule watches the net promoter score.");
  return found;
};
const mails = (folder = join(firsthand.dataDir, "mails")): string[] => {
  try {
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8").replaceAll("=\r\n", ""));
  } catch {
    return [];
  }
};
const mailsTo = (email: string): string[] => mails().filter((mail) => mail.includes(`To: ${email}`));

/** A history of ten weeks that was looked at, then three bad days that nobody has looked at yet. */
const fallAfterHistory = async (): Promise<void> => {
  await add(scores(70, usual, "2027-06-26"));
  await look("2027-06-27T09:00:00Z");
  await add(scores(3, bad, "2027-06-29"));
};

describe("rules", () => {
  test("are there from the beginning, and those deleted do not come back", async () => {
    const first = await rules();
    expect(first.map(({ what, direction, isOn }) => [what, direction, isOn])).toEqual([
      ["nps", "down", true], ["csat", "down", true], ["stars", "down", true], ["unmet_promise", "up", true], ["urgent_comments", "up", true], ["answers", "down", true],
    ]);
    expect(first[0]?.words).toBe("NPS falls by 5 points or more, beyond what chance explains. Looked at every day; false alarms: at most one in 2 years.");

    await ask("DELETE", `/api/alert-rules/${first[1]?.id}`, undefined, organisation.manager, 204);
    await look();

    expect((await rules()).map(({ what }) => what)).not.toContain("csat");
  });

  test("are made, changed and deleted by whoever may, and are a workspace's own", async () => {
    const made = madeRule.parse(await ask("POST", "/api/alert-rules", { what: "ces", direction: "both", filters: { channel: ["app"] }, hookUrl: hook.url }));
    expect(made).toMatchObject({ name: "CES up or down", smallestChange: 0.15, sensitivity: "rarely", isPreset: false });
    expect(made.hookSecret).toMatch(/^fha_/u);

    const changed = madeRule.parse(await ask("PATCH", `/api/alert-rules/${made.id}`, { sensitivity: "often", name: "Ease" }));
    expect(changed).toMatchObject({ name: "Ease", sensitivity: "often", hookSecret: null });

    expect((await organisation.viewer.ask("POST", "/api/alert-rules", { what: "ces", direction: "up" })).status).toBe(403);
    const stranger = await firsthand.makeOrganisation();
    expect((await stranger.owner.ask("PATCH", `/api/alert-rules/${made.id}`, { isOn: false })).status).toBe(404);
    expect((await stranger.owner.ask("DELETE", `/api/alert-rules/${made.id}`)).status).toBe(404);
    const unknown = await organisation.manager.ask("POST", "/api/alert-rules", { what: "nps", direction: "up", told: { owners: "never", quiet: null, members: [{ memberId: stranger.owner.memberId, mail: "now" }] } });
    expect(unknown.body).toMatchObject({ error: { code: "alert_member_unknown" } });
  });
});

describe("a fall", () => {
  test("is told once however often it is looked at, with its evidence, and not again while it lasts", async () => {
    await fallAfterHistory();
    await Promise.all([look("2027-06-30T09:00:00Z"), look("2027-06-30T09:00:00Z")]);
    await look("2027-06-30T09:05:00Z");
    await add(scores(1, bad, "2027-06-30"));
    await look("2027-07-01T09:00:00Z");

    const found = await alerts();

    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ what: "nps", direction: "down", tone: "bad", state: "raised", isQuiet: false, isFromHistory: false, endedAt: null });
    expect(found[0]?.title).toMatch(/^NPS fell to [+−]?\d+, \d+ points below what eight weeks say$/u);
    expect(found[0]?.detail).toMatch(/^On one day: 12 answers; \+42 was to be expected from 672 before \(difference \d+ to \d+ points\)\. Chance does this about once in \d+ years\.$/u);
    expect(found[0]?.evidence).toMatchObject({ unit: "points", from: "2027-06-27T00:00:00.000Z", to: "2027-06-28T00:00:00.000Z", count: 12 });
    expect(found[0]?.evidence.expected).toBeGreaterThan(30);
    expect(found[0]?.evidence.points.length).toBeGreaterThan(50);
    expect(found[0]?.link).toBe("/?from=2027-06-27&to=2027-06-28&metric=nps&open=nps");
  });

  test("is over when scores are as before", async () => {
    await fallAfterHistory();
    await look("2027-06-30T09:00:00Z");
    await add(scores(16, usual, "2027-07-15"));
    for (let day = 1; day <= 16; day += 1) await look(new Date(Date.parse("2027-06-30T09:00:00Z") + day * dayMs).toISOString());

    const [over] = await alerts("?state=over");

    expect(over).toMatchObject({ state: "over", endReason: "back" });
    // It fell from the 27th of June on, was noticed on the 30th, and is over since some day of July.
    const within = async (from: string, to: string): Promise<number> => (await alerts(`?from=${from}T00:00:00Z&to=${to}T00:00:00Z`)).length;
    expect([await within("2027-06-01", "2027-06-27"), await within("2027-06-01", "2027-06-28"), await within("2027-07-01", "2027-07-02"), await within("2027-07-16", "2027-07-17")]).toEqual([0, 1, 1, 0]);
    expect(await alerts("?state=open")).toEqual([]);
  });

  test("is new to each member until seen, and useful or not to each", async () => {
    await fallAfterHistory();
    await look("2027-06-30T09:00:00Z");
    const [found] = await alerts();
    expect([await unseen(), await unseen(organisation.agent)]).toEqual([1, 1]);

    await ask("POST", "/api/alerts/seen", { ids: [found?.id] }, organisation.viewer, 204);
    expect([await unseen(), await unseen(organisation.agent)]).toEqual([0, 1]);
    expect((await alerts())[0]?.state).toBe("seen");

    await ask("PUT", `/api/alerts/${found?.id}/opinion`, { isUseful: true }, organisation.viewer);
    await ask("PUT", `/api/alerts/${found?.id}/opinion`, { isUseful: true }, organisation.agent);
    const last = alert.parse(await ask("PUT", `/api/alerts/${found?.id}/opinion`, { isUseful: false }, organisation.admin));
    expect(last.opinions).toEqual({ useful: 2, notUseful: 1, mine: false });
    const { raised, precision } = await npsRule();
    expect(raised).toEqual({ count: 1, useful: 2, notUseful: 1 });
    expect(precision?.share).toBeCloseTo(2 / 3, 5);
    expect(precision?.low).toBeGreaterThan(0.2);

    const stranger = await firsthand.makeOrganisation();
    expect((await stranger.owner.ask("GET", `/api/alerts/${found?.id}`)).status).toBe(404);
    expect((await stranger.owner.ask("PUT", `/api/alerts/${found?.id}/opinion`, { isUseful: true })).status).toBe(404);
  });

  test("of few answers says nothing", async () => {
    await add(scores(70, [10, 4], "2027-06-26"));
    await look("2027-06-27T09:00:00Z");
    await add(scores(3, [0, 1, 2], "2027-06-29"));
    await look("2027-06-30T09:00:00Z");

    expect(await alerts()).toEqual([]);
  });

  test("that came in with old records is found, and nobody is bothered with it", async () => {
    await add(scores(70, usual, "2027-06-29"));
    await look("2027-06-30T09:00:00Z");
    await add(scores(60, bad, "2027-06-29"));
    await look("2027-07-01T09:00:00Z");

    expect((await alerts()).every(({ isQuiet, isFromHistory }) => isQuiet && isFromHistory)).toBe(true);
  });

  test("in the history of a workspace is shown as history", async () => {
    await add(scores(70, usual, "2027-05-01"));
    await add(scores(20, bad, "2027-05-21"));
    await add(scores(39, usual, "2027-06-29"));
    await look("2027-06-30T09:00:00Z");

    const found = await alerts();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ isFromHistory: true, isQuiet: true, state: "over", endReason: "back" });
    expect(await unseen()).toBe(0);
  });
});

describe("who is told", () => {
  const tell = async (change: unknown): Promise<z.infer<typeof madeRule>> => madeRule.parse(await ask("PATCH", `/api/alert-rules/${(await npsRule()).id}`, change));

  test("mails once to those who want to know at once, not in quiet hours", async () => {
    await tell({ told: { owners: "never", members: [{ memberId: organisation.agent.memberId, mail: "now" }], quiet: null } });
    await fallAfterHistory();
    await look("2027-06-30T09:00:00Z");
    await look("2027-06-30T09:05:00Z");

    await vi.waitFor(() => expect(mailsTo(organisation.agent.email)).toHaveLength(1), { timeout: 15_000 });
    expect(mailsTo(organisation.agent.email)[0]).toContain("NPS fell to");
    expect(mailsTo(organisation.owner.email)).toHaveLength(0);
  });

  test("waits in quiet hours, and is not told after them when the rule was snoozed meanwhile", async () => {
    await tell({ told: { owners: "now", members: [], quiet: { from: "08:00", to: "23:30" } } });
    await fallAfterHistory();
    await look("2027-06-30T09:00:00Z");

    const { rows } = await firsthand.services.db.query<{ runAt: Date }>(
      `select run_at as "runAt" from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
       where task.identifier = 'alerts.mail' and job.payload ->> 'workspaceId' = $1`, [organisation.workspaceId]);
    expect(rows.map(({ runAt }) => runAt.toISOString())).toEqual(["2027-06-30T23:30:00.000Z"]);

    // Whoever snoozes the rule meanwhile wants no mail of it when they end.
    await ask("PUT", `/api/alert-rules/${(await npsRule()).id}/snooze`, { until: "2027-07-02T00:00:00Z" });
    clock.at = new Date("2027-06-30T23:30:00Z");
    await mailAlert(firsthand.services, organisation.workspaceId, (await alerts())[0]?.id ?? "");
    const { rows: sent } = await firsthand.services.db.query("select from platform.mails where workspace_id = $1", [organisation.workspaceId]);
    expect(sent).toEqual([]);
  });

  test("posts a signed message, again until it is taken", async () => {
    hook.status = 503;
    const { hookSecret } = await tell({ hookUrl: hook.url });
    await fallAfterHistory();
    await look("2027-06-30T09:00:00Z");
    await vi.waitFor(() => expect(hook.calls.length).toBeGreaterThan(0), { timeout: 15_000 });
    hook.status = 200;
    await firsthand.services.db.query("update graphile_worker._private_jobs set run_at = now() where key like 'alerts.hook:%'");
    await vi.waitFor(() => expect(hook.calls.length).toBeGreaterThan(1), { timeout: 15_000 });

    const last = hook.calls.at(-1);
    const [, seconds = "", signature = ""] = /^t=(\d+),v1=([\da-f]{64})$/u.exec(String(last?.headers["x-firsthand-signature"])) ?? [];
    expect(createHmac("sha256", hookSecret ?? "").update(`${seconds}.${last?.body}`).digest("hex")).toBe(signature);
    expect(JSON.parse(last?.body ?? "null")).toMatchObject({ event: "alert.raised", what: "nps", direction: "down" });
    expect(last?.headers["idempotency-key"]).toBe(JSON.parse(last?.body ?? "{}").id);
  });

  describe("a chat", () => {
    const chatOf = (service: string) => ({ service, url: hook.url });
    test("is written into, again until it takes it, and not while the rule is snoozed", async () => {
      hook.status = 500;
      await tell({ chat: chatOf("mattermost") });
      await fallAfterHistory();
      await look("2027-06-30T09:00:00Z");
      await vi.waitFor(() => expect(hook.calls.length).toBeGreaterThan(0), { timeout: 15_000 });
      hook.status = 200;
      await firsthand.services.db.query("update graphile_worker._private_jobs set run_at = now() where key like 'alerts.chat:%'");
      await vi.waitFor(() => expect(hook.calls.length).toBeGreaterThan(1), { timeout: 15_000 });
      expect(JSON.parse(hook.calls.at(-1)?.body ?? "{}").text).toMatch(/^NPS fell to .*\nhttps?:.*\n/su);
      hook.calls.length = 0;
      await ask("PUT", `/api/alert-rules/${(await npsRule()).id}/snooze`, { until: "2027-07-02T00:00:00Z" });
      await writeToChat(firsthand.services, { workspaceId: organisation.workspaceId, alertId: (await alerts())[0]?.id ?? "", attempt: 1 });
      expect(hook.calls).toEqual([]);
    });

    test("has an address that is sealed, shown to nobody, and kept with what else changes", async () => {
      await fallAfterHistory();
      await look("2027-06-30T09:00:00Z");
      const write = async (): Promise<void> => writeToChat(firsthand.services, { workspaceId: organisation.workspaceId, alertId: (await alerts())[0]?.id ?? "", attempt: 1 });
      const { id } = await tell({ chat: chatOf("slack"), hookUrl: `${hook.url}/signed` });
      for (const change of [{ name: "Renamed" }, { hookUrl: `${hook.url}/other` }, { hookUrl: null }]) expect(await tell(change)).toMatchObject({ id, chat: { service: "slack", host: new URL(hook.url).host } });
      const { rows } = await firsthand.services.db.query("select rule.*::text as row from insights.alert_rules rule where id = $1", [id]);
      expect(JSON.stringify([rows, await ask("GET", "/api/alert-rules")])).not.toContain(hook.url);
      await write();
      await firsthand.services.db.query("update insights.alert_rules set secrets = secrets - 'chat' where id = $1", [id]);
      await firsthand.services.db.query("insert into insights.alert_deliveries (alert_id, way, workspace_id, rule_id, state) select id, 'chat', workspace_id, rule_id, 'waiting' from insights.alerts where workspace_id = $1 on conflict (alert_id, way) do update set state = 'waiting'", [organisation.workspaceId]);
      // Nothing can be sent, and trying again would not help: the owners are told.
      await write();
      expect((await firsthand.services.db.query("select from platform.mails where workspace_id = $1 and subject like '%alerts of \"Renamed\" do not arrive'", [organisation.workspaceId])).rowCount).toBe(1);
      expect(await tell({ chat: null })).toMatchObject({ chat: null });
      await write();
      expect(hook.calls).toHaveLength(1);
    });
  });

  test("a digest comes in the morning, once, with what was raised since the last", async () => {
    await fallAfterHistory();
    await look("2027-06-30T09:00:00Z");
    await digests("2027-07-01T07:02:00Z", "2027-07-01T08:02:00Z", "2027-07-01T08:30:00Z", "2027-07-02T08:02:00Z");

    await vi.waitFor(() => expect(mailsTo(organisation.owner.email)).toHaveLength(1), { timeout: 15_000 });
    expect(mailsTo(organisation.owner.email)[0]).toContain("one alert since yesterday");
  });

  /** Lets it be some times, and gives the digests that came of it: to whom, and what about. */
  const digests = async (...times: readonly string[]): Promise<{ to: string; subject: string }[]> => {
    for (const at of times) {
      clock.at = new Date(at);
      await sendDigests(firsthand.services, organisation.workspaceId);
    }
    const { rows } = await firsthand.services.db.query<{ to: string; subject: string }>('select recipient as "to", subject from platform.mails where workspace_id = $1 order by id', [organisation.workspaceId]);
    return rows;
  };
  const asWeekly = () => ({ told: { owners: "daily", members: [{ memberId: organisation.agent.memberId, mail: "weekly" }, { memberId: organisation.admin.memberId, mail: "never" }], quiet: null } });

  test("a digest of the week comes on Monday, to those who want it so, beside the daily one of others", async () => {
    await tell(asWeekly());
    await fallAfterHistory();
    await look("2027-06-30T09:00:00Z");
    const daily = await digests("2027-07-01T08:02:00Z");
    await firsthand.services.db.query("update insights.alerts set ended_at = $2, end_reason = 'back' where workspace_id = $1", [organisation.workspaceId, new Date("2027-07-03T09:00:00Z")]);
    const weekly = await digests("2027-07-02T08:02:00Z", "2027-07-05T07:02:00Z", "2027-07-05T08:02:00Z", "2027-07-05T08:40:00Z");

    expect(daily.map(({ to }) => to)).toEqual([organisation.owner.email]);
    expect(weekly.map(({ to }) => to)).toEqual([organisation.owner.email, organisation.agent.email]);
    expect(weekly[1]?.subject).toMatch(/: one alert last week$/u);
    // What was sent is kept without its text, so that is read where it went.
    await vi.waitFor(() => expect(mailsTo(organisation.agent.email)).toHaveLength(1), { timeout: 15_000 });
    for (const words of ["NPS fell to", "was to be expected from 672 before", "It is over.", "open=3Dnps", "/alerts"]) expect(mailsTo(organisation.agent.email)[0]).toContain(words);
  });

  test("no digest comes where there is nothing to say, of what history holds, or of a rule that is snoozed", async () => {
    await tell(asWeekly());
    await add(scores(70, usual, "2027-05-01"));
    await add(scores(20, bad, "2027-05-21"));
    await add(scores(36, usual, "2027-06-26"));
    await look("2027-06-27T09:00:00Z");
    expect(await alerts()).not.toEqual([]);
    expect(await digests("2027-06-28T08:02:00Z")).toEqual([]);

    await add(scores(3, bad, "2027-06-29"));
    await look("2027-06-30T09:00:00Z");
    expect((await alerts("?state=open"))[0]).toMatchObject({ isQuiet: false });
    await ask("PUT", `/api/alert-rules/${(await npsRule()).id}/snooze`, { until: "2027-07-05T06:00:00Z" });
    expect(await digests("2027-07-01T08:02:00Z", "2027-07-02T08:02:00Z")).toEqual([]);
    expect((await digests("2027-07-05T08:02:00Z")).map(({ to }) => to)).toEqual([organisation.agent.email]);
  });

  test("nobody is told while a rule is snoozed", async () => {
    await tell({ told: { owners: "now", members: [], quiet: null } });
    await fallAfterHistory();
    rule.parse(await ask("PUT", `/api/alert-rules/${(await npsRule()).id}/snooze`, { until: "2027-07-05T00:00:00Z" }));
    await look("2027-06-30T09:00:00Z");

    expect((await alerts())[0]).toMatchObject({ isQuiet: true, snoozedUntil: "2027-07-05T00:00:00.000Z" });
    expect(await unseen()).toBe(0);
    expect((await organisation.manager.ask("PUT", `/api/alert-rules/${(await npsRule()).id}/snooze`, { until: "2020-01-01T00:00:00Z" })).body).toMatchObject({ error: { code: "alert_snooze_past" } });
  });
});

describe("answers that stop coming in", () => {
  test("are noticed within a day and a half, and told as stopped", async () => {
    await add(scores(70, usual, "2027-06-28").map((row, index) => ({ ...row, kind: "csat" as const, scaleMin: 1, scaleMax: 5, value: 4, at: new Date(Date.parse(row.at ?? "") + (index % 12) * 3_600_000 - 5 * 3_600_000).toISOString() })));
    await look("2027-06-29T00:10:00Z");
    for (let hours = 1; hours <= 36; hours += 1) await look(new Date(Date.parse("2027-06-29T00:10:00Z") + hours * 3_600_000).toISOString());

    const found = await alerts();
    expect(found.map(({ what, title }) => [what, title])).toEqual([["answers", "Answers stopped coming in"]]);
    expect(found[0]?.link).toContain("/?from=2027-06-");
  });
});

describe("a trial", () => {
  test("tells what a rule would have told, and what it lacks", async () => {
    clock.at = new Date("2027-06-30T09:00:00Z");
    await add(scores(70, usual, "2027-05-01"));
    await add(scores(20, bad, "2027-05-21"));
    await add(scores(39, usual, "2027-06-29"));

    const trial = trialReply.parse(await ask("POST", "/api/alert-rules/trial", { what: "nps", direction: "down" }, organisation.viewer, 200));
    expect(trial).toMatchObject({ count: 1, isTooLittle: false });
    expect(trial.alerts[0]?.title).toContain("NPS fell to");
    expect(trial.alerts[0]?.at.slice(0, 7)).toBe("2027-05");

    expect(trialReply.parse(await ask("POST", "/api/alert-rules/trial", { what: "ces", direction: "down" }, organisation.viewer, 200))).toMatchObject({ count: 0, isTooLittle: true });
  });
});
