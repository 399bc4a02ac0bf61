import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import type { NewPerception } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { commentsReply, groupsReply, rereading, summaryReply, textModels, type Comment } from "./comments.contract.ts";
import { startCommentReader } from "./comment-reader.ts";
import { unnamed } from "./read-each.ts";
import { writeUnread } from "./readings.queries.ts";
import { forgetGoneComments } from "./tidying.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const write = async (texts: readonly string[], given: Partial<NewPerception> = {}): Promise<void> => {
  const rows = texts.map((text) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: "2026-06-10T12:00:00Z", ...given, text }));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
};
const june = "from=2026-06-01&to=2026-07-01";
const list = async (query = "", who: Client = organisation.viewer): Promise<Comment[]> => {
  const reply = await who.ask("GET", `/api/comments?${june}&limit=100&${query}`);
  expect(reply.status, reply.text).toBe(200);
  return commentsReply.parse(reply.body).items;
};
const readAll = (count: number, query = ""): Promise<Comment[]> =>
  vi.waitFor(async () => {
    const items = await list(query);
    expect(items).toHaveLength(count);
    return items;
  }, { timeout: 15_000, interval: 150 });
const summary = async () => summaryReply.parse((await organisation.viewer.ask("GET", `/api/comments/summary?${june}`)).body);
const correct = (id: string, body: object, who: Client = organisation.agent) => who.ask("PATCH", `/api/comments/${id}/reading`, body);

describe("a comment that comes in", () => {
  test("is read by itself: feeling, needs met and unmet, and the words that carried them", async () => {
    await write(["The engineer never came, I waited the whole day and nobody told me why."]);

    const [comment] = await readAll(1);

    expect(comment).toMatchObject({ sentiment: "neg", needs: { PROMISE: "neg" }, language: "en", corrected: [], source: expect.any(String) });
    expect(comment?.sentimentScore).toBeLessThan(0);
    const words = comment?.highlights.filter(({ about }) => about === "PROMISE").map(({ from, to }) => comment.text.slice(from, to)) ?? [];
    expect(words).toContain("engineer never came");
  });

  test("keeps what one server read where it brought the reader of another down", async () => {
    await write(["The parcel never arrived."]);
    const [comment] = await readAll(1);
    const unread = { perceptionId: comment?.id ?? "", workspaceId: organisation.workspaceId, at: new Date("2026-06-10T12:00:00Z"), modelVersion: "other", asked: null, marked: [] };

    await writeUnread(firsthand.services.db, [{ ...unread, reading: unnamed(comment?.text ?? "") }]);

    expect(await list()).toEqual([comment]);
  });

  test("tells the words that carried an emotion, and those of both sides of a mixed feeling", async () => {
    await write(["I am furious, the engineer never came.", "The staff were friendly and helpful. But the parcel never arrived, terrible."]);
    const items = await readAll(2);
    const words = (part: string, about: string) => {
      const found = items.find(({ text }) => text.includes(part));
      return found?.highlights.filter((one) => one.about === about && one.weight > 0).map(({ from, to }) => found.text.slice(from, to));
    };

    expect(items.map(({ sentiment, emotion }) => [sentiment, emotion])).toEqual(expect.arrayContaining([["neg", "anger"], ["mix", null]]));
    expect(words("furious", "emotion")).toContain("furious");
    expect(words("friendly", "sentiment")).toEqual(expect.arrayContaining(["staff were friendly and helpful", "terrible"]));
    expect(words("friendly", "emotion")).toEqual([]);
  });

  test("is urgent where something is open and a day's delay does harm, not where it is late or in haste as such", async () => {
    const open = "Someone is using my card in another country and your hotline is closed.";
    await write([open, "The refund took three weeks. Poor service.", "The basket is empty after every crash. Please fix this."]);
    const read = await readAll(3);

    expect(read.filter(({ isUrgent }) => isUrgent).map(({ text }) => text)).toEqual([open]);
    expect((await summary()).urgentCount).toBe(1);
  });

  test("stands in the figures beside where it was written", async () => {
    await write(Array(12).fill("The parcel never arrived and I had to chase them for weeks."), { channel: "web", touchpoint: "Delivery" });
    await write(Array(12).fill("Thank you, wonderful and friendly staff, everything was explained."), { channel: "shop", touchpoint: "Shop visit" });
    const [one] = await readAll(24);
    expect((await list(`comment=${one?.id}`)).map(({ id }) => id)).toEqual([one?.id]);

    const told = await summary();
    const groups = groupsReply.parse((await organisation.viewer.ask("GET", `/api/comments/groups?${june}&by=channel`)).body).groups;

    expect(told).toMatchObject({ count: 24, previousCount: 0 });
    expect(told.sentiments.find(({ name }) => name === "neg")).toMatchObject({ count: 12, share: 0.5 });
    expect(told.needs.find(({ name }) => name === "PROMISE")?.unmet).toMatchObject({ count: 12, share: 0.5 });
    expect(groups.map(({ value, count, negative }) => [value, count, negative.share])).toEqual([["shop", 12, 0], ["web", 12, 1]]);
    expect(await list("need=PROMISE&polarity=neg&channel=web")).toHaveLength(12);
    expect(await list("sentiment=pos&channel=web")).toHaveLength(0);
  });

  test("stands in shares corrected by the measured errors, also in its group, unless it was chosen by what was read in it", async () => {
    await write(Array(30).fill("The parcel never arrived and I had to chase them for weeks."), { channel: "web" });
    await write(Array(30).fill("Thank you, wonderful and friendly staff, everything was explained."), { channel: "shop" });
    await write(Array(20).fill("Das Paket ist leider nicht angekommen, und niemand hat sich darum gekümmert."), { channel: "post" });
    await readAll(80);
    const ask = async (query = "") => summaryReply.parse((await organisation.viewer.ask("GET", `/api/comments/summary?${june}${query}`)).body);
    const unmet = (told: Awaited<ReturnType<typeof ask>>) => told.needs.find(({ name }) => name === "PROMISE")?.unmet;

    const [all, english, chosen] = [await ask(), await ask("&channel=web&channel=shop"), await ask("&channel=web&channel=shop&sentiment=neg")];
    const groups = groupsReply.parse((await organisation.viewer.ask("GET", `/api/comments/groups?${june}&by=channel`)).body);

    expect(english.correctedBy).toEqual({ sources: expect.any(Number), comments: expect.any(Number) });
    const { share, corrected } = unmet(english) ?? {};
    expect([share, unmet(english)?.count]).toEqual([0.5, 30]);
    expect(corrected?.share).not.toBe(share);
    expect(corrected?.low).toBeLessThan(unmet(english)?.low ?? 0);
    expect(corrected?.high).toBeGreaterThan(corrected?.share ?? 1);
    expect(english.sentiments.every((one) => one.corrected !== null)).toBe(true);
    expect(groups.groups.map(({ value, negative }) => [value, negative.corrected !== null])).toEqual([["shop", true], ["web", true], ["post", false]]);
    for (const told of [all, chosen]) expect([told.correctedBy, unmet(told)?.corrected]).toEqual([null, null]);
  });

  test("whatever it is, gets a reading and holds nobody up", async () => {
    const hostile = ["👍👍👍", "?", "a".repeat(1_000_000), "\uD800 unpaired \uDC00", "<script>alert(1)</script> ' or 1=1 --", "מוצר מעולה, שירות נהדר", `Z${"\u0335".repeat(4_000)}algo`, Buffer.from("x".repeat(9_000)).toString("base64"), `${"a ".repeat(200_000)}`];
    await write(hostile.map((text) => text.replaceAll("\u0000", "")));
    await write(["The parcel never arrived."]);

    const items = await readAll(hostile.length + 1);

    expect(items.find(({ text }) => text === "👍👍👍")?.isUnsure).toBe(true);
    expect(items.find(({ text }) => text === "The parcel never arrived.")?.sentiment).toBe("neg");
  });

  test("is not read again by a second reader, nor after a stop", async () => {
    await write(Array(50).fill("Quick and easy, thank you."));
    const second = await startCommentReader(firsthand.services);
    await readAll(50);
    await second.stop();
    const third = await startCommentReader(firsthand.services);
    await write(["The line dropped after an hour on hold."]);
    await readAll(51);
    await third.stop();

    const { rows } = await firsthand.services.db.query<{ count: number }>("select count(*)::int as count from insights.readings where workspace_id = $1", [organisation.workspaceId]);
    expect(rows[0]?.count).toBe(51);
  });

  test("is forgotten with its customer's feelings", async () => {
    await write(["Terrible, never again."]);
    const [comment] = await readAll(1);
    await firsthand.services.db.query("delete from customers.perceptions where id = $1", [comment?.id]);

    await forgetGoneComments(firsthand.services);

    const { rows } = await firsthand.services.db.query("select from insights.readings where workspace_id = $1", [organisation.workspaceId]);
    expect(rows).toEqual([]);
  });

  test("leaves nothing in the analytics copy, nor in the record, once its customer is erased", async () => {
    await write(["The mobile app crashes at Terminal 5."], { subject: "user:olga" });
    await write(["The mobile app is great."], { subject: "user:other" });
    const comments = await readAll(2);
    await firsthand.settle();
    const erased = comments.find(({ text }) => text.includes("crashes"));
    await firsthand.services.db.query("insert into insights.theme_assignments (perception_id, workspace_id, version, theme_ids, sure) select id, $2, 1, array[gen_random_uuid()], '{1}' from unnest($1::uuid[]) id", [comments.map(({ id }) => id), organisation.workspaceId]);
    await firsthand.settle();
    const inCopy = async (): Promise<unknown[]> => (await Promise.all(["readings", "comment_names", "comment_themes"].map((table) => firsthand.services.analytics.query(`select distinct cast(id as varchar) as id from ${table} where workspace_id = cast($1 as uuid)`, [organisation.workspaceId])))).map((rows) => rows.length);
    expect(await inCopy()).toEqual([2, 2, 2]);

    expect((await organisation.owner.ask("POST", `/api/customers/${erased?.customer?.id}/erasure`, { isConfirmed: true })).status).toBe(200);
    await firsthand.settle();

    expect(await inCopy()).toEqual([1, 1, 1]);
    const { rows } = await firsthand.services.db.query("select from insights.readings where perception_id = $1 union all select from insights.theme_assignments where perception_id = $1", [erased?.id]);
    expect(rows).toEqual([]);
    await firsthand.services.analytics.rebuild();
    expect(await inCopy()).toEqual([1, 1, 1]);
  });

  test("is told with the kinds of its personal data alone, and without whose it is, to a key that may not see customers, and to its assistant", async () => {
    await write(["Terrible, call me at olga@example.com about my mobile app."], { subject: "user:olga" });
    await readAll(1);
    const ask = async (abilities: readonly string[], isAssistant = false): Promise<string> => {
      const token = await firsthand.makeApiKey(organisation, abilities);
      const headers = { authorization: `Bearer ${token}`, accept: "application/json, text/event-stream" };
      const period = { from: "2026-06-01", to: "2026-07-01" };
      const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "list_comments", arguments: period } };
      return (isAssistant ? await firsthand.nobody.ask("POST", "/api/mcp", call, headers) : await firsthand.nobody.ask("GET", `/api/comments?${june}`, undefined, headers)).text;
    };

    for (const isAssistant of [false, true]) {
      expect(await ask(["comments.read", "customers.read"], isAssistant)).toContain("olga@example.com");
      const told = await ask(["comments.read"], isAssistant);
      expect(told).toContain("call me at [email] about my mobile app");
      expect(told).not.toMatch(/olga/iu);
    }
    const narrow = commentsReply.parse(JSON.parse(await ask(["comments.read"])));
    expect(narrow.items.map(({ text, mentions, customer }) => [mentions.map(({ from, to }) => text.slice(from, to)), customer])).toEqual([[["mobile app"], null]]);
  });

  test("holds up nobody else where many long ones are listed", async () => {
    await write(Array.from({ length: 60 }, (_, place) => `${place}. ${"Terrible, the parcel never arrived on time, nobody told me why, and the refund was refused rudely. ".repeat(80)}`));
    await readAll(60);
    let [longestMs, isAsking] = [0, true];
    const watch = async (): Promise<void> => {
      // Time of the processor and not of the clock: others may use this machine.
      for (let before = process.threadCpuUsage(); isAsking; before = process.threadCpuUsage()) {
        await new Promise((resolve) => { setImmediate(resolve); });
        const { user, system } = process.threadCpuUsage(before);
        longestMs = Math.max(longestMs, (user + system) / 1_000);
      }
    };
    const watching = watch();

    const items = await list();
    isAsking = false;
    await watching;

    expect(items).toHaveLength(60);
    expect(items.every(({ highlights }) => highlights.length > 0)).toBe(true);
    expect(longestMs).toBeLessThan(50);
  });

  test("is seen by no other workspace", async () => {
    await write(["Terrible, never again."]);
    await readAll(1);
    const stranger = await firsthand.makeOrganisation();
    expect(await list("", stranger.owner)).toEqual([]);
  });

  test("is listed newest first, page by page, and a cursor of nowhere is refused", async () => {
    await write(["Good."], { at: "2026-06-03T12:00:00Z" });
    await write(["Better."], { at: "2026-06-05T12:00:00Z" });
    await readAll(2);

    const first = commentsReply.parse((await organisation.viewer.ask("GET", `/api/comments?${june}&limit=1`)).body);
    const second = commentsReply.parse((await organisation.viewer.ask("GET", `/api/comments?${june}&limit=1&cursor=${first.nextCursor}`)).body);

    expect([...first.items, ...second.items].map(({ text }) => text)).toEqual(["Better.", "Good."]);
    expect(second.nextCursor).toBeNull();
    expect(await organisation.viewer.ask("GET", `/api/comments?${june}&cursor=moon`)).toMatchObject({ status: 400, body: { error: { code: "comments_cursor_wrong" } } });
  });
});

describe("what a person sets right", () => {
  test("stands from then on, also in the figures, and says that a person set it", async () => {
    await write(["Terrible, the parcel never arrived."]);
    const [before] = await readAll(1);

    expect((await correct(before?.id ?? "", { sentiment: "mix", needs: { INFORM: "neg" }, isUrgent: true })).status).toBe(204);

    const [after] = await vi.waitFor(async () => {
      const items = await list("need=INFORM&polarity=neg");
      expect(items).toHaveLength(1);
      return items;
    });
    expect(after).toMatchObject({ sentiment: "mix", needs: { INFORM: "neg" }, isUrgent: true, isUnsure: false, corrected: ["sentiment", "INFORM", "urgent"] });
    expect((await summary()).urgentCount).toBe(1);
  });

  test("survives when all comments are read anew", async () => {
    await write(["Terrible, the parcel never arrived.", "Quick and easy."]);
    const items = await readAll(2);
    const parcel = items.find(({ text }) => text.startsWith("Terrible"));
    await correct(parcel?.id ?? "", { sentiment: "pos" });

    expect(rereading.parse((await organisation.manager.ask("POST", "/api/comment-rereadings")).body)).toMatchObject({ state: "running", reason: "asked", commentsTotal: 2 });

    const done = await vi.waitFor(async () => {
      const models = textModels.parse((await organisation.viewer.ask("GET", "/api/comment-models")).body);
      expect(models.rereading).toMatchObject({ state: "done", commentsRead: 2 });
      return models;
    }, { timeout: 20_000, interval: 150 });
    expect(done.corrections).toBe(1);
    expect((await list()).find(({ id }) => id === parcel?.id)).toMatchObject({ sentiment: "pos", corrected: ["sentiment"] });
  });

  test("is refused to whoever may only look, to strangers, and where it says nothing", async () => {
    await write(["Terrible, the parcel never arrived."]);
    const [comment] = await readAll(1);
    const stranger = await firsthand.makeOrganisation();

    expect((await correct(comment?.id ?? "", { sentiment: "pos" }, organisation.viewer)).status).toBe(403);
    expect((await correct(comment?.id ?? "", { sentiment: "pos" }, stranger.owner)).status).toBe(404);
    expect((await correct(comment?.id ?? "", {})).status).toBe(400);
    expect((await correct(comment?.id ?? "", { needs: { LOVE: "pos" } })).status).toBe(400);
    expect((await list())[0]).toMatchObject({ corrected: [] });
  });

  test("nothing taught is in use yet, so there is nothing to go back from, and nothing to stop", async () => {
    expect((await organisation.manager.ask("DELETE", "/api/comment-models/in-use")).status).toBe(404);
    expect((await organisation.manager.ask("DELETE", "/api/comment-rereadings/running")).status).toBe(404);
    expect((await organisation.agent.ask("POST", "/api/comment-rereadings")).status).toBe(403);
  });
});
