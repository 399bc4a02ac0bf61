// Which cases, or which events, of a log are looked at.
import { takeCases, type EventLog } from "./event-log.ts";
import { listVariants } from "./variants.ts";

/** Each keeps whole cases, but for `activities` and `eventsWithin`, which keep single events. Seconds and milliseconds include both ends. */
export type LogFilter =
  | { kind: "starts" | "ends" | "passes"; activities: readonly string[] }
  | { kind: "avoids"; activities: readonly string[] }
  | { kind: "followsDirectly" | "followsLater"; from: string; to: string; minS?: number; maxS?: number }
  | { kind: "duration"; minS: number; maxS: number }
  | { kind: "repeats"; activity: string; times: number }
  | { kind: "topVariants"; count: number }
  /** Variants that at least this share (0–1) of all cases took. */
  | { kind: "commonVariants"; share: number }
  | { kind: "casesWithin" | "casesTouching"; from: number; to: number }
  | { kind: "eventsWithin"; from: number; to: number }
  /** The most frequent activities, by share (0–1) of their number; one at least. */
  | { kind: "activities"; share: number };

/** @returns a log of what is kept; names of activities keep their places */
export const filterLog = (log: EventLog, filter: LogFilter): EventLog => {
  switch (filter.kind) {
    case "activities":
      return takeEvents(log, keepFrequent(log, filter.share));
    case "eventsWithin":
      return takeEvents(log, (at) => isBetween(log.times[at] ?? 0, filter.from, filter.to));
    case "topVariants":
      return takeVariants(log, (_, place) => place < filter.count);
    case "commonVariants":
      return takeVariants(log, (cases) => cases >= filter.share * log.cases.length);
    default: {
      const keeps = makeCaseFilter(log, filter);
      return takeCases(log, log.cases.flatMap((_, place) => (keeps(log.offsets[place] ?? 0, log.offsets[place + 1] ?? 0) ? [place] : [])));
    }
  }
};

const isBetween = (value: number, min: number, max: number): boolean => value >= min && value <= max;

const takeVariants = (log: EventLog, keeps: (cases: number, place: number) => boolean): EventLog => {
  const variants = listVariants(log);
  const kept = variants.list.map(({ cases }, place) => keeps(cases, place));
  return takeCases(log, log.cases.flatMap((_, place) => (kept[variants.byCase[place] ?? 0] === true ? [place] : [])));
};

type CaseFilter = Exclude<LogFilter, { kind: "activities" | "eventsWithin" | "topVariants" | "commonVariants" }>;

/** @returns whether the case at these places of events is kept */
const makeCaseFilter = (log: EventLog, filter: CaseFilter): ((from: number, to: number) => boolean) => {
  const { steps, times } = log;
  switch (filter.kind) {
    case "starts":
    case "ends":
    case "passes":
    case "avoids":
      return makeMembership(log, filter);
    case "followsDirectly":
    case "followsLater":
      return makeFollowing(log, filter);
    case "duration":
      return (from, to) => isBetween((times[to - 1] ?? 0) - (times[from] ?? 0), filter.minS * 1_000, filter.maxS * 1_000);
    case "repeats": {
      const wanted = log.activities.indexOf(filter.activity);
      return (from, to) => steps.subarray(from, to).reduce((sum, step) => sum + (step === wanted ? 1 : 0), 0) >= filter.times;
    }
    case "casesWithin":
      return (from, to) => (times[from] ?? 0) >= filter.from && (times[to - 1] ?? 0) <= filter.to;
    case "casesTouching":
      return (from, to) => (times[from] ?? 0) <= filter.to && (times[to - 1] ?? 0) >= filter.from;
  }
};

const makeMembership = ({ activities, steps }: EventLog, filter: { kind: "starts" | "ends" | "passes" | "avoids"; activities: readonly string[] }): ((from: number, to: number) => boolean) => {
  const wanted = new Set(filter.activities);
  const isWanted = activities.map((activity) => wanted.has(activity));
  const at = (place: number): boolean => isWanted[steps[place] ?? 0] === true;
  const passes = (from: number, to: number): boolean => steps.subarray(from, to).some((step) => isWanted[step] === true);
  switch (filter.kind) {
    case "starts":
      return (from) => at(from);
    case "ends":
      return (_, to) => at(to - 1);
    case "passes":
      return passes;
    case "avoids":
      return (from, to) => !passes(from, to);
  }
};

type Following = { kind: "followsDirectly" | "followsLater"; from: string; to: string; minS?: number; maxS?: number };

const makeFollowing = ({ activities, steps, times }: EventLog, { kind, from: first, to: then, minS = 0, maxS = Infinity }: Following): ((from: number, to: number) => boolean) => {
  const [one, other] = [activities.indexOf(first), activities.indexOf(then)];
  const isInTime = (before: number, after: number): boolean => isBetween((times[after] ?? 0) - (times[before] ?? 0), minS * 1_000, maxS * 1_000);
  if (kind === "followsDirectly") {
    return (from, to) => {
      for (let at = from + 1; at < to; at++) {
        if (steps[at - 1] === one && steps[at] === other && isInTime(at - 1, at)) return true;
      }
      return false;
    };
  }
  return (from, to) => {
    const before: number[] = [];
    let tooClose = 0;
    for (let at = from; at < to; at++) {
      if (steps[at] === other && before.length > 0) {
        // Of all earlier ones that lie far enough back, the last is the nearest: only that one need be in time.
        while (tooClose < before.length && (times[at] ?? 0) - (times[before[tooClose] ?? 0] ?? 0) >= minS * 1_000) tooClose++;
        const nearest = before[tooClose - 1];
        if (nearest !== undefined && isInTime(nearest, at)) return true;
      }
      if (steps[at] === one) before.push(at);
    }
    return false;
  };
};

const keepFrequent = ({ activities, steps }: EventLog, share: number): ((at: number) => boolean) => {
  const counts = new Int32Array(activities.length);
  for (const step of steps) counts[step] = (counts[step] ?? 0) + 1;
  const used = activities.flatMap((_, step) => ((counts[step] ?? 0) > 0 ? [step] : [])).toSorted((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0));
  const kept = new Set(used.slice(0, Math.max(1, Math.ceil(share * used.length))));
  return (at) => kept.has(steps[at] ?? 0);
};

/** Keeps single events; cases that lose all of them are gone. */
const takeEvents = (log: EventLog, keeps: (at: number) => boolean): EventLog => {
  const steps = new Int32Array(log.steps.length);
  const times = new Float64Array(log.steps.length);
  const [cases, offsets]: [string[], number[]] = [[], [0]];
  let length = 0;
  for (let place = 0; place < log.cases.length; place++) {
    for (let at = log.offsets[place] ?? 0; at < (log.offsets[place + 1] ?? 0); at++) {
      if (!keeps(at)) continue;
      steps[length] = log.steps[at] ?? 0;
      times[length] = log.times[at] ?? 0;
      length++;
    }
    if (length > (offsets.at(-1) ?? 0)) {
      cases.push(log.cases[place] ?? "");
      offsets.push(length);
    }
  }
  return { activities: log.activities, cases, offsets: Int32Array.from(offsets), steps: steps.slice(0, length), times: times.slice(0, length) };
};
