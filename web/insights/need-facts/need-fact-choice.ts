import type { MeasureName, NeedFactSettingsBody, NeedFactSettingsReply } from "./need-facts.data.ts";

/** Parts that are lists of facts, in the order in which they are asked for. */
export const factParts = ["contacts", "goals", "opened", "closed", "failures", "remedies", "questions"] as const satisfies readonly (keyof NeedFactSettingsBody)[];
export type FactPart = (typeof factParts)[number];
export type Part = keyof NeedFactSettingsBody;
export type PromiseLine = NonNullable<NeedFactSettingsBody["promises"]>[number];

/** Measures with a limit people may set; the others are shares of cases that have it or not. */
export const limitUnits = {
  repeated_contacts: "count", channel_switches: "count", steps_to_goal: "steps", promise_off: "days", promise_late: "days", longest_silence: "days", time_to_remedy: "days",
} as const satisfies Partial<Record<MeasureName, string>>;
export const limitNames = ["repeated_contacts", "channel_switches", "steps_to_goal", "promise_off", "promise_late", "longest_silence", "time_to_remedy"] as const satisfies readonly (keyof typeof limitUnits)[];
export const limitMax = 1_100;

/** What somebody chose before; the rest is guessed. */
export const chosenOf = ({ settings, chosen }: NeedFactSettingsReply): NeedFactSettingsBody => Object.fromEntries(Object.entries(settings).filter(([part]) => chosen.includes(part)));

/** The facts of a part as they will be; null where they are guessed when it is saved, since the guess is known only then. */
export const shownPart = <Name extends Part>(draft: NeedFactSettingsBody, { settings, chosen }: NeedFactSettingsReply, part: Name): NeedFactSettingsReply["settings"][Name] | NonNullable<NeedFactSettingsBody[Name]> | null =>
  draft[part] ?? (chosen.includes(part) ? null : settings[part]);

/** Why it cannot be saved yet; null when all is right. */
export const findMistake = ({ promises = [], limits = {} }: NeedFactSettingsBody): "promiseIncomplete" | "promiseTwice" | "limitWrong" | null => {
  if (promises.some(({ property, done }) => property === "" || done.length === 0)) return "promiseIncomplete";
  if (new Set(promises.map(({ property }) => property)).size < promises.length) return "promiseTwice";
  return Object.values(limits).every((limit) => Number.isFinite(limit) && limit >= 0 && limit <= limitMax) ? null : "limitWrong";
};
