import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useAbility } from "../../shell/session.data.ts";
import { Card } from "../../ui/Card.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { useTexts } from "../../ui/texts.ts";
import { nameGroup, sayChance, toneOf } from "./outcome-words.ts";
import type { SurvivalReply } from "./outcomes.data.ts";
import type { Grouping } from "./outcomes-search.ts";
import { outcomesTexts } from "./outcomes.texts.ts";
import { type NamedCurve, SurvivalChart } from "./SurvivalChart.tsx";

type SurvivalCardProps = { survival: SurvivalReply; by: Grouping; isGrouped: boolean; onChange: (patch: Readonly<Record<string, string | undefined>>) => void };

const alpha = 0.05;
// More lines in one drawing cannot be told apart.
const curvesMax = 5;

/** Who is still there: curves, the numbers behind them, and whether they differ. */
export const SurvivalCard = ({ survival, by, isGrouped, onChange }: SurvivalCardProps) => {
  const t = useTexts(outcomesTexts);
  const { counting, startsAt, period, logRank } = survival;
  const named = survival.curves.filter(({ isHidden, count }) => !isHidden && count > 0).map((curve, place): NamedCurve => ({
    curve, name: isGrouped ? nameGroup(by, curve.name) : t("all"), tone: isGrouped ? toneOf(by, curve.name, place) : "brand",
  }));
  const drawn = named.slice(0, curvesMax);
  return (
    <Card
      span={7}
      title={t("survivalTitle")}
      subtitle={startsAt === "first" ? t("survivalHintAll", { count: counting.days }) : t("survivalHint", { count: counting.days, day: formatDayWithYear(new Date(period.to)) })}
      aside={
        <SegmentedControl
          className="outcome-switch" size="xs" aria-label={t("survivalTitle")} value={isGrouped ? "groups" : "all"} onChange={(value) => onChange({ curves: value === "all" ? "all" : undefined })}
          data={[{ value: "groups", label: t("survivalGroups") }, { value: "all", label: t("everybody") }]}
        />
      }
    >
      {drawn.length === 0 ? <p className="quiet">{t("noCurve")}</p> : (
        <>
          <SurvivalChart curves={drawn} />
          <CurveTable curves={named} />
          {logRank !== null && <p className="outcome-note">{t(logRank.p < alpha ? "logRank" : "logRankNot", { p: sayChance(logRank.p) })}</p>}
        </>
      )}
    </Card>
  );
};

const CurveTable = ({ curves }: { curves: readonly NamedCurve[] }) => {
  const t = useTexts(outcomesTexts);
  const mayOpen = useAbility("customers.read");
  const times = curves[0]?.curve.marks.map(({ time }) => time) ?? [];
  const hasReturns = curves.some(({ curve }) => curve.cameBack !== null);
  return (
    <div className="outcome-scroll" tabIndex={0} role="region" aria-label={t("atRisk")}>
      <table className="outcome-risk">
        <thead>
          <tr>
            <th scope="col">{t("atRisk")}</th>
            {times.map((time) => <th key={time} scope="col">{t("dayShort", { n: time })}</th>)}
            <th scope="col">{t("half")}</th>
            {hasReturns && <th scope="col">{t("cameBack")}</th>}
          </tr>
        </thead>
        <tbody>
          {curves.map(({ name, tone, curve }) => (
            <tr key={name}>
              <th scope="row"><i className={`outcome-key outcome-tone-${tone}`} aria-hidden />{name}</th>
              {curve.marks.map(({ time, atRisk, share }) => (
                <td key={time}>{mayOpen && atRisk > 0 ? <Link to="." resetScroll={false} search={(before: object) => ({ ...before, curve: curve.name ?? notNamed, day: String(time), gone: undefined, cohort: undefined, open: undefined })} aria-label={t("curveOpen", { group: name, n: atRisk, day: time })}>{formatNumber(atRisk)}</Link> : formatNumber(atRisk)}<small>{atRisk === 0 ? "–" : formatShare(share)}</small></td>
              ))}
              <td>{curve.median.time === null ? t("never") : t("dayShort", { n: curve.median.time })}</td>
              {hasReturns && <td>{curve.cameBack === null ? "–" : formatNumber(curve.cameBack)}<small>{curve.left === 0 || curve.cameBack === null ? "–" : formatShare(curve.cameBack / curve.left)}</small></td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
