import { themesQuery } from "@firsthand/server/insights/themes/themes.contract";
import { expect, test } from "vitest";
import { readThemesSearch, toThemesQuery } from "./themes-search.ts";

const whatever = {
  from: "2026-05-01", to: "2026-06-01", need: "EASY", polarity: "neg", sentiment: "neg", emotion: "angry", language: "en", theme: "t", mention: "product:tent", comment: "c", at: "2026-05-01T00:00:00Z", until: "2026-05-02T00:00:00Z",
  urgent: "yes", unsure: "yes", touchpoint: "Shop", channel: "web", stage: "Buy", survey: "s", environment: "home", product: "tent", source: "segment", team: "t", department: "d", member: "m", segment: "s", persona: "p", trait: "plan=gold", view: "hidden",
};

test("of an address that came from the comments only what themes know is asked", () => {
  const asked = Object.entries(toThemesQuery(readThemesSearch(whatever))).filter(([, value]) => value !== undefined);

  expect(asked.map(([name]) => name).filter((name) => !(name in themesQuery.shape))).toEqual([]);
  expect(Object.fromEntries(asked)).toMatchObject({ from: "2026-05-01T00:00:00Z", need: "EASY", hidden: "true" });
});
