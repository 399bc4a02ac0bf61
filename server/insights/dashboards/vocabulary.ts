import type { Services } from "#platform/services";
import { listOwnMetrics } from "../metrics/custom-metrics.ts";
import { metricKeys, splitNames, type MetricKey } from "../metrics/metrics.contract.ts";
import type { Vocabulary } from "./dashboards.contract.ts";
import { factKeys, metric } from "./tiles.contract.ts";

/** What tiles can show and be split by: what is built in, then the formulas of this workspace. */
export const listVocabulary = async (services: Services, workspaceId: string): Promise<Vocabulary> => {
  const { items } = await listOwnMetrics(services, workspaceId);
  const own = items.flatMap(({ id, name }): { key: MetricKey; name: string | null }[] => {
    const key = metric.safeParse(`custom:${id}`);
    return key.success ? [{ key: key.data, name }] : [];
  });
  return { metrics: [...metricKeys.map((key) => ({ key, name: null })), ...own, ...factKeys.map((key) => ({ key, name: null }))], splits: [...splitNames] };
};
