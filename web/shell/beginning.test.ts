import { expect, test } from "vitest";
import { beginnings } from "./beginning.ts";
import { screens } from "./composition.ts";

test("what is asked for early belongs to a screen there is", () => {
  const paths = screens.map(({ path }): string => path);

  expect(Object.keys(beginnings)).not.toEqual([]);
  expect(Object.keys(beginnings).filter((path) => !paths.includes(path))).toEqual([]);
});
