import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";
import { type DimensionName, dimensionNames, type EmotionName, emotionNames, type NeedName, needNames, type Polarity, type SentimentName, sentimentNames } from "./comments.data.ts";
import { listOfValues } from "../metrics/several-values.ts";

const polarities = ["neg", "pos", "mix"] as const satisfies readonly Polarity[];
export const placeNames = ["touchpoint", "channel", "stage", "survey", "environment", "product", "source", "team", "department", "member"] as const satisfies readonly DimensionName[];
/** Whose comments: customers of a segment, a persona, or with a trait, written `plan=gold`. */
export const peopleNames = ["segment", "persona", "trait"] as const;
export type PeopleName = (typeof peopleNames)[number];
export type PlaceName = (typeof placeNames)[number];

export type CommentsSearch = {
  period: Period;
  by: DimensionName;
  need: NeedName | undefined;
  polarity: Polarity | undefined;
  sentiment: SentimentName | undefined;
  emotion: EmotionName | undefined;
  language: string | undefined;
  theme: string | undefined;
  /** What comments name: `product:tunnel tent`. */
  mention: string | undefined;
  /** One comment alone, as another screen names it. */
  comment: string | undefined;
  /** Hours within the days of the period, as an alert about them names them: two instants. */
  hours: { from: string; to: string } | null;
  isUrgent: boolean;
  isUnsure: boolean;
  isReaderOpen: boolean;
  places: Readonly<Record<PlaceName, string | undefined>>;
  people: Readonly<Record<PeopleName, string | undefined>>;
};

/** What the address of the comments says; anything unknown is as if it were not there. */
export const readCommentsSearch = (search: Search): CommentsSearch => ({
  period: readPeriod(search),
  by: dimensionNames.find((known) => known === search.by) ?? "touchpoint",
  need: needNames.find((known) => known === search.need),
  polarity: polarities.find((known) => known === search.polarity),
  sentiment: sentimentNames.find((known) => known === search.sentiment),
  emotion: emotionNames.find((known) => known === search.emotion),
  language: search.language,
  theme: search.theme,
  mention: /^(?:product|place|person):./u.test(search.mention ?? "") ? search.mention : undefined,
  comment: search.comment,
  hours: isInstant(search.at) && isInstant(search.until) ? { from: search.at, to: search.until } : null,
  isUrgent: search.urgent === "yes",
  isUnsure: search.unsure === "yes",
  isReaderOpen: search.reader === "open",
  places: readPlaces(search),
  people: { segment: search.segment, persona: search.persona, trait: search.trait },
});

const isInstant = (text: string | undefined): text is string => text?.includes("T") === true && !Number.isNaN(Date.parse(text));

const readPlaces = ({ touchpoint, channel, stage, survey, environment, product, source, team, department, member }: Search): CommentsSearch["places"] =>
  ({ touchpoint, channel, stage, survey, environment, product, source, team, department, member });

/** What the numbers are about: the period, where and of whom. */
export const toPlaceQuery = ({ period, places, people }: CommentsSearch): Query => ({
  from: period.from,
  to: period.to,
  ...Object.fromEntries(placeNames.map((name) => [name, listOfValues(places[name])])),
  ...Object.fromEntries(peopleNames.map((name) => [name, listOfValues(people[name])])),
});

/** What the list is about: the same, narrowed by what was read. */
export const toListQuery = (search: CommentsSearch): Query => ({
  ...toPlaceQuery(search),
  ...search.hours,
  need: search.need,
  polarity: search.need === undefined ? undefined : search.polarity,
  sentiment: search.sentiment,
  emotion: search.emotion,
  language: search.language,
  theme: search.theme,
  mention: search.mention,
  comment: search.comment,
  urgent: search.isUrgent ? "true" : undefined,
  unsure: search.isUnsure ? "true" : undefined,
});

/** Takes every filter out of the address but the period. */
export const withoutFilters = {
  need: undefined, polarity: undefined, sentiment: undefined, emotion: undefined, language: undefined, theme: undefined, mention: undefined, comment: undefined, at: undefined, until: undefined, urgent: undefined, unsure: undefined,
  ...Object.fromEntries([...placeNames, ...peopleNames].map((name) => [name, undefined])),
};
