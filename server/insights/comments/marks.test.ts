import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInteraction, makePerception } from "../../customers/customers.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { commentsReply, correctionsReply, namedReply, type CorrectionRow } from "./comments.contract.ts";
import { openComment } from "./comments.make.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const june = "from=2026-06-01&to=2026-07-01";
const { list, writeOne, correct, readAnew } = openComment(() => ({ firsthand, organisation }));
const spanOf = (text: string, words: string) => ({ from: text.indexOf(words), to: text.indexOf(words) + words.length });
const history = async (id: string, who: Client = organisation.viewer): Promise<CorrectionRow[]> => correctionsReply.parse((await who.ask("GET", `/api/comments/${id}/corrections`)).body).items;
const keyOf = async (abilities: readonly string[]): Promise<{ authorization: string }> => ({ authorization: `Bearer ${await firsthand.makeApiKey(organisation, abilities)}` });
/** As a key that may not see customers is told of it. */
const toldToOthers = async (): Promise<string | undefined> =>
  commentsReply.parse((await firsthand.nobody.ask("GET", `/api/comments?${june}`, undefined, await keyOf(["comments.read"]))).body).items[0]?.text;
const named = async () => namedReply.parse((await organisation.viewer.ask("GET", `/api/comments/named?${june}`)).body).items.map(({ kind, name }) => [kind, name]);

test("a number that was missed is hidden from whoever may not see customers once somebody marks it, also when comments are read anew, until that is taken back", async () => {
  const text = "Ring my flat, nought two oh seven, about the leak.";
  const { id, personalData } = await writeOne(text);
  expect(personalData).toEqual([]);
  const words = spanOf(text, "nought two oh seven");

  const marked = await correct(id, { marks: [{ about: "personalData", ...words, kind: "phone" }] });

  expect(marked).toMatchObject({ personalData: [{ kind: "phone", ...words }], marks: [{ about: "personalData", kind: "phone", ...words }] });
  expect(await toldToOthers()).toBe("Ring my flat, [phone], about the leak.");
  await readAnew();
  expect(await toldToOthers()).toBe("Ring my flat, [phone], about the leak.");

  expect(await correct(id, { marksAsRead: [{ about: "personalData", ...words }] }, organisation.manager)).toMatchObject({ personalData: [], marks: [] });
  expect(await toldToOthers()).toBe(text);
});

test("words that are no personal data are freed, and the rest of what was found stays hidden", async () => {
  const text = "Mrs Hill was rude. Call me on 0207 946 0958.";
  const { id, personalData } = await writeOne(text);
  expect(personalData.map(({ kind }) => kind)).toEqual(["name", "phone"]);

  await correct(id, { marks: [{ about: "personalData", from: personalData[0]?.from, to: personalData[0]?.to, kind: null }] });

  expect(await toldToOthers()).toBe("Mrs Hill was rude. Call me on [phone].");
  await readAnew();
  expect(await toldToOthers()).toBe("Mrs Hill was rude. Call me on [phone].");
});

test("answers tell a comment with what people marked in it, as shared boards, mails and papers do", async () => {
  const { workspaceId } = organisation;
  const { db } = firsthand.services;
  const text = "My flat is nought two oh seven.";
  const fact = makeInteraction(workspaceId, { subject: "user:olga", userId: "olga", at: "2026-06-10T12:00:00Z" });
  await insertInteractions(db, workspaceId, [fact]);
  const felt = { subject: "user:olga", at: fact.at, interactionId: fact.id };
  await insertPerceptions(db, workspaceId, [makePerception({ ...felt, kind: "nps", value: 3, scaleMin: 0, scaleMax: 10 })]);
  const { id } = await writeOne(text, felt);
  await correct(id, { marks: [{ about: "personalData", ...spanOf(text, "nought two oh seven"), kind: "address" }] });
  await firsthand.settle();

  const told = await firsthand.nobody.ask("GET", `/api/metrics/answers?metric=nps&${june}`, undefined, await keyOf(["metrics.read"]));

  expect(told.text).toContain("My flat is [address].");
});

test("what a comment names can be added, changed and taken away, and is counted so", async () => {
  const text = "The Zephyr broke in Terminal 5.";
  const { id } = await writeOne(text);
  expect(await named()).toEqual([["place", "Terminal 5"]]);
  const [zephyr, terminal] = [spanOf(text, "Zephyr"), spanOf(text, "Terminal 5")];

  await correct(id, { marks: [{ about: "mentions", ...zephyr, kind: "place" }, { about: "mentions", ...terminal, kind: null }] });
  await vi.waitFor(async () => expect(await named()).toEqual([["place", "Zephyr"]]), { timeout: 15_000, interval: 100 });
  const changed = await correct(id, { marks: [{ about: "mentions", ...zephyr, kind: "product" }] }, organisation.manager);
  expect(changed?.mentions).toEqual([{ ...zephyr, kind: "product" }]);
  await readAnew();
  await vi.waitFor(async () => expect(await named()).toEqual([["product", "Zephyr"]]), { timeout: 15_000, interval: 100 });

  await correct(id, { marksAsRead: [{ about: "mentions", ...zephyr }, { about: "mentions", ...terminal }] });
  await vi.waitFor(async () => expect(await named()).toEqual([["place", "Terminal 5"]]), { timeout: 15_000, interval: 100 });
});

test("a name that is marked as personal data is in no list any more", async () => {
  const text = "The Zephyr broke in Terminal 5.";
  const { id } = await writeOne(text);
  await correct(id, { marks: [{ about: "personalData", ...spanOf(text, "Terminal 5"), kind: "address" }, { about: "mentions", ...spanOf(text, "Zephyr"), kind: "person" }] });

  await vi.waitFor(async () => expect(await named()).toEqual([]), { timeout: 15_000, interval: 100 });
  const { rows } = await firsthand.services.db.query<{ named: string[] }>("select named from insights.readings where workspace_id = $1", [organisation.workspaceId]);
  expect(rows).toEqual([{ named: [] }]);
});

test("who set what and when is told, with what was taken back; marked words only to whoever may see customers", async () => {
  const text = "The Zephyr never came.";
  const { id } = await writeOne(text);
  const words = spanOf(text, "Zephyr");
  await correct(id, { marks: [{ about: "mentions", ...words, kind: "product" }] }, organisation.agent);
  await correct(id, { sentiment: "pos", isUrgent: true }, organisation.manager);
  await correct(id, { marksAsRead: [{ about: "mentions", ...words }] }, organisation.manager);

  const rows = (await history(id)).map(({ member, part, words: place, before, after, isWithdrawal, isStanding }) => [member !== null, part, place, before, after, isWithdrawal, isStanding]);
  expect(rows).toEqual(expect.arrayContaining([
    [true, "mentions", words, "product", null, true, false],
    [true, "mentions", words, null, "product", false, false],
    [true, "sentiment", null, "neg", "pos", false, true],
    [true, "urgent", null, "no", "yes", false, true],
  ]));
  expect(new Set((await history(id)).map(({ member }) => member?.id)).size).toBe(2);

  const narrow = correctionsReply.parse((await firsthand.nobody.ask("GET", `/api/comments/${id}/corrections`, undefined, await keyOf(["comments.read"]))).body).items;
  expect(narrow.map(({ part, member }) => [part, member?.name])).toEqual(expect.arrayContaining([["sentiment", null], ["urgent", null]]));
  expect(narrow).toHaveLength(2);
  const stranger = await firsthand.makeOrganisation();
  expect((await stranger.owner.ask("GET", `/api/comments/${id}/corrections`)).status).toBe(404);
});

test("marking is refused where there are no words, too many marks, and to whoever may not see customers", async () => {
  const text = "Late   again.";
  const { id } = await writeOne(text);
  const ask = (body: object, headers?: Record<string, string>) => (headers === undefined ? organisation.agent : firsthand.nobody).ask("PATCH", `/api/comments/${id}/reading`, body, headers);
  const mark = { about: "personalData", from: 0, to: 4, kind: "name" };

  expect(await ask({ marks: [{ ...mark, from: 4, to: 7 }] })).toMatchObject({ status: 400, body: { error: { code: "comment_mark_empty" } } });
  expect(await ask({ marks: [{ ...mark, from: 90, to: 95 }] })).toMatchObject({ status: 400, body: { error: { code: "comment_mark_empty" } } });
  expect((await ask({ marks: [{ ...mark, kind: "unread" }] })).status).toBe(400);
  expect((await ask({ marks: [{ ...mark, about: "mentions", kind: "phone" }] })).status).toBe(400);
  expect((await ask({ marks: [mark] }, await keyOf(["comments.read", "comments.correct"]))).status).toBe(403);
  expect((await ask({ sentiment: "pos" }, await keyOf(["comments.read", "comments.correct"]))).status).toBe(204);
  expect((await list())[0]).toMatchObject({ personalData: [], marks: [] });
});
