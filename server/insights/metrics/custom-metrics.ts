import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { checkSurveyFormula, listSurveyNames } from "#feedback";
import type { ChangedCustomMetric, CustomMetric, NewCustomMetric } from "./custom-metrics.contract.ts";
import { deleteCustomMetric, findByName, findCustomMetric, insertCustomMetric, listCustomMetrics, updateCustomMetric, type CustomMetricRow } from "./custom-metrics.queries.ts";
import { insertMetricChange, type Measured } from "./metric-changes.queries.ts";
import { customIdOf, findBuiltIn, ownMetric, type Metric } from "./metric-kinds.rules.ts";
import type { MetricKey } from "./metrics.contract.ts";
import { metricsErrors } from "./selection.ts";

const METRICS_MAX = 200;

/** A metric by its key, and the formula when it is one's own.
 *  @throws metric_unknown */
export const getMetric = async (services: Services, workspaceId: string, key: MetricKey): Promise<{ metric: Metric; own: CustomMetricRow | null }> => {
  const builtIn = findBuiltIn(key);
  if (builtIn !== null) return { metric: builtIn, own: null };
  const own = await findCustomMetric(services.db, workspaceId, customIdOf(key) ?? "");
  if (own === null) throw metricsErrors.refuse("metric_unknown", "There is no such metric here. It may have been deleted.");
  return { metric: ownMetric(key, own), own };
};

export const listOwnMetrics = async (services: Services, workspaceId: string): Promise<{ items: CustomMetric[] }> => {
  const rows = await listCustomMetrics(services.db, workspaceId, METRICS_MAX);
  const surveys = await listSurveyNames(services.db, workspaceId, [...new Set(rows.map(({ surveyId }) => surveyId))]);
  const names = new Map(surveys.map(({ id, name }) => [id, name]));
  return { items: rows.map((row) => shown(row, names.get(row.surveyId) ?? null)) };
};

export const getOwnMetric = async (services: Services, workspaceId: string, id: string): Promise<CustomMetric> => {
  const row = await findCustomMetric(services.db, workspaceId, id);
  if (row === null) throw notFound();
  const [survey] = await listSurveyNames(services.db, workspaceId, [row.surveyId]);
  return shown(row, survey?.name ?? null);
};

/** @throws custom_metric_limit, custom_metric_name_taken, custom_metric_formula_wrong, custom_metric_scale_wrong */
export const addOwnMetric = async (services: Services, actor: Actor, given: NewCustomMetric): Promise<CustomMetric> => {
  const at = services.clock.now();
  const row = { ...given, id: newId(), createdAt: at, changedAt: at };
  await check(services, actor.workspaceId, row);
  await transaction(services.db, async (tx) => {
    const isAdded = await insertCustomMetric(tx, actor.workspaceId, { ...row, createdBy: actor.memberId }, METRICS_MAX);
    if (!isAdded) throw metricsErrors.refuse("custom_metric_limit", `There are ${METRICS_MAX} metrics of your own already. Delete some first.`);
    await recordAudit(tx, actor, { action: "metric.added", subject: row.id, details: { formula: row.formula } });
    await publish(tx, { name: "metric.added", workspaceId: actor.workspaceId, payload: { metricId: row.id } });
  });
  return getOwnMetric(services, actor.workspaceId, row.id);
};

/** @throws not_found, custom_metric_name_taken, custom_metric_formula_wrong, custom_metric_scale_wrong */
export const changeOwnMetric = async (services: Services, actor: Actor, id: string, given: ChangedCustomMetric): Promise<CustomMetric> => {
  const before = await findCustomMetric(services.db, actor.workspaceId, id);
  if (before === null) throw notFound();
  const row: CustomMetricRow = {
    ...before,
    name: given.name ?? before.name,
    description: given.description ?? before.description,
    surveyId: given.surveyId ?? before.surveyId,
    formula: given.formula ?? before.formula,
    scaleMin: given.scaleMin ?? before.scaleMin,
    scaleMax: given.scaleMax ?? before.scaleMax,
    changedAt: services.clock.now(),
  };
  await check(services, actor.workspaceId, row);
  await transaction(services.db, async (tx) => {
    await updateCustomMetric(tx, actor.workspaceId, row);
    const [was, is] = [measuredBy(before), measuredBy(row)];
    if (JSON.stringify(was) !== JSON.stringify(is)) await insertMetricChange(tx, actor.workspaceId, id, { id: newId(), at: row.changedAt, before: was, after: is });
    await recordAudit(tx, actor, { action: "metric.changed", subject: id, details: { before: before.formula, after: row.formula } });
    await publish(tx, { name: "metric.changed", workspaceId: actor.workspaceId, payload: { metricId: id } });
  });
  return getOwnMetric(services, actor.workspaceId, id);
};

export const removeOwnMetric = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await deleteCustomMetric(tx, actor.workspaceId, id))) throw notFound();
    await recordAudit(tx, actor, { action: "metric.removed", subject: id });
    await publish(tx, { name: "metric.removed", workspaceId: actor.workspaceId, payload: { metricId: id } });
  });

const check = async (services: Services, workspaceId: string, row: CustomMetricRow): Promise<void> => {
  const span = Math.abs(row.scaleMax - row.scaleMin);
  if (span < 1 || span > 100) throw metricsErrors.refuse("custom_metric_scale_wrong", `The scale from ${row.scaleMin} to ${row.scaleMax} cannot be used. Let its ends differ by 1 to 100; divide the formula where its values are larger.`);
  const taken = await findByName(services.db, workspaceId, row.name);
  if (taken !== null && taken !== row.id) throw metricsErrors.refuse("custom_metric_name_taken", `There is a metric called "${row.name}" already. Choose another name.`);
  const problem = await checkSurveyFormula(services.db, workspaceId, row.surveyId, row.formula);
  if (problem !== null) throw metricsErrors.refuse("custom_metric_formula_wrong", problem);
};

const measuredBy = ({ surveyId, formula, scaleMin, scaleMax }: CustomMetricRow): Measured => ({ surveyId, formula, scaleMin, scaleMax });

const notFound = () => httpErrors.refuse("not_found", "There is no such metric in this workspace.");

const shown = ({ createdAt, changedAt, ...row }: CustomMetricRow, surveyName: string | null): CustomMetric => ({
  ...row, metric: `custom:${row.id}`, surveyName, createdAt: createdAt.toISOString(), changedAt: changedAt.toISOString(),
});
