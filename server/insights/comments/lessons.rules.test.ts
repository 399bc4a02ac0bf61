import { expect, test } from "vitest";
import { lessonsFrom } from "./lessons.rules.ts";

const part = (perceptionId: string, name: string, after: unknown) => ({ perceptionId, part: name, after });

test("all that was set in one comment is one lesson, and only that", () => {
  const parts = [part("a", "sentiment", "neg"), part("a", "RIGHT", "neg"), part("a", "EASY", null), part("a", "LOVE", "pos"), part("a", "urgent", true), part("b", "emotion", null)];
  expect(lessonsFrom(parts, new Map([["a", "Still broken"], ["b", "Fine"]]))).toEqual([
    { id: "a", text: "Still broken", sentiment: "neg", needs: { RIGHT: "neg", EASY: null }, isUrgent: true },
    { id: "b", text: "Fine", emotion: null },
  ]);
});

test("a comment that is gone teaches nothing, nor does a language", () => {
  expect(lessonsFrom([part("a", "sentiment", "neg"), part("b", "language", "de")], new Map([["b", "Gut"]]))).toEqual([]);
});
