import { expect, test } from "vitest";
import { changedFields } from "./fields.ts";

test("Only what was changed since a form was opened is sent", () => {
  const opened = { title: "Late", note: "", owner: null, tags: ["a"] };
  expect(changedFields<object>(opened, { ...opened, note: "Asked", tags: ["a", "b"] })).toEqual({ note: "Asked", tags: ["a", "b"] });
  expect(changedFields<object>({ ...opened, owner: "x" }, opened)).toEqual({ owner: null });
  expect(changedFields(opened, { ...opened, tags: ["a"] })).toBeNull();
});
