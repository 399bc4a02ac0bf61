import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { textModels } from "./comments.contract.ts";
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

const { list, writeOne, correct, readAnew } = openComment(() => ({ firsthand, organisation }));

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
