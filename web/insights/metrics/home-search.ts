import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";
import type { BandName, BucketName, DimensionName, MetricName } from "./metrics.data.ts";

const metrics = ["nps", "csat", "ces"] as const satisfies readonly MetricName[];
const buckets = ["day", "week", "month"] as const satisfies readonly BucketName[];
const bands = ["promoters", "passives", "detractors", "satisfied", "unsatisfied", "easy", "not_easy"] as const satisfies readonly BandName[];
export const filterNames = ["touchpoint", "channel", "stage", "survey"] as const satisfies readonly DimensionName[];
export type FilterName = (typeof filterNames)[number];

/** Stands in the address for "not named", which the server writes as an empty text. */
export const notNamed = "(none)";

export type HomeSearch = {
  period: Period;
  metric: MetricName;
  bucket: BucketName | undefined;
  filters: Readonly<Record<FilterName, string | undefined>>;
  isWeighted: boolean;
  /** The number whose answers lie open beside the page. */
  open: { metric: MetricName; band: BandName | undefined; group: { by: FilterName; value: string } | null; from: string | undefined; to: string | undefined } | null;
};

/** What the address of Home says; anything unknown is as if it were not there. */
export const readHomeSearch = (search: Search): HomeSearch => ({
  period: readPeriod(search),
  metric: metrics.find((known) => known === search.metric) ?? "nps",
  bucket: buckets.find((known) => known === search.bucket),
  filters: { touchpoint: search.touchpoint, channel: search.channel, stage: search.stage, survey: search.survey },
  isWeighted: search.weighted === "yes",
  open: readOpen(search),
});

const readOpen = (search: Search): HomeSearch["open"] => {
  const metric = metrics.find((known) => known === search.open);
  if (metric === undefined) return null;
  const by = filterNames.find((known) => known === search.by);
  return {
    metric,
    band: bands.find((known) => known === search.band),
    group: by === undefined || search.value === undefined ? null : { by, value: search.value },
    from: search.at,
    to: search.until,
  };
};

/** Closes the answers again. */
export const closed = { open: undefined, band: undefined, by: undefined, value: undefined, at: undefined, until: undefined };

/** The same question as the server wants to be asked. */
export const toQuery = (period: { from: string; to: string }, filters: HomeSearch["filters"]): Query => ({
  from: period.from,
  to: period.to,
  touchpoint: asList(filters.touchpoint),
  channel: asList(filters.channel),
  stage: asList(filters.stage),
  survey: filters.survey,
});

const asList = (value: string | undefined): readonly string[] | undefined =>
  value === undefined || value === "" ? undefined : [value === notNamed ? "" : value];

/** Steps that give about a dozen points: fewer say little, more are noise. */
export const usualBucket = ({ from, to }: Query): BucketName => {
  const days = (Date.parse(String(to)) - Date.parse(String(from))) / 86_400_000;
  return days <= 21 ? "day" : days <= 190 ? "week" : "month";
};
