// The words of an alert: the same in the app, in mails and in webhooks.
import type { NarrowingName } from "../metrics/metrics.contract.ts";
import { narrowingNames } from "../metrics/narrowing.rules.ts";
import type { AlertFilters, Evidence, TryRule, WatchedName } from "./alerts.contract.ts";
import { falseAlarmsPerYear } from "./thresholds.rules.ts";
import { idNames, isLevel, isOfComments, measureOf, nameOf, unitOf, type IdName, type Subject } from "./watched.rules.ts";

export type Sentence = { title: string; detail: string };
export type Where = { filters: AlertFilters; subject: Subject };

/** "NPS fell to 21, 14 points below what eight weeks say", and how sure that is. */
export const describeFinding = (what: WatchedName, direction: "up" | "down", evidence: Evidence, { filters, subject }: Where): Sentence => {
  const name = `${nameOf(what, subject)}${inBrackets(placeWords(filters, subject))}`;
  const span = spanWords(evidence);
  const chance = chanceWords(evidence.yearsBetween);
  if (!isLevel(what)) return describeVolume(name, evidence, { span, chance });
  // Scores that may lie on either side of nought say on which, as on every screen.
  const show = (value: number): string => (evidence.unit === "points" && value > 0 ? `+${number(value, "points")}` : number(value, evidence.unit));
  // Between two percentages lie points, and between two of a score that counts in them.
  const inPoints = evidence.unit === "percent" || evidence.unit === "points";
  const far = (value: number): string => (inPoints ? `${number(value, "points")} points` : show(value));
  const size = far(Math.abs(evidence.difference));
  const interval = [Math.abs(evidence.low), Math.abs(evidence.high)].toSorted((one, other) => one - other);
  const verb = direction === "down" ? "fell" : "rose";
  return {
    title: `${name} ${verb} to ${show(evidence.value)}, ${size} ${direction === "down" ? "below" : "above"} what eight weeks say`,
    detail: `${span}: ${amount(evidence.count)} ${countedAs(what)}; ${show(evidence.expected)} was to be expected from ${amount(evidence.countBefore)} before (difference ${inPoints ? number(interval[0] ?? 0, "points") : show(interval[0] ?? 0)} to ${far(interval[1] ?? 0)}). ${chance}`,
  };
};

const describeVolume = (name: string, evidence: Evidence, { span, chance }: { span: string; chance: string }): Sentence => {
  const { value, expected } = evidence;
  const share = expected === 0 ? 0 : value / expected;
  const title =
    value === 0 ? `${name} stopped coming in`
      : share < 1 ? `${name} fell to ${percent(share)} of what is usual`
        : `${name} rose to ${share >= 2 ? `${amount(Math.round(share * 10) / 10)} times` : percent(share) + " of"} what is usual`;
  return { title, detail: `${span}: ${amount(value)} came, ${amount(Math.round(expected))} were to be expected at these hours from the eight weeks before. ${chance}` };
};

/** How often chance alone does this. */
export const chanceWords = (years: number): string => {
  if (years >= 100) return "Chance does this less than once in a hundred years.";
  if (years >= 1.5) return `Chance does this about once in ${Math.round(years)} years.`;
  if (years >= 0.75) return "Chance does this about once a year.";
  return `Chance does this about ${Math.max(2, Math.round(1 / years))} times a year.`;
};

/** What a rule does, in a sentence. */
export const describeRule = (rule: Pick<TryRule, "what" | "direction" | "sensitivity" | "filters"> & { smallestChange: number }, subject: Subject): string => {
  const verb = (isOne(rule.what) ? { up: "rises", down: "falls", both: "rises or falls" } : { up: "rise", down: "fall", both: "rise or fall" })[rule.direction];
  const unit = isLevel(rule.what) ? (unitOf(rule.what) === "scale" ? trimmed(rule.smallestChange, 3) : `${rule.smallestChange} points`) : `${rule.smallestChange}%`;
  const rate = falseAlarmsPerYear[rule.sensitivity];
  const promise = rate < 1 ? `at most one in ${Math.round(1 / rate)} years` : `at most ${rate} a year`;
  return `${nameOf(rule.what, subject)}${inBrackets(placeWords(rule.filters, subject))} ${verb} by ${unit} or more, beyond what chance explains. Looked at every ${isLevel(rule.what) ? "day" : "hour"}; false alarms: ${promise}.`;
};

/** "app, Onboarding, plan gold": what a rule is narrowed to. */
export const placeWords = (filters: AlertFilters, { names }: Pick<Subject, "names">): string =>
  narrowingNames.flatMap((name) => {
    const given = filters[name] ?? [];
    return isNamedById(name) ? idWords(name, given, names) : given.map((one) => (one === "" ? `no ${name}` : name === "trait" ? one.replace("=", " ") : one));
  }).join(", ");

const isNamedById = (name: NarrowingName): name is IdName => idNames.some((one) => one === name);

// Of many, or of some that are gone, only the number is said.
const idWords = (kind: IdName, given: readonly string[], names: ReadonlyMap<string, string>): readonly string[] => {
  const said = given.flatMap((id) => (id === "" ? [`no ${kind}`] : (names.get(id) ?? [])));
  return given.length <= 3 && said.length === given.length ? said : [given.length === 1 ? `one ${kind}` : `${given.length} ${kind}s`];
};

const inBrackets = (text: string): string => (text === "" ? "" : ` (${text})`);

const isOne = (what: WatchedName): boolean => what === "nps" || what === "csat" || what === "ces" || what === "custom" || what === "sentiment" || what === "response_rate";

const countedAs = (what: WatchedName): string => {
  if (what === "response_rate") return "people asked";
  if (measureOf(what) !== null) return "cases";
  return isOfComments(what) ? "comments" : "answers";
};

const number = (value: number, unit: Evidence["unit"]): string => {
  if (unit === "percent") return `${trimmed(value, 1)}%`;
  return unit === "scale" ? value.toFixed(2) : `${trimmed(value, Math.abs(value) < 10 ? 1 : 0)}`;
};
const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits))).replace("-", "\u2212");
const amount = (value: number): string => value.toLocaleString("en-US");
const percent = (share: number): string => `${Math.round(share * 100)}%`;

const spanWords = ({ from, to }: Evidence): string => {
  const hours = Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000);
  if (hours < 23) return `In ${hours} hours`;
  const days = Math.round(hours / 24);
  return days === 1 ? "On one day" : `In ${days} days`;
};
