import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { resolveClaims, type ClaimEdge, type Decision } from "./components.rules.ts";
import { settleCustomer } from "./homes.rules.ts";
import { strength } from "./identifiers.rules.ts";
import { addSighting, type Run } from "./sightings.rules.ts";

type Said = readonly [at: number, first: string, second: string, decision?: Decision];

const kindOf = (name: string): string => {
  if (name.startsWith("u")) return "user";
  if (name.startsWith("a")) return "anonymous";
  if (name.startsWith("p")) return "phone";
  return name.startsWith("x") ? "external:crm" : "email";
};

/** Feeds what was said, in the given order, through the same two rules the resolver uses. */
const graphOf = (said: readonly Said[]) => {
  const runs = new Map<string, readonly Run[]>();
  const glue = new Map<string, ClaimEdge>();
  for (const [at, first, second, decision = null] of said) {
    const [strong, weak] = strength(kindOf(first)) >= strength(kindOf(second)) ? [first, second] : [second, first];
    if (kindOf(weak) === "anonymous" && decision === null) {
      const key = `${weak} ${kindOf(strong)}`;
      runs.set(key, addSighting(runs.get(key) ?? [], strong, at));
      continue;
    }
    const key = [strong, weak].sort().join(" ");
    glue.set(key, { key, first: strong, second: weak, seenAt: Math.min(at, glue.get(key)?.seenAt ?? at), decision });
  }
  const claims = [...glue.values()];
  for (const [key, list] of runs) {
    const device = key.split(" ")[0] ?? "";
    for (const run of list) {
      const decided = glue.get([run.other, device].sort().join(" "))?.decision ?? null;
      claims.push({ key: `${device} ${run.other} ${run.from}`, first: device, second: run.other, seenAt: run.from, decision: decided });
    }
  }
  const names = [...new Set(said.flatMap(([, first, second]) => [first, second]))].sort();
  const resolution = resolveClaims(names.map((id) => ({ id, kind: kindOf(id), isBlocked: false })), claims);
  const people = Map.groupBy(names.filter((name) => kindOf(name) !== "anonymous"), resolution.rootOf);
  const groups = [...people.values()].map((list) => list.join(" ")).sort();
  const nameOf = (root: string): string => groups.find((group) => group.split(" ").some((name) => resolution.rootOf(name) === root)) ?? root;
  const devices = Object.fromEntries([...resolution.spans].sort().map(([device, spans]) => [device, spans.map((span) => `${span.from}: ${nameOf(span.root)}`)]));
  const proposed = [...resolution.standings].filter(([, standing]) => standing.status === "proposed").map(([key]) => key).sort();
  return { groups, devices, proposed };
};

describe("who belongs together", () => {
  it.each<{ problem: string; said: Said[]; groups: string[]; devices?: Record<string, string[]>; proposed?: string[] }>([
    { problem: "before and after identify are one person (PH#23690, PH#5102)", said: [[1, "u1", "a1"]], groups: ["u1"], devices: { a1: ["-Infinity: u1"] } },
    { problem: "two devices of one user are one person (matomo#15485)", said: [[1, "u1", "a1"], [2, "u1", "a2"]], groups: ["u1"], devices: { a1: ["-Infinity: u1"], a2: ["-Infinity: u1"] } },
    { problem: "a shared computer is a switch, not a merge (rybbit#1098)", said: [[1, "u1", "a1"], [5, "u2", "a1"]], groups: ["u1", "u2"], devices: { a1: ["-Infinity: u1", "5: u2"] } },
    { problem: "and back again", said: [[1, "u1", "a1"], [5, "u2", "a1"], [9, "u1", "a1"]], groups: ["u1", "u2"], devices: { a1: ["-Infinity: u1", "5: u2", "9: u1"] } },
    { problem: "login-as does not merge those looked after (PH#5527)", said: [[1, "u1", "a1"], [2, "u2", "a1"], [3, "u3", "a1"]], groups: ["u1", "u2", "u3"], devices: { a1: ["-Infinity: u1", "2: u2", "3: u3"] } },
    { problem: "a shared e-mail is a proposal (MA#5504)", said: [[1, "u1", "e"], [2, "u2", "e"]], groups: ["e u1", "u2"], proposed: ["e u2"] },
    { problem: "the earlier claim to the e-mail holds, though it came later", said: [[2, "u2", "e"], [1, "u1", "e"]], groups: ["e u1", "u2"], proposed: ["e u2"] },
    { problem: "an alias between two users is a proposal", said: [[1, "u1", "u2"]], groups: ["u1", "u2"], proposed: ["u1 u2"] },
    { problem: "a person's word merges two users", said: [[1, "u1", "a1"], [2, "u2", "a2"], [3, "u1", "u2", "accepted"]], groups: ["u1 u2"], devices: { a1: ["-Infinity: u1 u2"], a2: ["-Infinity: u1 u2"] } },
    { problem: "accepting the proposal joins both users", said: [[1, "u1", "e"], [2, "u2", "e", "accepted"]], groups: ["e u1 u2"] },
    { problem: "a word on one link answers the others between the same two", said: [[1, "u1", "e"], [2, "u2", "e"], [3, "u1", "u2", "accepted"]], groups: ["e u1 u2"] },
    { problem: "a refused proposal stays refused", said: [[1, "u1", "e"], [2, "u2", "e", "refused"]], groups: ["e u1", "u2"] },
    { problem: "pulling the wrong link gives the e-mail to the other", said: [[1, "u1", "e", "retracted"], [2, "u2", "e"]], groups: ["e u2", "u1"] },
    { problem: "a newsletter address joins the user who signs in on the device", said: [[1, "e", "a1"], [2, "u1", "a1"]], groups: ["e u1"], devices: { a1: ["-Infinity: e u1"] } },
    { problem: "an identify out of order gives the same", said: [[2, "u1", "a1"], [1, "e", "a1"]], groups: ["e u1"], devices: { a1: ["-Infinity: e u1"] } },
    { problem: "an address of somebody else on the device is a switch", said: [[1, "u1", "a1"], [2, "u2", "e"], [3, "e", "a1"]], groups: ["e u2", "u1"], devices: { a1: ["-Infinity: u1", "3: e u2"] } },
    { problem: "after reset the new device is free", said: [[1, "u1", "a1"], [2, "u2", "a2"]], groups: ["u1", "u2"], devices: { a1: ["-Infinity: u1"], a2: ["-Infinity: u2"] } },
    { problem: "the sixth e-mail is not taken", said: [1, 2, 3, 4, 5, 6].map((at) => [at, "u1", `e${at}`] as const), groups: ["e1 e2 e3 e4 e5 u1", "e6"] },
  ])("$problem", ({ said, groups, devices = {}, proposed = [] }) => {
    expect(graphOf(said)).toEqual({ groups, devices, proposed });
    expect(graphOf(said.toReversed())).toEqual({ groups, devices, proposed });
  });

  it("a blocked identifier joins nobody", () => {
    const nodes = [{ id: "1", kind: "user", isBlocked: false }, { id: "2", kind: "email", isBlocked: true }];
    const resolution = resolveClaims(nodes, [{ key: "k", first: "1", second: "2", seenAt: 1, decision: null }]);
    expect(resolution.standings.get("k")).toEqual({ status: "refused", reason: "blocked" });
    expect(resolution.rootOf("1")).not.toBe(resolution.rootOf("2"));
  });

  it("a customer taken as it stands keeps its user and its limits", () => {
    const nodes = [{ id: "1", kind: "user", isBlocked: false }, { id: "2", kind: "email", isBlocked: false, bundle: "ada" }];
    const resolution = resolveClaims(nodes, [{ key: "k", first: "1", second: "2", seenAt: 1, decision: null }], new Map([["ada", { user: 1, email: 1 }]]));
    expect(resolution.standings.get("k")?.status).toBe("proposed");
  });

  it("the same claims in any order, and twice, give the same people", () => {
    const names = fc.constantFrom("u1", "u2", "u3", "e1", "e2", "p1", "x1");
    const pair = fc.tuple(names, names).filter(([first, second]) => first !== second);
    const stretch = fc.tuple(fc.constantFrom("a1", "a2"), fc.constantFrom("u1", "u2", "u3"), fc.integer({ min: 1, max: 3 }));
    const history = fc.tuple(fc.array(pair, { maxLength: 8 }), fc.array(stretch, { maxLength: 6 })).map(([pairs, stretches]) => {
      const seen = new Set<string>();
      const once = stretches.filter(([device, user]) => !seen.has(device + user) && seen.add(device + user));
      const spoken: Said[] = pairs.map(([first, second], index) => [1000 + index * 7, first, second]);
      const used: Said[] = once.flatMap(([device, user, times], index) =>
        Array.from({ length: times }, (_, step) => [index * 10 + step + 1, device, user] as const));
      return [...spoken, ...used];
    });
    fc.assert(
      fc.property(history, fc.integer(), (said, seed) => {
        const shuffled = [...said, ...said].map((entry, index) => ({ entry, key: Math.sin(seed + index * 12.9898) })).sort((a, b) => a.key - b.key).map(({ entry }) => entry);
        expect(graphOf(shuffled)).toEqual(graphOf(said));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the runs of a device", () => {
  it.each<{ name: string; sightings: [string, number][]; runs: string }>([
    { name: "one user, many times", sightings: [["1", 5], ["1", 9], ["1", 7]], runs: "1 5-9" },
    { name: "late and earlier", sightings: [["1", 5], ["1", 2]], runs: "1 2-5" },
    { name: "two users", sightings: [["1", 5], ["2", 9]], runs: "1 5-5, 2 9-9" },
    { name: "late, in between", sightings: [["1", 1], ["1", 9], ["2", 5]], runs: "1 1-1, 2 5-5, 1 9-9" },
    { name: "late, before the other's", sightings: [["1", 1], ["2", 9], ["2", 5]], runs: "1 1-1, 2 5-9" },
  ])("$name", ({ sightings, runs }) => {
    const result = sightings.reduce<readonly Run[]>((list, [other, at]) => addSighting(list, other, at), []);
    expect(result.map((run) => `${run.other} ${run.from}-${run.to}`).join(", ")).toBe(runs);
  });
});

describe("the id of a customer", () => {
  const fresh = (): string => "new";
  it("a newcomer takes over the id of the device it was seen on", () => {
    expect(settleCustomer([{ id: "1", kind: "anonymous", home: "c" }, { id: "2", kind: "user", home: null }], fresh))
      .toEqual({ customerId: "c", homes: [{ identifierId: "1", home: null }, { identifierId: "2", home: "c" }] });
  });
  it("the older of two merged users keeps its id, and both keep their home for the way back", () => {
    expect(settleCustomer([{ id: "9", kind: "user", home: "d" }, { id: "2", kind: "user", home: "c" }], fresh)).toEqual({ customerId: "c", homes: [] });
  });
  it("a part without a home gets a new id", () => {
    expect(settleCustomer([{ id: "1", kind: "anonymous", home: null }], fresh)).toEqual({ customerId: "new", homes: [{ identifierId: "1", home: "new" }] });
  });
});
