import { z } from "zod";
import type { AnalyticsStore } from "#platform/analytics";
import type { Scale } from "./metrics.contract.ts";
import { isOnScale, startQuery, usualOf, type RowSource, type Selection, type Split } from "./metrics.queries.ts";

const GROUPS_MAX = 20_000;
const row = z.object({ name: z.string(), people: z.coerce.number() });

/** How many people are behind the answers of each group on one scale: one row per group; nobody known is one person each time. */
export const countPeopleOf = async (analytics: AnalyticsStore, selection: Selection, { source, split, scale }: { source: RowSource; split: Split; scale: Scale }): Promise<Map<string, number>> => {
  const query = startQuery(analytics, selection, selection);
  const { name, join } = split(query);
  const usual = usualOf(source);
  const rows = await analytics.query(
    `select cast(${name} as varchar) as name, count(distinct coalesce(customer, id)) as people
     from ${source.from(query)} ${join}
     where ${query.where} and ${source.where(query)} and ${isOnScale}
       and coalesce(scale_min, ${query.bind(usual.min)}) = ${query.bind(scale.min)} and coalesce(scale_max, ${query.bind(usual.max)}) = ${query.bind(scale.max)}
     group by ${name}
     order by people, name
     limit ${GROUPS_MAX}`,
    query.values,
    { limitRows: GROUPS_MAX },
  );
  return new Map(rows.map((one) => row.parse(one)).map(({ name: group, people }) => [group, people]));
};
