import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";

export const gapChoices = ["1", "7", "14", "30", "90"] as const;

export type ChannelsSearch = {
  period: Period;
  segment: string | undefined;
  gapDays: (typeof gapChoices)[number];
  /** Segment whose hours are shown; undefined for everybody. */
  hours: string | undefined;
};

/** What the address of the channels says; anything unknown is as if it were not there. */
export const readChannelsSearch = (search: Search): ChannelsSearch => ({
  period: readPeriod(search),
  segment: search.segment,
  gapDays: gapChoices.find((days) => days === search.gap) ?? "7",
  hours: search.hours,
});

export const toQuery = ({ period, segment }: ChannelsSearch): Query => ({ from: period.from, to: period.to, segment });
