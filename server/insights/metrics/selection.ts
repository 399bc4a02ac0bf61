import { isScoreable, longestPeriodMs, readPeriod, readScale, type Period } from "#customers";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import type { MetricFilters, MetricName, Scale } from "./metrics.contract.ts";
import type { Selection } from "./metrics.queries.ts";

export const metricsErrors = defineErrors("metrics", {
  period_empty: { status: 400, meaning: "The period ends before it starts, or as it starts: `to` is itself left out." },
  period_too_long: { status: 400, meaning: "The period is longer than a hundred years." },
  too_many_buckets: { status: 400, meaning: "The trend would have more than 1,200 points. Choose a coarser bucket or a shorter period." },
  scale_not_scoreable: { status: 400, meaning: "The metric is not defined on this scale: the net promoter score needs 0–10, the others two to 101 whole values." },
  cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out." },
});

export type Asked = { selection: Selection; timeZone: string };

/** Turns the filters of a request into what queries understand, by the workspace's clock.
 *  @throws period_empty, period_too_long */
export const readSelection = async (services: Services, workspaceId: string, filters: MetricFilters): Promise<Asked> => {
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  const { touchpoint, channel, stage, source, survey } = filters;
  return { timeZone, selection: { workspaceId, touchpoint, channel, stage, source, survey, ...requirePeriod(services, filters, timeZone) } };
};

/** @throws period_empty, period_too_long */
export const requirePeriod = (services: Services, given: { from?: string | undefined; to?: string | undefined }, timeZone: string): Period => {
  const period = readPeriod(given, timeZone, services.clock.now().getTime());
  const said = `${given.from ?? "90 days before"} to ${given.to ?? "now"}`;
  if (period === null) throw metricsErrors.refuse("period_empty", `The period from ${said} holds no time. Let it end later than it starts.`);
  if (period.toMs - period.fromMs > longestPeriodMs) throw metricsErrors.refuse("period_too_long", `The period from ${said} is longer than a hundred years. Choose a shorter one.`);
  return period;
};

/** @throws scale_not_scoreable */
export const requireScale = (metric: MetricName, text: string | undefined): Scale | null => {
  if (text === undefined) return null;
  const scale = readScale(text);
  if (scale !== null && isScoreable(metric, scale)) return scale;
  throw metricsErrors.refuse("scale_not_scoreable", `There is no ${metric.toUpperCase()} on the scale ${text}. Leave the scale out to take the one most answers use.`);
};

export const showPeriod = ({ fromMs, toMs }: Period): { from: string; to: string } => ({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
