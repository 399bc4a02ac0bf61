import type { MapEdit } from "./edits.contract.ts";

/** A group of edits as the history needs it. */
export type PastGroup = { revision: number; memberId: string | null; at: Date; edits: readonly MapEdit[]; restoredRevision: number | null };
export type PastLine = Pick<PastGroup, "revision" | "memberId" | "at" | "restoredRevision"> & { oldest: number; changes: number; summary: string };

const LINE_MS = 5 * 60_000;

/** Joins what one member did within five minutes. A restoration is always a line of its own.
 *  @param groups newest first
 *  @returns lines, newest first; `oldest` is the first revision of the line */
export const joinGroups = (groups: readonly PastGroup[]): PastLine[] => {
  const lines: PastGroup[][] = [];
  for (const group of groups) {
    const line = lines.at(-1);
    const newest = line?.[0];
    if (line !== undefined && newest !== undefined && belongs(newest, group)) line.push(group);
    else lines.push([group]);
  }
  return lines.flatMap((line) => {
    const [newest, oldest] = [line[0], line.at(-1)];
    if (newest === undefined || oldest === undefined) return [];
    const edits = line.toReversed().flatMap((group) => group.edits);
    const { revision, memberId, at, restoredRevision } = newest;
    return [{ revision, memberId, at, restoredRevision, oldest: oldest.revision, changes: edits.length, summary: restoredRevision === null ? summariseEdits(edits) : `Brought revision ${restoredRevision} back` }];
  });
};

/** What edits did, in a line: `2 cards added, 1 step changed, "Pays" added`. Names are said where they are few. */
export const summariseEdits = (edits: readonly MapEdit[]): string => {
  const counts = new Map<string, { count: number; name: string | null }>();
  for (const edit of edits) {
    const kind = edit.do === "measure" ? "lanes from data" : `${edit.part} ${said[edit.do]}`;
    const before = counts.get(kind);
    counts.set(kind, { count: (before?.count ?? 0) + 1, name: before === undefined ? nameIn(edit) : null });
  }
  const parts = [...counts].map(([kind, { count, name }]) => {
    if (kind === "lanes from data") return "lanes from data chosen";
    const [part, verb] = kind.split(" ");
    return count > 1 ? `${count} ${part}s ${verb}` : name === null ? `1 ${part} ${verb}` : `${part} "${name}" ${verb}`;
  });
  const line = parts.join(", ");
  return line.charAt(0).toUpperCase() + line.slice(1);
};

const said = { put: "added", change: "changed", move: "moved", remove: "removed" } as const;

const belongs = (newest: PastGroup, group: PastGroup): boolean =>
  newest.memberId === group.memberId && newest.restoredRevision === null && group.restoredRevision === null && newest.at.getTime() - group.at.getTime() <= LINE_MS;

const nameIn = (edit: MapEdit): string | null => {
  if (edit.do === "put" && edit.part !== "card") return edit.value.name;
  if (edit.do === "change" && edit.part !== "card") return edit.now.name ?? null;
  return null;
};
