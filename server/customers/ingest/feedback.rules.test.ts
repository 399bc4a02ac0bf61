import { expect, test } from "vitest";
import { readFeedback } from "./feedback.rules.ts";

const cases: [given: unknown, said: unknown][] = [
  [{ text: " The parcel is late. " }, [{ kind: "comment", text: "The parcel is late.", question: null }]],
  [{ text: "Nothing", question: " What could be better? " }, [{ kind: "comment", text: "Nothing", question: "What could be better?" }]],
  [{ text: "Nothing", question: `${"?".repeat(2_000)}` }, [{ kind: "comment", text: "Nothing", question: "?".repeat(1_000) }]],
  [{ text: "Nothing", question: "What\u0000?" }, [{ kind: "comment", text: "Nothing", question: "What\uFFFD?" }]],
  [{ text: "Nothing", question: { en: "What?" } }, null],
  [{ question: { id: 5 } }, []],
  [{ nps: 9, csat: 4.5, ces: 7, stars: 1, text: "Fine" }, [{ kind: "nps", value: 9 }, { kind: "csat", value: 4.5 }, { kind: "ces", value: 7 }, { kind: "stars", value: 1 }, { kind: "comment", text: "Fine", question: null }]],
  [{ nps: 0 }, [{ kind: "nps", value: 0 }]],
  [{ nps: "10", text: "" }, [{ kind: "nps", value: 10 }]],
  [{ nps: null, text: null }, []],
  [{ text: " \n " }, []],
  [{ id: 7, reason: "irrelevant" }, []],
  ["words alone", []],
  [["words"], []],
  [undefined, []],
  [{ nps: 11 }, null],
  [{ nps: -1 }, null],
  [{ nps: 8.5 }, null],
  [{ nps: "ten" }, null],
  [{ nps: true }, null],
  [{ csat: 0 }, null],
  [{ csat: 6 }, null],
  [{ ces: 8 }, null],
  [{ stars: "1e0" }, null],
  [{ stars: Number.NaN }, null],
  [{ text: ["Fine"] }, null],
  [{ text: 5, nps: 9 }, null],
];

test.each(cases)("%j says %j", (given, said) => {
  expect(readFeedback(given, "customer")).toEqual(said);
});
