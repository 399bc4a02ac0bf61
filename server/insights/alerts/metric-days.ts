// Answers of metrics by day: what alerts look at, and what is told of two periods beside them.
import { listOffsets } from "#customers";
import type { Services } from "#platform/services";
import { readRows, type FoundMetric } from "../metrics/metric-rows.ts";
import type { MetricFilters } from "../metrics/metrics.contract.ts";
import { countDays, type RowSource, type Selection } from "../metrics/metrics.queries.ts";
import { readAnsweredWithin } from "../metrics/outreach.ts";
import { answeringDays } from "../metrics/outreach-parts.rules.ts";
import { feelingRows, readingRows } from "../metrics/row-sources.queries.ts";
import { cellsPerValue, dayMs, sharesOf, type DayRow } from "./days.rules.ts";
import { inHalves } from "./halves.rules.ts";
import { tallyFormulaDays } from "./tallies.queries.ts";

type Asked = { selection: Selection; timeZone: string; filters: Pick<MetricFilters, "language" | "emotion"> };

/** Answers per local day, scale and value of each metric, in the order of the metrics; those that stand in the same rows come from one pass over these.
 *  Who was asked on a day counts by whether they answered within three days.
 *  @throws answers_too_many */
export const readMetricDays = async (services: Services, found: readonly FoundMetric[], asked: Asked): Promise<DayRow[][]> => {
  const measuresOf = (source: FoundMetric["metric"]["source"]) => found.flatMap(({ metric }) => (metric.source === source ? [metric.measure] : []));
  const [feelings, readings] = [measuresOf("feelings"), measuresOf("readings")];
  const shared = { feelings: tally(services, asked, feelingRows(feelings)), readings: tally(services, asked, readingRows(readings, asked.filters)) };
  return Promise.all(found.map(async (one): Promise<DayRow[]> => {
    switch (one.metric.source) {
      case "feelings":
      case "readings":
        return (await shared[one.metric.source]).filter(({ measure }) => measure === one.metric.measure);
      case "formula":
        return readFormulaDays(services, asked, one);
      case "outreach":
        return (await readAnsweredWithin(services, asked, answeringDays)).flatMap(({ day, asked: count, answered }) => sharesOf(day, count, answered));
    }
  }));
};

const tally = async ({ analytics }: Services, { selection, timeZone }: Asked, source: RowSource) => {
  if (source.measures.length === 0) return [];
  const days = await countDays(analytics, selection, { source, offsets: listOffsets(selection, timeZone) });
  return days.map(({ scale, ...day }) => ({ ...day, scaleMin: scale.min, scaleMax: scale.max }));
};

// A formula is worked out response by response, for so many at a time: a year of a busy survey is more than one figure may take.
const FORMULA_DAYS = 28;

const readFormulaDays = async (services: Services, { selection, timeZone }: Asked, found: FoundMetric): Promise<DayRow[]> => {
  const scale = found.metric.limits;
  if (scale === null) return [];
  const all: DayRow[] = [];
  for (let fromMs = selection.fromMs; fromMs < selection.toMs; fromMs += FORMULA_DAYS * dayMs) {
    const whole = { ...selection, fromMs, toMs: Math.min(fromMs + FORMULA_DAYS * dayMs, selection.toMs) };
    await inHalves(whole, async (part) => {
      const source = await readRows(services, selection.workspaceId, found, { period: part, filters: {} });
      all.push(...(await tallyFormulaDays(services.analytics, part, { source, scale, cellsPerValue: cellsPerValue(scale), offsets: listOffsets(part, timeZone) })));
    });
  }
  return all;
};
