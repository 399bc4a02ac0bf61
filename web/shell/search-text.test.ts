import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "./search-text.ts";

test("an address is plain text and comes back as it was", () => {
  const search = { period: "30d", touchpoint: "Store & café", value: "42" };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

test("what is empty leaves the address", () => {
  expect(stringifySearch({ period: "", channel: undefined, open: null })).toBe("");
});
