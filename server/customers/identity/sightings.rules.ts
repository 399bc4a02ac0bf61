/** One unbroken stretch in which a device was seen with the same stronger identifier; times in ms since 1970. */
export type Run = { other: string; from: number; to: number };

/** Puts a sighting of `other` at `at` into the runs of one device (of one kind of identifier), keeping them sorted and minimal.
 *  @returns the runs after it; the same array when the sighting says nothing new
 *  Only the ends of a run are kept, so a late sighting inside a run cuts it at the last known end. */
export const addSighting = (runs: readonly Run[], other: string, at: number): readonly Run[] => {
  const index = runs.findLastIndex((run) => run.from <= at);
  const current = runs[index];
  const next = runs[index + 1];
  if (current !== undefined && current.other === other) {
    return at <= current.to ? runs : replace(runs, index, 1, [{ ...current, to: at }]);
  }
  if (current !== undefined && at < current.to) {
    const before = current.from < at ? [{ ...current, to: current.from }] : [];
    return replace(runs, index, 1, [...before, { other, from: at, to: at }, { ...current, from: current.to }]);
  }
  if (next !== undefined && next.other === other) return replace(runs, index + 1, 1, [{ ...next, from: at }]);
  // Two people at the very same instant: the order of their names decides, so that replays agree.
  if (current !== undefined && current.from === at && current.other > other) {
    const previous = runs[index - 1];
    return previous?.other === other ? runs : replace(runs, index, 0, [{ other, from: at, to: at }]);
  }
  return replace(runs, index + 1, 0, [{ other, from: at, to: at }]);
};

const replace = (runs: readonly Run[], start: number, count: number, by: readonly Run[]): Run[] =>
  [...runs.slice(0, start), ...by, ...runs.slice(start + count)];

export type StoredRun = Run & { id: number };
export type RunChanges = { inserts: Run[]; updates: (StoredRun & { wasFrom: number })[]; deletes: StoredRun[] };

/** What to write so that the stored runs of a device become the given ones, keeping as many rows as possible. */
export const matchRuns = (stored: readonly StoredRun[], runs: readonly Run[]): RunChanges => {
  const left = new Set(stored);
  const changes: RunChanges = { inserts: [], updates: [], deletes: [] };
  const take = (run: Run, isSame: (old: StoredRun) => boolean): boolean => {
    const old = [...left].find((candidate) => candidate.other === run.other && isSame(candidate));
    if (old === undefined) return false;
    left.delete(old);
    if (old.from !== run.from || old.to !== run.to) changes.updates.push({ ...run, id: old.id, wasFrom: old.from });
    return true;
  };
  const moved = runs.filter((run) => !take(run, (old) => old.from === run.from));
  changes.inserts.push(...moved.filter((run) => !take(run, () => true)));
  changes.deletes.push(...left);
  return changes;
};
