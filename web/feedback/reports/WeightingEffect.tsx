import type { WeightingResult } from "@firsthand/server/feedback/reports/reports.contract";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import { nameOfDimension } from "./report-words.ts";
import type { Report } from "./reports.data.ts";
import { reportsTexts } from "./reports.texts.ts";
import { groupsOf } from "./weighting-draft.ts";

/** Design effect, efficiency, limits and whether the targets are met. */
export const WeightingEffect = ({ result, report }: { result: WeightingResult; report: Report }) => {
  const t = useTexts(reportsTexts);
  return (
    <>
      <div className="report-effect">
        <Stat label={t("designEffect")} value={formatNumber(result.designEffect, 2)} note={t("designEffectNote", { count: result.count, effective: Math.round(result.effectiveCount) })} />
        <Stat label={t("efficiency")} value={formatShare(result.efficiency)} />
        <Stat label={t("weightRange")} value={`${formatNumber(result.lowest, 2)}–${formatNumber(result.highest, 2)}`} note={t("weightRangeNote", { trimmed: result.trimmed })} />
      </div>
      <p className={result.isConverged ? "quiet report-line" : "report-warning"} role="status">
        {result.isConverged ? t("converged", { count: result.rounds }) : t("notConverged", { gap: formatNumber(result.gap * 100, 1) })}
      </p>
      {result.isUnsteady && <p className="report-warning">{t("unsteady")}</p>}
      {result.margins.map((margin) => {
        const labels = new Map(groupsOf(report, margin.dimension).map(({ value, label }) => [value, label]));
        return (
          <table key={margin.dimension} className="report-table">
            <caption>
              {nameOfDimension(t, report, margin.dimension)}
              {margin.missingShare > 0 && ` · ${t("missing", { share: formatShare(margin.missingShare) })}`}
            </caption>
            <thead>
              <tr>
                <th scope="col"><span className="sr-only">{t("option")}</span></th>
                <th scope="col">{t("sample")}</th>
                <th scope="col">{t("target")}</th>
                <th scope="col">{t("after")}</th>
              </tr>
            </thead>
            <tbody>
              {margin.groups.map((group) => (
                <tr key={group.value}>
                  <th scope="row">{labels.get(group.value) ?? group.value}</th>
                  <td>{formatShare(group.before, 1)}</td>
                  <td>{formatShare(group.target, 1)}</td>
                  <td>{formatShare(group.after, 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </>
  );
};
