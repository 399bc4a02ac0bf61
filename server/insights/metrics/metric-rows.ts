// Where the answers of a metric are found: turned from what was asked into what queries select from.
import type { Period } from "#customers";
import { listFormulaValues, type FormulaValues } from "#feedback";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { canSplit, listWrongFilters, usualScaleOf, type Metric } from "./metric-kinds.rules.ts";
import type { CustomMetricRow } from "./custom-metrics.queries.ts";
import type { MetricFilters, SplitKey } from "./metrics.contract.ts";
import type { RowSource } from "./metrics.queries.ts";
import { feelingRows, formulaRows, readingRows } from "./row-sources.queries.ts";
import { metricsErrors } from "./selection.ts";

export type FoundMetric = { metric: Metric; own: CustomMetricRow | null };

/** The rows of one metric in a period.
 *  @throws answers_too_many */
export const readRows = async (services: Services, workspaceId: string, found: FoundMetric, asked: { period: Period; filters: Pick<MetricFilters, "language" | "emotion"> }): Promise<RowSource> => {
  const { metric, own } = found;
  switch (metric.source) {
    case "feelings":
    case "outreach":
      return feelingRows([metric.measure]);
    case "readings":
      return readingRows([metric.measure], asked.filters);
    case "formula":
      return formulaRows(usualScaleOf(metric), own === null ? { ids: [], values: [] } : await readValues(services, workspaceId, own, asked.period));
  }
};

const RESPONSES_MAX = 100_000;
// The tile, the trend and the groups of one screen ask within a moment of each other.
const keepValues = keepReadings<FormulaValues>({ ms: 3_000, most: 20 });

const readValues = async (services: Services, workspaceId: string, own: CustomMetricRow, { fromMs, toMs }: Period): Promise<FormulaValues> => {
  const key = [workspaceId, own.surveyId, own.formula, fromMs, toMs].join(" ");
  const worked = await keepValues(services.db, key, () =>
    listFormulaValues(services.db, { workspaceId, surveyId: own.surveyId, formula: own.formula, from: new Date(fromMs), to: new Date(toMs) }, RESPONSES_MAX));
  if (worked.isCut) throw metricsErrors.refuse("answers_too_many", `"${own.name}" would have to be worked out for more than ${RESPONSES_MAX} responses. Choose a shorter period.`);
  return worked;
};

/** @throws filter_not_for_metric */
export const refuseWrongFilters = ({ metric }: FoundMetric, filters: MetricFilters): void => {
  const given = Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const [wrong] = listWrongFilters(metric.source, given);
  if (wrong !== undefined) throw metricsErrors.refuse("filter_not_for_metric", `${metric.title} cannot be narrowed by ${wrong}. Take this filter away.`);
};

/** @throws split_not_for_metric */
export const refuseWrongSplit = ({ metric }: FoundMetric, by: SplitKey): void => {
  if (!canSplit(metric.source, by)) throw metricsErrors.refuse("split_not_for_metric", `${metric.title} cannot be split by ${by}. Choose another way to split it.`);
};
