import type { Query } from "../../shell/api.ts";
import type { Search } from "../../shell/search.ts";
import { type Period, readPeriod } from "../../ui/period.ts";

/** `at`: the touchpoint that is looked at side by side. */
export type GapsSearch = { period: Period; segment: string | undefined; channel: string | undefined; kind: string | undefined; at: string | undefined };

/** What the address of the gaps says. */
export const readGapsSearch = (search: Search): GapsSearch => ({ period: readPeriod(search), segment: search.segment, channel: search.channel, kind: search.kind, at: search.at });

export const toQuery = ({ period, segment, channel }: GapsSearch): Query => ({ from: period.from, to: period.to, segment, channel });
