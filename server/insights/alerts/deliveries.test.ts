// Alerts on their way to a webhook and a chat that do not take them.
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { alertsReply, madeRule, rule, type Rule } from "./alerts.contract.ts";
import { writeToChat } from "./chat.ts";
import { DELIVERY_TRIES } from "./deliveries.ts";
import { lookByDueRules } from "./looking.ts";
import { postAlert } from "./telling.ts";

let firsthand: Installation;
let organisation: Organisation;
let other: { server: Server; url: string; status: number; calls: string[] };
const clock = { at: new Date("2027-06-27T09:00:00Z") };
const dayMs = 86_400_000;

beforeAll(async () => {
  const server = createServer((request, reply) => {
    let body = "";
    request.on("data", (piece) => (body += String(piece)));
    request.on("end", () => {
      other.calls.push(body);
      reply.writeHead(other.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  other = { server, status: 503, calls: [], url: `http://127.0.0.1:${Object(server.address()).port}/alerts` };
  firsthand = await makeInstallation({ clock: { now: () => clock.at }, environment: { OUTSIDE_HOSTS_ALLOWED: "127.0.0.1" } });
});
afterAll(async () => {
  await firsthand.stop();
  other.server.close();
});
beforeEach(async () => {
  clock.at = new Date("2027-06-27T09:00:00Z");
  Object.assign(other, { status: 503, calls: [] });
  organisation = await firsthand.makeOrganisation();
});

const db = () => firsthand.services.db;
const ask = async (method: "GET" | "POST" | "PATCH" | "PUT", url: string, body?: unknown, status = method === "POST" ? 201 : 200): Promise<unknown> => {
  const reply = await organisation.manager.ask(method, url, body);
  expect(reply.status, reply.text).toBe(status);
  return reply.body;
};
const shown = async (id: string): Promise<Rule["deliveries"]> => rule.parse(await ask("GET", `/api/alert-rules/${id}`)).deliveries;
const mails = async (): Promise<{ to: string; subject: string }[]> => (await db().query<{ to: string; subject: string }>("select recipient as to, subject from platform.mails where workspace_id = $1 and subject like '%do not arrive'", [organisation.workspaceId])).rows;
const dueNow = async (key: string): Promise<number> => (await db().query("select from graphile_worker._private_jobs where key = $1 and attempts = 0", [key])).rowCount ?? 0;

/** A rule whose alert is on its way to both; the jobs are held back, so that each try is the test's own. */
const fall = async (): Promise<{ rule: Rule; alertId: string }> => {
  const made = madeRule.parse(await ask("POST", "/api/alert-rules", { name: "Falls", what: "csat", direction: "down", hookUrl: other.url, chat: { service: "slack", url: other.url } }));
  const days = (last: string, count: number, value: number) => Array.from({ length: count * 8 }, (_, place) => makePerception({ kind: "csat", value, scaleMin: 1, scaleMax: 5, at: new Date(Date.parse(`${last}T12:00:00Z`) - Math.floor(place / 8) * dayMs).toISOString() }));
  await insertPerceptions(db(), organisation.workspaceId, days("2027-06-26", 40, 5));
  await firsthand.settle();
  await lookByDueRules(firsthand.services);
  await insertPerceptions(db(), organisation.workspaceId, days("2027-06-29", 3, 1));
  await ask("PATCH", `/api/alert-rules/${made.id}`, { told: { owners: "never", members: [], quiet: { from: "00:00", to: "23:59" } } });
  clock.at = new Date("2027-06-30T09:00:00Z");
  await firsthand.settle();
  await lookByDueRules(firsthand.services);
  const { items } = alertsReply.parse(await ask("GET", `/api/alerts?rule=${made.id}`));
  return { rule: made, alertId: items[0]?.id ?? "" };
};

test("are tried for days, show on their rule why they were not taken, and are given up with a word to the owners", async () => {
  const { rule: made, alertId } = await fall();
  expect(await shown(made.id)).toMatchObject([{ way: "chat", open: 1, givenUp: 0, attempts: 0, fault: null, sentAt: null }, { way: "hook", open: 1, fault: null }]);
  const tried = (attempt: number) => ({ workspaceId: organisation.workspaceId, alertId, attempt });

  await expect(postAlert(firsthand.services, tried(1))).rejects.toThrow("it answered 503");
  await expect(writeToChat(firsthand.services, tried(7))).rejects.toThrow("it answered 503");
  expect(await shown(made.id)).toMatchObject([{ way: "chat", open: 1, attempts: 7, fault: "it answered 503", triedAt: clock.at.toISOString() }, { way: "hook", open: 1, attempts: 1, fault: "it answered 503" }]);
  expect(await mails()).toEqual([]);

  await expect(postAlert(firsthand.services, tried(DELIVERY_TRIES))).rejects.toThrow("it answered 503");
  other.status = 200;
  await writeToChat(firsthand.services, tried(8));

  expect(await shown(made.id)).toMatchObject([{ way: "chat", open: 0, givenUp: 0, fault: null, sentAt: clock.at.toISOString() }, { way: "hook", open: 0, givenUp: 1, fault: "it answered 503", sentAt: null }]);
  expect(await mails()).toEqual([{ to: organisation.owner.email, subject: expect.stringContaining('alerts of "Falls" do not arrive') }]);
});

test("that were given up are sent once more when somebody asks for it", async () => {
  const { rule: made, alertId } = await fall();
  const tried = { workspaceId: organisation.workspaceId, alertId, attempt: DELIVERY_TRIES };
  await expect(postAlert(firsthand.services, tried)).rejects.toThrow("it answered 503");
  expect((await organisation.viewer.ask("POST", `/api/alert-rules/${made.id}/redeliveries`)).status).toBe(403);
  expect((await (await firsthand.makeOrganisation()).owner.ask("POST", `/api/alert-rules/${made.id}/redeliveries`)).status).toBe(404);

  other.status = 200;
  // The chat was not tried yet: it waits for the end of quiet hours, whatever is asked of the webhook.
  expect(await ask("POST", `/api/alert-rules/${made.id}/redeliveries`, undefined, 200)).toEqual({ sent: 1, left: 0 });
  await expect.poll(async () => (await shown(made.id)).map(({ way, open, givenUp }) => [way, open, givenUp]), { timeout: 20_000 }).toEqual([["chat", 1, 0], ["hook", 0, 0]]);

  expect((await shown(made.id)).map(({ sentAt }) => sentAt !== null)).toEqual([false, true]);
  expect(await dueNow(`alerts.hook:${alertId}`)).toBe(0);
  // An older try that fails only now takes nothing back, and is not told of.
  Object.assign(other, { status: 503 });
  await postAlert(firsthand.services, tried);
  expect((await shown(made.id)).map(({ way, open, givenUp }) => [way, open, givenUp])).toEqual([["chat", 1, 0], ["hook", 0, 0]]);
  other.status = 200;
  await db().query(
    `insert into insights.alerts select (jsonb_populate_record(alert, jsonb_build_object('id', gen_random_uuid(), 'step', alert.step - place, 'ended_at', now()))).* from insights.alerts alert, generate_series(1, 201) place where alert.id = $1`, [alertId]);
  await db().query("insert into insights.alert_deliveries (alert_id, way, workspace_id, rule_id, state) select id, 'hook', workspace_id, rule_id, 'given_up' from insights.alerts where rule_id = $1 and id <> $2", [made.id, alertId]);
  expect(await ask("POST", `/api/alert-rules/${made.id}/redeliveries`, undefined, 200)).toEqual({ sent: 200, left: 1 });
  await expect.poll(async () => (await shown(made.id)).map(({ way, open, givenUp }) => [way, open, givenUp]), { timeout: 30_000 }).toEqual([["chat", 1, 0], ["hook", 0, 1]]);
});

test("are forgotten with the address", async () => {
  const { rule: made, alertId } = await fall();
  await expect(postAlert(firsthand.services, { workspaceId: organisation.workspaceId, alertId, attempt: 1 })).rejects.toThrow("it answered 503");
  expect((await shown(made.id)).map(({ way }) => way)).toEqual(["chat", "hook"]);
  await ask("PATCH", `/api/alert-rules/${made.id}`, { hookUrl: null });
  expect((await shown(made.id)).map(({ way }) => way)).toEqual(["chat"]);
});

test("wait while their rule is snoozed, with what was tried of them, and are sent after it", async () => {
  const { rule: made, alertId } = await fall();
  const tried = { workspaceId: organisation.workspaceId, alertId, attempt: 3 };
  const waiting = async (): Promise<unknown[]> => (await db().query("select run_at as at from graphile_worker._private_jobs where key = any ($1) order by key", [[`alerts.chat:${alertId}`, `alerts.hook:${alertId}`]])).rows;
  await expect(postAlert(firsthand.services, tried)).rejects.toThrow("it answered 503");
  await ask("PUT", `/api/alert-rules/${made.id}/snooze`, { until: "2027-06-30T09:30:00Z" }, 200);
  const before = await shown(made.id);

  await postAlert(firsthand.services, tried);
  await writeToChat(firsthand.services, tried);
  expect(await shown(made.id)).toEqual(before);
  expect(await waiting()).toEqual([1, 2].map(() => ({ at: new Date("2027-06-30T09:30:00Z") })));
  // A snooze may be ended early, so that a long one is looked at every hour.
  await ask("PUT", `/api/alert-rules/${made.id}/snooze`, { until: "2027-07-01T09:30:00Z" }, 200);
  await writeToChat(firsthand.services, tried);
  expect(await waiting()).toEqual(["10:00", "09:30"].map((at) => ({ at: new Date(`2027-06-30T${at}:00Z`) })));

  other.status = 200;
  clock.at = new Date("2027-07-01T09:30:00Z");
  await postAlert(firsthand.services, tried);
  expect(await shown(made.id)).toMatchObject([{ way: "chat", open: 1 }, { way: "hook", open: 0, sentAt: clock.at.toISOString() }]);
});

test("a chat can be tried before the rule is saved, by whoever may change rules", async () => {
  const chatOf = (service: string) => ({ service, url: other.url });
  const tryOut = (chat: object): Promise<unknown> => ask("POST", "/api/alert-rules/chat-trial", chat, 200);
  other.status = 200;
  expect(await tryOut(chatOf("discord"))).toEqual({ fault: null });
  expect(JSON.parse(other.calls[0] ?? "{}").content).toContain("This is a test.");
  other.status = 404;
  expect(await tryOut(chatOf("discord"))).toEqual({ fault: "it answered 404" });
  expect(await tryOut({ service: "slack", url: "http://10.0.0.1/services" })).toMatchObject({ fault: expect.stringContaining("10.0.0.1") });
  expect((await organisation.agent.ask("POST", "/api/alert-rules/chat-trial", chatOf("slack"))).status).toBe(403);
  expect(await Promise.all(Array.from({ length: 20 }, async () => (await organisation.manager.ask("POST", "/api/alert-rules/chat-trial", chatOf("discord"))).status))).toContain(429);
});
