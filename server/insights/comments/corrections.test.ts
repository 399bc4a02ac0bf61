import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { commentsReply, rereading, textModels, type Comment } from "./comments.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const list = async (): Promise<Comment[]> => commentsReply.parse((await organisation.viewer.ask("GET", "/api/comments?from=2026-06-01&to=2026-07-01")).body).items;
const writeOne = async (text: string): Promise<Comment> => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, [makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at: "2026-06-10T12:00:00Z", text })]);
  const [comment] = await vi.waitFor(async () => {
    const items = await list();
    expect(items).toHaveLength(1);
    return items;
  }, { timeout: 15_000, interval: 100 });
  if (comment === undefined) throw new Error("A comment that was read is listed.");
  return comment;
};
const correct = async (id: string, body: object, who: Client = organisation.agent): Promise<Comment | undefined> => {
  expect((await who.ask("PATCH", `/api/comments/${id}/reading`, body)).status).toBe(204);
  return (await list())[0];
};
const readAnew = async (): Promise<void> => {
  rereading.parse((await organisation.manager.ask("POST", "/api/comment-rereadings")).body);
  await vi.waitFor(async () => expect(textModels.parse((await organisation.viewer.ask("GET", "/api/comment-models")).body).rereading?.state).toBe("done"), { timeout: 20_000, interval: 100 });
};

test("two members who set different needs of a comment do not undo one another, also when it is read anew", async () => {
  const { id, needs } = await writeOne("The parcel never arrived and nobody told me why.");
  expect(needs.PROMISE).toBe("neg");

  await correct(id, { needs: { EASY: "neg" } }, organisation.agent);
  const after = await correct(id, { needs: { PROMISE: null, RIGHT: "mix" } }, organisation.manager);

  const { PROMISE: _taken, ...others } = needs;
  expect(after?.needs).toEqual({ ...others, EASY: "neg", RIGHT: "mix" });
  await readAnew();
  expect((await list())[0]).toMatchObject({ needs: { ...others, EASY: "neg", RIGHT: "mix" }, corrected: ["EASY", "PROMISE", "RIGHT"] });
});

test("what was set can be taken back, part by part, and is as the model reads it again", async () => {
  const before = await writeOne("Terrible, the parcel never arrived.");
  await correct(before.id, { sentiment: "pos", needs: { PROMISE: "pos", RIGHT: "neg" }, isUrgent: true });

  const half = await correct(before.id, { asRead: ["PROMISE", "urgent"] });
  expect(half).toMatchObject({ sentiment: "pos", needs: { PROMISE: "neg", RIGHT: "neg" }, isUrgent: before.isUrgent, corrected: ["sentiment", "RIGHT"] });
  expect(textModels.parse((await organisation.viewer.ask("GET", "/api/comment-models")).body)).toMatchObject({ corrections: 2, correctedComments: 1 });

  const whole = await correct(before.id, { asRead: ["sentiment", "RIGHT"] });
  expect({ ...whole, highlights: null }).toEqual({ ...before, highlights: null });
});

test("a need taken back by one member leaves what another set beside it", async () => {
  const { id } = await writeOne("The parcel never arrived.");
  await correct(id, { needs: { EASY: "neg" } }, organisation.agent);
  await correct(id, { needs: { RIGHT: "neg" } }, organisation.manager);
  expect(await correct(id, { asRead: ["EASY"] }, organisation.agent)).toMatchObject({ needs: { RIGHT: "neg" }, corrected: ["RIGHT"] });
});
