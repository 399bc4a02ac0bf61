import { Card } from "../../ui/Card.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Naming } from "./driver-words.ts";
import type { Driver } from "./drivers.data.ts";
import { driversTexts } from "./drivers.texts.ts";
import { FactorLink } from "./FactorLink.tsx";

type SurroundingsCardProps = { factors: readonly Driver[]; name: Naming };

/** How much there was of what is no rating, and whether it goes with a higher or a lower outcome. */
export const SurroundingsCard = ({ factors, name }: SurroundingsCardProps) => {
  const t = useTexts(driversTexts);
  if (factors.length === 0) return null;
  return (
    <Card title={t("surroundingsTitle")} subtitle={t("surroundingsHint")}>
      <table className="drivers-places" aria-label={t("surroundingsTitle")}>
        <thead>
          <tr>
            <th scope="col">{t("factor")}</th>
            <th scope="col">{t("amount")}</th>
            <th scope="col">{t("direction")}</th>
          </tr>
        </thead>
        <tbody>
          {factors.map((factor) => (
            <tr key={factor.factor}>
              <th scope="row">{name(factor.factor)}</th>
              <td className="drivers-value"><FactorLink factor={factor.factor} name={name(factor.factor)} part="some">{amountOf(t, factor)}</FactorLink></td>
              <td>{directionOf(t, factor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
};

const amountOf = (t: typeof driversTexts.say, { factor, mean }: Driver): string => {
  if (factor.startsWith("theme:")) return t("inComments", { share: formatShare(mean, 1) });
  if (factor.startsWith("touchpoint:")) return t("metBy", { share: formatShare(mean, 1) });
  return t(factor.startsWith("waiting:") ? "daysOnAverage" : "timesOnAverage", { n: formatNumber(mean, 1) });
};

// 1.96 standard errors of a correlation near 0: nearer to it, the sign may be chance.
const directionOf = (t: typeof driversTexts.say, { correlation, n }: Driver): string => {
  const r = formatNumber(correlation, 2);
  if (Math.abs(correlation) * Math.sqrt(n) < 1.96) return t("neither", { r });
  return t(correlation > 0 ? "higher" : "lower", { r });
};
