import { describe, expect, test } from "vitest";
import { beginDraft, changeDraft, copyTile, listUnmeasured, putTile, redoDraft, removeTile, undoDraft } from "./board-draft.ts";
import type { Tile } from "./dashboards.data.ts";

const tile = (id: string, given: Partial<Extract<Tile, { chart: "number" }>> = {}): Tile =>
  ({ chart: "number", id, title: "", metric: "nps", filters: {}, period: null, isWeighted: false, target: null, place: { x: 0, y: 0, w: 4, h: 3 }, ...given });
const ids = (tiles: readonly Tile[]): string => tiles.map(({ id }) => id).join("");

describe("a board being changed", () => {
  const one = changeDraft(changeDraft(beginDraft([]), [tile("a")]), [tile("a"), tile("b")]);

  test("goes back step by step, and forth again", () => {
    expect(ids(undoDraft(one).now)).toBe("a");
    expect(ids(undoDraft(undoDraft(undoDraft(one))).now)).toBe("");
    expect(ids(redoDraft(undoDraft(undoDraft(one))).now)).toBe("a");
    expect(ids(redoDraft(one).now)).toBe("ab");
  });

  test("forgets what was taken back once something else is changed", () => {
    expect(redoDraft(changeDraft(undoDraft(one), [tile("c")])).now.map(({ id }) => id)).toEqual(["c"]);
  });

  test("takes a new tile into the first room and an edited one in its old place", () => {
    const tiles = putTile([tile("a")], tile("b"));
    expect(tiles.map(({ place }) => place)).toEqual([{ x: 0, y: 0, w: 4, h: 3 }, { x: 4, y: 0, w: 4, h: 3 }]);
    expect(putTile(tiles, tile("b", { metric: "csat" }))[1]).toMatchObject({ metric: "csat", place: { x: 4, y: 0 } });
    expect(copyTile(tiles, tile("b")).map(({ place }) => place.x)).toEqual([0, 4, 8]);
    expect(removeTile(tiles, "a")).toMatchObject([{ id: "b" }]);
  });

  test("asks only for numbers it does not have", () => {
    const saved = [tile("a"), tile("b")];
    const moved = tile("a", { title: "Ours", target: 40, place: { x: 8, y: 9, w: 2, h: 2 } });
    expect(ids(listUnmeasured([moved, tile("b", { filters: { channel: ["web"] } }), tile("c")], saved))).toBe("bc");
  });
});
