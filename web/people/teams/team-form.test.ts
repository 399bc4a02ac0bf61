import { describe, expect, test } from "vitest";
import { differencesOf, holdsDay, isRight, newRow, toBody, toForm, wrongIn } from "./team-form.ts";
import type { Team } from "./teams.data.ts";

const team: Team = {
  id: "desk", name: "Desk", department: "Service", createdAt: "2026-01-01T00:00:00.000Z", changedAt: "2026-01-01T00:00:00.000Z",
  departments: [{ department: "Service", from: null, to: null }],
  members: [{ memberId: "ada", name: "Ada", hasLeft: false, from: "2026-02-01", to: "2026-03-01" }],
};

describe("the form of a team", () => {
  test("shows the last day, and gives back the day after it", () => {
    const form = toForm(team);
    expect(form.members).toMatchObject([{ what: "ada", from: "2026-02-01", until: "2026-02-28" }]);
    expect(toBody(form)).toEqual({ name: "Desk", departments: team.departments, members: [{ memberId: "ada", from: "2026-02-01", to: "2026-03-01" }] });
  });

  test("leaves out rows that were never filled in, and no others", () => {
    expect(toBody({ name: " Desk ", departments: [newRow()], members: [{ ...newRow(), what: "ada" }] })).toEqual({ name: "Desk", departments: [], members: [{ memberId: "ada", from: null, to: null }] });
    expect(isRight({ name: "Desk", departments: [], members: [{ ...newRow(), from: "2026-01-01" }] })).toBe(false);
    expect(isRight({ name: " ", departments: [], members: [] })).toBe(false);
  });

  test.each([
    [{ what: "ada", from: "2026-01-02", until: "2026-01-01" }, "daysWrong"],
    [{ what: "ada", from: "2026-01-01", until: "2026-01-01" }, null],
    [{ what: " ", from: "", until: "2026-01-01" }, "rowMissing"],
    [{ what: "", from: "", until: "" }, null],
  ])("%o is wrong as %s", (row, wrong) => {
    expect(wrongIn({ key: "irrelevant", ...row })).toBe(wrong);
  });

  test("tells what somebody else changed meanwhile", () => {
    const other: Team = { ...team, name: "Counter", departments: [], members: [{ memberId: "ada", name: "Ada", hasLeft: false, from: "2026-02-01", to: null }] };
    expect(differencesOf(team, other)).toEqual([
      { kind: "name", what: "Counter", from: "", until: "" },
      { kind: "takenOut", what: "Ada", from: "2026-02-01", until: "2026-02-28" },
      { kind: "takenOut", what: "Service", from: "", until: "" },
      { kind: "added", what: "Ada", from: "2026-02-01", until: "" },
    ]);
    expect(differencesOf(team, { ...team, changedAt: "2026-01-02T00:00:00.000Z" })).toEqual([]);
  });

  test("knows who is in it on a day", () => {
    expect(["2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"].map((day) => holdsDay({ from: "2026-02-01", to: "2026-03-01" }, day))).toEqual([false, true, true, false]);
  });
});
