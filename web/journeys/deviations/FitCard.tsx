import { Button } from "@mantine/core";
import { Bars } from "../../ui/charts/Bars.tsx";
import { Card } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { Stat } from "../../ui/Stat.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { DeviationsReply } from "./deviations.data.ts";
import { deviationsTexts } from "./deviations.texts.ts";

// More columns than this cannot be read; the last one holds the rest.
const COLUMNS_MAX = 12;

// Below, a path has more beside the plan than on it.
const FAR_FROM_PLAN = 0.5;

/** How far all cases together are from the map, and what the numbers leave out. */
export const FitCard = ({ found, onVisits }: { found: DeviationsReply; onVisits: () => void }) => {
  const t = useTexts(deviationsTexts);
  const { cases, meanFitness, asPlanned, costs, cut } = found;
  const shown = costs.slice(0, COLUMNS_MAX - 1);
  const rest = costs.slice(COLUMNS_MAX - 1);
  const bars = shown.map(({ cost, cases: value }) => ({ key: String(cost), label: String(cost), value, tone: cost === 0 ? "good" as const : "brand" as const }));
  const [first] = rest;
  if (first !== undefined) bars.push({ key: "rest", label: rest.length === 1 ? String(first.cost) : t("more", { cost: first.cost }), value: rest.reduce((sum, one) => sum + one.cases, 0), tone: "brand" });
  return (
    <Card span={12} title={t("fitTitle")} subtitle={t("fitHint")}>
      <div className="deviations-fit">
        <Stat label={t("fit")} value={meanFitness === null ? "–" : formatShare(meanFitness)} note={t("fitNote")} />
        <Stat label={t(cut === "session" ? "visitsOnMap" : "customers")} value={formatNumber(cases)} />
        <Stat label={t("asPlanned")} value={formatShare(cases === 0 ? 0 : asPlanned / cases)} note={t("costCases", { count: asPlanned })} />
        <div>
          <Bars label={t("costs")} bars={bars} direction="standing" height={110} />
          <p className="stat-note" aria-hidden>{t("costs")}</p>
        </div>
      </div>
      {cut === "customer" && meanFitness !== null && meanFitness < FAR_FROM_PLAN && (
        <div className="deviations-far">
          <p className="quiet">{t("farFromPlan")}</p>
          <Button variant="default" size="xs" onClick={onVisits}>{t("toVisits")}</Button>
        </div>
      )}
      <Asides found={found} />
    </Card>
  );
};

const Asides = ({ found }: { found: DeviationsReply }) => {
  const t = useTexts(deviationsTexts);
  const { besideCases, longCases, leftOut, unboundSteps, sampledShare, viewpoint, segments, money, contacts } = found;
  const [segment] = segments;
  const said = [
    ...(viewpoint === "segment_gone" ? [t("segmentGone")] : viewpoint === "segment" && segment !== undefined ? [t("ofSegment", { name: segment.name })] : []),
    ...(besideCases > 0 ? [t("beside", { count: besideCases })] : []),
    ...(longCases > 0 ? [t("long", { count: longCases })] : []),
    ...(leftOut.interactions > 0 ? [t("rareInteractions", { count: leftOut.interactions })] : []),
    ...(leftOut.cases > 0 ? [t("rareCases", { count: leftOut.cases })] : []),
    ...(unboundSteps > 0 ? [t("unboundSteps", { count: unboundSteps })] : []),
    ...(sampledShare < 1 ? [t("sampled", { share: formatShare(sampledShare) })] : []),
    contacts.length === 0 ? t("contactsNone") : t("contacts", { names: contacts.slice(0, 5).join(", ") }),
    money === null ? t("moneyNone") : t("money", { property: money.property, purchases: money.purchases.slice(0, 5).join(", ") }),
    ...(money === null || money.otherCurrencies === 0 ? [] : [t("otherCurrencies", { count: money.otherCurrencies })]),
    ...(money === null || money.orders.length === 0 ? [] : [t("orders", { names: money.orders.join(", ") })]),
    t("comparedHint"),
  ];
  return (
    <details className="deviations-asides">
      <summary>{t("asides")}</summary>
      <ul>{said.map((text) => <li key={text}>{text}</li>)}</ul>
    </details>
  );
};
