import { expect, test } from "vitest";
import { saySource } from "./sources.ts";

test.each([
  ["segment", "from the Segment API"],
  ["cloudevents", "from CloudEvents"],
  ["import", "from an import"],
  ["review", "from reviews"],
  ["manual", "by hand"],
  ["shopware", "from shopware"],
])("what came from %j is told in words", (source, expected) => {
  expect(saySource(source)).toBe(expected);
});
