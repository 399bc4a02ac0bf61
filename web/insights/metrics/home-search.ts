import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { addDays, type Period, readPeriod } from "../../ui/period.ts";
import type { BandName, BucketName, MetricKey, SplitKey } from "./metrics.data.ts";
import { bandsOf, readMetric } from "./scores.ts";
import { listOfValues } from "./several-values.ts";
import { notNamed } from "../../ui/unnamed.ts";

const buckets = ["day", "week", "month"] as const satisfies readonly BucketName[];
export const filterNames = ["touchpoint", "channel", "stage", "survey", "segment", "persona", "environment", "product", "source", "team", "department", "member"] as const satisfies readonly SplitKey[];
/** Ways to split that need no name of their own; a trait is written `trait:plan`. */
export const splitNames = ["touchpoint", "channel", "stage", "environment", "product", "survey", "source", "team", "department", "member", "segment", "persona", "language", "emotion", "month", "weekday"] as const satisfies readonly SplitKey[];
export type FilterName = (typeof filterNames)[number];

/** The part of a number that lies open. */
export type OpenedPart = { group: { by: SplitKey; value: string } | null; from: string | undefined; to: string | undefined };

export type HomeSearch = {
  period: Period;
  /** Null: none was chosen. */
  metric: MetricKey | null;
  /** How the last of the cards with groups is split. */
  split: SplitKey;
  bucket: BucketName | undefined;
  filters: Readonly<Record<FilterName | "trait", string | undefined>>;
  isWeighted: boolean;
  /** The metric whose change is explained beside the page. */
  why: MetricKey | null;
  /** The number whose answers lie open beside the page. */
  open: ({ metric: MetricKey; band: BandName | undefined } & OpenedPart) | null;
};

/** What the address of Home says; anything unknown is as if it were not there. */
export const readHomeSearch = (search: Search): HomeSearch => ({
  period: readPeriod(search),
  metric: readMetric(search.metric) ?? null,
  split: readSplit(search.split) ?? "stage",
  bucket: buckets.find((known) => known === search.bucket),
  filters: readFilters(search),
  isWeighted: search.weighted === "yes",
  why: readMetric(search.why) ?? null,
  open: readOpen(search),
});

const readFilters = (search: Search): HomeSearch["filters"] => {
  const { touchpoint, channel, stage, survey, segment, persona, environment, product, source, team, department, member, trait } = search;
  return { touchpoint, channel, stage, survey, segment, persona, environment, product, source, team, department, member, trait };
};

const readOpen = (search: Search): HomeSearch["open"] => {
  const metric = readMetric(search.open);
  if (metric === undefined) return null;
  return { metric, band: bandsOf(metric).find((known) => known === search.band), ...readPart(search) };
};

/** The metric whose course and groups are shown: the one that was chosen, else the first of those there are that has answers. */
export const shownMetric = ({ metric }: Pick<HomeSearch, "metric">, known: readonly { metric: MetricKey; count: number }[]): MetricKey =>
  metric ?? known.find(({ count }) => count > 0)?.metric ?? "nps";

/** The part of a number that an address opens. */
export const readPart = (search: Search): OpenedPart => {
  const by = readSplit(search.by);
  return { group: by === undefined || search.value === undefined ? null : { by, value: search.value }, from: search.at, to: search.until };
};

/** A question about a number, as one about the part of it that lies open. */
export const narrowToPart = (query: Query, { group, from, to }: OpenedPart): Query => ({
  ...((group ? narrowTo(query, group) : query) ?? query),
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
});

const isTrait = (text: string): text is `trait:${string}` => text.startsWith("trait:") && text.length > "trait:".length;

const readSplit = (text: string | undefined): SplitKey | undefined =>
  text === undefined ? undefined : isTrait(text) ? text : splitNames.find((known) => known === text);

/** Closes the answers again. */
export const closed = { open: undefined, band: undefined, by: undefined, value: undefined, at: undefined, until: undefined };

/** What the list of the latest answers asks: up to now, whatever the period ends with, since the newest answer is the point of it; but of a period that
 *  was over when the newest answer came, its own.
 *  @param newest day of the newest answer there is; null: there is none
 *  @returns the days, half open, and whether they are those of the period. A month before the newest answer is short enough to be quick, and never empty */
export const latestDays = (period: { from: string; to: string }, newest: string | null): { from: string | undefined; to: string | undefined; isOfPeriod: boolean } => {
  if (newest === null) return { from: undefined, to: undefined, isOfPeriod: false };
  return period.to <= newest ? { from: period.from, to: period.to, isOfPeriod: true } : { from: addDays(newest, -30), to: undefined, isOfPeriod: false };
};

/** The same question as the server wants to be asked. */
export const toQuery = (period: { from: string; to: string }, filters: HomeSearch["filters"]): Query => ({
  from: period.from,
  to: period.to,
  touchpoint: listOfValues(filters.touchpoint),
  channel: listOfValues(filters.channel),
  stage: listOfValues(filters.stage),
  survey: oneOrList(filters.survey),
  segment: oneOrList(filters.segment),
  persona: oneOrList(filters.persona),
  environment: listOfValues(filters.environment),
  product: listOfValues(filters.product),
  source: listOfValues(filters.source),
  team: listOfValues(filters.team),
  department: listOfValues(filters.department),
  member: listOfValues(filters.member),
  trait: listOfValues(filters.trait),
});

/** The filters that leave one group of a split; undefined where no filter can: those of whom a trait is not known. */
export const narrowTo = (query: Query, { by, value }: { by: SplitKey; value: string }): Query | undefined => {
  const named = value === notNamed ? "" : value;
  if (by === "month") return withinMonth(query, value);
  // Two segments in one question mean "either"; a group within a segment is neither.
  if ((by === "segment" || by === "persona") && query[by] !== undefined && query[by] !== named) return undefined;
  if (!by.startsWith("trait:")) return { ...query, [by]: [named] };
  const prefix = `${by.slice("trait:".length)}=`;
  return named === "" ? undefined : { ...query, trait: [...traitsIn(query).filter((one) => !one.startsWith(prefix)), `${prefix}${named}`] };
};

// Values of one trait mean "either", so a group takes their place; what is wanted of other traits holds beside it.
const traitsIn = ({ trait }: Query): readonly string[] => (typeof trait === "string" ? [trait] : typeof trait === "object" && trait !== null ? trait : []);

// Months are named "2026-05"; the first and the last may be cut off by the period.
const withinMonth = (query: Query, month: string): Query => {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const from = `${month}-01`;
  const to = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  const [start, end] = [String(query.from), String(query.to)];
  return { ...query, from: start > from ? start : from, to: end < to ? end : to };
};

// One name stays a text, since a group within several segments is none of them: see narrowTo.
const oneOrList = (value: string | undefined): string | readonly string[] | undefined => {
  const values = listOfValues(value);
  return values?.length === 1 ? values[0] : values;
};
