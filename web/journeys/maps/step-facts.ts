import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { formatChange, formatNumber, formatShare } from "../../ui/numbers.ts";
import { sayChange } from "./ChangeMark.tsx";
import { compareTexts } from "./compare.texts.ts";
import { sayLonger, sayPoints, sayTimes } from "./compared-words.ts";
import { sayDuration } from "./durations.ts";
import { mapTexts } from "./map.texts.ts";
import type { OverlayReply, OverlayStep } from "./maps.data.ts";

type Fact = [name: string, value: string];
const { say } = mapTexts;
const compare = compareTexts.say;

/** Everything that is known of a step, in words. */
export const listFacts = (step: MapStep, shown: OverlayStep, nameOf: (stepId: string) => string): Fact[] => [
  [say("measured_volume"), withShare(shown.customers, shown.share)],
  [say("interactions"), formatNumber(shown.interactions)],
  ...(shown.failures === null ? [] : [[compare("failed"), withShare(shown.failures.customers, shown.failures.share)] satisfies Fact]),
  ...listFeelings(step, shown),
  ...listEffort(shown),
  ...shown.needs.map(({ need, unmet, met }): Fact => [`${say("measured_needs")} · ${say(`need_${need}`)}`, say("needCounts", { unmet, met })]),
  ...(shown.promises === null ? [] : [[say("measured_promises"), `${formatShare(shown.promises.kept / (shown.promises.kept + shown.promises.broken))} ${say("promisesKept", { count: shown.promises.kept + shown.promises.broken })}`] satisfies Fact]),
  ...listTimes(step, shown, nameOf),
];

const withShare = (count: number, share: number | null): string => `${formatNumber(count)}${share === null ? "" : ` (${formatShare(share)})`}`;

const listFeelings = ({ designed }: MapStep, { feeling: { measured, inferred, assumed } }: OverlayStep): Fact[] => {
  const sayFeeling = (value: number): string => formatChange(value * 100);
  const known = ([["measured", measured], ["inferred", inferred]] as const).flatMap(([evidence, felt]): Fact[] =>
    felt === null ? [] : [[`${say("feeling")} · ${say(evidence)}`, felt.low === null || felt.high === null
      ? say("feelingOf", { value: sayFeeling(felt.mean), count: felt.count })
      : compare("feelingWithin", { value: sayFeeling(felt.mean), low: sayFeeling(felt.low), high: sayFeeling(felt.high), count: felt.count })]]);
  const planned = ([["designedBefore", designed.before], ["designedDuring", designed.during], ["designedAfter", designed.after]] as const).flatMap(([name, value]): Fact[] => (value === null ? [] : [[compare(name), sayFeeling(value / 2)]]));
  return [...known, ...(assumed === null ? [] : [[`${say("feeling")} · ${say("assumed")}`, sayFeeling(assumed)] satisfies Fact]), ...planned];
};

const listEffort = ({ effort }: OverlayStep): Fact[] => {
  if (effort === null) return [];
  const isAsked = effort.kind === "asked";
  const sayEffort = (value: number): string => (isAsked ? formatNumber(value * 100) : formatNumber(value, 1));
  const value = sayEffort(isAsked ? effort.mean : effort.perCustomer);
  const told = effort.low === null || effort.high === null ? value : compare("between", { value, low: sayEffort(effort.low), high: sayEffort(effort.high) });
  return isAsked ? [[say("measured_effort"), `${told} · ${say("easeAsked", { count: effort.count })}`]] : [[compare("again"), compare("againTimes", { value: told })]];
};

const listTimes = (step: MapStep, { next, withinPlanned }: OverlayStep, nameOf: (stepId: string) => string): Fact[] => [
  ...(next === null ? [] : [[say("measured_time"), next.lowSeconds === null || next.highSeconds === null
    ? sayDuration(next.medianSeconds)
    : compare("betweenTimes", { value: sayDuration(next.medianSeconds), low: sayDuration(next.lowSeconds), high: sayDuration(next.highSeconds) })] satisfies Fact]),
  ...(next?.ways ?? []).map(({ stepId, customers, medianSeconds }): Fact => [say("timeToWay", { name: nameOf(stepId) }), medianSeconds === null ? "–" : say("wayTaken", { time: sayDuration(medianSeconds), count: customers })]),
  ...(step.nextWithinHours === null ? [] : [[compare("planned"), sayDuration(step.nextWithinHours * 3_600)] satisfies Fact]),
  ...(withinPlanned === null ? [] : [[compare("withinPlanned"), formatShare(withinPlanned)] satisfies Fact]),
];

/** How a step differs from what the map is compared with, a sentence for each figure. */
export const listChanges = (compared: OverlayReply["comparison"][number] | undefined, { effort }: OverlayStep): string[] => {
  if (compared === undefined) return [];
  const lanes = [
    [say("measured_volume"), compared.share, sayPoints], [say("feeling"), compared.feeling, sayPoints], [say("measured_effort"), compared.effort, effort?.kind === "repeats" ? sayTimes : sayPoints],
    [say("measured_promises"), compared.promises, sayPoints], [say("measured_time"), compared.time, sayLonger], [compare("withinPlanned"), compared.withinPlanned, sayPoints],
    ...compared.needs.map(({ need, unmet }) => [say(`need_${need}`), unmet, sayPoints] as const),
  ] as const;
  return lanes.flatMap(([lane, change, sayValue]) => (change === null ? [] : [sayChange(lane, change, sayValue)]));
};
