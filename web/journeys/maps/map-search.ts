import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import type { Viewpoint } from "@firsthand/server/journeys/maps/maps.contract";
import { type Period, readPeriod } from "../../ui/period.ts";

export type MapPanel = "history" | "comments";
export type MapSearch = {
  view: "difference" | "sheets" | "present" | undefined;
  panel: MapPanel | undefined;
  step: string | undefined;
  customer: string | undefined;
  segment: string | undefined;
  channel: string | undefined;
  /** Whom to compare with: a second segment, everybody, or the same customers in the period or year before. */
  against: string | undefined;
  /** Days to compare with, half open as those of a period; without, `against` says which. */
  againstDays: { from: string; to: string } | undefined;
  period: Period;
};

const views = ["difference", "sheets", "present"] as const;
const panels = ["history", "comments"] as const;
/** Instead of a segment: the same customers in the period before this one, as long, or on the same days a year before. */
export const periodBefore = "before";
export const yearBefore = "year";
/** Instead of a segment: everybody, though the map is about some. */
export const everybody = "everybody";
/** In place of a customer: nobody, though the map is drawn for one. */
export const nobody = "nobody";

export const readMapSearch = (search: Search): MapSearch => ({
  view: views.find((view) => view === search.view),
  panel: panels.find((panel) => panel === search.panel),
  step: search.step, customer: search.customer, segment: search.segment, channel: search.channel, against: search.against,
  againstDays: daysOf(search.againstFrom, search.againstTo),
  period: readPeriod(search),
});

const day = /^\d{4}-\d{2}-\d{2}$/u;
const daysOf = (from = "", to = ""): MapSearch["againstDays"] => (day.test(from) && day.test(to) && from < to ? { from, to } : undefined);

/** What the map's figures are asked for with. */
export const overlayQuery = (search: MapSearch): Query => {
  const { period: { from, to }, segment, channel, customer } = search;
  const other = comparedWith(search);
  return {
    from, to, segment: askedSegment(segment), channel, customer,
    ...(other === null ? {} : { againstFrom: other.from, againstTo: other.to, againstSegment: askedSegment(other.segment) }),
  };
};

/** What asks who met a step last, of the customers and days the map shows. */
export const latestQuery = ({ period: { from, to }, channel }: MapSearch, segments: readonly { id: string }[], { matches: [match] }: Pick<MapStep, "matches">): Query =>
  ({ from, to, segment: segments.map(({ id }) => id), channel: channel ?? match?.channel ?? undefined, node: match?.touchpoint });

/** Whom and which days the map is compared with; null: with nothing. `segment` undefined: the same customers. */
export const comparedWith = ({ period: { from, to }, segment, against, againstDays }: MapSearch): { from: string; to: string; segment: string | undefined } | null => {
  if (against === undefined && againstDays === undefined) return null;
  const isAboutTime = against === undefined || against === periodBefore || against === yearBefore;
  const days = againstDays ?? (against === periodBefore ? { from: dayBefore(from, to), to: from } : against === yearBefore ? { from: yearEarlier(from), to: yearEarlier(to) } : { from, to });
  return { ...days, segment: isAboutTime ? segment : against };
};

/** A segment as the server is asked for it. The empty text asks for everybody, and only a list keeps it: what is empty is left out of an address. */
export const askedSegment = (segment: string | undefined): string | string[] | undefined => (segment === everybody ? [""] : segment);

/** Whose own facts lie on the map: whom the address names, else the customer the map is drawn for; nobody when she was taken off. */
export const laidCustomer = (customer: string | undefined, viewpoint: Viewpoint): string | undefined =>
  customer === nobody ? undefined : (customer ?? (viewpoint.kind === "customer" ? viewpoint.customerId : undefined));

const dayBefore = (from: string, to: string): string => new Date(2 * Date.parse(from) - Date.parse(to)).toISOString().slice(0, 10);
// The 29th of February becomes the 1st of March.
const yearEarlier = (date: string): string => new Date(Date.UTC(Number(date.slice(0, 4)) - 1, Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)))).toISOString().slice(0, 10);
