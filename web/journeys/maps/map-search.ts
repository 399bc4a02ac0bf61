import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
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
  /** A second segment, or the stretch of time before, to be compared with. */
  against: string | undefined;
  period: Period;
};

const views = ["difference", "sheets", "present"] as const;
const panels = ["history", "comments"] as const;
/** Instead of a segment: the period before this one, as long. */
export const periodBefore = "before";
/** In place of a customer: nobody, though the map is drawn for one. */
export const nobody = "nobody";

export const readMapSearch = (search: Search): MapSearch => ({
  view: views.find((view) => view === search.view),
  panel: panels.find((panel) => panel === search.panel),
  step: search.step, customer: search.customer, segment: search.segment, channel: search.channel, against: search.against,
  period: readPeriod(search),
});

/** What the map's figures are asked for with. */
export const overlayQuery = ({ period: { from, to }, segment, channel, against, customer }: MapSearch): Query => ({
  from, to, segment, channel, customer,
  ...(against === undefined ? {} : against === periodBefore ? { againstFrom: dayBefore(from, to), againstTo: from, againstSegment: segment } : { againstFrom: from, againstTo: to, againstSegment: against }),
});

/** Whose own facts lie on the map: whom the address names, else the customer the map is drawn for; nobody when she was taken off. */
export const laidCustomer = (customer: string | undefined, viewpoint: Viewpoint): string | undefined =>
  customer === nobody ? undefined : (customer ?? (viewpoint.kind === "customer" ? viewpoint.customerId : undefined));

const dayBefore = (from: string, to: string): string => new Date(2 * Date.parse(from) - Date.parse(to)).toISOString().slice(0, 10);
