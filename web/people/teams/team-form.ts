import { addDays } from "../../ui/period.ts";
import type { Team, TeamBody } from "./teams.data.ts";

/** A stretch as a person writes it: both days count, an empty one is no end. `what` is a department's name or a member's id. */
export type Row = { key: string; what: string; from: string; until: string };
export type TeamForm = { name: string; departments: Row[]; members: Row[] };

type Days = { from: string | null; to: string | null };

export const newRow = (): Row => ({ key: crypto.randomUUID(), what: "", from: "", until: "" });

const rowOf = (what: string, { from, to }: Days): Row => ({ key: crypto.randomUUID(), what, from: from ?? "", until: to === null ? "" : addDays(to, -1) });

export const toForm = (team: Team | null): TeamForm =>
  team === null
    ? { name: "", departments: [], members: [newRow()] }
    : { name: team.name, departments: team.departments.map((one) => rowOf(one.department, one)), members: team.members.map((one) => rowOf(one.memberId, one)) };

const daysOf = ({ from, until }: Row): Days => ({ from: from === "" ? null : from, to: until === "" ? null : addDays(until, 1) });

/** The team as the server wants it; rows that were never filled in are left out. */
export const toBody = ({ name, departments, members }: TeamForm): TeamBody => ({
  name: name.trim(),
  departments: departments.filter((row) => !isUntouched(row)).map((row) => ({ department: row.what.trim(), ...daysOf(row) })),
  members: members.filter((row) => !isUntouched(row)).map((row) => ({ memberId: row.what, ...daysOf(row) })),
});

const isUntouched = ({ what, from, until }: Row): boolean => what.trim() === "" && from === "" && until === "";

/** Something that differs between two states of a team: its name, or a stretch that was added or taken out. */
export type TeamDifference = { kind: "name" | "added" | "takenOut" } & Omit<Row, "key">;

/** What somebody changed; a stretch with other days was taken out and added. */
export const differencesOf = (before: Team, after: Team): TeamDifference[] => {
  const [old, now] = [stretchesOf(before), stretchesOf(after)];
  const without = (some: readonly Stretch[], others: readonly Stretch[]): Stretch[] => some.filter((one) => others.every((other) => JSON.stringify(other) !== JSON.stringify(one)));
  return [
    ...(before.name === after.name ? [] : [{ kind: "name" as const, what: after.name, from: "", until: "" }]),
    ...without(old, now).map((one) => ({ kind: "takenOut" as const, ...one })),
    ...without(now, old).map((one) => ({ kind: "added" as const, ...one })),
  ];
};

type Stretch = Omit<Row, "key">;

const stretchesOf = (team: Team): Stretch[] => {
  const names = new Map(team.members.map(({ memberId, name }) => [memberId, name]));
  const { departments, members } = toForm(team);
  return [...members.map((row) => ({ ...row, what: names.get(row.what) ?? row.what })), ...departments].map(({ what, from, until }) => ({ what, from, until }));
};

/** What is wrong with a row, as the key of a text. */
export const wrongIn = (row: Row): "rowMissing" | "daysWrong" | null => {
  if (isUntouched(row)) return null;
  if (row.what.trim() === "") return "rowMissing";
  return row.from !== "" && row.until !== "" && row.until < row.from ? "daysWrong" : null;
};

export const isRight = ({ name, departments, members }: TeamForm): boolean => name.trim() !== "" && [...departments, ...members].every((row) => wrongIn(row) === null);

/** Whether a stretch of the server holds this day. */
export const holdsDay = ({ from, to }: Days, day: string): boolean => (from === null || from <= day) && (to === null || day < to);
