// The steps of the paths asked for, one by one, for files that take all of them.
import { z } from "zod";
import type { AnalyticsReading, AnalyticsStore, AnalyticsValue } from "#platform/analytics";
import { momentColumn } from "./selection.queries.ts";
import { startNamedSteps, startNumberedSteps, type PathsAsked } from "./steps.queries.ts";

// Putting fifty million steps in order takes minutes; whoever goes away ends it.
const PATIENCE_MS = 600_000;

const loggedStep = z.object({
  owner: z.string(), case_no: z.number(), customer: z.string(), node: z.string(), at_ms: z.number(),
  id: z.string(), name: z.string().nullable(), touchpoint: z.string().nullable(), channel: z.string().nullable(), stage: z.string().nullable(),
});
export type LoggedStep = z.infer<typeof loggedStep>;

/** Every step with what is known of it. One row is one step of one path: an interaction about two orders stands in the paths of both.
 *  @param order "path": the steps of each path together; "time": as they happened, one interaction after the other */
export const listLoggedSteps = (reading: AnalyticsReading, analytics: AnalyticsStore, asked: PathsAsked, order: "path" | "time"): AsyncGenerator<LoggedStep[]> => {
  const query = startNamedSteps(analytics, asked);
  const sort = order === "path" ? `named.owner, named.case_no, named.${momentColumn}, named.seq` : `named.${momentColumn}, named.seq, named.owner, named.case_no`;
  return read(reading, loggedStep, {
    sql: `${query.with}
      select cast(named.owner as varchar) as owner, named.case_no, cast(named.customer as varchar) as customer, named.node, epoch_ms(named.${momentColumn}) as at_ms,
             cast(experience.id as varchar) as id, experience.name, experience.touchpoint, experience.channel, experience.stage
      from named
      join experience on experience.workspace_id = cast(${query.bind(asked.selection.workspaceId)} as uuid) and experience.record = 'interaction' and experience.seq = named.seq
      order by ${sort}`,
    values: query.values,
  });
};

const loggedName = z.object({ node: z.string() });

/** Names of steps, each once. */
export const listLoggedNames = (reading: AnalyticsReading, analytics: AnalyticsStore, asked: PathsAsked): AsyncGenerator<{ node: string }[]> => {
  const query = startNumberedSteps(analytics, asked);
  return read(reading, loggedName, { sql: `${query.with} select distinct node from paths order by node`, values: query.values });
};

const loggedCustomer = z.object({ customer: z.string(), first_ms: z.number() });
export type LoggedCustomer = z.infer<typeof loggedCustomer>;

/** Customers on the paths, each once, with the time of their first step. */
export const listLoggedCustomers = (reading: AnalyticsReading, analytics: AnalyticsStore, asked: PathsAsked): AsyncGenerator<LoggedCustomer[]> => {
  const query = startNumberedSteps(analytics, asked);
  return read(reading, loggedCustomer, {
    sql: `${query.with} select cast(customer as varchar) as customer, epoch_ms(min(${momentColumn})) as first_ms from paths group by customer order by customer`,
    values: query.values,
  });
};

const loggedPath = z.object({ owner: z.string(), case_no: z.number(), customer: z.string() });
export type LoggedPath = z.infer<typeof loggedPath>;

/** Paths and whose they are: one row for each customer on a path, as an order may concern two. */
export const listLoggedPaths = (reading: AnalyticsReading, analytics: AnalyticsStore, asked: PathsAsked): AsyncGenerator<LoggedPath[]> => {
  const query = startNamedSteps(analytics, asked);
  return read(reading, loggedPath, {
    sql: `${query.with} select distinct cast(owner as varchar) as owner, case_no, cast(customer as varchar) as customer from named order by owner, case_no, customer`,
    values: query.values,
  });
};

async function* read<Row>(reading: AnalyticsReading, row: z.ZodType<Row>, { sql, values }: { sql: string; values: readonly AnalyticsValue[] }): AsyncGenerator<Row[]> {
  const rows = z.array(row);
  for await (const portion of reading.rows(sql, values, { timeoutMs: PATIENCE_MS })) yield rows.parse(portion);
}
