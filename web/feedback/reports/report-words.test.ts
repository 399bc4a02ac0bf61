import { expect, test } from "vitest";
import { nameOfColumn } from "./report-words.ts";
import { reportsTexts } from "./reports.texts.ts";

test.each([
  ["by:touchpoint", { key: "", label: "" }, "Without a touchpoint"],
  ["by:campaign", { key: "", label: "" }, "Without a campaign"],
  ["by:trait:plan", { key: "", label: "" }, "Without “plan”"],
  ["by:wave", { key: "", label: "" }, "Not invited by name"],
  ["by:wave", { key: "w1", label: "Spring" }, "Spring"],
  ["by:version", { key: "2", label: "2" }, "Version 2"],
  ["by:touchpoint", { key: "Not named", label: "Not named" }, "Not named"],
  ["sex", { key: "m", label: "Man" }, "Man"],
])("a column of %s with %o is called %s", (by, column, name) => {
  expect(nameOfColumn(reportsTexts.say, by, column)).toBe(name);
});
