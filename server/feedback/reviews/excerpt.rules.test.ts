import { expect, test } from "vitest";
import { isSoundExcerpt, sentencesOf, shownText } from "./excerpt.rules.ts";

const text = "I was not sure at first. Then it worked! Would I buy again? Yes.\nThanks to Ann.";

test("a text is read sentence by sentence", () => {
  expect(sentencesOf(text)).toEqual(["I was not sure at first.", "Then it worked!", "Would I buy again?", "Yes.", "Thanks to Ann."]);
  expect(sentencesOf("")).toEqual([]);
});

test.each<[number[], boolean]>([[[0], true], [[0, 4], true], [[0, 1, 2, 3, 4], true], [[], false], [[1, 0], false], [[1, 1], false], [[5], false], [[-1], false], [[0.5], false]])(
  "the excerpt %j is sound: %s", (places, isSound) => {
    expect(isSoundExcerpt(text, places)).toBe(isSound);
  },
);

test.each<[number[] | null, string]>([
  [null, text], [[0, 1], "I was not sure at first. Then it worked! …"], [[1, 4], "… Then it worked! … Thanks to Ann."], [[0, 1, 2, 3, 4], "I was not sure at first. Then it worked! Would I buy again? Yes. Thanks to Ann."],
])("the excerpt %j shows where something is left out", (places, shown) => {
  expect(shownText(text, places)).toBe(shown);
});
