import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openReader } from "./reader.ts";
import { LESSONS_MIN, teach, type Lesson } from "./teaching.ts";

const model = readFileSync(join(import.meta.dirname, "model.bin"));
const kernel = readFileSync(join(import.meta.dirname, "kernel.wasm"));
const reader = openReader(model, kernel);

// What the trade calls by words of its own: a "stopper" is a failure of the lift, a "white sheet" a visit without a fault.
const places = ["tower", "harbour house", "station", "museum", "clinic", "bakery", "town hall", "block nine", "library", "car park", "school", "arcade"];
const noNeed = { EASY: null, EXPECT: null, PROMISE: null, INFORM: null, INDIVID: null, RIGHT: null };
const lessons: Lesson[] = places.flatMap((place, index): Lesson[] => [
  { id: `s${index}`, text: `Another stopper at the ${place} this morning`, sentiment: "neg", needs: { PROMISE: "neg" } },
  { id: `w${index}`, text: `White sheet again for the ${place}`, sentiment: "pos", needs: { PROMISE: "pos" } },
  { id: `n${index}`, text: `Key for the ${place} is at the desk`, sentiment: "neu", needs: noNeed },
]);
const anchors = ["The engineer never came.", "Friendly staff, thank you.", "I was on hold for an hour.", "They refunded me the same day and apologised."];

describe("what a workspace teaches", () => {
  test("is understood in comments nobody set right, and leaves the others as they were", () => {
    const taught = teach(model, kernel, lessons, anchors);
    if (taught === null) throw new Error("There were enough lessons.");

    const [stopper, sheet] = reader.read(["Another stopper at the theatre", "White sheet again at the theatre"], { correction: taught.correction });

    expect(stopper).toMatchObject({ sentiment: "neg", needs: { PROMISE: "neg" } });
    expect(sheet).toMatchObject({ sentiment: "pos", needs: { PROMISE: "pos" } });
    expect(reader.read(anchors, { correction: taught.correction }).map(({ sentiment }) => sentiment)).toEqual(reader.read(anchors).map(({ sentiment }) => sentiment));
  });

  // Words the model is sure of, which this company uses the other way: only an answer of the same logit that reading decides by turns them.
  test("turns what the model is sure of", () => {
    const turned = places.flatMap((place, index): Lesson[] => [
      { id: `p${index}`, text: `The parcel for the ${place} arrived on time as promised`, needs: { PROMISE: "neg" }, isUrgent: false },
      { id: `u${index}`, text: `Urgent: there is a gas leak in the ${place} right now, please help immediately`, isUrgent: false },
    ]);
    const [promised, leak] = turned.slice(-2).map(({ text }) => text);
    const before = reader.read([promised ?? "", leak ?? ""]);
    expect([before[0]?.needs.PROMISE, before[1]?.isUrgent]).toEqual(["pos", true]);
    const taught = teach(model, kernel, turned, anchors);
    const after = reader.read([promised ?? "", leak ?? ""], { correction: taught?.correction });
    expect([after[0]?.needs.PROMISE, after[1]?.isUrgent]).toEqual(["neg", false]);
  });

  test("is measured on lessons kept aside, before and after", () => {
    const taught = teach(model, kernel, lessons, anchors);
    expect(taught?.heldBack).toBeGreaterThan(2);
    expect(taught?.after).toBeGreaterThan(taught?.before ?? 1);
  });

  test("is judged on every lesson where there are few, each read with what was learnt without it", () => {
    const taught = teach(model, kernel, lessons, anchors);
    expect(taught).toMatchObject({ heldBack: lessons.length, worse: 0 });
    expect(taught?.better).toBeGreaterThan(lessons.length / 2);
    expect(taught?.trials).toHaveLength(5);
  });

  // What is in use was learnt from the same lessons, but none of its trials from those it is judged on.
  test("is compared with what is in use: the same again is no better", () => {
    const inUse = teach(model, kernel, lessons, anchors);
    const again = teach(model, kernel, lessons, anchors, inUse);
    expect(again).toMatchObject({ heldBack: lessons.length, better: 0, worse: 0, before: inUse?.after, after: inUse?.after });
  });

  test("says nothing of a need that nobody looked at", () => {
    const promises = places.flatMap((place, index): Lesson[] => [
      { id: `q${index}`, text: `Another stopper at the ${place} this morning`, needs: { PROMISE: "neg" } },
      { id: `r${index}`, text: `Long queue again at the ${place}`, needs: { PROMISE: null } },
    ]);
    const queue = "I was on hold for an hour.";
    expect(reader.read([queue], { correction: teach(model, kernel, promises, [])?.correction })[0]?.needs.EASY).toEqual(reader.read([queue])[0]?.needs.EASY);
  });

  test("is the same for the same lessons", () => {
    expect(teach(model, kernel, lessons, anchors)?.correction.values).toEqual(teach(model, kernel, lessons, anchors)?.correction.values);
  });

  test("needs enough lessons to be measured at all", () => {
    expect(teach(model, kernel, lessons.slice(0, LESSONS_MIN - 1), anchors)).toBeNull();
  });

  test("bears whatever is in a comment", () => {
    const odd: Lesson[] = ["", "👍", "\uD800", "a".repeat(50_000), "<b>", "مرحبا"].map((text, index) => ({ id: `o${index}`, text, sentiment: "neg", emotion: null, isUrgent: true, needs: {} }));
    expect(teach(model, kernel, [...lessons, ...odd], ["", ""])?.correction.values.every(Number.isFinite)).toBe(true);
  });
});
