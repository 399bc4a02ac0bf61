import { tile } from "@firsthand/server/insights/dashboards/tiles.contract";
import { describe, expect, test } from "vitest";
import { charts, drawable, toForm, toTile } from "./tile-form.ts";

describe("what a form says", () => {
  test.each(charts)("of a %s is a tile the server takes", (chart) => {
    expect(tile.safeParse(toTile({ ...toForm("new"), chart }))).toMatchObject({ success: true });
  });

  test.each(charts)("of a need from facts as a %s is one, too, drawn as a number where it cannot be drawn so", (chart) => {
    const made = toTile(drawable({ ...toForm("new"), chart, metric: "fact_promise_late" }));
    expect(tile.safeParse(made)).toMatchObject({ success: true });
    expect(made.chart).toBe(chart === "stacked" ? "number" : chart);
  });

  test.each([
    [45.5, 45.5],
    [-100_000, -1000],
    [45_000_000, 1000],
    [null, null],
  ])("of a target of %s, while it is typed, is %s", (target, possible) => {
    const made = toTile({ ...toForm("new"), target });
    expect(made).toMatchObject({ target: possible });
    expect(tile.safeParse(made).success).toBe(true);
  });
});
