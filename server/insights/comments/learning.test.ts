import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { commentsReply, textModels, type Comment, type TextModels } from "./comments.contract.ts";
import { learnFromCorrections } from "./learning.ts";
import { taughtParts } from "./lessons.rules.ts";
import { followModel } from "./renewal.ts";
import { listTaughtParts } from "./text-models.queries.ts";

let firsthand: Installation;
let organisation: Organisation;
let now: Date;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  now = new Date("2026-06-30T12:00:00Z");
  organisation = await firsthand.makeOrganisation();
});

// What the trade calls by words of its own: a "stopper" is a failure of the lift, a "white sheet" a visit without a fault.
const places = ["tower", "harbour house", "station", "museum", "clinic", "bakery", "town hall", "block nine", "library", "car park", "school", "arcade"];
const stopper = { sentiment: "neg", needs: { PROMISE: "neg" } };
const whiteSheet = { sentiment: "pos", needs: { PROMISE: null } };

const write = (texts: readonly string[]): Promise<unknown> =>
  insertPerceptions(firsthand.services.db, organisation.workspaceId, texts.map((text) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: "2026-06-10T12:00:00Z", text })));
const list = async (): Promise<Comment[]> => commentsReply.parse((await organisation.viewer.ask("GET", "/api/comments?from=2026-06-01&to=2026-07-01&limit=100")).body).items;
const find = async (word: string): Promise<Comment> => {
  const found = (await list()).find(({ text }) => text.includes(word));
  if (found === undefined) throw new Error(`No comment with ${word} has been read.`);
  return found;
};
const until = <Value>(look: () => Promise<Value>): Promise<Value> => vi.waitFor(look, { timeout: 60_000, interval: 150 });
const models = async (): Promise<TextModels> => textModels.parse((await organisation.viewer.ask("GET", "/api/comment-models")).body);
const correct = async (id: string, body: object): Promise<void> => {
  expect((await organisation.agent.ask("PATCH", `/api/comments/${id}/reading`, body)).status).toBe(204);
};
/** Learning follows a correction by seconds; turning it on has it begin at once. */
const learnNow = async (): Promise<void> => {
  expect((await organisation.manager.ask("PUT", "/api/comment-models/learning", { isOn: true })).status).toBe(200);
};
const reread = (reason: string): Promise<unknown> => until(async () => expect((await models()).rereading).toMatchObject({ state: "done", reason }));
const goBack = async (): Promise<void> => {
  expect((await organisation.manager.ask("DELETE", "/api/comment-models/in-use")).status).toBe(200);
  await reread("withdrawn");
};

const teach = async (): Promise<void> => {
  await write([...places.map((place) => `Another stopper at the ${place} this morning`), ...places.map((place) => `White sheet again for the ${place}`)]);
  const comments = await until(async () => {
    const items = await list();
    expect(items).toHaveLength(24);
    return items;
  });
  for (const { id, text } of comments) await correct(id, text.startsWith("White") ? whiteSheet : stopper);
  await learnNow();
  await until(async () => expect((await models()).items).toHaveLength(1));
  await reread("taught");
};

describe("what a workspace teaches", () => {
  beforeEach(teach, 120_000);

  test("is measured, reads new comments, and is no longer used once somebody went back", async () => {
    const learnt = await models();
    expect(learnt).toMatchObject({ corrections: 48, correctedComments: 24, learningStoppedAt: null, items: [{ number: 1, state: "in_use", corrections: 48, heldBack: 24 }] });
    expect(learnt.items[0]?.scoreAfter).toBeGreaterThan(learnt.items[0]?.scoreBefore ?? 1);
    await write(["Another stopper at the theatre this morning"]);
    expect(await until(() => find("theatre"))).toMatchObject({ sentiment: "neg", needs: { PROMISE: "neg" }, modelVersion: expect.stringMatching(/\+1$/) });

    await goBack();

    expect(await find("theatre")).toMatchObject({ needs: {}, modelVersion: expect.not.stringMatching(/\+/) });
  });

  test("is replaced only by what reads kept-aside corrections better than it does, and history is read anew only then", async () => {
    const before = await models();
    // Confirms what is read already: what is learnt from it reads nothing better.
    await correct((await find("tower")).id, { sentiment: "neg" });
    await learnNow();

    const after = await until(async () => {
      const found = await models();
      expect(found.items).toHaveLength(2);
      return found;
    });

    expect(after.items.map(({ number, state }) => [number, state])).toEqual([[2, "not_better"], [1, "in_use"]]);
    expect(after.items[0]?.scoreBefore).toBeGreaterThan(before.items[0]?.scoreBefore ?? 1);
    expect(after.rereading).toEqual(before.rereading);
  });

  test("waits while history is being read anew, which goes on from where it is", async () => {
    await firsthand.services.db.query("update insights.rereadings set state = 'running', moved_at = $2 where workspace_id = $1", [organisation.workspaceId, now]);
    const { rereading } = await models();

    await learnFromCorrections(firsthand.services, organisation.workspaceId);

    expect(await models()).toMatchObject({ items: [{ number: 1 }], rereading: { id: rereading?.id, state: "running" } });
    // One that has stood still for long is not waited for.
    now = new Date("2026-06-30T13:00:00Z");
    await learnFromCorrections(firsthand.services, organisation.workspaceId);
    expect((await models()).items).toHaveLength(2);
  });

  test("stays as somebody went back to it, whatever is corrected, until learning is turned on again", async () => {
    await goBack();
    await correct((await find("tower")).id, { isUrgent: false });

    await learnFromCorrections(firsthand.services, organisation.workspaceId);
    expect(await models()).toMatchObject({ learningStoppedAt: now.toISOString(), items: [{ number: 1, state: "withdrawn" }] });

    expect((await organisation.agent.ask("PUT", "/api/comment-models/learning", { isOn: true })).status).toBe(403);
    await learnNow();
    await until(async () => expect(await models()).toMatchObject({ learningStoppedAt: null, items: [{ number: 2, state: "in_use" }, { number: 1, state: "withdrawn" }] }));
    expect((await organisation.manager.ask("PUT", "/api/comment-models/learning", { isOn: false })).body).toMatchObject({ learningStoppedAt: now.toISOString() });
  });

  test("is learnt anew over a new model of the program, and history is read with it by itself", async () => {
    await beOfOlderModel();
    await write(["Another stopper at the theatre this morning"]);
    // What was learnt over another model is not added to this one.
    expect(await until(() => find("theatre"))).toMatchObject({ modelVersion: expect.not.stringMatching(/\+/) });

    await followModel(firsthand.services);

    await reread("new_model");
    const { items, baseVersion } = await models();
    expect(items.map(({ number, state }) => [number, state])).toEqual([[2, "in_use"], [1, "replaced"]]);
    expect(await find("theatre")).toMatchObject({ sentiment: "neg", needs: { PROMISE: "neg" }, modelVersion: `${baseVersion}+2` });
    const { rereading } = await models();
    await followModel(firsthand.services);
    expect((await models()).rereading).toEqual(rereading);

    // There is nothing over this model to go back to but the model itself.
    await goBack();
    expect((await models()).items.map(({ state }) => state)).toEqual(["withdrawn", "replaced"]);
    expect((await find("theatre")).modelVersion).toBe(baseVersion);
  });

  test("over a new model learns from what had taught it alone where learning is stopped", async () => {
    await organisation.manager.ask("PUT", "/api/comment-models/learning", { isOn: false });
    now = new Date("2026-06-30T15:00:00Z");
    await correct((await find("tower")).id, { isUrgent: true, emotion: "anger" });
    await beOfOlderModel();

    await followModel(firsthand.services);

    await reread("new_model");
    expect((await models()).items[0]).toMatchObject({ number: 2, state: "in_use", corrections: 48 });
  });

  test("comes from the comments that were set right last where there are many", async () => {
    now = new Date("2026-06-30T13:00:00Z");
    const { id } = await find("library");
    await correct(id, { isUrgent: true });
    const parts = await listTaughtParts(firsthand.services.db, organisation.workspaceId, { parts: taughtParts, commentsMax: 1, until: null });
    expect(parts.map(({ perceptionId, part }) => [perceptionId, part])).toEqual(["PROMISE", "sentiment", "urgent"].map((part) => [id, part]));
  });

  const beOfOlderModel = async (): Promise<void> => {
    for (const statement of [
      "update insights.text_models set base_version = 'older' where workspace_id = $1",
      "update insights.readings set model_version = 'older+1' where workspace_id = $1",
      "delete from insights.reading_bases where workspace_id = $1",
    ]) await firsthand.services.db.query(statement, [organisation.workspaceId]);
  };
});
