import { expect, test } from "vitest";
import { readMapFile } from "./map-file.rules.ts";

const document = { stages: [], steps: [], lanes: [], cards: [], measured: [] };
const id = "019a1b2c-0000-7000-8000-00000000000a";

test.each([
  ["a segment", { kind: "segment", segmentId: id }, { kind: "segment", segmentId: id }],
  ["a segment nobody names", { kind: "segment" }, null],
  ["a segment by its name", { kind: "segment", segmentId: "Gold" }, null],
  ["a segment by an id of no version", { kind: "segment", segmentId: "12345678-1234-1234-1234-123456789012" }, null],
  ["a persona", { kind: "persona", name: "Priya", story: "Orders.", segmentId: id, personaId: id }, { kind: "persona", name: "Priya", story: "Orders.", segmentId: id, personaId: id }],
  ["a persona with no more than a name", { kind: "persona", name: " Priya " }, { kind: "persona", name: "Priya", story: "", segmentId: null, personaId: null }],
  ["a persona without a name", { kind: "persona", story: "Orders." }, null],
  ["one customer", { kind: "customer", customerId: id }, null],
  ["a word", "everyone", null],
  ["everybody", { kind: "everyone" }, { kind: "everyone" }],
])("of a file whose map is about %s what is good is read, and what is not is said", (_, viewpoint, expected) => {
  const file = readMapFile(JSON.stringify({ name: "Buying", state: "as_is", viewpoint, document }));

  expect(file).toMatchObject({ name: "Buying", state: "as_is", viewpoint: expected, left: expected === null ? ["viewpoint"] : [] });
});

test("a file that says nothing of itself lacks nothing, and one that says nonsense is told of all of it", () => {
  expect(readMapFile(JSON.stringify(document))).toMatchObject({ state: null, viewpoint: null, left: [] });
  expect(readMapFile(JSON.stringify({ document, description: 7, state: "was", viewpoint: {} }))?.left).toEqual(["description", "state", "viewpoint"]);
});
