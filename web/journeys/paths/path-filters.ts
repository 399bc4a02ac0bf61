// The filters of paths: how they stand in an address, how the server is asked for them, and what they are in words.
import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { nameOfChannel } from "../../ui/channel-names.ts";
import { locale } from "../../ui/locale.ts";
import { pathsTexts } from "./paths.texts.ts";

export const timeUnits = ["minutes", "hours", "days"] as const;
export type Within = { count: number; unit: (typeof timeUnits)[number] };

export type NameKind = "startsWith" | "endsWith" | "passes" | "avoids" | "channel";
export const attributeKinds = ["property", "trait"] as const;
export type AttributeKind = (typeof attributeKinds)[number];

export type PathFilter =
  | { kind: NameKind; names: readonly string[] }
  | { kind: "follows"; first: string; then: string; how: "directly" | "later"; within: Within | null }
  | { kind: "repeats"; name: string; times: number }
  | { kind: AttributeKind; name: string; value: string }
  | { kind: "segment" | "variant"; id: string };
export type FilterKind = PathFilter["kind"];

/** Filters that name steps: names of one level mean nothing on another. */
export const stepKinds = ["startsWith", "endsWith", "passes", "avoids", "repeats", "follows", "variant"] as const satisfies readonly FilterKind[];

const TIMES_USUAL = 2;
const fieldsOf: Record<FilterKind, readonly string[]> = {
  startsWith: ["startsWith"], endsWith: ["endsWith"], passes: ["passes"], avoids: ["avoids"], channel: ["channel"],
  follows: ["followsFirst", "followsThen", "followsHow", "followsWithin"], repeats: ["repeats", "repeatsTimes"], property: ["property"], trait: ["trait"], segment: ["segment"], variant: ["variant"],
};

/** What an address filters by; anything half said is as if it were not there. */
export const readFilters = (search: Search): PathFilter[] => [
  ...(["startsWith", "passes", "avoids", "endsWith"] as const).flatMap((kind) => readNames(search, kind)),
  ...readFollows(search),
  ...readRepeats(search),
  ...attributeKinds.flatMap((kind) => readList(search[kind]).flatMap((text) => readAttribute(kind, text))),
  ...(["segment", "variant"] as const).flatMap((kind): PathFilter[] => (search[kind] === undefined ? [] : [{ kind, id: search[kind] }])),
  ...readNames(search, "channel"),
];

const readNames = (search: Search, kind: NameKind): PathFilter[] => {
  const names = readList(search[kind]);
  return names.length === 0 ? [] : [{ kind, names }];
};

const readFollows = ({ followsFirst: first, followsThen: then, followsHow, followsWithin }: Search): PathFilter[] =>
  first === undefined || then === undefined ? [] : [{ kind: "follows", first, then, how: followsHow === undefined ? "directly" : "later", within: readWithin(followsWithin) }];

const readRepeats = ({ repeats: name, repeatsTimes }: Search): PathFilter[] => {
  const times = Math.round(Number(repeatsTimes ?? TIMES_USUAL));
  return name === undefined ? [] : [{ kind: "repeats", name, times: times >= 2 && times <= 1_000_000 ? times : TIMES_USUAL }];
};

const readAttribute = (kind: AttributeKind, text: string): PathFilter[] => {
  const at = text.indexOf("=");
  return at < 1 || at === text.length - 1 ? [] : [{ kind, name: text.slice(0, at), value: text.slice(at + 1) }];
};

const letters = { minutes: "m", hours: "h", days: "d" } as const;
const unitSeconds = { minutes: 60, hours: 3_600, days: 86_400 } as const;

const readWithin = (text: string | undefined): Within | null => {
  const [, count, letter] = /^(\d{1,6})([mhd])$/u.exec(text ?? "") ?? [];
  const unit = timeUnits.find((one) => letters[one] === letter);
  return unit === undefined || Number(count) === 0 ? null : { count: Number(count), unit };
};

/** Names may hold any sign, so several of them stand in an address as JSON; one stands as it is. */
export const writeList = (names: readonly string[]): string | undefined => {
  const [only] = names;
  if (only === undefined) return undefined;
  return names.length === 1 && !only.startsWith("[") ? only : JSON.stringify(names);
};

export const readList = (text: string | undefined): string[] => {
  if (text === undefined || text === "") return [];
  try {
    const read: unknown = text.startsWith("[") ? JSON.parse(text) : [text];
    return Array.isArray(read) ? read.filter((one) => typeof one === "string" && one !== "") : [];
  } catch {
    return [text];
  }
};

/** What changes in an address when a filter is added (no `before`), changed, or taken away (no `after`). */
export const patchFor = (search: Search, before: PathFilter | null, after: PathFilter | null): Search => {
  const gone = before === null ? {} : without(search, before);
  return after === null ? gone : { ...gone, ...fieldsFor({ ...search, ...gone }, after) };
};

/** The filter that goes when another is added, since an address holds one of its kind; null when none does, or when it says the same. */
export const replacedBy = (filters: readonly PathFilter[], added: PathFilter): PathFilter | null => {
  const fields = fieldsFor({}, added);
  const joins = "names" in added || isAttribute(added);
  return joins ? null : (filters.find((filter) => filter.kind === added.kind && JSON.stringify(fieldsFor({}, filter)) !== JSON.stringify(fields)) ?? null);
};

/** The address without any filter of some kinds. */
export const withoutKinds = (kinds: readonly FilterKind[]): Search => Object.fromEntries(kinds.flatMap((kind) => fieldsOf[kind]).map((field) => [field, undefined]));

const without = (search: Search, filter: PathFilter): Search => {
  if (!isAttribute(filter)) return withoutKinds([filter.kind]);
  return { [filter.kind]: writeList(readList(search[filter.kind]).filter((text) => text !== textOf(filter))) };
};

const isAttribute = (filter: PathFilter): filter is Extract<PathFilter, { kind: AttributeKind }> => filter.kind === "property" || filter.kind === "trait";

const textOf = ({ name, value }: { name: string; value: string }): string => `${name}=${value}`;

const fieldsFor = (search: Search, filter: PathFilter): Search => {
  switch (filter.kind) {
    case "property":
    case "trait":
      return { [filter.kind]: writeList([...new Set([...readList(search[filter.kind]), textOf(filter)])]) };
    case "follows": {
      const { first, then, how, within } = filter;
      return { followsFirst: first, followsThen: then, followsHow: how === "later" ? how : undefined, followsWithin: within === null ? undefined : `${within.count}${letters[within.unit]}` };
    }
    case "repeats":
      return { repeats: filter.name, repeatsTimes: filter.times === TIMES_USUAL ? undefined : String(filter.times) };
    case "segment":
    case "variant":
      return { [filter.kind]: filter.id };
    default:
      // A second one of the kind joins the first.
      return { [filter.kind]: writeList([...new Set([...readList(search[filter.kind]), ...filter.names])]) };
  }
};

/** The same filters as the server wants to be asked. */
export const toFilterQuery = (filters: readonly PathFilter[]): Query => Object.assign({}, ...filters.map((filter) => queryOf(filter, filters)));

const queryOf = (filter: PathFilter, all: readonly PathFilter[]): Query => {
  switch (filter.kind) {
    case "property":
    case "trait":
      return { [filter.kind]: all.flatMap((one) => (one.kind === filter.kind && "value" in one ? [textOf(one)] : [])) };
    case "follows":
      return { followsFirst: filter.first, followsThen: filter.then, followsHow: filter.how, followsWithinS: filter.within === null ? undefined : filter.within.count * unitSeconds[filter.within.unit] };
    case "repeats":
      return { repeats: filter.name, repeatsTimes: filter.times };
    case "segment":
    case "variant":
      return { [filter.kind]: filter.id };
    default:
      return { [filter.kind]: [...filter.names] };
  }
};

/** A filter in words, such as "Payment, then within 2 hours Support chat". */
export const sayFilter = (filter: PathFilter, segmentName: (id: string) => string | undefined): string => {
  const { say } = pathsTexts;
  switch (filter.kind) {
    case "follows": {
      const { first, then, how, within } = filter;
      if (within === null) return say(how === "directly" ? "saidDirectly" : "saidLater", { first, then });
      return say(how === "directly" ? "saidDirectlyWithin" : "saidLaterWithin", { first, then, time: say(`${within.unit}Long`, { count: within.count }) });
    }
    case "repeats":
      return say("saidRepeats", { name: filter.name, count: filter.times });
    case "property":
    case "trait":
      return say(filter.kind === "property" ? "saidProperty" : "saidTrait", { name: filter.name, value: filter.value });
    case "segment":
      return say("saidSegment", { name: segmentName(filter.id) ?? say("segmentUnnamed") });
    case "variant":
      return say("saidVariant");
    default:
      return say(`said_${filter.kind}`, { names: joinNames(filter.kind === "channel" ? filter.names.map(nameOfChannel) : filter.names, filter.kind === "passes" ? "conjunction" : "disjunction") });
  }
};

const joinNames = (names: readonly string[], type: "conjunction" | "disjunction"): string => new Intl.ListFormat(locale(), { type }).format(names);
