import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameCohort } from "./outcome-words.ts";
import type { CohortsReply } from "./outcomes.data.ts";
import { allCohorts } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";

type CohortsCardProps = { cohorts: CohortsReply; onChange: (patch: Readonly<Record<string, string | undefined>>) => void };
type Cohort = CohortsReply["cohorts"][number];

const rowsMax = 26;
const columnsMax = 24;
const fewest = 5;
// Deeper than this, dark text on the tint would not be read.
const tintMax = 42;

/** Who buys again: one row for each month or week of first purchases, deeper where more came back. */
export const CohortsCard = ({ cohorts: reply, onChange }: CohortsCardProps) => {
  const t = useTexts(outcomesTexts);
  const mayOpen = useAbility("customers.read");
  const { bucket, all } = reply;
  const shown = reply.cohorts.slice(-rowsMax);
  const columns = Math.min(columnsMax, Math.max(0, ...shown.map(({ cells }) => cells.length - 1)));
  const deepest = Math.max(0.05, ...shown.filter(({ size }) => size >= fewest).flatMap(({ cells }) => cells.slice(1, columns + 1).filter(({ isPartial }) => !isPartial).map(({ share }) => share)));
  return (
    <Card
      span={12}
      title={t("cohortsTitle")}
      subtitle={t("cohortsHint", { unit: t(bucket).toLowerCase() })}
      aside={
        <SegmentedControl
          className="outcome-switch" size="xs" aria-label={t("bucket")} value={bucket} onChange={(value) => onChange({ bucket: value === "week" ? "week" : undefined })}
          data={[{ value: "month", label: t("months") }, { value: "week", label: t("weeks") }]}
        />
      }
    >
      {shown.length === 0 ? <p className="quiet">{t("noCohorts")}</p> : (
        <div className="outcome-scroll" tabIndex={0} role="region" aria-label={t("cohortsLabel")}>
          <table className="outcome-cohorts" aria-label={t("cohortsLabel")}>
            <thead>
              <tr>
                <th scope="col">{t("first")}</th>
                <th scope="col" className="outcome-number">{t("size")}</th>
                {Array.from({ length: columns }, (_, index) => <th key={index} scope="col">{formatNumber(index + 1)}</th>)}
              </tr>
            </thead>
            <tbody>
              <tr className="outcome-cohort-all">
                <th scope="row">{t("everyone")}</th>
                <td className="outcome-number">{formatNumber(all[0]?.size ?? 0)}</td>
                {all.slice(1, columns + 1).map(({ number, share, active, size }) => (
                  <td key={number}>
                    {mayOpen ? <CellLink start={allCohorts} step={number} label={t("cohortAllOpen", { unit: t(bucket).toLowerCase(), n: number, share: formatShare(share, digitsOf(share)), active, size })}>{formatShare(share, digitsOf(share))}</CellLink> : formatShare(share, digitsOf(share))}
                  </td>
                ))}
              </tr>
              {shown.map((cohort) => <CohortRow key={cohort.start} cohort={cohort} bucket={bucket} columns={columns} deepest={deepest} />)}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
};

const CohortRow = ({ cohort: { start, size, cells }, bucket, columns, deepest }: { cohort: Cohort; bucket: CohortsReply["bucket"]; columns: number; deepest: number }) => {
  const t = useTexts(outcomesTexts);
  const mayOpen = useAbility("customers.read");
  const name = nameCohort(bucket, start);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="outcome-number">{formatNumber(size)}</td>
      {cells.slice(1, columns + 1).map(({ number, share, active, low, high, isPartial }) => {
        const label = t("cohortCell", { start: name, unit: t(bucket).toLowerCase(), n: number, share: formatShare(share, 1), active, size, low: formatShare(low ?? 0, 1), high: formatShare(high ?? 0, 1) });
        if (size < fewest) return <td key={number} className="quiet">–</td>;
        return (
          <td key={number} title={isPartial ? `${label}, ${t("partial")}` : label} className={isPartial ? "outcome-partial" : undefined} style={isPartial ? undefined : { background: `color-mix(in oklab, var(--brand) ${Math.min(tintMax, (tintMax * share) / deepest)}%, var(--surface))` }}>
            {mayOpen ? <CellLink start={start} step={number} label={t("cohortOpen", { cell: label, share: formatShare(share, digitsOf(share)) })}>{formatShare(share, digitsOf(share))}</CellLink> : formatShare(share, digitsOf(share))}
            {isPartial && <span className="sr-only">, {t("partial")}</span>}
          </td>
        );
      })}
    </tr>
  );
};

type CellLinkProps = { start: string; step: number; label: string; children: ReactNode };

/** Opens the customers behind a cell. */
const CellLink = ({ start, step, label, children }: CellLinkProps) => (
  <Link to="." resetScroll={false} search={(before: object) => ({ ...before, cohort: start, step: String(step), again: undefined, curve: undefined, open: undefined })} aria-label={label}>{children}</Link>
);

const digitsOf = (share: number): number => (share > 0 && share < 0.1 ? 1 : 0);
