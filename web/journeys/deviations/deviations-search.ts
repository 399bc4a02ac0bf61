import type { DeviationKind } from "@firsthand/server/journeys/deviations/deviations.contract";
import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { askedSegment } from "../maps/map-search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";

export const kinds = ["missing", "ad_hoc", "out_of_order", "failed"] as const satisfies readonly DeviationKind[];

export type DeviationsSearch = {
  period: Period;
  segment: string | undefined;
  channel: string | undefined;
  /** How long a silence ends a visit, in minutes; undefined: a case is all of one customer. */
  gap: string | undefined;
  /** The deviation whose customers are shown. */
  open: { kind: DeviationKind; part: string } | undefined;
  /** A customer whose own journeys are shown. */
  customer: string | undefined;
};

/** Gaps between visits to choose from, in minutes. */
export const gapChoices = ["30", "240", "1440", "10080", "43200"] as const;

/** What the address says; anything unknown is as if it were not there. */
export const readDeviationsSearch = (search: Search): DeviationsSearch => {
  const kind = kinds.find((known) => known === search.kind);
  return {
    period: readPeriod(search), segment: search.segment, channel: search.channel, customer: search.customer,
    gap: gapChoices.find((gap) => gap === search.gap),
    open: kind === undefined || search.part === undefined ? undefined : { kind, part: search.part },
  };
};

export const toQuery = ({ period: { from, to }, segment, channel, gap }: DeviationsSearch): Query => ({ from, to, segment: askedSegment(segment), channel, ...(gap === undefined ? {} : { cut: "session", gapMinutes: gap }) });
