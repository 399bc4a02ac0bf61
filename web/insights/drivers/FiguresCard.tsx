import { Card } from "../../ui/Card.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { formatPart, type Naming } from "./driver-words.ts";
import type { Driver } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import { FactorLink } from "./FactorLink.tsx";

type FiguresCardProps = { factors: readonly Driver[]; name: Naming };

const usual = ["share", "lmg", "johnson", "alone", "last", "pratt", "correlation", "vif", "average", "answers"] as const;

/** Everything that was computed, for whoever has to defend it. */
export const FiguresCard = ({ factors, name }: FiguresCardProps) => {
  const t = useTexts(driversTexts);
  const columns = factors.some(({ missingInfo }) => missingInfo !== null) ? [...usual, "gaps" as const] : usual;
  return (
    <Card span={12} title={t("figuresTitle")} subtitle={t("figuresHint")}>
      <div className="drivers-scroll" role="group" aria-label={t("figuresLabel")} tabIndex={0}>
        <table className="drivers-figures" aria-label={t("figuresLabel")}>
          <thead>
            <tr>
              <th scope="col">{t("factor")}</th>
              {columns.map((column) => <th key={column} scope="col">{t(column)}</th>)}
            </tr>
          </thead>
          <tbody>
            {factors.map((factor) => (
              <tr key={factor.factor}>
                <th scope="row">{name(factor.factor)}</th>
                {cellsOf(factor).slice(0, columns.length).map((cell, at) => <td key={columns[at]}>{columns[at] === "answers" ? <FactorLink factor={factor.factor} name={name(factor.factor)} part="all">{cell}</FactorLink> : cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
};

const exact = (value: number | null): string => (value === null ? "–" : formatNumber(value, 4));

const cellsOf = (factor: Driver): string[] => [
  formatPart(factor.lmgShare), exact(factor.lmg), exact(factor.johnson), exact(factor.first), exact(factor.last), exact(factor.pratt),
  formatNumber(factor.correlation, 2), factor.vif === null ? "–" : formatNumber(factor.vif, 2), formatNumber(factor.mean, 2), formatNumber(factor.n), formatPart(factor.missingInfo),
];
