import { expect, test } from "vitest";
import type { Naming } from "../experience/experience.contract.ts";
import type { ArrivalPlace, LatestInteraction } from "../interactions/interactions.queries.ts";
import { nameLatest } from "./latest-names.ts";

const place = { touchpoint: null, channel: null, stage: null, environment: null, product: null };
/** A record that interactions come into, and how many were named. */
const begin = () => {
  const record: (LatestInteraction & ArrivalPlace)[] = [];
  const counted = { named: 0 };
  const makeNaming = (prefix: string): Naming => ({ name }) => {
    counted.named += 1;
    return { ...place, touchpoint: `${prefix} ${name}` };
  };
  const add = (name: string, type = "track"): void => {
    record.push({ id: name, type, name, channel: null, touchpoint: null, stage: null, source: "api", message: null, at: new Date(0), xid: "7", seq: record.length + 1 });
  };
  const ask = (naming: Naming, most = 3, workspaceId = "workspace") =>
    nameLatest(naming, { workspaceId, most, listArrivals: async (after) => record.filter(({ xid, seq }) => BigInt(xid) > BigInt(after.xid) || (xid === after.xid && seq > after.seq)).toReversed().slice(0, most) });
  return { add, ask, counted, makeNaming };
};

test("what was named is not named again, and what came since is named at once", async () => {
  const { add, ask, counted, makeNaming } = begin();
  const naming = makeNaming("Page");
  for (const name of ["a", "b"]) add(name);
  expect(await ask(naming)).toEqual([{ name: "b", touchpoint: "Page b" }, { name: "a", touchpoint: "Page a" }]);
  expect(await ask(naming)).toHaveLength(2);
  expect(counted.named).toBe(2);

  for (const name of ["c", "d"]) add(name);

  expect((await ask(naming)).map(({ name }) => name)).toEqual(["d", "c", "b"]);
  expect(counted.named).toBe(4);
});

test("another register names all anew, and another workspace its own", async () => {
  const { add, ask, counted, makeNaming } = begin();
  add("a");
  add("somebody", "identify");
  const naming = makeNaming("Page");
  await ask(naming);

  expect(await ask(makeNaming("Screen"))).toEqual([{ name: "a", touchpoint: "Screen a" }]);
  expect(await ask(naming, 3, "other workspace")).toHaveLength(1);
  expect(counted.named).toBe(3);
});
