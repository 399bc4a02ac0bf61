import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nobody } from "#platform/access";
import { page } from "#platform/http";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition, makeSave, publishSurvey } from "../feedback.make.ts";
import { createSurveyLink } from "./links.ts";
import { Survey, SurveyListItem, SurveyVersion } from "./surveys.contract.ts";

let installation: Installation;
let organisation: Organisation;
let stranger: Client;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  stranger = (await installation.makeOrganisation()).owner;
});
afterAll(() => installation.stop());

const create = async (given: Record<string, unknown> = { definition: makeDefinition() }): Promise<Survey> =>
  Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", ...given })).body);

test.each(["nobody", ":42", "external:crm"])("no link is made for %j, which names no kind", async (identifier) => {
  const survey = await publishSurvey(organisation.manager);
  const actor = { ...nobody, workspaceId: organisation.workspaceId };

  await expect(createSurveyLink(installation.services, actor, survey.id, { identifier, expiresInDays: 1, isSingleUse: false })).rejects.toMatchObject({ code: "identifier_names_nobody" });
});

describe("a survey", () => {
  test("starts from a template as a draft nobody can see", async () => {
    const survey = await create({ templateId: "relationship" });

    expect(survey).toMatchObject({ status: "draft", publishedVersion: null, hasUnpublishedChanges: true, problems: [] });
    expect(survey.draft.questions.map(({ type }) => type)).toEqual(["nps", "text", "single"]);
    expect((await installation.nobody.ask("GET", `/s/${survey.slug}`)).status).toBe(404);
  });

  test("is refused for a template that does not exist", async () => {
    const reply = await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", templateId: "nope" });

    expect(reply).toMatchObject({ status: 404, body: { error: { code: "survey_template_unknown" } } });
  });

  test("is published as a version that later drafts do not change", async () => {
    const survey = await create();

    const published = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);
    await organisation.manager.ask("PATCH", `/api/surveys/${survey.id}`, { draft: makeDefinition({ title: { en: "Second title" } }) });

    expect(published).toMatchObject({ status: 201, body: { status: "open", publishedVersion: 1, hasUnpublishedChanges: false } });
    expect((await installation.nobody.ask("GET", `/s/${survey.slug}`)).text).not.toContain("Second title");
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);
    expect((await installation.nobody.ask("GET", `/s/${survey.slug}`)).text).toContain("Second title");
    await expect(installation.services.db.query("update feedback.survey_versions set definition = '{}' where survey_id = $1", [survey.id])).rejects.toThrow("never changes");
  });

  test("shows its versions with who published them and how many answer, newest first and page by page", async () => {
    const survey = await create();
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);
    await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }));
    await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 3 } }, { isComplete: false }));
    await organisation.manager.ask("PATCH", `/api/surveys/${survey.id}`, { draft: makeDefinition({ title: { en: "Second title" } }) });
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);

    const first = page(SurveyVersion).parse((await organisation.agent.ask("GET", `/api/surveys/${survey.id}/versions?limit=1`)).body);
    const second = page(SurveyVersion).parse((await organisation.agent.ask("GET", `/api/surveys/${survey.id}/versions?limit=1&cursor=${first.nextCursor}`)).body);

    expect(first.items).toMatchObject([{ number: 2, responseCount: 0, answeringCount: 0, publishedBy: expect.stringMatching(/./), definition: { title: { en: "Second title" } } }]);
    expect(second).toMatchObject({ items: [{ number: 1, responseCount: 2, answeringCount: 1, definition: { title: { en: "Your view of us" } } }], nextCursor: null });
    expect((await organisation.agent.ask("GET", `/api/surveys/${survey.id}/versions?cursor=nonsense`)).status).toBe(400);
  });

  test("gives its link as a code to scan that says where it hangs", async () => {
    const survey = await create();

    const plain = await organisation.viewer.ask("GET", `/api/surveys/${survey.id}/qr.svg`);
    const placed = await organisation.viewer.ask("GET", `/api/surveys/${survey.id}/qr.svg?touchpoint=Till&source=Oslo`);

    expect(plain).toMatchObject({ status: 200, text: expect.stringMatching(/^<svg[^]*<\/svg>$/) });
    expect(placed.text).not.toBe(plain.text);
    const served = await organisation.viewer.ask("GET", `/api/surveys/${survey.id}/qr.svg?member=Ada&product=Tea`);
    expect(served.text).not.toBe(plain.text);
    expect((await organisation.viewer.ask("GET", `/api/surveys/${survey.id}/qr.svg?source=%3Cscript%3E`)).status).toBe(400);
  });

  test("makes no new version when nothing changed", async () => {
    const survey = await create();
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);

    expect((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`)).body).toMatchObject({ publishedVersion: 1 });
  });

  test("with errors cannot be published", async () => {
    const survey = await create({});

    const reply = await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);

    expect(reply).toMatchObject({ status: 409, body: { error: { code: "survey_not_ready", details: { problems: [{ code: "no_questions" }] } } } });
  });

  test("saved by two people at once keeps the first save and tells the second", async () => {
    const survey = await create();
    const change = (title: string) => ({ draft: makeDefinition({ title: { en: title } }), draftRevision: survey.draftRevision });

    const first = await organisation.manager.ask("PATCH", `/api/surveys/${survey.id}`, change("First"));
    const second = await organisation.admin.ask("PATCH", `/api/surveys/${survey.id}`, change("Second"));

    expect(first).toMatchObject({ status: 200, body: { draft: { title: { en: "First" } } } });
    expect(second).toMatchObject({ status: 409, body: { error: { code: "survey_changed_meanwhile" } } });
  });

  test("is closed, refuses answers, and opens again", async () => {
    const survey = await create();
    expect((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`)).body).toMatchObject({ error: { code: "survey_not_published" } });
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);
    const answer = () => installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }));

    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/closure`);
    expect(await answer()).toMatchObject({ status: 409, body: { error: { code: "survey_closed" } } });
    expect(await installation.nobody.ask("GET", `/s/${survey.slug}`)).toMatchObject({ status: 410, text: expect.stringContaining("closed") });

    await organisation.manager.ask("DELETE", `/api/surveys/${survey.id}/closure`);
    expect(await answer()).toMatchObject({ status: 200 });
  });

  test("is copied without its responses and deleted only while it has none", async () => {
    const survey = await create();
    await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`);
    await installation.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { nps: { number: 9 } }));

    const copy = Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${survey.id}/copies`)).body);

    expect(copy).toMatchObject({ name: "Irrelevant (copy)", status: "draft", draft: survey.draft });
    expect(await organisation.manager.ask("DELETE", `/api/surveys/${survey.id}`)).toMatchObject({ status: 409, body: { error: { code: "survey_has_responses" } } });
    expect((await organisation.manager.ask("DELETE", `/api/surveys/${copy.id}`)).status).toBe(204);
  });

  test("is read by agents and changed only by managers and above", async () => {
    const survey = await create();

    expect((await organisation.agent.ask("GET", `/api/surveys/${survey.id}`)).status).toBe(200);
    expect((await organisation.agent.ask("PATCH", `/api/surveys/${survey.id}`, { name: "Mine" })).status).toBe(403);
    expect((await organisation.viewer.ask("POST", "/api/surveys", { name: "Mine" })).status).toBe(403);
  });

  test("does not exist for another workspace", async () => {
    const survey = await create();
    const attempts = await Promise.all([
      stranger.ask("GET", `/api/surveys/${survey.id}`),
      stranger.ask("PATCH", `/api/surveys/${survey.id}`, { name: "Stolen" }),
      stranger.ask("DELETE", `/api/surveys/${survey.id}`),
      stranger.ask("POST", `/api/surveys/${survey.id}/copies`),
      stranger.ask("POST", `/api/surveys/${survey.id}/versions`),
      stranger.ask("GET", `/api/surveys/${survey.id}/versions`),
      stranger.ask("GET", `/api/surveys/${survey.id}/qr.svg`),
      stranger.ask("POST", `/api/surveys/${survey.id}/closure`),
      stranger.ask("DELETE", `/api/surveys/${survey.id}/closure`),
      stranger.ask("POST", `/api/surveys/${survey.id}/links`, { identifier: "user:42" }),
    ]);

    expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 404));
    expect((await stranger.ask("GET", "/api/surveys")).body).toEqual({ items: [], nextCursor: null });
  });

  test.each<[string, unknown]>([
    ["an accent that is no colour", { ...makeDefinition(), theme: { accent: "red;}</style><script>" } }],
    ["an unknown kind of question", { ...makeDefinition(), questions: [{ id: "x", type: "magic", title: {}, isRequired: true }] }],
    ["a question id that is code", { ...makeDefinition(), questions: [{ id: "x\"onload=", type: "nps", title: {}, isRequired: true }] }],
    ["a text with a zero byte", { ...makeDefinition(), title: { en: "a\0b" } }],
    ["a text with half a character", { ...makeDefinition(), title: { en: "a\ud800b" } }],
    ["a language that is code", { ...makeDefinition(), languages: ["en\"><script>"] }],
    ["101 questions", { ...makeDefinition(), questions: Array.from({ length: 201 }, (_, n) => ({ id: `q${n}`, type: "nps", title: {}, isRequired: true })) }],
  ])("is refused with %s", async (_title, definition) => {
    const reply = await organisation.manager.ask("POST", "/api/surveys", { name: "Irrelevant", definition });

    expect(reply).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  });

  test("lists page by page, each once", async () => {
    const other = (await installation.makeOrganisation()).owner;
    for (const name of ["one", "two", "three"]) await other.ask("POST", "/api/surveys", { name });

    const seen: string[] = [];
    let url = "/api/surveys?limit=2";
    for (let pages = 0; pages < 5 && url !== ""; pages += 1) {
      const { items, nextCursor } = page(SurveyListItem).parse((await other.ask("GET", url)).body);
      seen.push(...items.map(({ name }) => name));
      url = nextCursor === null ? "" : `/api/surveys?limit=2&cursor=${nextCursor}`;
    }

    expect(seen).toEqual(["three", "two", "one"]);
    expect((await other.ask("GET", "/api/surveys?cursor=nonsense")).status).toBe(400);
  });
});
