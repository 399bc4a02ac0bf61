import { expect, test } from "vitest";
import { afterTyping, readHours, shownText, unsavedText, withoutSent } from "./written.rules.ts";

test("What is being written stays while another member changes the field, and is saved against what it began from", () => {
  const written = afterTyping(afterTyping(null, "old", "new"), "theirs", "new words");
  expect(shownText(written, "theirs")).toBe("new words");
  expect(unsavedText(written, "theirs")).toEqual({ was: "old", now: "new words" });
});

test("A field nobody writes in shows what others wrote, and has nothing to save", () => {
  expect([shownText(null, "theirs"), unsavedText(null, "theirs")]).toEqual(["theirs", null]);
  expect(unsavedText(afterTyping(null, "old", "old"), "theirs")).toBeNull();
  expect(unsavedText(afterTyping(null, "old", "same"), "same")).toBeNull();
});

test("Hours are read as they were typed", () => {
  expect(["", " ", "x", "-3", "2.5", "999999"].map(readHours)).toEqual([null, null, null, 0, 2.5, 100_000]);
});

test("What was written on while a draft was being saved stays, and what was saved goes", () => {
  const sent: { feeling?: number; motivation?: string; evidence?: string } = { feeling: 1, motivation: "to be" };
  expect(withoutSent({ feeling: 1, motivation: "to be quick" }, sent)).toEqual({ motivation: "to be quick" });
  expect(withoutSent({ ...sent, evidence: "told" }, sent)).toEqual({ evidence: "told" });
  expect([withoutSent(sent, sent), sent.feeling]).toEqual([{}, 1]);
});
