import { expect, test } from "vitest";
import { defineTexts } from "./texts.ts";

const texts = defineTexts("texts-test", { hello: "Hello {{name}}", answers_one: "{{n}} answer", answers_other: "{{n}} answers", people_one: "{{count}} person of {{all}}", people_other: "{{count}} people of {{all}}" });

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

test("every number in a sentence is grouped, the one that chooses the plural as well", () => {
  expect(texts.say("people", { count: 4159, all: 12_000 })).toBe("4,159 people of 12,000");
  expect(texts.say("people", { count: 1, all: "many" })).toBe("1 person of many");
});
