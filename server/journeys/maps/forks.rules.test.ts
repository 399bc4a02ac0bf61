import { describe, expect, test } from "vitest";
import type { MapDocument, StepFork } from "./document.contract.ts";
import { blankDocument, makeStage, makeStep } from "./document.make.ts";
import { applyEdits, invertEdits, orderDocument } from "./document.rules.ts";
import type { MapEdit } from "./edits.contract.ts";
import { addWay, forkAfter, joinBefore, leaveFork, listForks, withForksTidy } from "./forks.rules.ts";

const fork = (way: number, id = "fork1"): StepFork => ({ id, way });
/** Steps as "name", or "name:way" of one fork; "|" begins a stage. */
const draw = (text: string): MapDocument => {
  const stages = text.split(" | ").map((steps, at) => ({ stage: makeStage(`stage${at}`), steps: steps.split(" ") }));
  const steps = stages.flatMap(({ stage, steps: own }) => own.map((one) => {
    const [id = "", way] = one.split(":");
    return makeStep(id, stage.id, { fork: way === undefined ? null : fork(Number(way.at(0)), way.length > 1 ? way.slice(1) : "fork1") });
  }));
  return orderDocument({ ...blankDocument(), stages: stages.map(({ stage }) => stage), steps });
};
/** The steps with their ways as they are read: either A B or C. */
const say = ({ steps }: MapDocument): string => {
  const forks = listForks(steps);
  const [starts, ends] = [new Map(forks.flatMap(({ ways }) => ways.map(([first = -1], way) => [first, way === 0 ? "(" : "/"] as const))), new Set(forks.map(({ ways }) => ways.flat().at(-1)))];
  return steps.map(({ id }, place) => `${starts.get(place) ?? ""}${id}${ends.has(place) ? ")" : ""}`).join(" ");
};
const stepOf = ({ steps }: MapDocument, id: string) => steps.find((step) => step.id === id) ?? makeStep("none", "none");
const after = (document: MapDocument, edits: readonly MapEdit[]): string => {
  const applied = applyEdits(document, edits);
  expect(applied.refused).toEqual([]);
  expect(applyEdits(applied.document, invertEdits(document, applied.done)).document).toEqual(document);
  return say(applied.document);
};

test.each([
  ["find pays:1 cash:2 gets", "find (pays /cash) gets"],
  ["pays:1 code:1 cash:2", "(pays code /cash)"],
  ["pays:1 cash:2 bill:3", "(pays /cash /bill)"],
  ["pays:1 gets", "pays gets"],
  ["pays:1 | cash:2", "pays cash"],
  ["pays:1 looks cash:2", "pays looks cash"],
  ["pays:1 cash:2 code:1", "(pays /cash /code)"],
  ["pays:1 cash:2 post:1other shop:2other", "(pays /cash) (post /shop)"],
])("steps %s are read as %s", (drawn, read) => expect(say(draw(drawn))).toBe(read));

describe("another way", () => {
  const value = makeStep("new1", "elsewhere");
  test.each([
    ["beside a step that everybody takes", "find pays gets", "pays", "find (pays /new1) gets"],
    ["beside the last step", "find pays", "pays", "find (pays /new1)"],
    ["behind the way it is another one to", "pays:1 code:1 cash:2 gets", "pays", "(pays code /new1 /cash) gets"],
    ["of nine there are, not one more", "a:1 b:2 c:3 d:4 e:5 f:6 g:7 h:8 i:9", "a", "(a /b /c /d /e /f /g /h /i)"],
  ])("%s", (_, drawn, beside, read) => {
    const document = draw(drawn);
    expect(after(document, addWay(document, stepOf(document, beside), { value, forkId: "fork2" }))).toBe(read);
  });

  test.each([
    ["is made of a step and the one before it", "find pays cash gets", "cash", "find (pays /cash) gets"],
    ["joins those there are", "pays:1 cash:2 bill gets", "bill", "(pays /cash /bill) gets"],
    ["is not made across stages", "pays | cash", "cash", "pays cash"],
    ["is not made of the first step, nor of one that is a way already", "pays:1 cash:2", "pays", "(pays /cash)"],
  ])("%s", (_, drawn, id, read) => {
    const document = draw(drawn);
    expect(after(document, joinBefore(document, stepOf(document, id), "fork2"))).toBe(read);
  });

  test("goes on with a new step behind one of its own", () => {
    const document = draw("find pays:1 cash:2 gets");
    expect([forkAfter(document, stepOf(document, "pays")), forkAfter(document, stepOf(document, "gets"))]).toEqual([fork(1), null]);
  });
});

test.each([
  ["of three stands behind them", "pays:1 cash:2 bill:3 gets", "pays", "(cash /bill) pays gets"],
  ["of two leaves nothing to choose", "pays:1 cash:2 gets", "cash", "pays cash gets"],
  ["that is none stays", "pays gets", "pays", "pays gets"],
])("a step that is no alternative any more, %s", (_, drawn, id, read) => {
  const document = draw(drawn);
  const edits = leaveFork(document, stepOf(document, id));
  expect(after(document, edits)).toBe(read);
  expect(applyEdits(document, edits).document.steps.filter((step) => step.fork !== null)).toHaveLength(read.includes("(") ? 2 : 0);
});

describe("a move or removal", () => {
  const move = (id: string, before: string | null, stageId = "stage0"): MapEdit => ({ do: "move", part: "step", id, stageId, before });
  test.each<[string, string, MapEdit, string, number]>([
    ["into a fork goes the way of the step before", "find pays:1 cash:2 gets", move("find", "cash"), "(pays find /cash) gets", 3],
    ["out of a fork of two ends it", "find pays:1 cash:2 gets", move("cash", null), "find pays gets cash", 0],
    ["out of a longer way leaves the rest", "pays:1 code:1 cash:2 gets", move("code", null), "(pays /cash) gets code", 2],
    ["within a fork changes the order of its ways", "pays:1 cash:2 gets", move("cash", "pays"), "(cash /pays) gets", 2],
    ["beside a fork stays beside it", "find pays:1 cash:2 gets", move("gets", "pays"), "find gets (pays /cash)", 2],
    ["to another stage takes no fork along", "pays:1 cash:2 bill:3 | gets", move("bill", "gets", "stage1"), "(pays /cash) bill gets", 2],
    ["of a way ends a fork of two", "pays:1 cash:2 gets", { do: "remove", part: "step", id: "pays" }, "cash gets", 0],
  ])("%s", (_, drawn, edit, read, marked) => {
    const document = draw(drawn);
    const edits = withForksTidy(document, [edit]);
    expect(after(document, edits)).toBe(read);
    expect(applyEdits(document, edits).document.steps.filter((step) => step.fork !== null)).toHaveLength(marked);
  });
});
