import { page } from "#platform/http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition, makeSave } from "../feedback.make.ts";
import { Survey, SurveyLink } from "../surveys/surveys.contract.ts";
import { SurveyResponse } from "./responses.contract.ts";
import { recordQuietResponses } from "./responses.ts";

const clock = { at: Date.parse("2027-03-01T12:00:00Z") };
let installation: Installation;
let organisation: Organisation;
let stranger: Client;
let survey: Survey;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date(clock.at) } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
  survey = await publish(makeDefinition());
});

const publish = async (definition: unknown, who: Client = organisation.manager): Promise<Survey> => {
  const created = Survey.parse((await who.ask("POST", "/api/surveys", { name: "Relationship", definition })).body);
  return Survey.parse((await who.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
const save = (body: unknown) => installation.nobody.ask("POST", "/api/public/responses", body);
const list = async (query = ""): Promise<SurveyResponse[]> => page(SurveyResponse).parse((await organisation.agent.ask("GET", `/api/responses?${query}`)).body).items;
const rows = async <Row extends Record<string, unknown>>(sql: string): Promise<Row[]> =>
  (await installation.services.db.query<Row>(sql, [organisation.workspaceId])).rows;
const perceptions = () =>
  rows<{ kind: string; value: number | null; choice: string | null; text: string | null; normalised: number | null; subject: string | null }>(
    "select kind, value, choice, text, normalised, subject from customers.perceptions where workspace_id = $1 order by seq",
  );
const interactions = () => rows<{ subject: string | null; channel: string; source: string; at: Date }>("select * from customers.interactions where workspace_id = $1");
const savedEvents = () => rows<{ payload: { state: string } }>("select payload from platform.events where workspace_id = $1 and name = 'response.saved' order by id");

describe("a complete response", () => {
  test("stands on the timeline as one interaction with its perceptions", async () => {
    const reply = await save(makeSave(survey.slug, { nps: { number: 3 }, why: { text: "Late again" }, matters: { choices: ["other"], text: "Trust" } }, { channel: "email", touchpoint: "Parcel" }));

    expect(reply).toMatchObject({ status: 200, body: { state: "complete" } });
    expect(await interactions()).toMatchObject([{ type: "response", name: "Relationship", source: "survey", channel: "email", touchpoint: "Parcel", subject: null }]);
    expect(await perceptions()).toMatchObject([
      { kind: "nps", value: 3, normalised: -0.4 },
      { kind: "comment", text: "Late again" },
      { kind: "choice", choice: "other", text: "Trust" },
    ]);
    expect(await savedEvents()).toMatchObject([{ payload: { state: "complete" } }]);
  });

  test("sent again, by the same or another request at once, is kept once", async () => {
    const body = makeSave(survey.slug, { nps: { number: 10 } });

    const replies = await Promise.all([save(body), save(body), save(body)]);
    await save({ ...body, revision: 2, answers: { nps: { number: 0 } } });

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await list()).toMatchObject([{ state: "complete", answers: [{ number: 10 }] }]);
    expect(await perceptions()).toHaveLength(1);
    expect(await savedEvents()).toHaveLength(1);
  });

  test("does not count an answer that a later one hid", async () => {
    await save(makeSave(survey.slug, { nps: { number: 9 }, why: { text: "Written before the score went up" } }));

    expect((await perceptions()).map(({ kind }) => kind)).toEqual(["nps"]);
    expect((await list())[0]?.answers).toMatchObject([{ questionId: "nps", isCounted: true }, { questionId: "why", isCounted: false }]);
  });

  test("keeps the time it was given at, not the time it arrived", async () => {
    await save(makeSave(survey.slug, { nps: { number: 9 } }, { openedAgoMs: 7_260_000, answeredAgoMs: 7_200_000 }));

    expect(await list()).toMatchObject([{ startedAt: "2027-03-01T09:59:00.000Z", completedAt: "2027-03-01T10:00:00.000Z" }]);
    expect((await interactions())[0]?.at).toEqual(new Date("2027-03-01T10:00:00Z"));
  });

  test("belongs to the version that was answered", async () => {
    const second = makeDefinition({ questions: [{ id: "csat", type: "csat", title: { en: "Satisfied?" }, isRequired: true }] });
    await organisation.manager.ask("PATCH", `/api/surveys/${survey.id}`, { draft: second });
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);

    expect(await save(makeSave(survey.slug, { nps: { number: 9 } }))).toMatchObject({ status: 200 });
    expect(await save(makeSave(survey.slug, { csat: { number: 5 } }, { version: 2 }))).toMatchObject({ status: 200 });
    expect(await save(makeSave(survey.slug, {}, { version: 3 }))).toMatchObject({ status: 409, body: { error: { code: "survey_version_unknown" } } });
  });
});

describe("a partial response", () => {
  test("is kept at every step and counts once it is complete", async () => {
    const first = makeSave(survey.slug, { nps: { number: 2 } }, { isComplete: false });

    await save(first);
    expect(await list()).toMatchObject([{ state: "partial", answers: [{ number: 2 }] }]);
    expect(await perceptions()).toEqual([]);
    await save({ ...first, revision: 2, answers: { nps: { number: 4 }, why: { text: "Slow" } }, isComplete: true });

    expect(await list()).toMatchObject([{ state: "complete", answers: [{ number: 4 }, { text: "Slow" }] }]);
    expect((await perceptions()).map(({ value, text }) => value ?? text)).toEqual([4, "Slow"]);
  });

  test("is not set back by an older save that arrives late", async () => {
    const first = makeSave(survey.slug, { nps: { number: 2 } }, { isComplete: false });

    await save({ ...first, revision: 2, answers: { nps: { number: 8 } } });
    const late = await save(first);

    expect(late).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await list()).toMatchObject([{ answers: [{ number: 8 }] }]);
  });

  test("counts after a quiet while, and what is added later counts once", async () => {
    const first = makeSave(survey.slug, { nps: { number: 2 } }, { isComplete: false });
    await save(first);
    expect(await recordQuietResponses(installation.services, { quietMs: 60_000, batch: 10 })).toBe(0);

    clock.at += 120_000;
    await recordQuietResponses(installation.services, { quietMs: 60_000, batch: 10 });
    await recordQuietResponses(installation.services, { quietMs: 60_000, batch: 10 });
    expect(await perceptions()).toMatchObject([{ kind: "nps", value: 2 }]);
    await save({ ...first, revision: 2, isComplete: true, answers: { nps: { number: 9 }, why: { text: "Slow" } } });

    expect(await perceptions()).toMatchObject([{ kind: "nps", value: 2 }, { kind: "comment", text: "Slow" }]);
    expect(await list()).toMatchObject([{ answers: [{ number: 2 }, { text: "Slow" }] }]);
    expect(await interactions()).toHaveLength(1);
    expect((await savedEvents()).map(({ payload }) => payload.state)).toEqual(["partial", "complete"]);
  });
});

describe("a signed link", () => {
  const link = async (identifier: string, given: Record<string, unknown> = {}): Promise<string> => {
    const reply = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier, ...given });
    return new URL(SurveyLink.parse(reply.body).url).searchParams.get("c") ?? "";
  };

  test("puts the answer on the customer's timeline", async () => {
    await save(makeSave(survey.slug, { nps: { number: 9 } }, { link: await link("user:42") }));

    expect(await interactions()).toMatchObject([{ subject: "user:42", user_id: "42" }]);
    expect(await perceptions()).toMatchObject([{ subject: "user:42" }]);
    expect(await list("subject=user:42")).toHaveLength(1);
    expect(await list("subject=user:43")).toHaveLength(0);
  });

  test.each<[string, (token: string) => string]>([
    ["changed", (token) => `${Buffer.from(token.split(".")[0] ?? "", "base64url").toString().replace("user:42", "user:43")}.${token.split(".")[1]}`],
    ["re-encoded for somebody else", (token) => `${Buffer.from(Buffer.from(token.split(".")[0] ?? "", "base64url").toString().replace("user:42", "user:43")).toString("base64url")}.${token.split(".")[1]}`],
    ["without signature", (token) => token.split(".")[0] ?? ""],
    ["of nonsense", () => "🙈.🙈"],
    ["cut short", (token) => token.slice(0, -3)],
  ])("that is %s makes the answer anonymous", async (_title, spoil) => {
    const reply = await save(makeSave(survey.slug, { nps: { number: 9 } }, { link: spoil(await link("user:42")) }));

    expect(reply.status).toBe(200);
    expect(await perceptions()).toMatchObject([{ subject: null }]);
  });

  test("for another survey, or one that has ended, makes the answer anonymous", async () => {
    const other = await publish(makeDefinition());
    const token = await link("user:42", { expiresInDays: 1 });

    await save(makeSave(other.slug, { nps: { number: 9 } }, { link: token }));
    clock.at += 2 * 86_400_000;
    await save(makeSave(survey.slug, { nps: { number: 9 } }, { link: token }));

    expect((await perceptions()).map(({ subject }) => subject)).toEqual([null, null]);
  });

  test("is the same for every way to write an address", async () => {
    await save(makeSave(survey.slug, { nps: { number: 9 } }, { link: await link("email: Ann@Example.com ") }));

    expect(await perceptions()).toMatchObject([{ subject: "email:ann@example.com" }]);
  });

  test.each(["42", "user:", "user:null", "email:nobody", "planet:42", ":42", "user:4\n2", `user:${"x".repeat(300)}`])("is not made for %j", async (identifier) => {
    expect((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier })).status).toBe(400);
  });
});

describe("a known customer", () => {
  test("tells nobody in another workspace which of their responses bear the same name", async () => {
    const theirs = await publish(makeDefinition(), stranger);
    for (const [who, { id, slug }] of [[organisation.manager, survey], [stranger, theirs]] as const) {
      const { url } = SurveyLink.parse((await who.ask("POST", `/api/surveys/${id}/links`, { identifier: "user:42" })).body);
      await save(makeSave(slug, { nps: { number: 9 } }, { link: new URL(url).searchParams.get("c") ?? "" }));
    }
    await installation.settle();
    const [{ customer_id: customerId } = { customer_id: "" }] = await rows<{ customer_id: string }>(
      "select customer_id from customers.assignments assignment join customers.identifiers identifier on identifier.id = assignment.identifier_id where identifier.workspace_id = $1",
    );
    expect(await list(`customerId=${customerId}`)).toHaveLength(1);

    expect((await stranger.ask("GET", `/api/responses?customerId=${customerId}`)).body).toMatchObject({ items: [] });
  });

  test("is named beside the response, and takes it along when erased", async () => {
    const reply = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42" });
    await save(makeSave(survey.slug, { nps: { number: 9 } }, { link: new URL(SurveyLink.parse(reply.body).url).searchParams.get("c") ?? "" }));
    await save(makeSave(survey.slug, { nps: { number: 8 } }));
    await installation.settle();
    await expect.poll(async () => (await list()).map(({ customer }) => customer?.name ?? null), { timeout: 10_000 }).toContain("42");
    const customerId = (await list()).find(({ customer }) => customer !== null)?.customer?.id;

    const erased = await organisation.owner.ask("POST", `/api/customers/${customerId}/erasure`, { isConfirmed: true });

    expect(erased.status).toBe(200);
    await expect.poll(async () => (await list()).map(({ subject }) => subject), { timeout: 10_000 }).toEqual([null]);
  });
});

describe("an erased customer", () => {
  const link = async (): Promise<string> => {
    const reply = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42" });
    return new URL(SurveyLink.parse(reply.body).url).searchParams.get("c") ?? "";
  };
  const customers = async (): Promise<unknown> => {
    await installation.settle();
    return rows("select kind, value from customers.identifiers where workspace_id = $1");
  };
  const eraseWho = async (responseId: string | undefined): Promise<void> => {
    await installation.settle();
    await expect.poll(async () => (await list()).find(({ id }) => id === responseId)?.customer?.id, { timeout: 10_000 }).toBeDefined();
    const customerId = (await list()).find(({ id }) => id === responseId)?.customer?.id;
    expect((await organisation.owner.ask("POST", `/api/customers/${customerId}/erasure`, { isConfirmed: true })).status).toBe(200);
    await expect.poll(async () => (await list()).map(({ subject }) => subject), { timeout: 10_000 }).toEqual([]);
  };

  test("does not come back by what was answered half-way", async () => {
    const whole = makeSave(survey.slug, { nps: { number: 9 } }, { link: await link() });
    await save(whole);
    await save(makeSave(survey.slug, { nps: { number: 2 } }, { link: await link(), isComplete: false }));
    await eraseWho(whole.id);

    clock.at += 120_000;
    await recordQuietResponses(installation.services, { quietMs: 60_000, batch: 10 });

    expect(await perceptions()).toEqual([]);
    expect(await customers()).toEqual([]);
  });

  test("does not come back by an answer that goes on, or by a save repeated late", async () => {
    const whole = makeSave(survey.slug, { nps: { number: 9 } }, { link: await link() });
    const half = makeSave(survey.slug, { nps: { number: 2 } }, { link: await link(), isComplete: false });
    await save(whole);
    await save(half);
    await eraseWho(whole.id);

    expect((await save(whole)).status).toBe(200);
    await save({ ...half, revision: 2, isComplete: true });

    expect((await perceptions()).map(({ subject, value }) => [subject, value])).toEqual([[null, 2]]);
    expect(await list()).toMatchObject([{ id: half.id, subject: null }]);
    expect(await customers()).toEqual([]);
  });

  test("is not known by a link made before, and is by one made after", async () => {
    const token = await link();
    const first = makeSave(survey.slug, { nps: { number: 9 } }, { link: token });
    await save(first);
    await eraseWho(first.id);

    clock.at += 1000;
    await save(makeSave(survey.slug, { nps: { number: 3 } }, { link: token }));
    await save(makeSave(survey.slug, { nps: { number: 4 } }, { link: await link() }));

    expect((await perceptions()).map(({ subject, value }) => [subject, value])).toEqual([[null, 3], ["user:42", 4]]);
    const said = await rows<{ payload: Record<string, unknown> }>("select payload from platform.events where workspace_id = $1 and name = 'customer.erased'");
    expect(JSON.stringify(said)).not.toContain("user:42");
    expect(await rows("select hash from customers.erased_identifiers where workspace_id = $1")).toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });
});

describe("bad input", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["a score beside the scale", { nps: { number: 11 } }, "answers_not_valid"],
    ["half a score", { nps: { number: 8.5 } }, "answers_not_valid"],
    ["text for a score", { nps: { text: "9" } }, "answers_not_valid"],
    ["an unknown question", { nps: { number: 9 }, nope: { number: 1 } }, "answers_not_valid"],
    ["an unknown option", { nps: { number: 9 }, matters: { choices: ["gold"] } }, "answers_not_valid"],
    ["a missing required answer", {}, "answers_not_valid"],
    ["a text of 4,001 letters", { nps: { number: 3 }, why: { text: "x".repeat(4001) } }, "invalid_input"],
    ["an answer that is a string", { nps: "9" }, "invalid_input"],
    ["answers that are a list", { answers: [] }, "invalid_input"],
  ])("%s is refused with a reason and leaves nothing behind", async (_title, answers, code) => {
    const reply = await save({ ...makeSave(survey.slug, {}), answers });

    expect(reply).toMatchObject({ status: 400, body: { error: { code } } });
    expect(await list()).toEqual([]);
    expect(await interactions()).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, number]>([
    ["an unknown survey", { slug: "nothing2here" }, 404],
    ["a slug that is a path", { slug: "../../etc/passwd" }, 400],
    ["an id that is none", { id: "1; drop table feedback.responses" }, 400],
    ["a channel that is none", { channel: "telepathy" }, 400],
    ["markup as touchpoint", { touchpoint: "<script>alert(1)</script>" }, 400],
    ["a revision of millions", { revision: 99_999_999 }, 400],
  ])("%s is refused", async (_title, given, status) => {
    expect((await save({ ...makeSave(survey.slug, { nps: { number: 9 } }), ...given })).status).toBe(status);
  });

  test("a body of several megabytes is refused", async () => {
    expect((await save({ ...makeSave(survey.slug, {}), answers: { why: { text: "x".repeat(3_000_000) } } })).status).toBe(413);
  });

  test("hostile text is kept as it was given", async () => {
    const text = `<script>alert(1)</script> =cmd|'/c calc' '; drop table feedback.answers; -- ‮ \u0000 \ud800 🙂`;
    await save(makeSave(survey.slug, { nps: { number: 1 }, why: { text } }));

    expect((await perceptions())[1]?.text).toBe(`<script>alert(1)</script> =cmd|'/c calc' '; drop table feedback.answers; -- ‮  � 🙂`);
  });

  test("a program that fills the hidden field is answered and not kept", async () => {
    const reply = await save(makeSave(survey.slug, { nps: { number: 9 } }, { website: "https://spam.example" }));

    expect(reply).toMatchObject({ status: 200, body: { state: "complete" } });
    expect(await list()).toEqual([]);
  });

  test("an id used for another survey is refused", async () => {
    const other = await publish(makeDefinition());
    const body = makeSave(survey.slug, { nps: { number: 9 } }, { isComplete: false });
    await save(body);

    expect(await save({ ...body, slug: other.slug, revision: 2 })).toMatchObject({ status: 409, body: { error: { code: "response_elsewhere" } } });
  });
});

describe("the list of responses", () => {
  test("is filtered, and paged over responses begun at the same moment, or long before they came", async () => {
    for (let n = 0; n < 5; n += 1) await save(makeSave(survey.slug, { nps: { number: n } }, { channel: n === 0 ? "qr" : "web", openedAgoMs: n % 2 === 0 ? 0 : 86_400_000 }));

    const seen: string[] = [];
    let url = `/api/responses?limit=2&surveyId=${survey.id}`;
    for (let pages = 0; pages < 5 && url !== ""; pages += 1) {
      const { items, nextCursor } = page(SurveyResponse).parse((await organisation.agent.ask("GET", url)).body);
      seen.push(...items.map(({ id }) => id));
      url = nextCursor === null ? "" : `/api/responses?limit=2&surveyId=${survey.id}&cursor=${encodeURIComponent(nextCursor)}`;
    }

    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    expect(await list("channel=qr")).toHaveLength(1);
    expect(await list("state=partial")).toHaveLength(0);
    expect(await list(`from=${new Date(clock.at + 1).toISOString()}`)).toHaveLength(0);
  });

  test("shows nothing to another workspace, to nobody, or for a key without the ability", async () => {
    const body = makeSave(survey.slug, { nps: { number: 9 } });
    await save(body);
    const key = await installation.makeApiKey(organisation, ["surveys.read"]);

    expect((await stranger.ask("GET", "/api/responses")).body).toMatchObject({ items: [], nextCursor: null });
    expect((await stranger.ask("GET", `/api/responses?surveyId=${survey.id}`)).body).toMatchObject({ items: [], nextCursor: null });
    expect((await stranger.ask("GET", `/api/responses/${body.id}`)).status).toBe(404);
    expect((await organisation.viewer.ask("GET", `/api/responses/${body.id}`)).status).toBe(200);
    expect((await installation.nobody.ask("GET", "/api/responses")).status).toBe(401);
    expect((await installation.nobody.ask("GET", "/api/responses", undefined, { authorization: `Bearer ${key}` })).status).toBe(403);
  });
});
