import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { newId } from "#platform/db";
import { makeInteraction, makePerception } from "../../customers/customers.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { board } from "./dashboards.contract.ts";
import { schedule, schedulesReply, type Schedule } from "./schedules.contract.ts";
import { beginSendings } from "./schedules.ts";
import { sendBoard } from "./sending.ts";

let firsthand: Installation;
let organisation: Organisation;
let dashboardId: string;
let now = new Date("2026-06-30T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now }, environment: { CHROMIUM_PATH: "/nowhere/chromium" } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  now = new Date("2026-06-30T12:00:00Z");
  organisation = await firsthand.makeOrganisation("Shop");
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, Array.from({ length: 12 }, () => makePerception({ at: "2026-06-28T12:00:00Z", value: 10, channel: "=web" })));
  await firsthand.settle();
  const place = { x: 0, y: 0, w: 4, h: 3 };
  const tiles = [{ id: newId(), chart: "number", metric: "nps", place }, { id: newId(), chart: "bars", split: "channel", metric: "nps", place }];
  dashboardId = board.parse((await organisation.manager.ask("POST", "/api/dashboards", { name: "Week", tiles })).body).id;
});

const plan = async (given: object): Promise<Schedule> => {
  const reply = await organisation.manager.ask("POST", `/api/dashboards/${dashboardId}/schedules`, { rhythm: "weekly", weekday: 3, hour: 7, period: "7d", ...given });
  expect(reply.status, reply.text).toBe(201);
  return schedule.parse(reply.body);
};
const show = async (): Promise<Schedule[]> => schedulesReply.parse((await organisation.manager.ask("GET", `/api/dashboards/${dashboardId}/schedules`)).body).items;
const readMails = async (to: string) => {
  const folder = join(firsthand.dataDir, "mails");
  const mails = await Promise.all(readdirSync(folder).map((name) => PostalMime.parse(readFileSync(join(folder, name)))));
  return mails.filter((mail) => mail.to?.some(({ address }) => address === to));
};
const waitForMails = (to: string, count: number) => vi.waitFor(async () => {
  const mails = await readMails(to);
  expect(mails).toHaveLength(count);
  return mails;
}, { timeout: 15_000 });
const tokenIn = (text: string | undefined): string => /board-mails\/([\w-]+)/u.exec(text ?? "")?.[1] ?? "";
const say = (token: string, wants: boolean) => firsthand.nobody.ask("POST", `/api/public/board-mails/${token}`, { wants });
const outside = (): string => `${newId()}@example.com`;

describe("a dashboard by mail", () => {
  test("comes once when it is due, with its numbers as text and as a table, and says why there is no PDF", async () => {
    const { nextAt } = await plan({ memberIds: [organisation.viewer.memberId] });
    expect(nextAt).toBe("2026-07-01T07:00:00.000Z");
    now = new Date("2026-07-01T07:00:20Z");

    await Promise.all([beginSendings(firsthand.services), beginSendings(firsthand.services)]);

    const [mail] = await waitForMails(organisation.viewer.email, 1);
    expect(mail?.subject).toBe("Week, 2026-07-01");
    expect(mail?.text).toMatch(/Net promoter score\n {2}\+100 \(95%: .*\), 12 answers/u);
    expect(mail?.text).toContain("There is no PDF");
    expect(mail?.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([["Week 2026-07-01.csv", "text/csv"]]);
    const content = mail?.attachments[0]?.content ?? "";
    const csv = typeof content === "string" ? content : new TextDecoder().decode(content);
    expect(csv).toContain("Net promoter score by channel,nps,'=web,2026-06-24T00:00:00.000Z,2026-07-01T00:00:00.000Z");
    const [after] = await show();
    expect(after).toMatchObject({ nextAt: "2026-07-08T07:00:00.000Z", sendings: [{ dueAt: nextAt, recipients: 1, hasPdf: false }] });

    await sendBoard(firsthand.services, { workspaceId: organisation.workspaceId, sendingId: after?.sendings[0]?.id ?? "" });
    await beginSendings(firsthand.services);
    expect(await readMails(organisation.viewer.email)).toHaveLength(1);
  });

  test("tells what people wrote without the personal data in it, and no figure of few", async () => {
    const at = "2026-06-28T12:00:00Z";
    const fact = makeInteraction(organisation.workspaceId, { at, type: "call", subject: "user:emily" });
    await insertInteractions(firsthand.services.db, organisation.workspaceId, [fact]);
    const felt = { at, interactionId: fact.id, subject: "user:emily", channel: "=desk" };
    await insertPerceptions(firsthand.services.db, organisation.workspaceId, [makePerception({ ...felt, value: 0 }), makePerception({ ...felt, kind: "comment", value: null, scaleMin: null, scaleMax: null, text: "My name is Emily Brown, I live at 12 Baker Street." })]);
    await firsthand.settle();
    const place = { x: 0, y: 0, w: 4, h: 3 };
    const tiles = [{ id: newId(), chart: "answers", metric: "nps", hasWordsOnly: true, place }, { id: newId(), chart: "bars", split: "channel", metric: "nps", filters: { channel: ["=desk"] }, place }];
    dashboardId = board.parse((await organisation.manager.ask("POST", "/api/dashboards", { name: "Words", tiles })).body).id;
    await plan({ memberIds: [organisation.viewer.memberId], showsComments: true });
    now = new Date("2026-07-01T07:00:20Z");

    await beginSendings(firsthand.services);

    const [mail] = await waitForMails(organisation.viewer.email, 1);
    expect(mail?.text).toContain("– My name is [name], I live at [address]");
    const content = mail?.attachments[0]?.content ?? "";
    const csv = typeof content === "string" ? content : new TextDecoder().decode(content);
    expect(csv).toContain("answers");
    expect(`${mail?.text} ${csv}`).not.toMatch(/emily|brown|baker|-100/iu);
  });

  test("asks people outside first, goes only to who said yes, and to nobody who left, also by the one click of mail programs", async () => {
    const [yes, silent] = [outside(), outside()];
    const { id } = await plan({ addresses: [yes, silent, yes.toUpperCase()] });
    const [asked] = await waitForMails(yes, 1);
    const token = tokenIn(asked?.text);
    expect(await firsthand.nobody.ask("GET", `/api/public/board-mails/${token}`)).toMatchObject({ status: 200, body: { dashboard: "Week", organisation: "Shop", state: "asked" } });
    expect(await say(token, true)).toMatchObject({ body: { state: "confirmed" } });

    expect((await organisation.manager.ask("POST", `/api/dashboard-schedules/${id}/sendings`)).status).toBe(202);
    const mails = await waitForMails(yes, 2);
    const report = mails.find(({ subject }) => subject?.startsWith("Week"));
    expect(report?.text).not.toContain("/dashboards/");
    expect(report?.headers.find(({ key }) => key === "list-unsubscribe-post")?.value).toBe("List-Unsubscribe=One-Click");
    expect(await readMails(silent)).toHaveLength(1);

    const click = await firsthand.nobody.ask("POST", `/api/public/board-mails/${token}/one-click`, Buffer.from("List-Unsubscribe=One-Click"), { "content-type": "application/x-www-form-urlencoded" });
    expect(click.status).toBe(204);
    now = new Date("2026-06-30T13:00:00Z");
    await organisation.manager.ask("POST", `/api/dashboard-schedules/${id}/sendings`);
    await vi.waitFor(async () => expect((await show())[0]?.sendings).toMatchObject([{ recipients: 0, problem: expect.stringContaining("Nobody") }, { recipients: 1 }]), { timeout: 15_000 });
    expect((await show())[0]?.recipients.map(({ state }) => state).toSorted()).toEqual(["asked", "left"]);
  });

  test("waits while it is paused, and ends when it is deleted; links out of its mails lead nowhere then", async () => {
    const { id } = await plan({ addresses: [outside()], memberIds: [organisation.admin.memberId] });
    const { rows } = await firsthand.services.db.query<{ token: string }>("select token from insights.dashboard_recipients where workspace_id = $1 and address is not null", [organisation.workspaceId]);
    const change = (isPaused: boolean) => organisation.manager.ask("PATCH", `/api/dashboard-schedules/${id}`, { isPaused });
    expect((await change(true)).status).toBe(204);
    now = new Date("2026-07-02T12:00:00Z");
    await beginSendings(firsthand.services);
    expect((await show())[0]).toMatchObject({ isPaused: true, sendings: [] });
    await change(false);
    expect((await show())[0]).toMatchObject({ isPaused: false, nextAt: "2026-07-08T07:00:00.000Z" });

    expect((await organisation.manager.ask("DELETE", `/api/dashboard-schedules/${id}`)).status).toBe(204);
    expect(await show()).toEqual([]);
    expect(await say(rows[0]?.token ?? "", true)).toMatchObject({ status: 404, body: { error: { code: "subscription_unknown" } } });
  });

  test("is for who may share, and for members of this workspace", async () => {
    const stranger = await firsthand.makeOrganisation();
    const body = { rhythm: "daily", hour: 7, period: "7d" };
    const ask = (more: object, who = organisation.manager) => who.ask("POST", `/api/dashboards/${dashboardId}/schedules`, { ...body, ...more });
    expect(await ask({})).toMatchObject({ status: 400, body: { error: { code: "dashboard_schedule_nobody" } } });
    expect(await ask({ memberIds: [stranger.owner.memberId] })).toMatchObject({ status: 400, body: { error: { code: "dashboard_member_unknown" } } });
    expect((await ask({ memberIds: [organisation.agent.memberId] }, organisation.agent)).status).toBe(403);
    const { id } = await plan({ memberIds: [organisation.viewer.memberId] });
    for (const [method, path] of [["PATCH", ""], ["DELETE", ""], ["POST", "/sendings"]] as const)
      expect((await stranger.owner.ask(method, `/api/dashboard-schedules/${id}${path}`, method === "PATCH" ? { isPaused: true } : undefined)).status).toBe(404);
  });
});
