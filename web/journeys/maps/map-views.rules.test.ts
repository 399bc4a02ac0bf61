import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { describe, expect, test } from "vitest";
import { curvePoints, designedPoints, pointsAlong, runsOf } from "./curve.rules.ts";
import { kindsOf, mergeMaps } from "./difference.rules.ts";
import { columnsOf } from "./grid.rules.ts";
import { bytesOf, readMapFile } from "./map-file.rules.ts";
import { emptyCard, emptyStep } from "./parts.rules.ts";
import { afterAsking, nobodyKnown } from "./presences.rules.ts";
import { sheetsOf } from "./sheets.rules.ts";
import { stepToShow } from "./shown-step.rules.ts";
import { siblingsOf } from "./siblings.rules.ts";
import { strandsOf, waysOf } from "./ways.rules.ts";
import { compareMaps } from "@firsthand/server/journeys/maps/difference.rules";

const lane = { id: "lane1", kind: "pains", name: "Pain points" } as const;
const map: MapDocument = {
  stages: [{ id: "find", name: "Find" }],
  steps: [{ ...emptyStep("look", "find", "Look"), designed: { before: -2, during: null, after: 2 } }, emptyStep("read", "find", "Read"), emptyStep("cart", "find", "Cart")],
  lanes: [lane],
  cards: [{ ...emptyCard("card1", "look", lane), text: "a & b <script>", feeling: -1 }, { ...emptyCard("card2", "look", lane), feeling: 2 }, { ...emptyCard("card3", "cart", lane), feeling: 1 }],
  measured: ["feeling"],
};
const columns = columnsOf(map);

describe("the curve", () => {
  test("assumes what cards say until there is data, and guesses over steps that say nothing", () => {
    const points = curvePoints(map, columns, new Map());
    expect(points.map(({ stepId, evidence, value, at }) => [stepId, evidence, value, at])).toEqual([["look", "assumed", 0.25, 0.5], ["cart", "assumed", 0.5, 2.5]]);
    expect(runsOf(points, [0, 1, 2, 3, 4]).map((run) => run.length)).toEqual([1, 1]);
  });

  test("lays what is designed before, during and after within a column", () => {
    expect(designedPoints(columns)).toEqual([{ at: 1 / 6, value: -1 }, { at: 5 / 6, value: 1 }]);
  });
});

describe("where customers go one of several ways", () => {
  const on = (id: string, way: number | null) => ({ ...emptyStep(id, "find", id), fork: way === null ? null : { id: "fork1", way }, designed: { before: null, during: 1, after: null } });
  const forked = columnsOf({ ...map, stages: [{ id: "none", name: "None" }, ...map.stages], steps: [on("look", null), on("pays", 1), on("code", 1), on("cash", 2), on("gets", null)], cards: [] });

  test("the curve parts with them and comes together again", () => {
    const strands = strandsOf(forked);
    expect(strands).toEqual([[0, 1, 2, 3, 5], [1, 4, 5]]);
    expect(strandsOf(forked.slice(2))).toEqual([[0, 1, 3], [2, 3]]);
    expect(strandsOf(columns)).toEqual([[0, 1, 2]]);
    const [main = [], aside = []] = strands;
    const points = designedPoints(forked);
    expect(pointsAlong(points, aside, main).map(({ at }) => Math.floor(at))).toEqual([1, 4, 5]);
    expect(pointsAlong(points.filter(({ at }) => at < 4 || at >= 5), aside, main)).toEqual([]);
    const known = points.map(({ at, value }) => ({ at, value, stepId: "", evidence: "measured" as const, low: null, high: null, count: 1, isMain: true }));
    expect([runsOf(known, main, main), runsOf(known, aside, main)].map((runs) => runs.map((run) => run.length))).toEqual([[4], [3]]);
  });

  test("each step says on which way it lies", () => {
    expect([...waysOf(forked.flatMap(({ step }) => step ?? []))]).toEqual([
      ["pays", { way: 0, isFirstOfWay: true }], ["code", { way: 0, isFirstOfWay: false }], ["cash", { way: 1, isFirstOfWay: true }],
    ]);
  });
});

test.each([[1, [1]], [10, [10]], [11, [6, 5]], [21, [7, 7, 7]], [0, []]])("%i steps are printed on sheets of %j", (count, expected) => {
  const steps = Array.from({ length: count }, (_, place) => place);
  expect(sheetsOf(steps).map((sheet) => sheet.length)).toEqual(expected);
  expect(sheetsOf(steps).flat()).toEqual(steps);
});

test("both maps in one drawing keep what is gone where it was, and say what is what", () => {
  const toBe: MapDocument = { ...map, steps: map.steps.filter(({ id }) => id !== "read").concat(emptyStep("new1", "find", "New")), cards: map.cards.filter(({ id }) => id !== "card1") };
  const merged = mergeMaps(map, toBe);
  expect(merged.steps.map(({ id }) => id)).toEqual(["look", "read", "cart", "new1"]);
  expect(merged.cards.map(({ id }) => id)).toEqual(["card1", "card2", "card3"]);
  expect([...kindsOf(compareMaps(map, toBe))]).toEqual([["read", "gone"], ["card1", "gone"], ["new1", "added"]]);
});

test("a map knows its other state: the draft worked on last", () => {
  const asIs = { id: "a", state: "as_is", basedOn: null } as const;
  const draft = { id: "b", state: "to_be", basedOn: { id: "a", name: "A" } } as const;
  expect(siblingsOf(asIs, [draft, { ...draft, id: "c" }])).toEqual({ asIs: "a", toBe: "b" });
  expect(siblingsOf(draft, [])).toEqual({ asIs: "a", toBe: "b" });
  expect(siblingsOf(asIs, [asIs])).toEqual({ asIs: "a", toBe: null });
});

test.each([["", null], ["{}", null], ["[1]", null], ['{"name":"x","document":{"stages":[]}}', null]])("the file %j is no map", (text, expected) => expect(readMapFile(text)).toBe(expected));
test("a map in a file is read with its name, or as a document alone", () => {
  const photo = { id: "photo1", contentType: "image/png", data: "AQI=" };
  expect(readMapFile(JSON.stringify({ name: "Buying", description: "How", document: map, photos: [photo, { id: 1 }] }))).toEqual({ name: "Buying", description: "How", state: null, viewpoint: null, document: map, photos: [photo], left: [] });
  expect(readMapFile(JSON.stringify(map))).toEqual({ name: "", description: null, state: null, viewpoint: null, document: map, photos: [], left: [] });
  const viewpoint = { kind: "persona", name: "Priya", story: "Hurries", segmentId: null, personaId: null };
  expect(readMapFile(JSON.stringify({ state: "to_be", viewpoint, document: map }))).toMatchObject({ state: "to_be", viewpoint });
  expect(readMapFile(JSON.stringify({ state: "later", viewpoint: { kind: "customer", customerId: "x" }, document: map }))).toMatchObject({ state: null, viewpoint: null });
  expect([bytesOf(photo), bytesOf({ ...photo, data: "no base64!" })]).toEqual([new Uint8Array([1, 2]), new Uint8Array()]);
});

test("a panel keeps the step it is about when somebody removes it, and follows it while it is there", () => {
  const [look, read] = [emptyStep("look", "find", "Look"), emptyStep("read", "find", "Read")];
  const renamed = { ...look, name: "Browse" };
  const shown = stepToShow([look, read], "look", null);
  expect(shown).toEqual({ step: look, isRemoved: false });
  expect(stepToShow([renamed, read], "look", shown)).toEqual({ step: renamed, isRemoved: false });
  const removed = stepToShow([read], "look", shown);
  expect(removed).toEqual({ step: look, isRemoved: true });
  expect([stepToShow([read], "look", removed), stepToShow([look], "look", removed)]).toEqual([removed, shown]);
  expect([stepToShow([read], undefined, removed), stepToShow([read], "look", null)]).toEqual([null, null]);
  expect(stepToShow([read], "read", removed)).toEqual({ step: read, isRemoved: false });
});

test("who is on the map is believed through one failed request, and no longer", () => {
  const known = afterAsking(nobodyKnown, [{ memberId: "vera", name: "Vera" }]);
  const once = afterAsking(known, null);
  const twice = afterAsking(once, null);
  expect([known, once, twice].map(({ present }) => present.length)).toEqual([1, 1, 0]);
  expect(afterAsking(afterAsking(once, known.present), null).present).toEqual(known.present);
  expect(afterAsking(twice, null)).toBe(twice);
});
