// A log as columns: what customers did, case after case, in order of time. Columns of numbers keep a million events small and quick to walk.

/** Events of case `c` stand at `offsets[c]` up to, not including, `offsets[c + 1]`, by time and, where times are equal, by order of arrival. */
export type EventLog = {
  /** Names of activities in the order first seen. */
  activities: readonly string[];
  /** Names of cases in the order first seen. */
  cases: readonly string[];
  offsets: Int32Array;
  /** Place in `activities` of each event. */
  steps: Int32Array;
  /** Milliseconds since 1970 in UTC of each event. */
  times: Float64Array;
};

export type LogBuilder = {
  /** Begins a case of this name, also when there is one of that name already. @returns its place */
  openCase: (name: string) => number;
  /** @returns the place of the case of this name, which is begun when it is new */
  caseOf: (name: string) => number;
  /** @param time milliseconds since 1970, a finite number */
  add: (caseAt: number, activity: string, time: number) => void;
  eventCount: () => number;
  /** Sorts the events; cases without events are left out. */
  finish: () => EventLog;
};

/** The most events one log may hold: about half a gigabyte of columns while it is sorted, and as many names as a map has room for. */
export const EVENTS_MAX = 16_000_000;

/** Characters of a name; longer ones are texts, and a file of them would fill the memory. */
export const NAME_MAX = 10_000;

/** A log, or what is asked of it, is beyond what can be done at once. */
export class LogTooLarge extends Error {}

type Columns = { owners: Int32Array; steps: Int32Array; times: Float64Array };

/** @throws LogTooLarge from `add`, beyond so many events */
export const makeLogBuilder = (eventsMax = EVENTS_MAX): LogBuilder => {
  const activities = new Map<string, number>();
  const caseNames: string[] = [];
  const caseByName = new Map<string, number>();
  let columns: Columns = { owners: new Int32Array(1_024), steps: new Int32Array(1_024), times: new Float64Array(1_024) };
  let length = 0;
  const openCase = (name: string): number => caseNames.push(copied(name)) - 1;
  return {
    openCase,
    caseOf: (name) => {
      const known = caseByName.get(name);
      if (known !== undefined) return known;
      const place = openCase(name);
      caseByName.set(caseNames[place] ?? name, place);
      return place;
    },
    add: (caseAt, activity, time) => {
      if (length === columns.steps.length) columns = grow(columns, eventsMax);
      let step = activities.get(activity);
      if (step === undefined) {
        step = activities.size;
        activities.set(copied(activity), step);
      }
      columns.owners[length] = caseAt;
      columns.steps[length] = step;
      columns.times[length] = time;
      length += 1;
    },
    eventCount: () => length,
    finish: () => ({ activities: [...activities.keys()], ...sortByCase(caseNames, columns, length) }),
  };
};

/** A part of a longer text keeps all of it in memory, here the whole file; short parts are copied by themselves. */
const copied = (name: string): string => (name.length < 13 ? name : decoder.decode(encoder.encode(name)));
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const grow = ({ owners, steps, times }: Columns, eventsMax: number): Columns => {
  if (steps.length >= eventsMax) throw new LogTooLarge(`There are more than ${eventsMax} events. Cut the log into parts.`);
  const length = Math.min(eventsMax, steps.length * 2);
  const grown = { owners: new Int32Array(length), steps: new Int32Array(length), times: new Float64Array(length) };
  grown.owners.set(owners);
  grown.steps.set(steps);
  grown.times.set(times);
  return grown;
};

const sortByCase = (names: readonly string[], { owners, steps, times }: Columns, length: number): Omit<EventLog, "activities"> => {
  const counts = new Int32Array(names.length);
  for (let at = 0; at < length; at++) counts[owners[at] ?? 0] = (counts[owners[at] ?? 0] ?? 0) + 1;
  const cases = names.filter((_, place) => (counts[place] ?? 0) > 0);
  const offsets = new Int32Array(cases.length + 1);
  const next = new Int32Array(names.length);
  for (let place = 0, kept = 0, sum = 0; place < names.length; place++) {
    next[place] = sum;
    sum += counts[place] ?? 0;
    if ((counts[place] ?? 0) > 0) offsets[++kept] = sum;
  }
  const sorted = { cases, offsets, steps: new Int32Array(length), times: new Float64Array(length) };
  for (let at = 0; at < length; at++) {
    const owner = owners[at] ?? 0;
    const to = next[owner] ?? 0;
    next[owner] = to + 1;
    sorted.steps[to] = steps[at] ?? 0;
    sorted.times[to] = times[at] ?? 0;
  }
  for (let place = 0; place < cases.length; place++) sortByTime(sorted, offsets[place] ?? 0, offsets[place + 1] ?? 0);
  return sorted;
};

/** Sorts the events of one case; most logs are written in order already, so that is looked at first. */
const sortByTime = ({ steps, times }: Pick<EventLog, "steps" | "times">, from: number, to: number): void => {
  let at = from + 1;
  while (at < to && (times[at - 1] ?? 0) <= (times[at] ?? 0)) at++;
  if (at >= to) return;
  const order = Array.from({ length: to - from }, (_, place) => from + place).sort((one, other) => (times[one] ?? 0) - (times[other] ?? 0));
  steps.set(order.map((place) => steps[place] ?? 0), from);
  times.set(order.map((place) => times[place] ?? 0), from);
};

/** @returns the log of these cases alone, in the order given, with the names of activities as they were */
export const takeCases = (log: EventLog, places: readonly number[]): EventLog => {
  const offsets = new Int32Array(places.length + 1);
  places.forEach((place, at) => (offsets[at + 1] = (offsets[at] ?? 0) + (log.offsets[place + 1] ?? 0) - (log.offsets[place] ?? 0)));
  const length = offsets[places.length] ?? 0;
  const taken = { activities: log.activities, cases: places.map((place) => log.cases[place] ?? ""), offsets, steps: new Int32Array(length), times: new Float64Array(length) };
  places.forEach((place, at) => {
    taken.steps.set(log.steps.subarray(log.offsets[place], log.offsets[place + 1]), offsets[at]);
    taken.times.set(log.times.subarray(log.offsets[place], log.offsets[place + 1]), offsets[at]);
  });
  return taken;
};

/** @returns the names of what one case did, in order */
export const traceOf = (log: EventLog, place: number): string[] => Array.from(log.steps.subarray(log.offsets[place], log.offsets[place + 1]), (step) => log.activities[step] ?? "");
