import { tile } from "@firsthand/server/insights/dashboards/tiles.contract";
import { describe, expect, test } from "vitest";
import { charts, toForm, toTile } from "./tile-form.ts";

describe("what a form says", () => {
  test.each(charts)("of a %s is a tile the server takes", (chart) => {
    expect(tile.safeParse(toTile({ ...toForm("new"), chart }))).toMatchObject({ success: true });
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
