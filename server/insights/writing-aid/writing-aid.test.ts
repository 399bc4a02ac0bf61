import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makeOutside, type Asked, type Outside, type Said } from "../../feedback/reviews/outside.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Answer, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { commentsReply, type Comment } from "../comments/comments.contract.ts";
import { askModel } from "./asking.ts";
import { commentSummary, replyDraft, writingAid, writingAidTestResult, type CommentSummary } from "./writing-aid.contract.ts";
import { checkDraft, tryMessages, withoutName } from "./writing-aid.rules.ts";

let endpoint: Outside;
let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  endpoint = await makeOutside();
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") }, environment: { OUTSIDE_HOSTS_ALLOWED: new URL(endpoint.url).host } });
});
afterAll(async () => {
  await firsthand.stop();
  endpoint.stop();
});
beforeEach(async () => {
  endpoint.asked.length = 0;
  endpoint.answer = () => says(JSON.stringify({ sentences: [{ text: "Parcels come late.", comments: [1] }] }));
  organisation = await firsthand.makeOrganisation();
});

const says = (content: string): Said => ({ body: { choices: [{ message: { role: "assistant", content } }] } });
const june = "from=2026-06-01&to=2026-07-01";
const change = async (body: object, who: Client = organisation.admin): Promise<Answer> => who.ask("PATCH", "/api/writing-aid", body);
const turnOn = async (given: object = {}): Promise<void> => {
  const reply = await change({ address: `${endpoint.url}/v1`, model: "small-model", key: "irrelevant-key-word", writesSummaries: true, writesDrafts: true, ...given });
  expect(reply.status, reply.text).toBe(200);
};
const summarise = (query = "", who: Client = organisation.agent): Promise<Answer> => who.ask("POST", `/api/comment-summaries?${june}${query}`);
const summary = async (query = ""): Promise<CommentSummary> => {
  const reply = await summarise(query);
  expect(reply.status, reply.text).toBe(200);
  return commentSummary.parse(reply.body);
};
const write = async (texts: readonly string[], given: Parameters<typeof makePerception>[0] = {}): Promise<Comment[]> => {
  const rows = texts.map((text, place) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: new Date(Date.UTC(2026, 5, 10, 12, 0, 60 - place)).toISOString(), ...given, text }));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
  return vi.waitFor(async () => {
    const { items } = commentsReply.parse((await organisation.viewer.ask("GET", `/api/comments?${june}&limit=100`)).body);
    expect(items).toHaveLength(texts.length);
    return items;
  }, { timeout: 15_000, interval: 150 });
};
const sentTexts = ({ body }: Asked): string => String(JSON.parse(body).messages[1].content);
const lastAsked = (): Asked => endpoint.asked.at(-1) ?? { method: "", url: "", headers: {}, body: "" };

describe("while it is off", () => {
  test("nothing is sent, and the refusal says so", async () => {
    const [comment] = await write(["The parcel came late."]);

    const first = await summarise();
    await turnOn({ writesSummaries: false, writesDrafts: false });
    const later = await summarise();
    const draft = await organisation.agent.ask("POST", `/api/comments/${comment?.id}/reply-drafts`);

    for (const reply of [first, later, draft]) expect(reply).toMatchObject({ status: 409, body: { error: { code: "writing_aid_off" } } });
    expect(endpoint.asked).toEqual([]);
  });

  test("it cannot be turned on without an address and a model, nor at an address that is unencrypted or says more than a place", async () => {
    expect(await change({ writesSummaries: true })).toMatchObject({ status: 409, body: { error: { code: "writing_aid_incomplete" } } });
    for (const address of ["http://models.example.com/v1", "https://me:word@models.example.com", "https://models.example.com/v1?key=1", "file:///etc/passwd", "models.example.com"]) {
      expect(await change({ address }), address).toMatchObject({ status: 400, body: { error: { code: "writing_aid_address_wrong" } } });
    }
  });
});

describe("its settings", () => {
  test("are for owners and admins, keep the key sealed and to themselves, and are written down", async () => {
    expect((await change({ model: "other" }, organisation.manager)).status).toBe(403);
    expect((await organisation.manager.ask("GET", "/api/writing-aid")).status).toBe(403);
    expect((await summarise("", organisation.viewer)).status).toBe(403);

    await turnOn();

    const shown = await organisation.owner.ask("GET", "/api/writing-aid");
    expect(writingAid.parse(shown.body)).toEqual({ address: `${endpoint.url}/v1`, model: "small-model", hasKey: true, writesSummaries: true, writesDrafts: true });
    const { rows } = await firsthand.services.db.query<{ all: string }>("select jsonb_agg(to_jsonb(aid))::text as all from insights.writing_aids aid where workspace_id = $1", [organisation.workspaceId]);
    const audit = await organisation.owner.ask("GET", "/api/audit");
    expect(audit.text).toContain("writing_aid.changed");
    for (const text of [shown.text, rows[0]?.all ?? "", audit.text]) expect(text).not.toContain("irrelevant-key-word");
  });

  test("a kept key goes only where it went before", async () => {
    await turnOn();
    const elsewhere = `${endpoint.url}/elsewhere`;

    expect(await change({ address: elsewhere })).toMatchObject({ status: 409, body: { error: { code: "writing_aid_key_missing" } } });
    expect(await organisation.admin.ask("POST", "/api/writing-aid/tests", { address: elsewhere, model: "m" })).toMatchObject({ status: 409 });
    expect(endpoint.asked).toEqual([]);

    expect(await change({ address: elsewhere, key: null })).toMatchObject({ status: 200, body: { hasKey: false } });
  });

  test("another workspace has its own", async () => {
    await turnOn();
    const stranger = await firsthand.makeOrganisation("stranger");

    expect((await stranger.owner.ask("GET", "/api/writing-aid")).body).toMatchObject({ address: null, model: null, hasKey: false, writesSummaries: false });
    expect(await summarise("", stranger.owner)).toMatchObject({ status: 409, body: { error: { code: "writing_aid_off" } } });
  });

  test("are tried out with a fixed text before anything is saved", async () => {
    await write(["The parcel came late."]);
    endpoint.answer = () => says("It\u202e works.\n");

    const tried = writingAidTestResult.parse((await organisation.admin.ask("POST", "/api/writing-aid/tests", { address: `${endpoint.url}/v1/`, model: "small-model", key: "key-1" })).body);

    expect(tried).toEqual({ isAnswering: true, answer: "It works.", message: null });
    expect(lastAsked()).toMatchObject({ method: "POST", url: "/v1/chat/completions", headers: { authorization: "Bearer key-1" } });
    expect(JSON.parse(lastAsked().body)).toEqual({ model: "small-model", messages: tryMessages, stream: false });
    const inside = await organisation.admin.ask("POST", "/api/writing-aid/tests", { address: "https://127.0.0.1:9/v1", model: "m" });
    expect(writingAidTestResult.parse(inside.body)).toMatchObject({ isAnswering: false, message: expect.stringContaining("inside a private network") });
    expect((await organisation.owner.ask("GET", "/api/writing-aid")).body).toMatchObject({ address: null });
  });
});

describe("a summary", () => {
  test("is of at most sixty comments, each sentence with the comments it rests on", async () => {
    await turnOn();
    const comments = await write(Array.from({ length: 62 }, (_, place) => `The parcel came late, time ${"x".repeat(place + 1)}.`));
    endpoint.answer = () => says(JSON.stringify({ sentences: [{ text: "Parcels come late.", comments: [2, 60, 2] }] }));

    const written = await summary();

    expect(written).toMatchObject({ model: "small-model", isAll: false, sentences: [{ text: "Parcels come late.", numbers: [2, 60] }] });
    expect(written.comments.map(({ number, id }) => [number, id])).toEqual(comments.slice(0, 60).map(({ id }, place) => [place + 1, id]));
    expect(JSON.parse(sentTexts(lastAsked()))).toEqual(written.comments.map(({ number, text }) => ({ number, text })));
    expect(lastAsked().headers.authorization).toBe("Bearer irrelevant-key-word");
  });

  test("is of what the filters show", async () => {
    await turnOn();
    await write(["The parcel never arrived, nobody told me why.", "Thank you, wonderful and friendly staff."]);

    expect((await summary("&sentiment=pos")).comments.map(({ text }) => text)).toEqual(["Thank you, wonderful and friendly staff."]);
    expect(await summarise("&sentiment=mix")).toMatchObject({ status: 409, body: { error: { code: "writing_aid_nothing_to_read" } } });
    expect(endpoint.asked).toHaveLength(1);
  });

  test("sends words without personal data, names or ids", async () => {
    await turnOn();
    const authorization = `Bearer ${await firsthand.makeWriteKey(organisation)}`;
    await firsthand.nobody.ask("POST", "/v1/identify", { userId: "u-77", messageId: "1", traits: { name: "Ottilie Brandt" }, timestamp: "2026-06-01T00:00:00Z" }, { authorization });
    await firsthand.settle();
    const [comment] = await write(["I, Ottilie, waited for Mrs Hill. Call +49 170 1234567 or write to o.brandt@example.com."], { subject: "user:u-77" });

    const written = await summary();
    endpoint.answer = () => says("Dear customer,\n\nwe are sorry. See https://evil.example/pay now.");
    const draft = replyDraft.parse((await organisation.agent.ask("POST", `/api/comments/${comment?.id}/reply-drafts`)).body);

    expect(endpoint.asked).toHaveLength(2);
    for (const { body } of endpoint.asked) {
      expect(body).toContain("[phone]");
      expect(body).toContain("[email]");
      for (const word of ["Ottilie", "Hill", "Brandt", "brandt", "1234567", "u-77", comment?.id ?? "?", comment?.customer?.id ?? "?", organisation.workspaceId]) expect(body).not.toContain(word);
    }
    expect(written.comments[0]?.customerId).toBe(comment?.customer?.id);
    endpoint.answer = () => says("{\"sentences\":[{\"text\":\"They waited.\",\"comments\":[1]}]}");
    const key = `Bearer ${await firsthand.makeApiKey(organisation, ["writing-aid.use", "comments.read"])}`;
    const unnamed = await firsthand.nobody.ask("POST", "/api/comment-summaries?from=2026-06-01&to=2026-07-01", undefined, { authorization: key });
    expect(commentSummary.parse(unnamed.body).comments.map(({ customerId }) => customerId), unnamed.text).toEqual([null]);
    expect(draft).toEqual({ model: "small-model", text: "Dear customer,\n\nwe are sorry. See [link] now.", sent: written.comments[0]?.text });
    expect((await organisation.owner.ask("GET", "/api/audit")).text).toContain("writing_aid.asked");
  });

  test("is not followed by a draft for what is not among the comments: whose name to take out is not known", async () => {
    await turnOn();
    const record = makePerception({ at: "2026-06-10T12:00:00Z", text: "I, Ottilie, waited." });
    await insertPerceptions(firsthand.services.db, organisation.workspaceId, [record]);

    expect(await organisation.agent.ask("POST", `/api/comments/${record.id}/reply-drafts`)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    expect(endpoint.asked).toEqual([]);
  });

  test.each([
    ["Ottilie Brandt", "ottilie's parcel, OTTILIES desk, the Brandts.", "[name]'s parcel, [name] desk, the [name]."],
    ["Zo\u00eb Hill", "Zoe\u0308 and Zo\u00eb went up the hi\u200bll, not the hillside.", "[name] and [name] went up the [name], not the hillside."],
    ["Zoe\u0308", "Zo\u00eb's", "[name]'s"],
    ["Ottilie Brandt", "Ottilie\u200bBrandt", "[name]\u200b[name]"],
    ["\u5c71\u7530 \u592a\u90ce", "\u79c1\u306f\u5c71\u7530\u592a\u90ce\u3067\u3059\u3002\u5c71\u9053", "\u79c1\u306f[name]\u3067\u3059\u3002\u5c71\u9053"],
    ["\u674e \u660e", "\u6211\u662f\u674e\u660e\uff0c\u660e\u5929\u89c1", "\u6211\u662f[name]\uff0c\u660e\u5929\u89c1"],
    ["\u0e2a\u0e21\u0e0a\u0e32\u0e22", "\u0e1c\u0e21\u0e2a\u0e21\u0e0a\u0e32\u0e22\u0e04\u0e23\u0e31\u0e1a", "\u0e1c\u0e21[name]\u0e04\u0e23\u0e31\u0e1a"],
    [null, "Ottilie", "Ottilie"],
  ])("does not tell the name %s however it is written", (name, text, sent) => {
    expect(withoutName(text, name)).toBe(sent);
  });

  test("is asked for only so often by one member", async () => {
    await turnOn();
    const replies = [];
    for (let time = 0; time < 7; time += 1) replies.push((await summarise()).status);

    expect(replies).toEqual([409, 409, 409, 409, 409, 409, 429]);
    expect((await summarise("", organisation.manager)).status).toBe(409);
  });
});

describe("an answer that is not as asked", () => {
  const sentences = (list: unknown[]): Said => says(`Here it is: \`\`\`json\n${JSON.stringify({ sentences: list })}\n\`\`\``);

  test("is shown only as far as its sentences name comments that were sent", async () => {
    await turnOn();
    await write(["The parcel came late.", "All was well."]);
    endpoint.answer = () => sentences([
      { text: "No comment says this.", comments: [] }, { text: "Nor this.", comments: [3, 0, -1, 1.5, "1", null] }, { text: "Pay at https://evil.example now.", comments: [1] },
      { text: "<b>Late</b>\u202e\u0000 parcels.", comments: [1, 99] }, { text: "y".repeat(9_000), comments: [2] },
    ]);

    const { sentences: shown } = await summary();

    expect(shown).toEqual([{ text: "<b>Late</b> parcels.", numbers: [1] }, { text: "y".repeat(400), numbers: [2] }]);
  });

  test.each<[string, Said, string, RegExp]>([
    ["not JSON", { body: "<html>" }, "writing_aid_answer_unusable", /not as an OpenAI-compatible endpoint/],
    ["no choice", { body: { choices: [] } }, "writing_aid_answer_unusable", /not as an OpenAI-compatible endpoint/],
    ["only talk", says("I would rather not {say}."), "writing_aid_answer_unusable", /no sentence/],
    ["only sentences without comments", sentences([{ text: "Trust me.", comments: [7] }]), "writing_aid_answer_unusable", /no sentence/],
    ["a status", { status: 401, body: "irrelevant-key-word is wrong" }, "writing_aid_refused", /status 401: it wants another key/],
    ["a way elsewhere", { status: 307, headers: { location: "http://169.254.169.254/" } }, "writing_aid_unreachable", /sends on to another address/],
    ["more than fits", { body: "z".repeat(1_200_000) }, "writing_aid_unreachable", /more than 1 MB/],
  ])("%s is a clear error, and asked once", async (_title, said, code, message) => {
    await turnOn();
    await write(["The parcel came late."]);
    endpoint.answer = () => said;

    const reply = await summarise();

    expect(reply).toMatchObject({ status: 424, body: { error: { code, message: expect.stringMatching(message) } } });
    expect(reply.text).not.toContain("irrelevant-key-word");
    expect(endpoint.asked).toHaveLength(1);
  });

  test("has no links of any kind in a draft, and is not read for long", () => {
    expect(checkDraft("Write mailto:a@evil.example or tel:+123, ftp://evil/x, see evil.example/pay?now or Pay.Evil.Example. Call us at 3.5 p.m., e.g. today: now.")).toBe(
      "Write [link] or [link] [link] see [link] or [link]. Call us at 3.5 p.m., e.g. today: now.",
    );
    const long = ["a.".repeat(500_000), "a".repeat(1_000_000), `${"a-".repeat(30)}.`.repeat(20_000), "x\n".repeat(1_000_000)];
    const before = performance.now();
    for (const text of long) expect(checkDraft(text).length).toBeLessThanOrEqual(2_000);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test("too slow is given up", async () => {
    const slow = createServer(() => undefined);
    await new Promise<void>((resolve) => { slow.listen(0, "127.0.0.1", resolve); });
    const place = slow.address();
    const address = `http://127.0.0.1:${typeof place === "object" ? place?.port : 0}`;

    const answered = await askModel({ config: { ...firsthand.services.config, outsideHostsAllowed: ["127.0.0.1"] } }, { address, model: "m", key: null }, tryMessages, 50);

    expect(answered).toMatchObject({ ok: false, reason: "unreachable", message: expect.stringContaining("did not answer in time") });
    slow.closeAllConnections();
    slow.close();
  }, 5_000);
});
