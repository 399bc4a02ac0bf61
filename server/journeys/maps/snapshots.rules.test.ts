import { expect, test } from "vitest";
import { spareSnapshots } from "./snapshots.rules.ts";

test.each<[string, number[], number, number[]]>([
  ["none while there is room", [1, 2, 3], 3, []],
  ["the one whose neighbours lie closest together", [10, 20, 21, 22, 40], 4, [21]],
  ["of those as close the oldest", [10, 20, 30, 40], 3, [10]],
  ["never the newest", [10, 20], 1, [10]],
  ["never the only one", [10], 0, []],
  ["all that are too many, evenly", [10, 20, 30, 40, 50, 60, 70, 80], 4, [10, 30, 50, 70]],
])("of snapshots are spared: %s", (_, revisions, most, spare) => expect(spareSnapshots(revisions, most).toSorted((one, other) => one - other)).toEqual(spare));
