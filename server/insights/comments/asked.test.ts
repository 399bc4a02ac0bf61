import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/customers.make.ts";
import { importDetail } from "../../customers/imports/imports.contract.ts";
import { makeSave, publishSurvey } from "../../feedback/feedback.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { answersReply } from "../metrics/metrics.contract.ts";
import { commentsReply, type Comment } from "./comments.contract.ts";
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

const { writeOne, correct, readAnew } = openComment(() => ({ firsthand, organisation }));
const listAll = (count: number): Promise<Comment[]> =>
  vi.waitFor(async () => {
    const { items } = commentsReply.parse((await organisation.viewer.ask("GET", "/api/comments?from=2026-06-01&to=2026-07-01")).body);
    expect(items).toHaveLength(count);
    return items;
  }, { timeout: 30_000, interval: 100 });
const text = (id: string, title: Record<string, string>) => ({ id, type: "text" as const, title, isRequired: false });

test("the same answer to two questions of a survey is read by each, and keeps its question", async () => {
  const survey = await publishSurvey(organisation.manager, { questions: [text("liked", { en: "What did you like, {{trait.first_name|today}}?" }), text("better", { en: "What could we do better?" }), text("else", { en: "Any other comments?" })] });
  const nothing = { text: "Nothing" };

  const reply = await firsthand.nobody.ask("POST", "/api/public/responses", makeSave(survey.slug, { liked: nothing, better: nothing, else: nothing }));

  expect(reply.status, reply.text).toBe(200);
  const read = new Map((await listAll(3)).map((comment) => [comment.question, comment]));
  expect(read.get("What did you like, today?")).toMatchObject({ sentiment: "neg", asked: "praise", isUnsure: false });
  expect(read.get("What could we do better?")).toMatchObject({ sentiment: "pos", asked: "better", isUnsure: false });
  expect(read.get("Any other comments?")).toMatchObject({ sentiment: "neu", asked: null, isUnsure: true });
});

test("the name of an imported column is the question of its comments", async () => {
  const { manager } = organisation;
  const { id, mapping } = importDetail.parse((await manager.ask("POST", "/api/imports?name=survey.csv", Buffer.from("customer_id,date,nps,What could be improved,What did you like best\nc1,2026-06-10,8,The parking,The parking\nc2,2026-06-11,9,Nothing,All of it\n"), { "content-type": "application/octet-stream" })).body);
  const columns = mapping.columns.map((one) => (one.column.startsWith("What") ? { column: one.column, use: { use: "comment" } } : one));
  expect((await manager.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, columns } })).status).toBe(200);
  await manager.ask("POST", `/api/imports/${id}/run`);

  const read = await listAll(4);

  expect(read.map(({ question, text: words, sentiment }) => `${question}: ${words} ${sentiment}`).toSorted()).toEqual(["What could be improved: Nothing pos", "What could be improved: The parking neg", "What did you like best: All of it pos", "What did you like best: The parking pos"]);
});

test("what was asked counts again when history is read anew, and when a person gives the comment back to the reader", async () => {
  const { id } = await writeOne("Nothing", { properties: { question: "What could be better?" } });
  expect(await correct(id, { sentiment: "neg" })).toMatchObject({ sentiment: "neg", asked: "better" });

  expect(await correct(id, { asRead: ["sentiment"] })).toMatchObject({ sentiment: "pos", isUnsure: false });
  await firsthand.services.db.query("update insights.readings set asked = null, sentiment = 'neu' where perception_id = $1", [id]);
  await readAnew();

  expect(await listAll(1)).toMatchObject([{ sentiment: "pos", asked: "better", question: "What could be better?" }]);
});

test("a comment that nobody asked for has no question, and behind a number a comment stands with its own", async () => {
  const said = { kind: "comment" as const, value: null, scaleMin: null, scaleMax: null, at: "2026-06-10T12:00:00Z", text: "The parking" };
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, [makePerception(said), makePerception({ ...said, properties: { question: "Was könnte besser sein?" } })]);

  expect((await listAll(2)).map(({ question, asked }) => [question, asked]).toSorted()).toEqual([[null, null], ["Was könnte besser sein?", "better"]].toSorted());
  const behind = answersReply.parse((await organisation.viewer.ask("GET", "/api/metrics/answers?metric=sentiment&from=2026-06-01&to=2026-07-01")).body);
  expect(behind.items.map(({ question }) => question).toSorted()).toEqual(["Was könnte besser sein?", null].toSorted());
});
