import { describe, expect, test } from "vitest";
import { beginHistory, redone, undone, withChange } from "./history.rules.ts";

type Value = { title?: Record<string, string>; list: string[] };
const start: Value = { title: { en: "A" }, list: [] };
const typed = (words: string): Value => ({ ...start, title: { en: words } });

describe("a change", () => {
  test("is taken back and done again", () => {
    const changed = withChange(beginHistory(start), { ...start, list: ["x"] }, 0);

    const back = undone(changed);
    expect(back.present).toBe(start);
    expect(redone(back).present).toEqual({ ...start, list: ["x"] });
  });

  test("of nothing is no step", () => {
    const history = beginHistory(start);
    expect(withChange(history, start, 0)).toBe(history);
    expect(undone(history)).toBe(history);
    expect(redone(history)).toBe(history);
  });

  test("after taking back forgets what was taken back", () => {
    const back = undone(withChange(beginHistory(start), typed("AB"), 0));
    expect(redone(withChange(back, typed("C"), 9_000)).present).toEqual(typed("C"));
  });

  test("is remembered however many there are", () => {
    let history = beginHistory(start);
    for (let count = 1; count <= 500; count += 1) history = withChange(history, { ...start, list: Array.from({ length: count }, String) }, count);
    for (let count = 1; count <= 500; count += 1) history = undone(history);
    expect(history.present).toBe(start);
  });
});

describe("typing", () => {
  test("is one step while it goes on", () => {
    let history = beginHistory(start);
    ["AB", "ABC", "ABCD"].forEach((words, index) => (history = withChange(history, typed(words), index * 1_000)));
    expect(undone(history).present).toBe(start);
  });

  test("after a pause is another step", () => {
    const history = withChange(withChange(beginHistory(start), typed("AB"), 0), typed("ABC"), 1_501);
    expect(undone(history).present).toEqual(typed("AB"));
  });

  test.each<[string, Value]>([
    ["in another place", { ...typed("AB"), title: { en: "AB", de: "C" } }],
    ["of something that is no text", { ...typed("AB"), list: ["x"] }],
    ["of two places at once", { title: { en: "X", de: "Y" }, list: [] }],
  ])("is another step than a change %s", (_title, next) => {
    const history = withChange(withChange(beginHistory(start), typed("AB"), 0), next, 100);
    expect(undone(history).present).toEqual(typed("AB"));
  });

  test("the first words where there were none goes on as one step", () => {
    const none: Value = { list: [], title: {} };
    const history = withChange(withChange(beginHistory(none), { list: [], title: { en: "A" } }, 0), { list: [], title: { en: "AB" } }, 100);
    expect(undone(history).present).toBe(none);
  });
});
