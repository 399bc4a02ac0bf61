import { expect, test } from "vitest";
import { mayChange, maySee, maySetAccess, type Owned, type Seer } from "./board-access.rules.ts";

const [owner, other, team, otherTeam] = ["owner", "other", "team", "other team"];
const board = (given: Partial<Owned>): Owned => ({ seenBy: "everybody", teams: [], roles: [], changeableBy: "seers", ownerId: owner, ...given });
const seer = (given: Partial<Seer> = {}): Seer => ({ memberId: other, role: "manager", teamIds: [otherTeam], ...given });
const key: Seer = { memberId: null, role: null, teamIds: [] };
const all = (one: Owned, who: Seer) => [maySee(one, who), mayChange(one, who), maySetAccess(one, who)].map((may) => (may ? "yes" : "no")).join(" ");

test.each([
  ["everybody's, of anybody else", board({}), seer(), "yes yes no"],
  ["everybody's, of whose it is", board({}), seer({ memberId: owner }), "yes yes yes"],
  ["everybody's, of an admin", board({}), seer({ role: "admin" }), "yes yes yes"],
  ["everybody's, of a key", board({}), key, "yes yes no"],
  ["everybody's that is nobody's", board({ ownerId: null }), seer(), "yes yes yes"],
  ["everybody's that one changes", board({ changeableBy: "oneself" }), seer(), "yes no no"],
  ["everybody's that one changes, of a key", board({ changeableBy: "oneself", ownerId: null }), key, "yes no no"],
  ["everybody's that one changes, of an owner of the workspace", board({ changeableBy: "oneself" }), seer({ role: "owner" }), "yes yes yes"],
  ["of another team", board({ seenBy: "chosen", teams: [team] }), seer(), "no no no"],
  ["of one's team", board({ seenBy: "chosen", teams: [team] }), seer({ teamIds: [team] }), "yes yes no"],
  ["of one's team that one other changes", board({ seenBy: "chosen", teams: [team], changeableBy: "oneself" }), seer({ teamIds: [team] }), "yes no no"],
  ["of one's role", board({ seenBy: "chosen", roles: ["manager"] }), seer(), "yes yes no"],
  ["of another role", board({ seenBy: "chosen", roles: ["viewer"] }), seer(), "no no no"],
  ["of a team, of whose it is", board({ seenBy: "chosen", teams: [team] }), seer({ memberId: owner, role: "agent", teamIds: [] }), "yes yes yes"],
  ["of a team, of an admin", board({ seenBy: "chosen", teams: [team] }), seer({ role: "admin" }), "yes yes yes"],
  ["of a team, of a key", board({ seenBy: "chosen", teams: [team], roles: ["viewer"] }), key, "no no no"],
  ["of oneself", board({ seenBy: "oneself" }), seer({ memberId: owner }), "yes yes yes"],
  ["of somebody else, of an owner of the workspace", board({ seenBy: "oneself" }), seer({ role: "owner" }), "no no no"],
  ["of somebody who left, of an admin", board({ seenBy: "oneself", ownerId: null }), seer({ role: "admin" }), "yes yes yes"],
  ["of somebody who left, of a manager", board({ seenBy: "oneself", ownerId: null }), seer(), "no no no"],
  ["of somebody who left, of a key", board({ seenBy: "oneself", ownerId: null }), key, "no no no"],
])("a board %s: seen, changed, given to others", (_, one, who, wanted) => {
  expect(all(one, who)).toBe(wanted);
});
