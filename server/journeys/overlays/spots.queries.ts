// Places of a map as a table that interactions are joined to. SQL of the analytics store.
import { texts, type JourneyQuery, type JourneySelection } from "../paths/selection.queries.ts";
import type { Spot } from "./spots.rules.ts";

/** A table `spot`: `spot_no`, the number of the touchpoint, `spot_channel` as given, and whole numbers that belong to each place. Numbers are compared in a
 *  fraction of the time that names take. Touchpoints that nobody met have none, and no row here.
 *  @param columns as many numbers each as there are places */
export const spotTable = (query: JourneyQuery, { workspaceId }: Pick<JourneySelection, "workspaceId">, spots: readonly Spot[], columns: Readonly<Record<string, readonly (number | bigint)[]>>): string => {
  const whole = (numbers: readonly (number | bigint)[]): string => `unnest(cast(${query.bind(`[${numbers.join(",")}]`)} as bigint[]))`;
  const further = Object.entries(columns).map(([name, numbers]) => `${whole(numbers)} as ${name}`);
  return `(
    select touchpoint_no as spot_no, named.*
    from (select unnest(${texts(query, spots.map(({ touchpoint }) => touchpoint))}) as spot_touchpoint, unnest(${texts(query, spots.map(({ channel }) => channel))}) as spot_channel, ${further.join(", ")}) named
    join touchpoint_numbers on touchpoint = spot_touchpoint and workspace_id = cast(${query.bind(workspaceId)} as uuid)
  ) spot`;
};

/** Names customers of a workspace by the numbers the copy gave them: joins `customer_numbers` to a table that has `customer_no`. */
export const joinCustomers = (query: JourneyQuery, { workspaceId }: Pick<JourneySelection, "workspaceId">, table: string): string =>
  `join (select customer_no as known_no, customer from customer_numbers where workspace_id = cast(${query.bind(workspaceId)} as uuid)) known on known_no = ${table}.customer_no`;
