import { expect, test } from "vitest";
import { defineTexts } from "./texts.ts";

const texts = defineTexts("texts-test", { hello: "Hello {{name}}", answers_one: "{{n}} answer", answers_other: "{{n}} answers" });

test("a name is filled in as it is, so that React escapes it once", () => {
  expect(texts.say("hello", { name: "<b>Maria</b>" })).toBe("Hello <b>Maria</b>");
});

test.each([
  [0, "0 answers"],
  [1, "1 answer"],
  [1204, "1,204 answers"],
])("%i chooses its plural and is grouped", (count, sentence) => {
  expect(texts.say("answers", { count })).toBe(sentence);
});
